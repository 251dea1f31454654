import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
} from 'fast-check'
import type { Fault } from '../../testing/service/index.ts'

/** Something that goes wrong with one request; texts are made of it when the request arrives. */
export type Trouble =
  | { kind: 'none' }
  | Exclude<Fault, { kind: 'answer' | 'redirect' }>
  /** Said of a pin that is gone only. `in-other-words` is what an API gateway says of an unknown path, too. */
  | { kind: 'not-found'; how: 'as-500' | 'in-other-words' }
  | { kind: 'busy'; status: 429 | 503; retryAfter: string }
  | { kind: 'status'; status: number; effect: boolean; body: BodyKind }
  | { kind: 'redirect'; to: RedirectTarget; status: 301 | 302 | 303 | 307 | 308 }

/** Troubles that take time. */
export const WAITING: ReadonlySet<Trouble['kind']> = new Set<Trouble['kind']>([
  'hang',
  'drip',
  'drip-headers',
  'informational',
  'delay',
])

/** Bodies that prove nothing. */
export type BodyKind =
  | 'empty'
  | 'broken-json'
  | 'array'
  | 'html'
  | 'other-object'
  | 'refusal'
  | 'keys'
  | 'not-utf-8'
  | 'gzip'
  | 'huge'
  | 'commands'

export type RedirectTarget =
  | 'same-path'
  | 'elsewhere'
  | 'other-port'
  | 'other-name'
  | 'with-key'
  | 'nowhere'
  | 'broken'
  /** With the same ID. */
  | 'other-endpoint'
  /** To the same request for another pin; not drawn, see `found.test.ts`. */
  | 'other-pin'

export interface PinPlan {
  /** `unpinned`: the record stays and says so. `retrieved`: not pinned yet. */
  state: 'held' | 'absent' | 'unpinned' | 'retrieved'
  group: 'a' | 'b'
  /** Ends the pin's name. */
  suffix: string
  ageDays: number
  protect: 'no' | 'id' | 'cid' | 'name'
  /** What happens to its requests, one after the other. */
  troubles: Trouble[]
  /** The last trouble stays. */
  forGood: boolean
}

export type Cancel = { atTurn: number } | { atRequest: number } | { atMs: number }

export interface Schedule {
  pins: PinPlan[]
  /** `null`: by ID. */
  selection: {
    keepLatest: number
    olderThan: boolean
    maxUnpins: number
    largestPage: number
  } | null
  /** What happens to requests for the list: the one that selects, and the question whether `api-url` is the service. */
  listTroubles: Trouble[]
  requestsPerMinute: number
  timeoutSeconds: number
  onMissing: 'warn' | 'ignore' | 'fail'
  dryRun: boolean
  verify: boolean
  /** When the run is told to stop, if it is. */
  cancel: Cancel | null
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
  return {
    state: 'held',
    group: 'a',
    suffix: 'x',
    ageDays: 1,
    protect: 'no',
    troubles: [],
    forGood: false,
    ...overrides,
  }
}

/** A schedule in which nothing goes wrong, but for what is said otherwise. */
export function schedule(overrides: Partial<Schedule>): Schedule {
  return {
    pins: [pin()],
    selection: null,
    requestsPerMinute: 180,
    timeoutSeconds: 120,
    onMissing: 'warn',
    dryRun: false,
    verify: false,
    cancel: null,
    others: [],
    listTroubles: [],
    nobodyListens: false,
    wrongServer: false,
    seed: 1,
    ...overrides,
  }
}

const effect = constantFrom<'before' | 'after'>('before', 'after')
const RETRY_AFTER = [
  'none',
  'none',
  '0',
  '1',
  '3',
  '7',
  '61',
  '100000',
  '99999999999999',
  'date',
  'past',
  'junk',
  '-5',
  '1.5',
]
const retryAfter = constantFrom(...RETRY_AFTER)
const STATUSES = [
  200, 200, 201, 202, 204, 304, 400, 401, 403, 404, 404, 408, 409, 410, 425, 500, 500, 502, 504, 599,
]
const nothing: Arbitrary<Trouble> = constant({ kind: 'none' })

