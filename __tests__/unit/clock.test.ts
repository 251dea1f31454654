import { expect, test } from '@jest/globals'
import { sleep, systemClock } from '../../src/clock.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

test('the system clock measures durations, knows the date, and calls back unless it is cancelled or too far ahead', async () => {
  const [now, epoch] = [systemClock.now(), systemClock.epoch()]
  expect(Math.abs(epoch - Date.now())).toBeLessThan(1000)
  expect(Math.abs(now - Number(process.hrtime.bigint()) / 1e6)).toBeLessThan(1000)
  const called: string[] = []
  systemClock.after(1, () => called.push('cancelled'))()
  const cancel = systemClock.after(2 ** 31 + 1000, () => called.push('too early'))
  await new Promise<void>((resolve) => {
    systemClock.after(20, resolve)
  })
  cancel()
  expect(called).toEqual([])
  expect(systemClock.now() - now).toBeGreaterThanOrEqual(19)
})

test('a sleep ends after its time, as it is woken, or as the run is stopped, and leaves no timer', async () => {
  const [clock, stop, sleeper] = [new SimulatedClock(), new AbortController(), { wake: () => {} }]
  const { signal } = stop
  const sleeps = [100, 1000, 1000, Infinity].map((ms, index) =>
    sleep(clock, ms, signal, index === 1 ? sleeper : undefined),
  )
  const ended: number[] = []
  for (const [index, one] of sleeps.entries()) void one.then(() => ended.push(index))
  await clock.advance(100)
  sleeper.wake()
  await clock.advance(0)
  expect([ended, clock.pending]).toEqual([[0, 1], [900]])
  stop.abort()
  await Promise.all([...sleeps, sleep(clock, 1000, signal)])
  expect(clock.waits).toBe(false)
})
