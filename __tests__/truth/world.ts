import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type Page,
  type PinRecord,
  type Plain,
} from '../../testing/service/index.ts'
import { type Asked, type Meaning, meaningOf } from './wire.ts'

/** What the random runs and the exhaustive search have in common: the pins, what can happen to a request, and what is asked for. */

/** What happens to one request; the wire's own forms are made of it when the request arrives. */
export type Trouble =
  | { kind: 'none' }
  | Exclude<Fault, { kind: 'answer' | 'redirect' | 'change' | 'wrong-record' | 'twice' }>
  /** With `effect` a `DELETE` removes its pin first, where the answer does not rule that out. */
  | { kind: 'says'; status: number; body: BodyName; effect: boolean; retryAfter?: string }
  | { kind: 'redirect'; to: keyof typeof TARGETS; status: 301 | 302 | 303 | 307 | 308 }
  | { kind: 'page'; how: keyof typeof PAGES }
  /** The right answer twice, or late behind another one. */
  | { kind: 'twice'; late: boolean }

export interface PinPlan {
  state: 'held' | 'absent' | 'unpinned' | 'retrieved' // `unpinned`: the record stays. `retrieved`: not pinned yet.
  group: 'a' | 'b'
  suffix: string // Ends the name.
  ageDays: number
  expires: 'no key' | 'passed' | 'to come' | 'not a date' // What `expired-by` looks at.
  protect: 'no' | 'id' | 'cid' | 'name'
  troubles: Trouble[] // What happens to its requests, one after the other.
  forGood: boolean // The last trouble stays.
}

export interface Selection {
  keepLatest: number
  olderThan: boolean
  expiredBy: boolean
  maxUnpins: number
  onTooMany: 'fail' | 'oldest-first'
  strayName: boolean // A line of `name` that no pin has.
  largestPage: number
}

export interface Schedule {
  pins: PinPlan[]
  selection: Selection | null // `null`: by ID.
  strayProtect: boolean // A line of `protect` that protects nothing.
  onUnusedProtect: 'fail' | 'warn' | 'ignore'
  listTroubles: Trouble[]
  requestsPerMinute: number
  timeoutSeconds: number
  onMissing: 'warn' | 'ignore' | 'fail'
  dryRun: boolean
  verify: boolean
  cancel: { atTurn: number } | { atRequest: number } | { atMs: number } | null
  others: { atRequest: number; pin: number }[] // Another client removes this pin when the n-th request arrives.
  nobodyListens: boolean
  wrongServer: boolean // `api-url` leads to a gateway that knows none of its paths.
  seed: number // Of the run's own random numbers.
}

/** A pin that is there and gives no trouble, but for what is said otherwise. */
export function pin(overrides: Partial<PinPlan> = {}): PinPlan {
  const usual = { state: 'held', group: 'a', suffix: 'x', ageDays: 1, expires: 'passed', protect: 'no' } as const
  return { ...usual, troubles: [], forGood: false, ...overrides }
}

/** A selection of all pins of group `a`, but for what is said otherwise. */
export function selection(overrides: Partial<Selection> = {}): Selection {
  const all = { keepLatest: 0, olderThan: false, expiredBy: false, maxUnpins: 25, onTooMany: 'fail' } as const
  return { ...all, strayName: false, largestPage: 100, ...overrides }
}

/** A schedule in which nothing goes wrong, but for what is said otherwise. */
export function schedule(overrides: Partial<Schedule>): Schedule {
  const nothing = {
    selection: null,
    cancel: null,
    listTroubles: [],
    others: [],
    nobodyListens: false,
    wrongServer: false,
  }
  const usual = { requestsPerMinute: 180, timeoutSeconds: 120, onMissing: 'warn', onUnusedProtect: 'fail' } as const
  const off = { strayProtect: false, dryRun: false, verify: false }
  return { pins: [pin()], seed: 1, ...nothing, ...usual, ...off, ...overrides }
}

/** One pin, with what the service has of it at the start. */
export type WorldPin = { id: string; plan: PinPlan; record: PinRecord }

