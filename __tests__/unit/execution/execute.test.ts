import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sleep } from '../../../src/clock.ts'
import { AT_ONCE, execute, type ExecuteOptions } from '../../../src/execution/execute.ts'
import { type PinOutcome, untouched } from '../../../src/pin/outcome.ts'
import { planByIds, type PlannedPin } from '../../../src/plan.ts'
import { makeOutcome, many, pinIdOf, times } from '../../support/outcome.ts'
import { SimulatedClock, turn } from '../../support/simulated-clock.ts'

const never = new AbortController().signal
const plan = (count: number): readonly PlannedPin[] => planByIds(many(count, pinIdOf)).pins

const kept = (index: number): PlannedPin => ({
  kind: 'left',
  outcome: untouched(pinIdOf(index), 'kept', ''),
})

interface Carried {
  /** By their place in the plan. */
  outcomes: PinOutcome[]
  /** Places in the order of their ends. */
  ended: number[]
  /** How often it was asked whether this is the AIOZ Pin API. */
  asked: number
}

async function carryOut(
  pins: readonly PlannedPin[],
  unpin: (pinId: string, signals: Parameters<ExecuteOptions['unpin']>[1]) => Promise<PinOutcome>,
  { signal = never, isAioz = false } = {},
): Promise<Carried> {
  const carried: Carried = { outcomes: [], ended: [], asked: 0 }
  await execute(pins, {
    unpin: ({ pinId }, signals) => unpin(pinId, signals),
    signal,
    async isAiozPin() {
      carried.asked += 1
      return isAioz
    },
    onEnd(outcome, index) {
      carried.outcomes[index] = outcome
      carried.ended.push(index)
    },
  })
  return carried
}

const resultsOf = ({ outcomes }: Carried): string[] => outcomes.map(({ result }) => result)

test('every pin ends once, at its place, at most eight at once, started in the order of the plan', async () => {
  const durations = fc.array(fc.option(fc.nat(1000), { freq: 5 }), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(durations, async (durations) => {
      const clock = new SimulatedClock()
      const started: string[] = []
      let [running, most] = [0, 0]
      const pins = plan(durations.length).map((pin, index) => (durations[index] === null ? kept(index) : pin))
      const all = carryOut(pins, async (pinId) => {
        started.push(pinId)
        most = Math.max(most, (running += 1))
        await sleep(clock, durations[Number(pinId.slice(-12))] ?? 0, never)
        running -= 1
        return makeOutcome({ pinId })
      })
      await clock.runUntilIdle()
      const { outcomes, ended } = await all
      const tried = pins.flatMap((pin) => (pin.kind === 'chosen' ? pin.pinId : []))
      expect(started).toEqual(tried)
      expect(most).toBe(Math.min(AT_ONCE, tried.length))
      expect(outcomes.map(({ pinId }) => pinId)).toEqual(pins.map((_, index) => pinIdOf(index)))
      expect(ended.sort((a, b) => a - b)).toEqual([...pins.keys()])
    }),
    { numRuns: 50 },
  )
})

test('one failed pin does not stop the others, and a defect ends only its own pin', async () => {
  const carried = await carryOut(plan(20), async (pinId) => {
    if (pinId === pinIdOf(3)) throw new Error('a defect')
    return makeOutcome({ pinId, result: pinId === pinIdOf(5) ? 'failed' : 'unpinned' })
  })
  const message = expect.stringContaining('a defect')
  expect(carried.outcomes[3]).toMatchObject({ result: 'unconfirmed', message })
  expect(carried.outcomes[5]).toMatchObject({ result: 'failed' })
  expect(resultsOf(carried).filter((result) => result === 'unpinned')).toHaveLength(18)
})

