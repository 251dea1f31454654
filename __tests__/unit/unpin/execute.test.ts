import { expect, test } from '@jest/globals'
import { sleep } from '../../../src/clock.ts'
import { type OnMissing, type PinOutcome, type PinResult, untouched } from '../../../src/pin/outcome.ts'
import type { ChosenPin, Plan, PlannedPin } from '../../../src/plan/plan.ts'
import { PinService, type ServicePin, type Signals } from '../../../src/service/service.ts'
import { decideVerdict, execute, unpinOne, wouldUnpin } from '../../../src/unpin/execute.ts'
import { makePin } from '../../../testing/service/index.ts'
import { makeOutcome, many, pinIdOf, recordOf, times } from '../../support/outcome.ts'
import { answerOf, HTML, json, ScriptedClient } from '../../support/reply.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const never = new AbortController().signal
const record = recordOf()
const chosen = (index: number): ChosenPin => ({ kind: 'chosen', pinId: pinIdOf(index), reason: 'matched', record })
const kept = (index: number): PlannedPin => ({ kind: 'left', outcome: untouched(pinIdOf(index), 'kept', '') })
type Unpin = (place: number, signals: Required<Signals>) => Promise<Partial<PinOutcome>> | Partial<PinOutcome>

/** @returns the outcomes by their places, each of which ends once. */
async function carryOut(pins: readonly PlannedPin[], unpin: Unpin, signal = never): Promise<PinOutcome[]> {
  const outcomes: PinOutcome[] = []
  const unpinChosen = async ({ pinId }: ChosenPin, signals: Required<Signals>) =>
    makeOutcome({ pinId, ...(await unpin(Number(pinId.slice(-12)), signals)) })
  await execute({ pins } as Plan, unpinChosen, signal, (outcome, index) => {
    expect([outcomes[index], outcome.pinId]).toEqual([undefined, pinIdOf(index)])
    outcomes[index] = outcome
  })
  return outcomes
}
const resultsOf = (outcomes: PinOutcome[]): string[] => outcomes.map(({ result }) => result)

test('only the pins that the plan has chosen are tried, in their order, and a success shows that the key pair may', async () => {
  const tried: number[] = []
  const pins = many(20, (index) => (index % 3 === 0 ? kept(index) : chosen(index)))
  const unpin: Unpin = (place) => (tried.push(place) > 1 ? { result: 'failed', stops: 'forbidden' } : {})
  const ends = many(20, (index) => (index % 3 === 0 ? 'kept' : index === 1 ? 'unpinned' : 'failed'))
  expect(resultsOf(await carryOut(pins, unpin))).toEqual(ends)
  expect(tried).toEqual(many(20, (index) => index).filter((index) => index % 3 !== 0))
})

test('after a problem of the whole run the pins that have begun go on, and the rest say why', async () => {
  const clock = new SimulatedClock()
  const all = carryOut(many(12, chosen), async (place, { signal, startSignal }) => {
    await sleep(clock, place === 1 ? 500 : 1000, place === 2 ? startSignal : signal)
    if (place === 1) return { result: 'failed', stops: 'forbidden' }
    if (place === 2) return { result: clock.now() < 2000 ? 'not-attempted' : 'failed' }
    return place === 3 ? { result: 'not-attempted', message: 'Held.', stops: 'told-to-wait' } : { result: 'missing' }
  })
  await clock.runUntilIdle()
  const outcomes = await all
  const held = ['failed', 'not-attempted', 'not-attempted']
  expect(resultsOf(outcomes)).toEqual(['missing', ...held, ...times(5, 'missing'), ...times(3, 'not-attempted')])
  expect(outcomes[3]?.message).toBe('Held.')
  const message = 'Not attempted: the key pair lacks a scope (HTTP 403). When the cause is gone, run the step again.'
  for (const place of [2, 11])
    expect(outcomes[place]).toMatchObject({ message, reason: 'matched', record, attempts: 0 })
})

test('a stopped run ends with what is known of each pin, and hears the signal while pins that stay are reported', async () => {
  const [stop, again] = [new AbortController(), new AbortController()]
  const clock = new SimulatedClock()
  const all = carryOut(
    many(10, chosen),
    async (place, { signal }) => {
      await sleep(clock, place, signal)
      return { result: signal.aborted ? 'unconfirmed' : 'unpinned' }
    },
    stop.signal,
  )
  await clock.advance(0)
  stop.abort()
  expect(resultsOf(await all)).toEqual(['unpinned', ...times(8, 'unconfirmed'), 'not-attempted'])
  setImmediate(() => again.abort())
  const outcomes = await carryOut([...many(300, kept), chosen(300)], () => ({}), again.signal)
  expect(outcomes[300]).toMatchObject({ result: 'not-attempted', message: expect.stringMatching(/was stopped\. When/) })
})

