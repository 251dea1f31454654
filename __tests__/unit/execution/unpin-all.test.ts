import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sleep } from '../../../src/clock.ts'
import { AT_ONCE, unpinAll, type UnpinAllOptions } from '../../../src/execution/unpin-all.ts'
import type { PinOutcome } from '../../../src/types.ts'
import { makeOutcome, pinIdOf } from '../../support/outcome.ts'
import { SimulatedClock, turn } from '../../support/simulated-clock.ts'

const never = new AbortController().signal
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => pinIdOf(index))

/** Runs to the end; gives the outcomes by the place they were reported for, and in the order in which they ended. */
async function outcomesOf(
  pinIds: readonly string[],
  unpin: UnpinAllOptions['unpin'],
  signal = never,
): Promise<{ byPlace: PinOutcome[]; ended: number[] }> {
  const byPlace: PinOutcome[] = []
  const ended: number[] = []
  await unpinAll(pinIds, {
    unpin,
    signal,
    onEnd(outcome, index) {
      byPlace[index] = outcome
      ended.push(index)
    },
  })
  return { byPlace, ended }
}

test('however long each takes, every pin ends once, at its own place, eight at once at most, started in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { maxLength: 30 }), async (durations) => {
      const clock = new SimulatedClock()
      const started: string[] = []
      let [running, most] = [0, 0]
      const pinIds = ids(durations.length)
      const all = outcomesOf(pinIds, async (pinId) => {
        started.push(pinId)
        most = Math.max(most, (running += 1))
        await sleep(clock, durations[pinIds.indexOf(pinId)] ?? 0, never)
        running -= 1
        return makeOutcome({ pinId })
      })
      await clock.runUntilIdle()
      const { byPlace, ended } = await all
      expect(started).toEqual(pinIds)
      expect(most).toBe(Math.min(AT_ONCE, pinIds.length))
      expect(byPlace.map(({ pinId }) => pinId)).toEqual(pinIds)
      expect(ended.sort((a, b) => a - b)).toEqual([...pinIds.keys()])
    }),
    { numRuns: 50 },
  )
})

test('one failed pin does not stop the others, and a defect ends its own pin only', async () => {
  const { byPlace } = await outcomesOf(ids(20), async (pinId) => {
    if (pinId === pinIdOf(3)) throw new Error('a defect')
    return makeOutcome({ pinId, result: pinId === pinIdOf(5) ? 'failed' : 'unpinned' })
  })
  expect(byPlace[3]).toMatchObject({ result: 'unconfirmed', message: expect.stringContaining('a defect') })
  expect(byPlace[5]).toMatchObject({ result: 'failed' })
  expect(byPlace.filter(({ result }) => result === 'unpinned').length).toBe(18)
})

describe('after an end that concerns the whole run', () => {
  test('nothing further is started, what was begun goes on, and the rest is told why', async () => {
    const clock = new SimulatedClock()
    const started: string[] = []
    const signals: AbortSignal[] = []
    const all = outcomesOf(ids(20), async (pinId, { signal, startSignal }) => {
      started.push(pinId)
      signals.push(startSignal)
      expect(signal.aborted).toBe(false)
      if (pinId === pinIdOf(0)) return makeOutcome({ pinId, result: 'failed', stop: 'unauthorized' })
      await sleep(clock, 1000, never)
      return makeOutcome({ pinId })
    })
    await clock.runUntilIdle()
    const { byPlace } = await all
    expect(started).toEqual(ids(8))
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
    expect(byPlace.map(({ result }) => result)).toEqual([
      'failed',
      ...Array(7).fill('unpinned'),
      ...Array(12).fill('not-attempted'),
    ])
    expect(byPlace[1]?.message).toBe(makeOutcome().message)
    expect(byPlace[19]?.message).toBe(
      'Not attempted: the service refused the key pair (HTTP 401). Run the step again for this pin.',
    )
  })

  test('a pin that was begun and had sent nothing is told why as well', async () => {
    const clock = new SimulatedClock()
    const all = outcomesOf(ids(2), async (pinId, { startSignal }) => {
      if (pinId === pinIdOf(0)) return makeOutcome({ pinId, result: 'failed', stop: 'told-to-wait' })
      await sleep(clock, 1000, startSignal)
      return makeOutcome({
        pinId,
        result: 'not-attempted',
        message: 'Not attempted: the run was stopped first.',
      })
    })
    expect((await all).byPlace[1]).toMatchObject({
      result: 'not-attempted',
      message: expect.stringContaining('longer wait than `timeout-seconds`'),
    })
  })

  test('of eight pins in a row that ran out of time, the rest is spared', async () => {
    let started = 0
    const { byPlace } = await outcomesOf(ids(1000), async (pinId) => {
      started += 1
      await turn()
      return makeOutcome({ pinId, result: 'failed', timeUsedUp: true })
    })
    expect(started).toBeLessThan(16)
    expect(byPlace.length).toBe(1000)
    expect(byPlace[999]?.message).toMatch('the service seems to be down')
  })
})

describe('a run that is stopped', () => {
  test('before it begins starts nothing', async () => {
    const { byPlace, ended } = await outcomesOf(
      ids(3),
      () => Promise.reject(new Error('must not be started')),
      AbortSignal.abort(),
    )
    expect(byPlace.map(({ result }) => result)).toEqual(Array(3).fill('not-attempted'))
    expect(byPlace[0]?.message).toMatch('the run was stopped first')
    expect(ended).toEqual([0, 1, 2])
  })

  test('ends with what is known of every pin', async () => {
    const stop = new AbortController()
    const clock = new SimulatedClock()
    const all = outcomesOf(
      ids(10),
      async (pinId, { signal }) => {
        await sleep(clock, pinId === pinIdOf(0) ? 0 : 1000, signal)
        return makeOutcome({ pinId, result: signal.aborted ? 'unconfirmed' : 'unpinned' })
      },
      stop.signal,
    )
    await clock.advance(0)
    stop.abort()
    expect((await all).byPlace.map(({ result }) => result)).toEqual([
      'unpinned',
      ...Array(8).fill('unconfirmed'),
      'not-attempted',
    ])
  })
})

test('no pins are no work', async () => {
  expect(await outcomesOf([], () => Promise.reject(new Error('none')))).toEqual({ byPlace: [], ended: [] })
})

test('a pin that ended unattempted for a reason of its own keeps its words and what is known of it', async () => {
  const own = makeOutcome({
    pinId: pinIdOf(0),
    result: 'not-attempted',
    message: 'Not attempted: held back.',
  })
  expect((await outcomesOf(ids(1), () => Promise.resolve(own))).byPlace[0]).toEqual(own)
})
