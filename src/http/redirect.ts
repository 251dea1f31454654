import type { HttpResponse } from './send.ts'

/** More hops than a slash or a moved path can need. */
export const MOST_REDIRECTS = 3

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Where an answer leads. `refused` says in words which redirect was not followed. */
export type Redirect =
  { kind: 'none' } | { kind: 'follow'; url: string } | { kind: 'refused'; problem: string }

/**
 * Decides where a redirect may lead.
 *
 * The keys go to one origin: scheme, host and port of the target must be those of the request, and no key may stand in its URL.
 * And the request stays the same request: a redirect of one pin's `DELETE` to another pin would remove that one.
 *
 * @param from the URL that answered.
 * @param request.url the URL that was asked first; its query must stay.
 * @param request.endpoint the end that the path must keep, slashes and letter case aside; what stands before it may change.
 * @param holdsKey says whether a text holds a key.
 */
export function judgeRedirect(
  { status, location }: HttpResponse,
  from: URL,
  request: { url: URL; endpoint: string },
  holdsKey: (text: string) => boolean,
): Redirect {
  if (!REDIRECTS.has(status)) return { kind: 'none' }
  const refused = (what: string): Redirect => ({
    kind: 'refused',
    problem: `a redirect (HTTP ${status}) ${what}`,
  })
  if (location === null) return refused('without a target')
  let target: URL
  try {
    target = new URL(location, from)
  } catch {
    return refused('whose target is not a URL')
  }
  if (target.origin !== from.origin) {
    return refused(
      `to another origin, ${target.protocol}//${target.host}, which was not followed because the keys would go there`,
    )
  }
  const path = target.pathname + target.search
  if (holdsKey(path)) return refused('to a URL that holds a key, which was not followed')
  if (
    !slashesAside(target.pathname).endsWith(slashesAside(request.endpoint)) ||
    !keepsQuery(request.url, target)
  ) {
    return refused('to another endpoint, which was not followed')
  }
  return { kind: 'follow', url: from.origin + path }
}

function slashesAside(path: string): string {
  return `/${path}`.replace(/\/+/g, '/').replace(/\/$/, '').toLowerCase()
}

/** A list that loses its `offset` on the way would be another list. */
function keepsQuery(asked: URL, target: URL): boolean {
  return [...asked.searchParams].every(([name, value]) => target.searchParams.get(name) === value)
}
