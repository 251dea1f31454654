import type { Answer } from './exchange.ts'

/** More hops than a slash or a moved path can need. */
export const MOST_REDIRECTS = 3

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Decides where a redirect may lead. Other answers are `null`.
 *
 * What is asked for stays what was asked for: a redirect of one pin's `DELETE` to another pin would remove that one. And the
 * keys go to one origin: scheme, host and port of the target must be those of the request, and the target must not carry
 * a key in its text.
 *
 * @param redact changes a text that holds a key.
 */
export function followRedirect(
  answer: Answer,
  from: string,
  redact: (text: string) => string,
): { url: string } | { problem: string } | null {
  if (!REDIRECTS.has(answer.status)) return null
  if (answer.location === null) return { problem: `a redirect (HTTP ${answer.status}) that names no target` }
  let target: URL
  try {
    target = new URL(answer.location, from)
  } catch {
    return { problem: `a redirect (HTTP ${answer.status}) to something that is no URL` }
  }
  const origin = new URL(from).origin
  if (target.origin !== origin) {
    return {
      problem:
        `a redirect (HTTP ${answer.status}) to another origin, ${target.protocol}//${target.host}, which was not ` +
        'followed because the keys would go with it',
    }
  }
  const path = target.pathname + target.search
  if (redact(path) !== path) {
    return { problem: `a redirect (HTTP ${answer.status}) to a URL that holds a key, which was not followed` }
  }
  if (resourceOf(target) !== resourceOf(new URL(from))) {
    return {
      problem: `a redirect (HTTP ${answer.status}) to another resource of the origin, which was not followed`,
    }
  }
  return { url: origin + path }
}

/** What a URL is about: the last part of its path, whatever comes before it and a slash after it. */
function resourceOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '').replace(/^.*\//, '').toLowerCase()
}
