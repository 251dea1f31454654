import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sleep } from '../../../src/clock.ts'
import { Deadline } from '../../../src/http/deadline.ts'
import { RateLimiter } from '../../../src/http/rate-limiter.ts'
import { SimulatedClock, turn } from '../../support/simulated-clock.ts'

const WINDOW_MS = 60_000
const never = new AbortController().signal

interface Request {
  arrivesAt: number
  lastsMs: number
}

/** Sends requests through one limiter; tells when each one started, in the order of starting. */
async function startsOf(requests: readonly Request[], slots: number): Promise<{ at: number; of: number }[]> {
  const clock = new SimulatedClock()
  const limiter = new RateLimiter(clock, slots)
  const starts: { at: number; of: number }[] = []
  const ends = requests.map(async ({ arrivesAt, lastsMs }, of) => {
    await sleep(clock, arrivesAt, never)
    await limiter.acquire(new Deadline(clock, 100_000), never)
    starts.push({ at: clock.now(), of })
    await sleep(clock, lastsMs, never)
    limiter.release()
  })
  await clock.runUntilIdle()
  await Promise.all(ends)
  return starts
}

const anyRequests = fc
  .array(
    fc.record({
      arrivesAt: fc.oneof(
        fc.nat(200_000),
        fc.double({ min: 0, max: 200_000, noNaN: true }),
        fc.constantFrom(0, 60_000, 60_001),
      ),
      lastsMs: fc.oneof(fc.nat(90_000), fc.constantFrom(0, 1, 60_000)),
    }),
    { maxLength: 25 },
  )
  .map((requests) => requests.sort((a, b) => a.arrivesAt - b.arrivesAt))
const anySlots = fc.integer({ min: 1, max: 8 })

test('no more requests than the limit start, or can arrive, within any 60 seconds, and each one starts', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequests, anySlots, async (requests, slots) => {
      const starts = await startsOf(requests, slots)
      for (const [index, { at }] of starts.entries()) {
        // The latest moment at which an earlier request can arrive is its end; this one may arrive as it starts. A service may count in
        // whole milliseconds.
        const near = starts
          .slice(0, index)
          .filter(
            ({ at: start, of }) =>
              Math.ceil(start + (requests[of]?.lastsMs ?? 0)) >= Math.floor(at) - WINDOW_MS,
          )
        expect(near.length).toBeLessThan(slots)
      }
      expect(starts.length).toBe(requests.length)
    }),
  )
})

// The starts are written as the place of the request and its time.
test.each([
  ['is not overtaken as its slot becomes free', 1, [0, 60_001, 1], 0, '0@0 2@60001 1@120002'],
  ['starts together with others whose slots are free', 2, [0, 0, 1, 2], 5000, '0@0 1@0 2@65001 3@65001'],
])('a request that waits %s', async (_, slots, arrivals, lastsMs, expected) => {
  const requests = arrivals.map((arrivesAt) => ({ arrivesAt, lastsMs }))
  const starts = await startsOf(requests, slots)
  expect(starts.map(({ of, at }) => `${of}@${at}`).join(' ')).toBe(expected)
})

function setUp(slots: number, limitMs = 100_000) {
  const clock = new SimulatedClock()
  const limiter = new RateLimiter(clock, slots)
  const deadline = new Deadline(clock, limitMs)
  const other = new Deadline(clock, 100_000)
  return { clock, limiter, deadline, other }
}

describe('the time of a pin', () => {
  test('does not run before its first request, and a wait before that gives nothing back', async () => {
    const { clock, limiter, deadline, other } = setUp(1, 5000)
    await limiter.acquire(other, never)
    limiter.release()
    await Promise.all([limiter.acquire(deadline, never), clock.runUntilIdle()])
    expect([clock.now(), deadline.left(), deadline.elapsed()]).toEqual([60_001, 5000, 0])
  })

  test('stands still while it waits for a slot, also for the end of another request', async () => {
    const { clock, limiter, deadline, other } = setUp(1, 5000)
    await limiter.acquire(other, never)
    deadline.start()
    const slot = limiter.acquire(deadline, never)
    await clock.advance(20_000)
    limiter.release()
    await clock.runUntilIdle()
    expect(await slot).toBe('acquired')
    expect([deadline.left(), deadline.elapsed()]).toEqual([5000, 80_001])
  })

  test('runs while every request is held back, also where the pin waited for a slot before', async () => {
    const { clock, limiter, deadline, other } = setUp(1, 20_000)
    await limiter.acquire(other, never)
    limiter.release()
    deadline.start()
    const slot = limiter.acquire(deadline, never)
    await clock.advance(10_000)
    limiter.hold(5000)
    await clock.runUntilIdle()
    expect(await slot).toBe('acquired')
    expect([clock.now(), deadline.left()]).toEqual([60_001, 15_000])
  })
})

describe('while every request is held back', () => {
  test('none starts before the longest hold is over', async () => {
    const { clock, limiter, other } = setUp(10)
    limiter.hold(3000)
    limiter.hold(1000)
    let started = 0
    for (let pin = 0; pin < 3; pin += 1) void limiter.acquire(other, never).then(() => (started += 1))
    await clock.advance(500)
    limiter.hold(5000)
    await clock.advance(4999)
    expect(started).toBe(0)
    await clock.advance(1)
    expect(started).toBe(3)
  })

  test('a pin with less time learns it at once, also one that waits for a slot', async () => {
    const { clock, limiter, deadline, other } = setUp(1, 1000)
    await limiter.acquire(other, never)
    deadline.start()
    const waiting = limiter.acquire(deadline, never)
    await turn()
    limiter.hold(1000)
    expect(await waiting).toBe('held-too-long')
    expect(await limiter.acquire(deadline, never)).toBe('held-too-long')
    expect([clock.now(), clock.pending]).toEqual([0, []])
  })
})

test('a stopped run waits no longer, neither for a slot nor for a hold, and leaves no timer behind', async () => {
  const { clock, limiter, other } = setUp(1)
  const stop = new AbortController()
  await limiter.acquire(other, stop.signal)
  const forSlot = limiter.acquire(other, stop.signal)
  await turn()
  limiter.hold(9000)
  const held = limiter.acquire(other, stop.signal)
  await turn()
  stop.abort()
  expect(await Promise.all([forSlot, held])).toEqual(['interrupted', 'interrupted'])
  expect(await limiter.acquire(other, stop.signal)).toBe('interrupted')
  expect(clock.pending).toEqual([])
})
