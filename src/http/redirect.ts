import type { HttpResponse } from './send.ts'

/** Those that keep the method. 303 is an answer of its own: it may follow an effect (RFC 9110, 15.4.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308])

/** Where an answer leads: `refused` says in words which redirect is not followed. */
export type Redirect = { kind: 'none' } | { kind: 'follow'; url: URL } | { kind: 'refused'; problem: string }

/**
 * Decides where a redirect may lead.
 *
 * The keys go to one origin: scheme, host and port of the target must be those of the request, and no key may stand in its URL. And
 * the request stays the same request: a redirect of one pin's `DELETE` to another pin would remove that one.
 * @param asked the URL of the request; its query must stay.
 * @param endpoint the end that the path must keep, slashes and letter case aside; what stands before it may change.
 * @param holdsKey says whether a text holds a key.
 */
export function judgeRedirect(
  { status, location }: HttpResponse,
  asked: URL,
  endpoint: string,
  holdsKey: (text: string) => boolean,
): Redirect {
  if (!REDIRECTS.has(status)) return { kind: 'none' }
  const refused = (what: string): Redirect => ({ kind: 'refused', problem: `a redirect (HTTP ${status}) ${what}` })
  if (location === null) return refused('without a target')
  if (!URL.canParse(location, asked.href)) return refused('whose target is not a URL')
  const target = new URL(location, asked.href)
  if (target.origin !== asked.origin) {
    return refused(`to another server, ${target.protocol}//${target.host}, which does not get the keys`)
  }
  const path = target.pathname + target.search
  if (holdsKey(path)) return refused('to a URL that holds a key')
  if (!slashesAside(target.pathname).endsWith(slashesAside(endpoint)) || !keepsQuery(asked, target)) {
    return refused(`to another request, ${path}`)
  }
  return { kind: 'follow', url: new URL(target.origin + path) }
}

function slashesAside(path: string): string {
  return `/${path}`.replace(/\/+/g, '/').replace(/\/$/, '').toLowerCase()
}

/** A list that loses its `offset` on the way would be another list, and another query could ask for another pin. */
function keepsQuery(asked: URL, target: URL): boolean {
  return (
    asked.searchParams.size === target.searchParams.size &&
    [...asked.searchParams].every(([name, value]) => target.searchParams.get(name) === value)
  )
}
