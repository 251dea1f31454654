const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a path asks for. `pinId` is as the path says it, decoded, and need not be a UUID. */
export type Route =
  | { name: 'unpin' | 'read'; pinId: string }
  | { name: 'list'; query: URLSearchParams }
  | { name: 'listWithoutSlash'; location: string }
  | { name: 'pin' | 'pinByHash' | 'testKeys' }
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
  const [path = '', query] = target.split(/\?(.*)/s)
  const root = `${prefix}/api/`
  if (!path.startsWith(root)) return { name: 'elsewhere' }
  const rest = path.slice(root.length)
  switch (rest) {
    case 'apiKeys/testAuthentication':
      return { name: 'testKeys' }
    case 'pinning/':
      return { name: 'pin' }
    case 'pinning/pinByHash':
      return { name: 'pinByHash' }
    case 'pinning/pins/':
      return { name: 'list', query: new URLSearchParams(query) }
    case 'pinning/pins':
      return { name: 'listWithoutSlash', location: `${path}/${query === undefined ? '' : `?${query}`}` }
  }
  const [, unpin, pinId] = /^pinning\/(unpin\/)?([^/]+)$/.exec(rest) ?? []
  if (pinId === undefined) return { name: 'elsewhere' }
  return { name: unpin === undefined ? 'read' : 'unpin', pinId: decoded(pinId) }
}