const DAY_MS = 24 * 60 * 60 * 1000
/** What the vendor's dashboard shows as "Unpinned". A date says it too. */
const UNPINNED = ['unpinNormally', 'unpinOutOfMoney', 'gcDone', 'GCDONE', 'RETRIEVAL']

export function pinsOf({ pins }: Schedule, now: number): WorldPin[] {
  const at = (ms: number): string => new Date(now + ms).toISOString()
  const ends = { 'no key': undefined, passed: at(-DAY_MS).slice(0, 10), 'to come': at(DAY_MS), 'not a date': 'soon' }
  return pins.map((plan, index) => {
    const suffix = plan.suffix === 'KEY' ? DEFAULT_KEYS.secretKey : plan.suffix
    const status = UNPINNED[index % UNPINNED.length] ?? ''
    const dated = status === 'RETRIEVAL' || index % 2 === 0
    const fields = {
      date_pinned: at(-plan.ageDays * DAY_MS - index * 1000),
      metadata: { name: `${plan.group}-${index}-${suffix}`, keyvalues: { expires: ends[plan.expires] } },
      ...(plan.state === 'retrieved' && { pinned: false, status: 'RETRIEVAL' }),
      ...(plan.state === 'unpinned' && { pinned: false, status, ...(dated && { date_unpinned: at(-1000) }) }),
    }
    const record = makePin(fields, index + 1)
    return { id: record.id, plan, record }
  })
}

/** The lines of `protect`. Letter case does not count in names and IDs. */
export function protectLines(pins: readonly WorldPin[], { strayProtect }: Schedule): string[] {
  const lines = pins.map(({ plan: { protect, group }, record: { id, cid } }, index) => {
    return { no: '', id: id.toUpperCase(), cid, name: `${group.toUpperCase()}-${index}-*` }[protect]
  })
  return [...lines.filter((line) => line !== ''), ...(strayProtect ? ['nothing-*'] : [])]
}

const error = (message: string): object => ({ status: 'error', message })
const { apiKey, secretKey } = DEFAULT_KEYS
const ANOTHER = 'ffffffff-ffff-4fff-8fff-fffffffffff9'
const base64 = Buffer.from(secretKey).toString('base64')
const KEYS_SPELT = `${apiKey} ${secretKey.toUpperCase()} ${encodeURIComponent(apiKey)} ${base64}`

/** Bodies of answers, made of the record of the pin that was asked for. */
const BODIES = {
  empty: () => '',
  'broken JSON': () => '{"data": {"id": ',
  'an array': () => [],
  HTML: () => '<html><body>no</body></html>',
  'not UTF-8': () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
  'too large': () => Buffer.alloc(8 * 1024 * 1024 + 1, ' '),
  'other JSON': () => ({ ok: true }),
  'no route': () => ({ message: 'no Route matched with those values' }),
  'an envelope of a stranger': () => error('Not Found'),
  'a record of a stranger': () => error('The record does not exist'),
  refusal: () => error('User not enough balance'),
  'no right': () => error('This API key lacks the scope pinning.unpin'),
  'no reason': () => ({ status: 'error' }),
  'a reason elsewhere': () => ({ status: 'error', errors: [{ code: 5, detail: 'User not enough balance', of: null }] }),
  keys: () => error(KEYS_SPELT),
  commands: () => error('\n::set-output name=x::y\r##[stop-commands]z | <img>'),
  'not found': () => error('record not found'),
  'not found, wrapped': () => ({ message: 'get pin: Record  not found' }),
  'no such pin': ({ id }) => error(`Pin not found: ${id}`),
  'invalid ID': () => ({ message: 'Invalid pin ID or key ID' }),
  'the record of another pin': (record) => ({ status: 'success', data: { ...record, id: ANOTHER } }),
  'the record, refused': (record) => ({ status: 'error', data: record, message: 'record not found' }),
  'the record, no status': (record) => ({ data: record }),
  'the record alone': (record) => record,
  'records, refused': (record) => ({ status: 'error', data: [record] }),
  'no such pin, another ID': () => error(`Pin not found: ${ANOTHER}`),
} satisfies Record<string, (record: PinRecord) => unknown>