/** In answers that are not 200, the effect may only have happened where the status does not deny it. */
const status: Arbitrary<Trouble> = record({
  kind: constant('status' as const),
  status: constantFrom(...STATUSES),
  effect: boolean(),
  body: constantFrom<BodyKind>(
    ...(['empty', 'broken-json', 'array', 'html', 'other-object', 'refusal', 'keys'] as const),
    ...(['not-utf-8', 'gzip', 'commands', 'html', 'other-object', 'huge'] as const),
  ),
}).map((trouble) => ({
  ...trouble,
  effect:
    trouble.effect &&
    (trouble.status < 300 || trouble.status >= 500) &&
    !isRefusal(trouble.status, trouble.body),
  // A 404 with a JSON object says that the pin is missing: from a service that has it, that would be a lie.
  body: [404, 410].includes(trouble.status) && isObjectBody(trouble.body) ? ('html' as const) : trouble.body,
}))

function isObjectBody(body: BodyKind): boolean {
  return ['other-object', 'refusal', 'keys', 'commands'].includes(body)
}

/** An envelope that says that it did not work. */
function isRefusal(code: number, body: BodyKind): boolean {
  return code === 200 && ['refusal', 'keys', 'commands'].includes(body)
}

const trouble: Arbitrary<Trouble> = oneof(
  { weight: 5, arbitrary: nothing },
  { weight: 2, arbitrary: record({ kind: constant('reset' as const), effect }) },
  { weight: 1, arbitrary: record({ kind: constant('hang' as const), effect }) },
  {
    weight: 4,
    arbitrary: constantFrom<Trouble>(
      { kind: 'cut' },
      { kind: 'cut', chunked: true },
      { kind: 'switch' },
      { kind: 'wrong-record' },
      { kind: 'keep' },
      { kind: 'not-found', how: 'as-500' },
      { kind: 'not-found', how: 'in-other-words' },
      { kind: 'not-found', how: 'in-other-words' },
      { kind: 'drip', everyMs: 20 },
      { kind: 'drip', everyMs: 200 },
      { kind: 'drip-headers', everyMs: 100 },
      { kind: 'informational', everyMs: 1000 },
    ),
  },
  {
    weight: 1,
    arbitrary: record({
      kind: constant('delay' as const),
      ms: constantFrom(10, 700, 1500, 29_000, 31_000),
    }),
  },
  {
    weight: 3,
    arbitrary: record({
      kind: constant('busy' as const),
      status: constantFrom<429 | 503>(429, 503),
      retryAfter,
    }),
  },
  { weight: 5, arbitrary: status },
  {
    weight: 2,
    arbitrary: record({
      kind: constant('redirect' as const),
      to: constantFrom<RedirectTarget>(
        ...(['same-path', 'same-path', 'elsewhere', 'other-port', 'other-name', 'with-key'] as const),
        ...(['nowhere', 'broken', 'other-endpoint', 'other-endpoint'] as const),
      ),
      status: constantFrom<301 | 302 | 303 | 307 | 308>(301, 302, 303, 307, 308),
    }),
  },
)

/** Mostly trouble that makes every request wait. */
const pause: Arbitrary<Trouble> = oneof(
  {
    weight: 2,
    arbitrary: record({
      kind: constant('busy' as const),
      status: constantFrom<429 | 503>(429, 503),
      retryAfter: constantFrom('3', '7', '20', '61', 'date'),
    }),
  },
  { weight: 1, arbitrary: trouble },
)

/** Trouble that is over within moments of real time. */
const quickTrouble: Arbitrary<Trouble> = trouble.map((one) => (WAITING.has(one.kind) ? { kind: 'cut' } : one))

const SUFFIXES = ['x', 'x', 'x', '', 'Ünï cödé 🎉', 'a|b*c', '<b>"&', '::error::no', '##[error]no', 'KEY']

