import { afterEach, describe, expect, test } from '@jest/globals'
import { type Fault, makePin, type PinRecord, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { times } from '../../support/outcome.ts'
import { beginRun } from '../../support/running.ts'
import { endSteps } from '../../support/step.ts'

const pinsOf = (count: number): PinRecord[] => Array.from({ length: count }, (_, seed) => makePin({}, seed))
const hang: Fault = { kind: 'hang', effect: 'before' }
const told = (seconds: string): Fault => ({
  kind: 'answer',
  status: 429,
  headers: { 'Retry-After': seconds },
})

/** A service that answers the first requests by these faults, and then as it should. */
function service(pins: number, ...faults: (Fault | undefined)[]): Promise<Service> {
  const rest = [...faults]
  return start({ pins: pinsOf(pins), fault: () => rest.shift() })
}

afterEach(async () => {
  endSteps()
  await closeServices()
})

describe('each wait before a retry is told and kept', () => {
  test.each([
    [0, ['0.0 s', '0.0 s', '0.0 s', '0.0 s', '0.0 s', '0.0 s']],
    [0.5, ['0.5 s', '1.0 s', '2.0 s', '4.0 s', '8.0 s', '15.0 s']],
    [0.999, ['1.0 s', '2.0 s', '4.0 s', '8.0 s', '16.0 s', '30.0 s']],
  ])('where %p is drawn', async (random, waits) => {
    const up = await service(1, ...waits.map((): Fault => ({ kind: 'answer', status: 503 })))
    const { step, clock, done, logged } = beginRun(up, {}, { random: () => random })
    for (const [index, wait] of waits.entries()) {
      await logged(/trying again/, index + 1)
      expect(step.log().at(-1)).toMatch(
        new RegExp(`: attempt ${index + 1}: trying again in ${wait}, because of HTTP 503 `),
      )
      const [waitMs = 0] = clock.pending
      if (waitMs > 0) await clock.advance(waitMs - 0.5)
      expect(up.requests.length).toBe(index + 1)
      await clock.advance(0.5)
    }
    expect(await done).toBe(true)
    expect(up.requests.length).toBe(waits.length + 1)
  })
})

describe('a service that never answers', () => {
  test('is left after 30 s at each attempt, and after `timeout-seconds` in all', async () => {
    const up = await service(1, hang, hang)
    const { step, clock, done, requested, logged, results } = beginRun(up, { 'timeout-seconds': '45' })
    await requested(1)
    await clock.advance(29_999)
    expect(step.log().length).toBe(1)
    await clock.advance(1)
    await logged(/no complete answer within 30 s/)
    await requested(2)
    await clock.advance(15_000)
    expect(await done).toBe(false)
    expect(clock.now()).toBe(45_000)
    expect(results()).toMatchObject([
      { result: 'unconfirmed', attempts: 2, httpStatus: null, durationMs: 45_000 },
    ])
    expect(step.said('error')).toEqual([
      expect.stringMatching(/within the 45 s of `timeout-seconds`, in 2 attempts\./),
    ])
  })

  test.each([
    ['1', 1],
    ['30', 1],
    ['120', 4],
  ])('costs no more than %s s', async (seconds, attempts) => {
    const up = await service(1, ...times(9, hang))
    const { clock, done, requested, results } = beginRun(up, { 'timeout-seconds': seconds })
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      await requested(attempt)
      await clock.advance(Math.min(30_000, Number(seconds) * 1000))
    }
    expect(await done).toBe(false)
    expect(clock.now()).toBe(Number(seconds) * 1000)
    expect(results()).toMatchObject([{ result: 'unconfirmed', attempts }])
  })

  test('to eight pins in a row is not asked for the rest', async () => {
    const up = await start({ pins: pinsOf(40), fault: () => hang })
    const { step, clock, done, requested } = beginRun(up, { 'timeout-seconds': '1' })
    await requested(8)
    await clock.advance(1000)
    // Those that took the places of the first seven before the eighth had ended.
    await requested(15)
    await clock.advance(1000)
    expect(await done).toBe(false)
    expect(up.requests.length).toBe(15)
    const results = (step.outputs()['result'] ?? '').split('\n')
    expect(results).toEqual([...Array(15).fill('unconfirmed'), ...Array(25).fill('not-attempted')])
    expect(step.summary()).toMatch('8 pins in a row ran out of time')
  })
})

