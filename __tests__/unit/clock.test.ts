import { describe, expect, test } from '@jest/globals'
import { sleep, systemClock } from '../../src/clock.ts'
import { SimulatedClock, turn } from '../support/simulated-clock.ts'

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

describe('a sleep', () => {
  const never = new AbortController().signal

  test('lasts for the time given', async () => {
    const clock = new SimulatedClock()
    let over = false
    void sleep(clock, 1000, never).then(() => (over = true))
    await clock.advance(999)
    expect(over).toBe(false)
    await clock.advance(1)
    expect(over).toBe(true)
  })

  test('ends at once in a run that is stopped, and leaves no timer behind', async () => {
    const clock = new SimulatedClock()
    const stop = new AbortController()
    let over = false
    void sleep(clock, 1000, stop.signal).then(() => (over = true))
    stop.abort()
    await turn()
    expect(over).toBe(true)
    expect(clock.pending).toEqual([])
  })

  test('does not begin in a run that was stopped before', async () => {
    const clock = new SimulatedClock()
    await sleep(clock, 1000, AbortSignal.abort())
    expect(clock.pending).toEqual([])
  })
})