/** Where redirects lead. The last argument is a second origin. */
const TARGETS = {
  itself: ({ href }) => href,
  'another query': ({ pathname, search }) => `${pathname}${search}${search === '' ? '?' : '&'}id=${ANOTHER}`,
  'another path': ({ pathname, search }) => `/moved${pathname}/${search}`,
  'no query': ({ pathname }) => pathname,
  'another port': ({ pathname }, stranger) => stranger + pathname,
  'another name': ({ href }) => href.replace(/127\.0\.0\.1|api(?=\.example)/, 'localhost'),
  'a key': ({ pathname }) => `${pathname}?key=${encodeURIComponent(apiKey)}`,
  'no URL': () => 'http://[',
  'another endpoint': ({ pathname }) => pathname.replace('/pinning/', '/nft/'),
  'another pin': ({ pathname }) => pathname.replace(/[^/]+\/?$/, ANOTHER),
} satisfies Record<string, (url: URL, stranger: string) => string>

const another = (row: PinRecord): PinRecord => ({ ...row, metadata: { name: 'b-another' } })
const files = ({ pins, totals }: Page, more: number): Page => ({
  pins,
  totals: { ...totals, files: totals.files + more },
})
/** Pages of the list that do not agree with each other or with the documents. */
const PAGES = {
  'one ID with two contents': (page) => ({ ...page, pins: [...page.pins.slice(0, 1).map(another), ...page.pins] }),
  'a row without pinned': (page) => ({
    ...page,
    pins: page.pins.map((row, at) => (at ? row : { ...row, pinned: null })),
  }),
  'a row without ID': (page) => ({ ...page, pins: [...page.pins.slice(1), {}] }),
  'a row too few': (page) => ({ ...page, pins: page.pins.slice(0, -1) }),
  'the rows turned round': (page) => ({ ...page, pins: [...page.pins].reverse() }),
  'one more in the total': (page) => files(page, 1),
  'one less in the total': (page) => files(page, -1),
} satisfies Record<string, (page: Page) => unknown>

export type BodyName = keyof typeof BODIES
const names = <Name extends string>(table: Record<Name, unknown>): Name[] => Object.keys(table) as Name[]
export const [BODY_NAMES, TARGET_NAMES, PAGE_NAMES] = [names(BODIES), names(TARGETS), names(PAGES)]

/** What there is when a request arrives: the record of its pin, whether that is there, a second origin, and the time. */
export type Around = { record: PinRecord | undefined; holds: boolean; stranger: string; now: number }

/**
 * What to do to a request. The service of this world says that it does not have a pin only where that is so, and removes one only
 * before an answer that does not rule it out.
 */
export function faultOf(trouble: Trouble, asked: Asked, { record, holds, stranger, now }: Around): Fault | undefined {
  if (trouble.kind === 'none') return undefined
  if (trouble.kind === 'redirect') return { ...trouble, location: TARGETS[trouble.to](new URL(asked.url), stranger) }
  if (trouble.kind === 'page') return { kind: 'change', page: PAGES[trouble.how] }
  if (trouble.kind === 'twice')
    return { kind: 'twice', ms: 5, ...(trouble.late && { first: { status: 500, body: error('Sorry') } }) }
  if (trouble.kind !== 'says') return trouble
  const { status, effect, retryAfter = 'none' } = trouble
  const ms = { date: 5000, past: -5000 }[retryAfter]
  const wait = ms === undefined ? retryAfter : new Date(now + ms).toUTCString()
  const headers: Record<string, string> = wait === 'none' ? {} : { 'Retry-After': wait }
  const body = BODIES[status === 204 || status === 304 ? 'empty' : trouble.body](record ?? makePin())
  const { says, lost, unsure } = meaningOfAnswer({ status, headers, body }, asked)
  if (says === 'missing' && holds) return undefined
  return { kind: 'answer', status, headers, body, effect: effect && (lost || unsure) }
}

/** What a whole answer means. */
export function meaningOfAnswer({ status, headers = {}, body }: Plain, asked: Asked): Meaning {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return meaningOf(asked, { connected: true, status, headers: lowerCase(headers), body: bytes.toString('latin1') })
}

export function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
