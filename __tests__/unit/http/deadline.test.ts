import { expect, test } from '@jest/globals'
import { Deadline } from '../../../src/http/deadline.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

test('no time runs before the first request', async () => {
  const clock = new SimulatedClock()
  const deadline = new Deadline(clock, 5000)
  deadline.giveBack(1000)
  await clock.advance(60_000)
  expect([deadline.running, deadline.left(), deadline.elapsed()]).toEqual([false, 5000, 0])
})

test('time runs from the first request on, whatever starts later', async () => {
  const clock = new SimulatedClock()
  const deadline = new Deadline(clock, 5000)
  deadline.start()
  await clock.advance(2000)
  deadline.start()
  await clock.advance(2000)
  expect([deadline.running, deadline.left(), deadline.elapsed()]).toEqual([true, 1000, 4000])
  await clock.advance(2000)
  expect(deadline.left()).toBe(-1000)
})

test('time that is given back is left again, and still counts as elapsed', async () => {
  const clock = new SimulatedClock()
  const deadline = new Deadline(clock, 5000)
  deadline.start()
  await clock.advance(4000)
  deadline.giveBack(3000)
  expect([deadline.left(), deadline.elapsed()]).toEqual([4000, 4000])
})

test('an attempt is begun with a quarter of a second left, not with less', async () => {
  const clock = new SimulatedClock()
  const deadline = new Deadline(clock, 5000)
  deadline.start()
  await clock.advance(4000)
  expect([deadline.fits(750), deadline.fits(751)]).toEqual([true, false])
  expect(deadline.longestWait()).toBe(750)
  await clock.advance(900)
  expect(deadline.longestWait()).toBe(0)
})