function pinPlan(troubles: Arbitrary<Trouble>, selected: boolean): Arbitrary<PinPlan> {
  return record({
    state: constantFrom<PinPlan['state']>(
      ...(['held', 'held', 'held', 'held', 'held', 'absent', 'unpinned', 'retrieved'] as const),
    ),
    group: selected ? constantFrom<'a' | 'b'>('a', 'a', 'b') : constant<'a'>('a'),
    suffix: constantFrom(...SUFFIXES),
    ageDays: integer({ min: 1, max: 60 }),
    protect: constantFrom<PinPlan['protect']>('no', 'no', 'no', 'no', 'no', 'no', 'id', 'cid', 'name'),
    troubles: oneof(
      { weight: 2, arbitrary: constant<Trouble[]>([]) },
      { weight: 3, arbitrary: array(troubles, { minLength: 1, maxLength: 4 }) },
    ),
    forGood: oneof({ weight: 4, arbitrary: constant(false) }, { weight: 1, arbitrary: constant(true) }),
  })
}

const settings = {
  onMissing: constantFrom<Schedule['onMissing']>('warn', 'ignore', 'fail'),
  dryRun: constantFrom(false, false, false, false, false, true),
  seed: nat(),
}

function oneIn(number: number): Arbitrary<boolean> {
  return nat(number - 1).map((drawn) => drawn === number - 1)
}

const others = array(record({ atRequest: nat(30), pin: nat(19) }), { maxLength: 2 })

function schedules(selection: Arbitrary<Schedule['selection']>, selected: boolean): Arbitrary<Schedule> {
  return oneof(
    { weight: 3, arbitrary: drawn(selection, selected, trouble, [1, 2, 5, 30, 180, 180, 6000]) },
    // Pins that wait for a place while the service asks for pauses.
    { weight: 1, arbitrary: drawn(selection, selected, pause, [1, 2, 5]) },
  )
}

function drawn(
  selection: Arbitrary<Schedule['selection']>,
  selected: boolean,
  trouble: Arbitrary<Trouble>,
  requestsPerMinute: number[],
): Arbitrary<Schedule> {
  return record({
    ...settings,
    // Without, three in four runs would read every record first.
    guarded: constantFrom(false, false, true),
    pins: array(pinPlan(trouble, selected), { minLength: 1, maxLength: 20 }),
    selection,
    requestsPerMinute: constantFrom(...requestsPerMinute),
    timeoutSeconds: constantFrom(1, 2, 5, 31, 120, 120, 600),
    verify: boolean(),
    cancel: oneof(
      { weight: 5, arbitrary: constant(null) },
      {
        weight: 1,
        arbitrary: oneof(
          record({ atTurn: nat(60) }),
          record({ atRequest: nat(20) }),
          record({ atMs: integer({ min: 0, max: 60_000 }) }),
        ),
      },
    ),
    others: oneof(
      { weight: 4, arbitrary: constant<Schedule['others']>([]) },
      { weight: 1, arbitrary: others },
    ),
    listTroubles: oneof(
      { weight: 2, arbitrary: constant<Trouble[]>([]) },
      { weight: 1, arbitrary: array(trouble, { maxLength: 3 }) },
    ),
    nobodyListens: oneIn(40),
    wrongServer: oneIn(20),
  }).map(({ guarded, ...schedule }) => ({
    ...schedule,
    pins: guarded ? schedule.pins : schedule.pins.map((pin) => ({ ...pin, protect: 'no' as const })),
  }))
}

export const schedulesById: Arbitrary<Schedule> = schedules(constant(null), false)

export const schedulesSelected: Arbitrary<Schedule> = schedules(
  record({
    keepLatest: constantFrom(0, 0, 0, 1, 3),
    olderThan: boolean(),
    maxUnpins: constantFrom(25, 25, 25, 3),
    largestPage: constantFrom(1, 3, 7, 100),
  }),
  true,
)

/** For whole processes in real time. */
export const quickSchedules: Arbitrary<Schedule> = record({
  ...settings,
  pins: array(pinPlan(quickTrouble, false), { minLength: 1, maxLength: 12 }),
  verify: boolean(),
  wrongServer: oneIn(10),
}).map((drawn) => schedule({ ...drawn, requestsPerMinute: 6000, timeoutSeconds: 1 }))
