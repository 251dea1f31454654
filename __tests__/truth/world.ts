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

export const DAY_MS = 24 * 60 * 60 * 1000

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
  /** `unpinned`: the record stays and says so. `retrieved`: not pinned yet. */
  state: 'held' | 'absent' | 'unpinned' | 'retrieved'
  group: 'a' | 'b'
  /** Ends the pin's name. */
  suffix: string
  ageDays: number
  /** What `expired-by` looks at. */
  expires: 'no key' | 'passed' | 'to come' | 'not a date'
  protect: 'no' | 'id' | 'cid' | 'name'
  /** What happens to its requests, one after the other. */
  troubles: Trouble[]
  /** The last trouble stays. */
  forGood: boolean
}

export interface Schedule {
  pins: PinPlan[]
  /** `null`: by ID. */
  selection: {
    keepLatest: number
    olderThan: boolean
    expiredBy: boolean
    maxUnpins: number
    onTooMany: 'fail' | 'oldest-first'
    /** A line of `name` that no pin has. */
    strayName: boolean
    largestPage: number
  } | null
  /** A line of `protect` that protects nothing. */
  strayProtect: boolean
  onUnusedProtect: 'fail' | 'warn' | 'ignore'
  listTroubles: Trouble[]
  requestsPerMinute: number
  timeoutSeconds: number
  onMissing: 'warn' | 'ignore' | 'fail'
  dryRun: boolean
  verify: boolean
  /** When the run is told to stop, if it is. */
  cancel: { atTurn: number } | { atRequest: number } | { atMs: number } | null
  /** Another client of the account removes this pin when the service gets its n-th request. */
  others: { atRequest: number; pin: number }[]
  nobodyListens: boolean
  /** `api-url` leads to a gateway that knows none of its paths. */
  wrongServer: boolean
  /** Of the run's own random numbers. */
  seed: number
}

/** A pin that is there and gives no trouble, but for what is said otherwise. */
export function pin(overrides: Partial<PinPlan> = {}): PinPlan {
  const usual = { state: 'held', group: 'a', suffix: 'x', ageDays: 1, expires: 'passed', protect: 'no' } as const
  return { ...usual, troubles: [], forGood: false, ...overrides }
}

export const ALL_OF_GROUP_A: NonNullable<Schedule['selection']> = {
  keepLatest: 0,
  olderThan: false,
  expiredBy: false,
  maxUnpins: 25,
  onTooMany: 'fail',
  strayName: false,
  largestPage: 100,
}

/** A schedule in which nothing goes wrong, but for what is said otherwise. */
export function schedule(overrides: Partial<Schedule>): Schedule {
  return {
    pins: [pin()],
    selection: null,
    strayProtect: false,
    onUnusedProtect: 'fail',
    listTroubles: [],
    requestsPerMinute: 180,
    timeoutSeconds: 120,
    onMissing: 'warn',
    dryRun: false,
    verify: false,
    cancel: null,
    others: [],
    nobodyListens: false,
    wrongServer: false,
    seed: 1,
    ...overrides,
  }
}

/** One pin, with what the service has of it at the start. */
export interface WorldPin {
  id: string
  plan: PinPlan
  record: PinRecord
}

/** What the vendor's dashboard shows as "Unpinned". Its date says it too. */
const UNPINNED = ['unpinNormally', 'unpinOutOfMoney', 'gcDone', 'GCDONE', 'RETRIEVAL']

export function pinsOf({ pins }: Pick<Schedule, 'pins'>, now: number): WorldPin[] {
  return pins.map((plan, index) => {
    const { state, ageDays, suffix, expires } = plan
    const status = UNPINNED[index % UNPINNED.length] ?? ''
    const dated = status === 'RETRIEVAL' || index % 2 === 0
    const at = (ms: number): string => new Date(ms).toISOString()
    const end = { passed: at(now - DAY_MS).slice(0, 10), 'to come': at(now + DAY_MS), 'not a date': 'soon' }
    const record = makePin(
      {
        date_pinned: at(now - ageDays * DAY_MS - index * 1000),
        metadata: {
          name: `${plan.group}-${index}-${suffix === 'KEY' ? DEFAULT_KEYS.secretKey : suffix}`,
          keyvalues: expires === 'no key' ? {} : { expires: end[expires] },
        },
        ...(state === 'retrieved' && { pinned: false, status: 'RETRIEVAL' }),
        ...(state === 'unpinned' && { pinned: false, status }),
        ...(state === 'unpinned' && dated && { date_unpinned: at(now - (ageDays * DAY_MS) / 2) }),
      },
      index + 1,
    )
    return { id: record.id, plan, record }
  })
}

/** The lines of `protect`. */
export function protectLines(pins: readonly WorldPin[], { strayProtect }: Schedule): string[] {
  const lines = pins.flatMap(({ plan, record }, index) => {
    const line = { no: [], id: [record.id.toUpperCase()], cid: [record.cid], name: [`A-${index}-*`] }
    return plan.group === 'b' && plan.protect === 'name' ? [`b-${index}-*`] : line[plan.protect]
  })
  return strayProtect ? [...lines, 'nothing-*'] : lines
}

