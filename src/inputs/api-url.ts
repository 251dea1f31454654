import { isLoopback } from '../loopback.ts'

/**
 * Reads `api-url`.
 *
 * @returns the base to which `/api/pinning/…` is added (origin and path prefix, no trailing slash), or what is wrong with the text.
 */
export function parseApiUrl(text: string): { base: string } | { problem: string } {
  if (/[\s\\]/.test(text)) return { problem: 'holds white space or a backslash' }
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return { problem: 'is not a URL (is `https://` missing?)' }
  }
  const problem = refusal(text, url)
  if (problem !== null) return { problem }
  const prefix = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/api$/, '')
    .replace(/\/+$/, '')
  return { base: url.origin + prefix }
}

function refusal(text: string, url: URL): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `has the scheme \`${url.protocol}\``
  if (url.username !== '' || url.password !== '') return 'holds user info'
  if (text.includes('?')) return 'holds a query'
  if (text.includes('#')) return 'holds a fragment'
  // Node's client, as the toolkit drives it, looks the bracketed form up as a name and never finds it.
  if (url.hostname.startsWith('[')) return 'is an IPv6 literal'
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'is plain `http`, which would send the keys unencrypted'
  }
  return null
}
