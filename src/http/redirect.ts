import type { Answer } from './exchange.ts'

/** More hops than a slash or a moved path can need. */
export const MOST_REDIRECTS = 3

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Decides where a redirect may lead. Other answers are `null`.
 *
 * The keys go to one origin: scheme, host and port of the target must be those of the request, and the target must not carry
 * a key in its text.
 */
export function followRedirect(
  answer: Answer,
  from: string,
  secrets: readonly string[],
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
  if (secrets.some((secret) => holds(path, secret))) {
    return { problem: `a redirect (HTTP ${answer.status}) to a URL that holds a key, which was not followed` }
  }
  return { url: origin + path }
}

/** Looks for the value as it stands and as a URL would spell it. */
function holds(path: string, secret: string): boolean {
  const spelt = path.toLowerCase()
  const plain = percentDecoded(path).toLowerCase()
  return [spelt, plain].some((text) => text.includes(secret.toLowerCase()))
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
