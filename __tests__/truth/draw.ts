import { type Arbitrary, array, boolean, constant, constantFrom, integer, nat, oneof, record } from 'fast-check'
import * as world from './world.ts'

type Schedule = world.Schedule
type Trouble = world.Trouble

/** Whatever number an answer can have; those that are named more often come more often. */
const STATUSES = `200 200 200 200 201 202 204 303 304 400 401 403 403 404 404 404 408 409 410 425 500 500 502 503 503 504 599`
const RETRY_AFTER = 'none none 0 1 3 7 61 100000 99999999999999 date past junk -5 1.5'
const SUFFIXES = ['x', 'x', 'x', '', 'Ünï cödé 🎉', 'a|b*c', '<b>"&', '::error::no', '##[error]no', 'KEY']

function some<const T>(...values: T[]): Arbitrary<T> {
  return constantFrom(...values)
}

function weighed<T>(...weights: [number, Arbitrary<T>][]): Arbitrary<T> {
  return oneof(...weights.map(([weight, arbitrary]) => ({ weight, arbitrary })))
}

function oneIn(number: number): Arbitrary<boolean> {
  return nat(number - 1).map((drawn) => drawn === number - 1)
}

function busy(retryAfter: string): Arbitrary<Trouble> {
  return record({
    kind: some('says'),
    status: some(403, 429, 429, 503, 503),
    body: some('refusal', 'no right', 'HTML'),
    effect: boolean(),
    retryAfter: some(...retryAfter.split(' ')),
  })
}

const says: Arbitrary<Trouble> = record({
  kind: some('says'),
  status: some(...STATUSES.split(' ').map(Number)),
  body: some(...world.BODY_NAMES),
  effect: boolean(),
})
const redirect: Arbitrary<Trouble> = record({
  kind: some('redirect'),
  to: some('itself', 'itself', 'another path', ...world.TARGET_NAMES),
  status: some(301, 302, 303, 307, 308),
})
/** Over within moments of real time. */
const quick = weighed<Trouble>(
  [5, constant({ kind: 'none' })],
  [2, record({ kind: some('reset'), effect: some('before', 'after') })],
  [2, record({ kind: some('cut'), chunked: boolean() })],
  [1, record({ kind: some('switch', 'keep') })],
  [1, record({ kind: some('twice'), late: boolean() })],
  [2, redirect],
  [8, says],
)
const trouble = weighed<Trouble>(
  [21, quick],
  [1, record({ kind: some('hang'), effect: some('before', 'after') })],
  [1, record({ kind: some('delay'), ms: some(10, 700, 1500, 29_000, 31_000) })],
  [1, record({ kind: some('drip', 'drip', 'drip-headers', 'informational'), everyMs: some(20, 200, 1000) })],
  [3, busy(RETRY_AFTER)],
)
/** Mostly what makes every request wait. */
const pause = weighed<Trouble>([2, busy('3 7 20 61 date')], [1, trouble])
const page: Arbitrary<Trouble> = record({ kind: some('page'), how: some(...world.PAGE_NAMES) })

function pinPlan(troubles: Arbitrary<Trouble>, selected: boolean): Arbitrary<world.PinPlan> {
  return record({
    state: some('held', 'held', 'held', 'held', 'held', 'absent', 'unpinned', 'retrieved', 'retrieved'),
    group: selected ? some('a', 'a', 'b') : some('a'),
    suffix: some(...SUFFIXES),
    ageDays: integer({ min: 1, max: 60 }),
    expires: some('no key', 'passed', 'passed', 'passed', 'to come', 'not a date'),
    protect: some('no', 'no', 'no', 'no', 'no', 'no', 'id', 'cid', 'name'),
    troubles: weighed([2, constant([])], [3, array(troubles, { minLength: 1, maxLength: 4 })]),
    forGood: oneIn(5),
  })
}

const selections: Arbitrary<Schedule['selection']> = record({
  keepLatest: some(0, 0, 0, 1, 3),
  olderThan: oneIn(3),
  expiredBy: oneIn(4),
  maxUnpins: some(25, 25, 25, 3),
  onTooMany: some('fail', 'oldest-first'),
  strayName: oneIn(8),
  largestPage: some(2, 3, 7, 100),
})
const settings = {
  onMissing: some('warn', 'ignore', 'fail'),
  onUnusedProtect: some('fail', 'warn', 'ignore'),
  strayProtect: oneIn(8),
  dryRun: oneIn(6),
  verify: boolean(),
  seed: nat(),
}

function schedules(selected: boolean): Arbitrary<Schedule> {
  const drawn = (troubles: Arbitrary<Trouble>, requestsPerMinute: number[]) =>
    record({
      ...settings,
      // Without, three in four runs would read the whole list.
      guarded: oneIn(3),
      pins: array(pinPlan(troubles, selected), { minLength: 1, maxLength: 20 }),
      selection: selected ? selections : constant(null),
      requestsPerMinute: some(...requestsPerMinute),
      timeoutSeconds: some(1, 2, 5, 31, 120, 120, 600),
      cancel: weighed<Schedule['cancel']>(
        [15, constant(null)],
        [1, record({ atTurn: nat(60) })],
        [1, record({ atRequest: nat(20) })],
        [1, record({ atMs: nat(60_000) })],
      ),
      others: array(record({ atRequest: nat(30), pin: nat(19) }), { maxLength: 2, size: 'xsmall' }),
      listTroubles: array(weighed<Trouble>([6, constant({ kind: 'none' })], [1, troubles], [1, page]), {
        maxLength: 4,
      }),
      nobodyListens: oneIn(40),
      wrongServer: oneIn(25),
    }).map(({ guarded, pins, ...rest }): Schedule => {
      const unprotected = pins.map((pin) => ({ ...pin, protect: 'no' as const }))
      return guarded ? { pins, ...rest } : { ...rest, strayProtect: false, pins: unprotected }
    })
  // The second: pins that wait for a slot while the service asks for pauses.
  return weighed([3, drawn(trouble, [1, 2, 5, 30, 180, 180, 6000])], [1, drawn(pause, [1, 2, 5])])
}

/** What schedules are drawn from. */
export const KINDS = {
  'by-id': schedules(false),
  selected: schedules(true),
  /** For whole processes in real time. */
  bundle: record({
    ...settings,
    pins: array(pinPlan(quick, true), { minLength: 1, maxLength: 12 }),
    selection: some(null, null, world.selection()),
    wrongServer: oneIn(10),
  }).map((drawn) => world.schedule({ ...drawn, requestsPerMinute: 6000, timeoutSeconds: 1 })),
} satisfies Readonly<Record<string, Arbitrary<Schedule>>>
