import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sleep } from '../../../src/clock.ts'
import { RateLimiter } from '../../../src/http/rate-limiter.ts'
import { Deadline } from '../../../src/http/retry.ts'
import { SimulatedClock, turn } from '../../support/simulated-clock.ts'

const ACQUIRED = { kind: 'acquired' }
const never = new AbortController().signal
type Times = readonly [arrivesAt: number, lastsMs: number]

/** Sends requests through one limiter. @returns the place of each request and its start, in the order of starting. */
async function startsOf(requests: readonly Times[], slots: number): Promise<(readonly [of: number, at: number])[]> {
  const clock = new SimulatedClock()
  const limiter = new RateLimiter(clock, slots)
  const starts: (readonly [number, number])[] = []
  const ends = requests.map(async ([arrivesAt, lastsMs], of) => {
    await sleep(clock, arrivesAt, never)
    await limiter.acquire(new Deadline(clock, 100), never)
    starts.push([of, clock.now()])
    await sleep(clock, lastsMs, never)
    limiter.release()
  })
  await clock.runUntilIdle()
  await Promise.all(ends)
  return starts
}

test('no more requests than the limit start, or can arrive, within any 60 seconds, and each one starts', async () => {
  const arrivesAt = fc.oneof(fc.nat(200_000), fc.constantFrom(0, 60_000, 60_001, 60_000.5))
  const lastsMs = fc.oneof(fc.nat(90_000), fc.constantFrom(0, 1, 60_000, 0.25))
  const requests = fc.array(fc.tuple(arrivesAt, lastsMs), { maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(requests, fc.integer({ min: 1, max: 8 }), async (requests, slots) => {
      const starts = await startsOf(requests, slots)
      expect(starts).toHaveLength(requests.length)
      for (const [index, [, at]] of starts.entries()) {
        // An earlier request may arrive as late as at its end, and this one as it starts. A service may count in whole milliseconds.
        const latest = starts.slice(0, index).map(([of, start]) => Math.ceil(start + (requests[of]?.[1] ?? 0)))
        expect(latest.filter((end) => end >= Math.floor(at) - 60_000).length).toBeLessThan(slots)
      }
    }),
  )
})

test('requests start in the order in which they came, although a slot becomes free as another comes', async () => {
  const starts = await startsOf(
    [0, 60_001, 1].map((arrivesAt) => [arrivesAt, 0] as const),
    1,
  )
  expect(starts.map((start) => start.join('@')).join(' ')).toBe('0@0 2@60001 1@120002')
})

function setUp(slots: number, seconds = 100) {
  const clock = new SimulatedClock()
  const [deadline, other] = [new Deadline(clock, seconds), new Deadline(clock, 100)]
  return { clock, limiter: new RateLimiter(clock, slots), deadline, other }
}

test.each([
  ['does not run before its first request', false, 0, 0, 60_001, 5000],
  ['stands still while it waits for a slot, also for the end of another request', true, 20_000, 0, 80_001, 5000],
  ['runs while every request is held back, also where it waited for a slot before', true, 0, 4000, 60_001, 1000],
])('the time of a pin %s', async (_, running, endsAt, hold, startsAt, left) => {
  const { clock, limiter, deadline, other } = setUp(1, 5)
  await limiter.acquire(other, never)
  if (running) deadline.start()
  const slot = limiter.acquire(deadline, never)
  await clock.advance(endsAt)
  limiter.release()
  await clock.advance(10_000)
  limiter.hold(hold)
  await clock.runUntilIdle()
  expect([await slot, clock.now(), deadline.left()]).toEqual([ACQUIRED, startsAt, left])
})

test('while every request is held back, none starts before the longest hold is over', async () => {
  const { clock, limiter, other } = setUp(10)
  for (const ms of [3000, 1000]) limiter.hold(ms)
  const slots = [limiter.acquire(other, never), limiter.acquire(other, never)]
  await clock.advance(500)
  limiter.hold(5000)
  await clock.runUntilIdle()
  expect([await Promise.all(slots), clock.now()]).toEqual([[ACQUIRED, ACQUIRED], 5500])
})

test('a pin with less time than a hold ends at once, also one that waits for a slot, and leaves its place', async () => {
  const { clock, limiter, deadline, other } = setUp(1, 1)
  await limiter.acquire(other, never)
  deadline.start()
  const [waiting, next] = [limiter.acquire(deadline, never), limiter.acquire(other, never)]
  await turn()
  limiter.hold(1000)
  for (const slot of [waiting, limiter.acquire(deadline, never)])
    expect(await slot).toEqual({ kind: 'held-too-long', heldMs: 1000 })
  limiter.release()
  await clock.runUntilIdle()
  expect([await next, clock.now()]).toEqual([ACQUIRED, 60_001])
})

test('a stopped run waits no longer, neither for a slot nor for a hold, and leaves no timer', async () => {
  const { clock, limiter, other } = setUp(1)
  const stop = new AbortController()
  await limiter.acquire(other, stop.signal)
  const slots = [limiter.acquire(other, stop.signal)]
  await turn()
  limiter.hold(9000)
  slots.push(limiter.acquire(other, stop.signal))
  await turn()
  stop.abort()
  slots.push(limiter.acquire(other, stop.signal))
  for (const slot of slots) expect(await slot).toEqual({ kind: 'interrupted' })
  expect(clock.waits).toBe(false)
})
