import { isLoopback } from '../http/proxy.ts'
import { SHORTEST_KEY } from '../secrets.ts'
import type { Input } from './input.ts'

/** An input that takes one value. `parse` returns `null` for a text that is not allowed. */
export function value<T>(
  allowed: string,
  parse: (text: string) => T | null,
  adviseOn: (text: string) => string | undefined = () => undefined,
): Input<T> {
  return { allowed, parse: ({ text, quote, refuse }) => parse(text) ?? refuse(`is ${quote(text)}`, adviseOn(text)) }
}

/** The same input, that may be left out. */
export function optional<T>(input: Input<T>): Input<T | null> {
  return { ...input, leftOut: null }
}

/** An input that takes one of a few words. */
export function word<T extends string>(...words: readonly T[]): Input<T> {
  const allowed = words
    .map((one) => `\`${one}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')
  return value(allowed, (text) => words.find((one) => one === text) ?? null)
}

/** An input that takes a whole number, written in digits only. */
export function integer(least: number, most: number): Input<number> {
  return value(`a whole number from ${least} to ${most}`, (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
    return number >= least && number <= most ? number : null
  })
}

/** The spellings that `@actions/core` takes (YAML 1.2 core schema). */
export const boolean = value('`true` or `false`', (text) => {
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  return /^(?:false|False|FALSE)$/.test(text) ? false : null
})

const DAY_MS = 86_400_000
const UNITS: readonly (readonly [word: RegExp, ms: number])[] = [
  [/^min(?:ute)?s?$/, 60_000],
  [/^h(?:(?:ou)?rs?)?$/, 3_600_000],
  [/^d(?:ays?)?$/, DAY_MS],
  [/^w(?:(?:ee)?ks?)?$/, 7 * DAY_MS],
  [/^mo(?:nths?)?$/, 30 * DAY_MS],
  [/^y(?:(?:ea)?rs?)?$/, 365 * DAY_MS],
]
const LONGEST_AGE_MS = 100 * 365 * DAY_MS

/** An age in milliseconds, and how the workflow wrote it. */
export const age = optional(
  value('an age such as `90min`, `12h`, `30d`, `8w`, `6mo` or `1y`, up to 100 years', parseAge, (text) => {
    const [, number = '', unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? []
    if (number !== '' && unit === '') return `Write a unit, such as \`${number}d\` for days.`
    return /^m$/i.test(unit) ? `Write \`${number}min\` for minutes or \`${number}mo\` for months.` : undefined
  }),
)

function parseAge(text: string): { ms: number; text: string } | null {
  const [, number = '', unit = ''] = /^([1-9]\d{0,8})\s*([a-z]+)$/.exec(text.toLowerCase()) ?? []
  const ms = Number(number) * (UNITS.find(([name]) => name.test(unit))?.[1] ?? NaN)
  return ms <= LONGEST_AGE_MS ? { ms, text } : null
}

const LONGEST_KEY = 512

/** One key of the pair, from a secret. Its value is in no message. */
export function key(which: string): Input<string> {
  return {
    allowed: `the ${which} of the key pair, from a secret`,
    whyEmpty:
      'Is the secret set for this repository or environment, and is its name spelt correctly? ' +
      'Runs for a fork or for Dependabot get no secrets.',
    parse({ text, refuse }) {
      if (!/^[\x20-\x7e]+$/.test(text)) {
        const often = 'Often this is a line end or an invisible space from copying. Store the secret again.'
        return refuse('holds a character that is not printable ASCII', often)
      }
      // A shorter one would be found inside ordinary words, and removing it would destroy the texts.
      if (text.length >= SHORTEST_KEY && text.length <= LONGEST_KEY) return text
      const wrong = text.length < SHORTEST_KEY ? `shorter than ${SHORTEST_KEY}` : `longer than ${LONGEST_KEY}`
      return refuse(`is ${wrong} characters, so it is not one key`, 'Store the secret again.')
    },
  }
}

/** Where the API lives: origin and path prefix, without a slash at the end. `/api/pinning/…` is added to it. */
export const apiUrl: Input<string> = {
  allowed:
    'an `https` URL (`http` for `localhost` and 127.* only) such as `https://api-ipfs.attoaioz.cyou`, without user info, query, fragment, IPv6 address or `/api/pinning`',
  // A refused URL may hold a password or a key, so it is not quoted.
  parse: ({ text, refuse }) =>
    parseApiUrl(text) ?? refuse('is not an allowed URL (it is not shown: it may hold a secret)'),
}

/** @returns origin and path prefix, without a slash or `/api` at the end; `null` for a URL that is not allowed. */
export function parseApiUrl(text: string): string | null {
  if (/[\s\\?#]/.test(text) || !URL.canParse(text)) return null
  const { protocol, hostname, username, password, pathname, origin } = new URL(text)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return null
  // Node's client, as the toolkit uses it, looks up an IPv6 literal with its brackets and never finds it.
  if (username !== '' || password !== '' || hostname.startsWith('[')) return null
  // A whole endpoint, copied from the documents.
  if (/\/api\/+pinning(?:\/|$)/.test(pathname)) return null
  const withoutSlash = (path: string) => path.replace(/(?<!\/)\/+$/, '')
  return origin + withoutSlash(withoutSlash(pathname).replace(/\/api$/, ''))
}