describe('`Retry-After`', () => {
  test('holds back every request of the run', async () => {
    const others = times<Fault>(7, { kind: 'delay', ms: 40 })
    const up = await service(10, told('7'), ...others)
    const { clock, done, logged } = beginRun(up)
    await logged(/attempt 1: every request waits 7\.0 s, because of HTTP 429/)
    await logged(/: unpinned/, 7)
    await clock.advance(6999)
    expect(up.requests.length).toBe(8)
    await clock.advance(1)
    expect(await done).toBe(true)
    expect(up.requests.length).toBe(11)
    expect(clock.now()).toBe(7000)
  })

  test('that does not fit into `timeout-seconds` ends the run with words, at once', async () => {
    const up = await start({ pins: pinsOf(20), fault: () => told('120') })
    const { step, clock, done, results } = beginRun(up)
    expect(await done).toBe(false)
    expect([clock.now(), up.requests.length]).toEqual([0, 8])
    expect(results().filter(({ result }) => result === 'not-attempted').length).toBe(12)
    expect(step.said('error')[0]).toMatch(/asked for a longer wait than the 120 s of `timeout-seconds`/)
  })
})

test('the rate limit is kept over the whole run', async () => {
  const up = await service(5)
  const { clock, done, logged } = beginRun(up, { 'requests-per-minute': '2', 'timeout-seconds': '1' })
  for (const unpinned of [2, 4]) {
    await logged(/: unpinned/, unpinned)
    await clock.advance(60_000)
    expect(up.requests.length).toBe(unpinned)
    await clock.advance(1)
  }
  expect(await done).toBe(true)
  expect(up.requests.length).toBe(5)
})

describe('how far a long run has come', () => {
  test('is told every five seconds, until its end', async () => {
    const up = await service(3, undefined, hang, hang)
    const { step, clock, stop, done, requested, logged } = beginRun(up)
    await requested(3)
    await logged(/: unpinned/)
    await clock.advance(14_999)
    stop.abort('Stopped.')
    await done
    await clock.advance(60_000)
    expect(step.log().filter((line) => line.includes(' done, '))).toEqual([
      '1 of 3 pins done, 0.2 a second, about 10.0 s left',
      '1 of 3 pins done, 0.1 a second, about 20.0 s left',
    ])
    expect(clock.pending).toEqual([])
  })

  test('is not told for a single pin', async () => {
    const up = await service(1, hang)
    const { step, clock, stop, done, requested } = beginRun(up)
    await requested(1)
    await clock.advance(20_000)
    expect(step.log().length).toBe(1)
    stop.abort('Stopped.')
    await done
  })
})

describe('a run that is cancelled', () => {
  test('writes down at once what is known of every pin', async () => {
    const up = await service(20, undefined, ...times(8, hang))
    const { step, clock, stop, done, requested, logged } = beginRun(up)
    await logged(/: unpinned/)
    await requested(9)
    stop.abort('Cancelled by a person.')
    expect(await done).toBe(false)
    expect(clock.now()).toBe(0)
    const results = (step.outputs()['result'] ?? '').split('\n')
    expect(results.filter((result) => result === 'unpinned').length).toBe(1)
    expect(results.slice(1)).toEqual([...Array(8).fill('unconfirmed'), ...Array(11).fill('not-attempted')])
    expect(step.said('error')[0]).toBe('Cancelled by a person.')
    expect(step.summary()).toMatch('19 of 20 pins failed')
  })

  test('before it began attempts nothing', async () => {
    const up = await service(2)
    const { step, stop, done } = beginRun(up)
    stop.abort('Cancelled.')
    expect(await done).toBe(false)
    expect(step.outputs()['failed-count']).toBe('2')
  })

  test('after everything was done is as good as any other', async () => {
    const up = await service(1)
    const { step, stop, done, logged } = beginRun(up)
    await logged(/: unpinned/)
    stop.abort('Cancelled.')
    expect(await done).toBe(true)
    expect(step.said('error')).toEqual([])
  })
})
