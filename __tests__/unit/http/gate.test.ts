import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sleep } from '../../../src/clock.ts'
import { Deadline } from '../../../src/http/deadline.ts'
import { Gate } from '../../../src/http/gate.ts'
import { SimulatedClock, turn } from '../../support/simulated-clock.ts'

const WINDOW_MS = 60_000
const never = new AbortController().signal

interface Visit {
  /** When it comes to the gate. */
  arrivesAt: number
  /** How long its request takes. */
  lastsMs: number
}

/** Sends visits through one gate; tells when each request started, in the order of starting, and whose it was. */
async function startsOf(visits: readonly Visit[], places: number): Promise<{ at: number; visit: number }[]> {
  const clock = new SimulatedClock()
  const gate = new Gate(clock, places)
  const starts: { at: number; visit: number }[] = []
  const ends = visits.map(async ({ arrivesAt, lastsMs }, visit) => {
    await sleep(clock, arrivesAt, never)
    await gate.enter(new Deadline(clock, 100_000), never)
    starts.push({ at: clock.now(), visit })
    await sleep(clock, lastsMs, never)
    gate.leave()
  })
  await clock.runUntilIdle()
  await Promise.all(ends)
  return starts
}

const visit = fc.record({
  arrivesAt: fc.oneof(fc.nat(200_000), fc.constantFrom(0, 60_000, 60_001)),
  lastsMs: fc.oneof(fc.nat(90_000), fc.constantFrom(0, 1, 60_000)),
})
const visits = fc
  .array(visit, { maxLength: 25 })
  .map((some) => some.sort((a, b) => a.arrivesAt - b.arrivesAt))
const places = fc.integer({ min: 1, max: 8 })