describe('after a problem of the whole run', () => {
  test('no pin is started, the running ones go on, and the rest say why', async () => {
    const clock = new SimulatedClock()
    const signals: AbortSignal[] = []
    const all = carryOut(plan(20), async (pinId, { signal, startSignal }) => {
      signals.push(startSignal)
      if (pinId === pinIdOf(0)) return makeOutcome({ pinId, result: 'failed', finding: 'unauthorized' })
      await sleep(clock, 1000, signal)
      return makeOutcome({ pinId })
    })
    await clock.runUntilIdle()
    const carried = await all
    expect(signals.map(({ aborted }) => aborted)).toEqual(times(8, true))
    expect(resultsOf(carried)).toEqual(['failed', ...times(7, 'unpinned'), ...times(12, 'not-attempted')])
    expect(carried.outcomes[19]?.message).toBe(
      'Not attempted: the service refused the key pair (HTTP 401). Run the step again for this pin.',
    )
    expect(clock.now()).toBe(1000)
  })

  test.each<['told-to-wait' | 'none', string]>([
    ['told-to-wait', 'longer wait than `timeout-seconds`'],
    ['none', 'Not attempted: held.'],
  ])('with the finding %s, a pin that was started but sent nothing says: %s', async (finding, words) => {
    const clock = new SimulatedClock()
    const carried = await carryOut(plan(2), async (pinId, { startSignal }) => {
      if (pinId === pinIdOf(0)) return makeOutcome({ pinId, result: 'failed', finding })
      if (finding !== 'none') await sleep(clock, 1000, startSignal)
      return makeOutcome({ pinId, result: 'not-attempted', message: 'Not attempted: held.' })
    })
    const message = expect.stringContaining(words)
    expect(carried.outcomes[1]).toMatchObject({ result: 'not-attempted', message })
  })
})

describe('a stopped run', () => {
  test('ends with what is known of every pin', async () => {
    const stop = new AbortController()
    const clock = new SimulatedClock()
    const all = carryOut(
      plan(10),
      async (pinId, { signal }) => {
        await sleep(clock, pinId === pinIdOf(0) ? 0 : 1000, signal)
        return makeOutcome({ pinId, result: signal.aborted ? 'unconfirmed' : 'unpinned' })
      },
      { signal: stop.signal },
    )
    await clock.advance(0)
    stop.abort()
    expect(resultsOf(await all)).toEqual(['unpinned', ...times(8, 'unconfirmed'), 'not-attempted'])
  })

  test('lets a signal be heard while pins that stay are reported', async () => {
    const stop = new AbortController()
    setImmediate(() => stop.abort())
    const carried = await carryOut(
      [...many(300, kept), ...plan(1)],
      () => Promise.reject(new Error('started')),
      {
        signal: stop.signal,
      },
    )
    expect(resultsOf(carried)).toEqual([...times(300, 'kept'), 'not-attempted'])
  })
})

describe('a pin that may be missing', () => {
  const doubted = (pinId: string) =>
    makeOutcome({ pinId, result: 'missing', finding: 'service-doubted', httpStatus: 404 })

  test.each([
    [true, 'missing'],
    [false, 'failed'],
  ])(
    'is decided by one question at the end: that the other side is the API is %j, so the pin is %s',
    async (isAioz, result) => {
      const carried = await carryOut(plan(20), async (pinId) => doubted(pinId), { isAioz })
      expect([carried.asked, new Set(resultsOf(carried))]).toEqual([1, new Set([result])])
      expect(carried.outcomes[0]?.message.includes('Check `api-url`')).toBe(!isAioz)
    },
  )

  test('is missing without a question once another pin has proven the service', async () => {
    const carried = await carryOut(plan(3), async (pinId) => {
      if (pinId === pinIdOf(1)) await turn()
      return pinId === pinIdOf(1) ? makeOutcome({ pinId }) : doubted(pinId)
    })
    expect([carried.asked, resultsOf(carried)]).toEqual([0, ['missing', 'unpinned', 'missing']])
    expect(carried.ended).toEqual([0, 2, 1])
  })
})