const error = (message: string): object => ({ status: 'error', message })
const { apiKey, secretKey } = DEFAULT_KEYS
const KEYS_SPELT = [
  apiKey,
  secretKey.toUpperCase(),
  encodeURIComponent(apiKey),
  Buffer.from(secretKey).toString('base64'),
  Buffer.from(apiKey).toString('hex'),
]

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
  'a stranger’s envelope': () => error('Not Found'),
  'a stranger’s record': () => error('The record does not exist'),
  refusal: () => error('User not enough balance'),
  'no right': () => error('This API key lacks the scope pinning.unpin'),
  'no reason': () => ({ status: 'error' }),
  keys: () => error(KEYS_SPELT.join(' ')),
  commands: () => error('\n::set-output name=x::y\r##[stop-commands]z | <img>'),
  'not found': () => error('record not found'),
  'not found, wrapped': () => ({ message: 'get pin: Record  not found' }),
  'no such pin': (record) => error(`Pin not found: ${record.id}`),
  'invalid ID': () => ({ message: 'Invalid pin ID or key ID' }),
  'the record of another pin': (record) => ({ status: 'success', data: { ...record, id: ANOTHER } }),
  'the record, refused': (record) => ({ status: 'error', data: record, message: 'record not found' }),
  'the record, no status': (record) => ({ data: record }),
  'the record alone': (record) => record,
} satisfies Record<string, (record: PinRecord) => unknown>

export type BodyName = keyof typeof BODIES
export const BODY_NAMES = Object.keys(BODIES) as BodyName[]
const ANOTHER = 'ffffffff-ffff-4fff-8fff-fffffffffff9'

/** Where redirects lead. @param stranger a second origin. */
const TARGETS = {
  itself: (url: URL) => `${url.pathname}${url.search}${url.search === '' ? '?' : '&'}again=1`,
  'another path': ({ pathname, search }: URL) => `/moved${pathname}/${search}`,
  'no query': ({ pathname }: URL) => pathname,
  'another port': ({ pathname }: URL, stranger: string) => stranger + pathname,
  'another name': ({ href }: URL) => href.replace('127.0.0.1', 'localhost').replace('api.example', 'other.example'),
  'a key': ({ pathname }: URL) => `${pathname}?key=${encodeURIComponent(apiKey)}`,
  nothing: () => 'http://[',
  'another endpoint': ({ pathname }: URL) => pathname.replace('/pinning/', '/nft/'),
  'another pin': ({ pathname }: URL) => pathname.replace(/[^/]+\/?$/, ANOTHER),
} satisfies Record<string, (url: URL, stranger: string) => string>

/** Pages of the list that do not agree with each other or with the documents. */
const PAGES = {
  'one ID with two contents': ({ pins, totals }) => ({
    totals,
    pins: [...pins, ...pins.slice(0, 1).map((row) => ({ ...row, metadata: { name: 'b-another' } }))],
  }),
  'a row without pinned': ({ pins, totals }) => ({
    totals,
    pins: pins.map(({ pinned, ...row }, place) => (place === 0 ? row : { ...row, pinned })),
  }),
  'a row without ID': ({ pins, totals }) => ({ totals, pins: [...pins.slice(1), {}] }),
  'a row too few': ({ pins, totals }) => ({ totals, pins: pins.slice(0, -1) }),
  'the rows turned round': ({ pins, totals }) => ({ totals, pins: [...pins].reverse() }),
  'one more in the total': ({ pins, totals }) => ({ totals: { ...totals, files: totals.files + 1 }, pins }),
  'one less in the total': ({ pins, totals }) => ({ totals: { ...totals, files: totals.files - 1 }, pins }),
} satisfies Record<string, (page: Page) => unknown>

export const TARGET_NAMES = Object.keys(TARGETS) as (keyof typeof TARGETS)[]
export const PAGE_NAMES = Object.keys(PAGES) as (keyof typeof PAGES)[]

/** What the service of a world is, when a request arrives. */
export interface Around {
  /** Of the pin that is asked for, if there is one. */
  record: PinRecord | undefined
  holds: boolean
  /** A second origin. */
  stranger: string
  now: number
}

/**
 * What to do to a request. The service of this world says that it does not have a pin only where that is so, and removes one only
 * before an answer that does not rule it out.
 */
export function faultOf(trouble: Trouble, asked: Asked, { record, holds, stranger, now }: Around): Fault | undefined {
  switch (trouble.kind) {
    case 'none':
      return undefined
    case 'redirect': {
      const location = TARGETS[trouble.to](new URL(asked.url), stranger)
      return { kind: 'redirect', status: trouble.status, location }
    }
    case 'page':
      return { kind: 'change', page: PAGES[trouble.how] }
    case 'twice':
      return { kind: 'twice', ms: 5, ...(trouble.late && { first: { status: 500, body: error('Sorry') } }) }
    case 'says': {
      const { status, body, effect, retryAfter = 'none' } = trouble
      const seconds = { date: 5000, past: -5000 }[retryAfter]
      const wait = seconds === undefined ? retryAfter : new Date(now + seconds).toUTCString()
      const headers = wait === 'none' ? {} : { 'Retry-After': wait }
      const noBody = status === 204 || status === 304
      const answer = { status, headers, body: BODIES[noBody ? 'empty' : body](record ?? makePin()) }
      const { says, lost, unsure } = meaningOfAnswer(answer, asked)
      if (says === 'missing' && holds) return undefined
      return { kind: 'answer', ...answer, effect: effect && (lost || unsure) }
    }
    default:
      return trouble
  }
}

export function meaningOfAnswer({ status, headers = {}, body }: Plain, asked: Asked): Meaning {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body) : JSON.stringify(body)
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const text = typeof bytes === 'string' ? Buffer.from(bytes).toString('latin1') : bytes.toString('latin1')
  return meaningOf(asked, { connected: true, status, headers: lowerCase, body: text })
}
