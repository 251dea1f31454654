import { describe, expect, test } from '@jest/globals'
import { sleep, systemClock } from '../../src/clock.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

describe('the system clock', () => {
  test('measures durations and knows the date', async () => {
    const [now, epoch] = [systemClock.now(), systemClock.epoch()]
    expect(Math.abs(epoch - Date.now())).toBeLessThan(1000)
    await new Promise<void>((resolve) => {
      systemClock.after(5, resolve)
    })
    expect(systemClock.now() - now).toBeGreaterThanOrEqual(4)
  })

  test('does not call back once cancelled', async () => {
    let called = false
    systemClock.after(1, () => (called = true))()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(called).toBe(false)
  })

  test('does not call back at once after more time than Node can count', async () => {
    let called = false
    const cancel = systemClock.after(2 ** 31 + 1000, () => (called = true))
    await new Promise((resolve) => setTimeout(resolve, 5))
    cancel()
    expect(called).toBe(false)
  })
})

test('a sleep does not begin in a run that was stopped before', async () => {
  const clock = new SimulatedClock()
  await sleep(clock, 1000, AbortSignal.abort())
  expect(clock.pending).toEqual([])
})