const raw = makePin({}, 1)
const success = (fields: object = {}) => answerOf(200, json({ status: 'success', data: { ...raw, ...fields } }))
// These words are final whatever the status is.
const missing = answerOf(503, json({ message: 'record not found' }))
const still = success()
const retrieval = success({ pinned: false, status: 'RETRIEVAL' })
const gone = success({ pinned: false, status: 'gcDone' })
const planned = recordOf({ size: 7 })
const known: ChosenPin = { ...chosen(1), pinId: raw.id, record: planned }
const UNREAD = { verify: false, known: { ...known, record: null } }

type Script = ConstructorParameters<typeof ScriptedClient>[0]
async function tryPin(script: Script, { verify = true, signal = never, known: pinKnown = known } = {}) {
  const scripted = new ScriptedClient(script, { random: 0 })
  const pin = new PinService(scripted.client, scripted.clock, 8).pin(raw.id, { signal, startSignal: never })
  const outcome = await scripted.settle(unpinOne(pin, pinKnown, verify))
  return { ...outcome, requests: scripted.requests.map(({ method }) => method[0]).join('') }
}

const GONE = /^Unpinned: .* the pin is gone when read again\.$/
const UNKNOWN = /^It is not known whether the pin is gone\. .* confirmed the unpin, but .* Run the step again: a pin/
const unconfirmed = 'unconfirmed' as const
const unpinned = { result: 'unpinned', record: planned, attempts: 1, stops: null } as const

test.each<[string, Parameters<typeof tryPin>, requests: string, Partial<PinOutcome>, RegExp]>([
  ['is unpinned without `verify`', [[still], UNREAD], 'D', { ...unpinned, record }, /^Unpinned: .* confirmed it\.$/],
  ['is missing, with the record of the plan', [[missing]], 'D', { result: 'missing', record: planned }, /have/],
  ['is gone for the service', [[still, 500, missing]], 'DG', { ...unpinned, durationMs: 500 }, GONE],
  ['is gone by its record', [[still, gone]], 'DG', unpinned, GONE],
  ['is read again after 1, 2, 4 s', [[still, still, retrieval, still, gone]], 'DGGGG', { durationMs: 7000 }, GONE],
  ['is answered for by a page', [[still, answerOf(200, HTML)]], 'DG', { result: unconfirmed }, UNKNOWN],
  ['may not be read', [[still, answerOf(403)]], 'DG', { result: unconfirmed, stops: 'forbidden' }, /data\.pin_list/],
  [
    'has no time left',
    [[7900, still]],
    'D',
    { result: unconfirmed, durationMs: 7900 },
    /within 8 s .* raise `timeout-seconds`\.$/,
  ],
  [
    'stays until its time is over',
    [[still]],
    'DGGGG',
    { result: unconfirmed, stops: 'unanswered' },
    /but after 7\.0 s its record/,
  ],
])('a pin that %s', async (_, args, requests, expected, words) => {
  const facts = { pinId: raw.id, reason: 'matched', requests, message: expect.stringMatching(words) }
  expect(await tryPin(...args)).toMatchObject({ ...facts, ...expected })
})

test('a dry run says of a pin what the plan knows of it', () => {
  const facts = { pinId: raw.id, result: 'would-unpin', reason: 'matched', record: planned, attempts: 0 }
  expect(wouldUnpin(known)).toMatchObject({ ...facts, message: 'Would be unpinned.' })
})

test('a pin that is read again as the run is stopped is unconfirmed', async () => {
  const stop = new AbortController()
  setImmediate(() => stop.abort())
  expect(await tryPin([still], { signal: stop.signal })).toMatchObject({ result: unconfirmed, durationMs: 0 })
})

test.each([true, false])('a pin for which this program fails after its request had begun (%p)', async (running) => {
  const pin = { pinId: raw.id, deadline: { running }, unpin: () => Promise.reject(new Error('a defect')) }
  const outcome = await unpinOne(pin as unknown as ServicePin, known, true)
  const result = running ? unconfirmed : 'not-attempted'
  expect(outcome).toMatchObject({ result, message: expect.stringMatching(/a defect/), record: planned })
})

test.each<[PinResult[], OnMissing, refusals: string[], succeeded: boolean]>([
  [[], 'fail', [], true],
  [['unpinned', 'kept'], 'fail', [], true],
  [['missing'], 'warn', [], true],
  [['unpinned', 'missing'], 'fail', [], false],
  [['not-attempted'], 'ignore', [], false],
  [['kept'], 'ignore', ['Too many.'], false],
])(
  'a run with the results %j, `on-missing: %s` and the refusals %j succeeds: %p',
  (results, on, refusals, succeeded) => {
    const pins = results.map((result) => makeOutcome({ result }))
    const verdict = (signal: AbortSignal) => decideVerdict({ refusals } as unknown as Plan, pins, on, signal)
    // A stop is told only where it changed something.
    expect(verdict(AbortSignal.abort('Stopped.'))).toMatchObject({ succeeded, stopped: succeeded ? null : 'Stopped.' })
    const { fails, stopped } = verdict(new AbortController().signal)
    expect([pins.some(fails), stopped]).toEqual([!succeeded && refusals.length === 0, null])
  },
)
