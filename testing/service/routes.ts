const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a path asks for. `pinId` is as the path says it, decoded, and need not be a UUID. */
export type Route =
  | { name: 'unpin' | 'read'; pinId: string }
  | { name: 'list'; query: URLSearchParams }
  | { name: 'list-without-slash'; location: string }
  | { name: 'pin-by-hash' }
  | { name: 'elsewhere' }

export function isPinId(text: string): boolean {
  return UUID.test(text)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/**
 * @param target path and query as sent
 * @param prefix what stands before `/api`, without a slash at its end
 */
export function findRoute(target: string, prefix: string): Route {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark)
  const root = `${prefix}/api/pinning/`
  if (!path.startsWith(root)) return { name: 'elsewhere' }

  const [first = '', second, ...more] = path.slice(root.length).split('/')
  if (first === '' || more.length > 0) return { name: 'elsewhere' }
  if (first === 'pins') {
    if (second === undefined) return { name: 'list-without-slash', location: `${path}/${query}` }
    return second === '' ? { name: 'list', query: new URLSearchParams(query) } : { name: 'elsewhere' }
  }
  if (first === 'pinByHash' && second === undefined) return { name: 'pin-by-hash' }
  if (second === undefined) return { name: 'read', pinId: decoded(first) }
  return first === 'unpin' && second !== ''
    ? { name: 'unpin', pinId: decoded(second) }
    : { name: 'elsewhere' }
}