describe('whatever comes whenever and lasts however long', () => {
  test('never more than the limit starts within any 60 seconds, both ends included', async () => {
    await fc.assert(
      fc.asyncProperty(visits, places, async (visits, places) => {
        const starts = await startsOf(visits, places)
        for (let last = places; last < starts.length; last += 1) {
          const [first, next] = [starts[last - places], starts[last]]
          expect((next?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(WINDOW_MS)
        }
      }),
    )
  })

  test('never more than the limit can arrive at the service within any 60 seconds, however long the way there', async () => {
    await fc.assert(
      fc.asyncProperty(visits, places, async (visits, places) => {
        const starts = await startsOf(visits, places)
        const endOf = ({ at, visit }: { at: number; visit: number }) => at + (visits[visit]?.lastsMs ?? 0)
        for (const [index, start] of starts.entries()) {
          // The latest that an earlier request can have arrived is its end; this one may arrive as soon as it starts.
          const near = starts.slice(0, index).filter((earlier) => endOf(earlier) >= start.at - WINDOW_MS)
          expect(near.length).toBeLessThan(places)
        }
      }),
    )
  })

  test('nobody is left waiting, and who comes first starts first', async () => {
    await fc.assert(
      fc.asyncProperty(visits, places, async (visits, places) => {
        const starts = await startsOf(visits, places)
        expect(starts.length).toBe(visits.length)
        const arrival = ({ visit }: { visit: number }) => visits[visit]?.arrivesAt ?? 0
        // Coming in the very moment in which a place becomes free is a case of its own, below.
        const jumped = starts.some(
          (start, index) =>
            start.at === arrival(start) &&
            starts.slice(index + 1).some((later) => arrival(later) < arrival(start)),
        )
        fc.pre(!jumped)
        expect(starts.map(arrival)).toEqual(visits.map(({ arrivesAt }) => arrivesAt))
      }),
    )
  })

  test('nobody waits while there are as many places as visits', async () => {
    await fc.assert(
      fc.asyncProperty(visits, async (visits) => {
        const starts = await startsOf(visits, Math.max(1, visits.length))
        expect(starts.map(({ at }) => at)).toEqual(visits.map(({ arrivesAt }) => arrivesAt))
      }),
    )
  })
})

test('who comes in the very moment in which a place becomes free does not overtake who waits for it', async () => {
  const starts = await startsOf(
    [
      { arrivesAt: 0, lastsMs: 0 },
      { arrivesAt: 60_001, lastsMs: 0 },
      { arrivesAt: 1, lastsMs: 0 },
    ],
    1,
  )
  expect(starts.map(({ visit }) => visit)).toEqual([0, 2, 1])
})

test('a place is free again a minute after its request ended', async () => {
  const starts = await startsOf(
    [
      { arrivesAt: 0, lastsMs: 10_000 },
      { arrivesAt: 5000, lastsMs: 0 },
    ],
    1,
  )
  expect(starts.map(({ at }) => at)).toEqual([0, 70_001])
})

describe('a pin’s time', () => {
  test('does not run while it waits for a place', async () => {
    const clock = new SimulatedClock()
    const gate = new Gate(clock, 1)
    const deadline = new Deadline(clock, 5000)
    deadline.start()
    await gate.enter(deadline, never)
    await clock.advance(1000)
    gate.leave()
    const entry = gate.enter(deadline, never)
    await clock.runUntilIdle()
    expect(await entry).toBe('entered')
    expect([deadline.left(), deadline.elapsed()]).toEqual([4000, 61_001])
  })

  test('does not run while it waits for the end of another request either', async () => {
    const clock = new SimulatedClock()
    const gate = new Gate(clock, 1)
    const deadline = new Deadline(clock, 5000)
    await gate.enter(new Deadline(clock, 5000), never)
    deadline.start()
    const entry = gate.enter(deadline, never)
    await clock.advance(20_000)
    gate.leave()
    await clock.runUntilIdle()
    expect(await entry).toBe('entered')
    expect(deadline.left()).toBe(5000)
  })

  test('runs while the service has every request wait', async () => {
    const clock = new SimulatedClock()
    const gate = new Gate(clock, 10)
    const deadline = new Deadline(clock, 5000)
    deadline.start()
    gate.close(3000)
    const entry = gate.enter(deadline, never)
    await clock.runUntilIdle()
    expect(await entry).toBe('entered')
    expect(deadline.left()).toBe(2000)
  })
})

describe('when the service has every request wait', () => {
  test('nothing starts before that time is over', async () => {
    const clock = new SimulatedClock()
    const gate = new Gate(clock, 10)
    gate.close(3000)
    gate.close(1000)
    let entered = 0
    for (let pin = 0; pin < 3; pin += 1) {
      void gate.enter(new Deadline(clock, 100_000), never).then(() => (entered += 1))
    }
    await clock.advance(2999)
    expect(entered).toBe(0)
    await clock.advance(1)
    expect(entered).toBe(3)
  })

  test('a wait that was prolonged meanwhile is kept to its new end', async () => {
    const clock = new SimulatedClock()
    const gate = new Gate(clock, 10)
    gate.close(1000)
    let entered = false
    void gate.enter(new Deadline(clock, 100_000), never).then(() => (entered = true))
    await clock.advance(500)
    gate.close(5000)
    await clock.advance(4999)
    expect(entered).toBe(false)
    await clock.advance(1)
    expect(entered).toBe(true)
  })

  test('a pin whose time is shorter learns so at once, also when it was waiting for a place', async () => {
    const clock = new SimulatedClock()
    const gate = new Gate(clock, 1)
    await gate.enter(new Deadline(clock, 100_000), never)
    const deadline = new Deadline(clock, 1000)
    deadline.start()
    const waiting = gate.enter(deadline, never)
    await turn()
    gate.close(1000)
    gate.leave()
    expect(await waiting).toBe('too-late')
    expect(await gate.enter(deadline, never)).toBe('too-late')
    expect(clock.now()).toBe(0)
  })
})

test('a run that is stopped waits no longer, for a place or for anything else, and leaves no timer behind', async () => {
  const clock = new SimulatedClock()
  const stop = new AbortController()
  const gate = new Gate(clock, 1)
  await gate.enter(new Deadline(clock, 100_000), stop.signal)
  const forLeave = gate.enter(new Deadline(clock, 100_000), stop.signal)
  gate.close(9000)
  const held = gate.enter(new Deadline(clock, 100_000), stop.signal)
  await turn()
  stop.abort()
  expect(await Promise.all([forLeave, held])).toEqual(['interrupted', 'interrupted'])
  expect(await gate.enter(new Deadline(clock, 100_000), stop.signal)).toBe('interrupted')
  expect(clock.pending).toEqual([])
})
