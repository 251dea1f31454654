import { isLoopback } from '../loopback.ts'
import { type Input, InputProblem } from './collect.ts'

/** Where the API lives: origin and path prefix, without a slash at the end. `/api/pinning/…` is added to it. */
export const apiUrl: Input<string> = {
  takes: 'an `https` URL (`http` on loopback only) without user info, query or fragment',
  parse({ text, quote }) {
    const read = parseApiUrl(text)
    if (read.kind === 'url') return read.base
    const { what, instead } = read
    const advice = instead === undefined ? undefined : `Leave that part off: ${quote(instead)}.`
    throw new InputProblem({ what: `is ${quote(withoutSecrets(text))}, which ${what}`, advice })
  },
}

type ApiUrl = { kind: 'url'; base: string } | { kind: 'problem'; what: string; instead?: string }

/** `instead` is the URL that was probably meant. */
export function parseApiUrl(text: string): ApiUrl {
  const refuse = (what: string): ApiUrl => ({ kind: 'problem', what })
  if (/[\s\\]/.test(text)) return refuse('holds white space or a backslash')
  if (!URL.canParse(text)) return refuse('is not a URL (is `https://` missing?)')
  const url = new URL(text)
  if (!['https:', 'http:'].includes(url.protocol)) return refuse('has another scheme than `https`')
  if (url.username !== '' || url.password !== '') return refuse('holds user info')
  if (text.includes('?')) return refuse('holds a query')
  if (text.includes('#')) return refuse('holds a fragment')
  // Node's client, as `@actions/http-client` uses it, looks up the name with its brackets and never finds it.
  if (url.hostname.startsWith('[')) return refuse('is an IPv6 literal')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse('is plain `http` and would send the keys unencrypted')
  }
  // The match starts only at the first slash of a run. From each slash it would take quadratic time.
  const endpoint = /(?<!\/)\/+api\/+pinning(?:\/.*)?$/.exec(url.pathname)
  if (endpoint !== null) {
    return {
      kind: 'problem',
      what: 'ends in `/api/pinning` or a path below it',
      instead: url.origin + url.pathname.slice(0, endpoint.index),
    }
  }
  const prefix = url.pathname
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\/api$/, '')
    .replace(/(?<!\/)\/+$/, '')
  return { kind: 'url', base: url.origin + prefix }
}

/**
 * A refused URL for a message. User info, query and fragment may hold a password, so they are removed, also from a text that is no URL:
 * everything before the last `@`, from `?` or `#` on, and behind a colon without a port. If an `@` follows a `?` or `#`, the password
 * may be on either side, so nothing is shown.
 */
export function withoutSecrets(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(text) ?? []
  const at = rest.lastIndexOf('@')
  const end = rest.search(/[?#]/)
  if (end !== -1 && end < at) return `${scheme}…`
  return (
    scheme +
    rest
      .slice(at + 1)
      .replace(/[?#].*/s, '')
      .replace(/:(?!\d{1,5}(?:\/|$)).*/s, ':…')
  )
}
