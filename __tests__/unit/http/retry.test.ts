import { expect, test } from '@jest/globals'
import { askedWaitMs, Deadline, isRetryable, parseRetryAfter } from '../../../src/http/retry.ts'
import { HTML, json, responseOf } from '../../support/reply.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

test('another attempt may help after 408, 425, 429, 5xx, a 403 that says when, and a `DELETE` whose 200 is no JSON', () => {
  const both = [408, 425, 429, 500, 501, 503, 520, 599]
  const none = [200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413, 422, 499]
  for (const method of ['DELETE', 'GET'] as const) {
    expect([...both, ...none].filter((status) => isRetryable(responseOf(status), method))).toEqual(both)
    const says = [200, 204, 403, 404].filter((status) =>
      isRetryable(responseOf(status, HTML, { retryAfter: '7' }), method),
    )
    expect(says).toEqual(method === 'DELETE' ? [200, 403] : [403])
  }
})

/** A moment in the three forms of HTTP, with every name of a day, which does not count. */
const MOMENTS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].flatMap((day) => [
  `${day.slice(0, 3)}, 06 Nov 2026 08:49:47 GMT`,
  ` ${day}, 06-Nov-26 08:49:47 GMT `,
  `${day.slice(0, 3)} Nov  6 08:49:47 2026`,
])
const UNREADABLE =
  '|1.5|-5|+5|1e3|5s|tomorrow|2026-11-06|2026-11-06T08:49:47Z|Sunshine 5|Sunday|Fri, 99 Foo 2026 08:49:47 GMT'
const wait = (texts: (string | null)[], date: string | null, ms: number | null) => [texts, date, ms] as const

test.each([
  wait(['0', ' 00 '], null, 0),
  wait(['7', ' 007 '], null, 7000),
  wait(['9'.repeat(400)], null, 1e12),
  wait(MOMENTS, null, 10_000),
  wait(MOMENTS.slice(0, 3), 'Mon, 06 Nov 2026 08:49:44 GMT', 3000),
  wait(MOMENTS.slice(0, 3), 'now', 10_000),
  wait(MOMENTS.slice(0, 3), 'Mon, 06 Nov 2026 08:49:48 GMT', 0),
  wait(['Sun, 06 Nov 1994 08:49:37 GMT'], null, 0),
  wait([null, ...UNREADABLE.split('|'), ...MOMENTS.map((text) => `x${text}`)], null, null),
])('the waits %j in an answer of %j are read as %p ms, with 403, 429 and 503 alone', (texts, date, ms) => {
  const clock = new SimulatedClock(Date.UTC(2026, 10, 6, 8, 49, 37))
  for (const retryAfter of texts) {
    expect([retryAfter, parseRetryAfter({ retryAfter, date }, clock)]).toEqual([retryAfter, ms])
    const asked = (status: number) => askedWaitMs(responseOf(status, json({}), { retryAfter, date }), clock)
    expect([403, 429, 503, 200, 404, 408, 500, 502].map(asked)).toEqual([ms, ms, ms, ...Array(5).fill(null)])
  }
  expect(askedWaitMs(null, clock)).toBeNull()
})

test('random waits double up to 30 s, leave time for one more attempt, and end if there is none', async () => {
  const clock = new SimulatedClock()
  await clock.advance(5000)
  const long = new Deadline(clock, 1000)
  const waits = [1, 2, 5, 6, 99].map((attempt) => long.backoffMs(attempt, () => 0.5))
  expect(waits).toEqual([500, 1000, 8000, 15_000, 15_000])
  const deadline = new Deadline(clock, 0.5)
  const draw = (random: number) => deadline.backoffMs(9, () => random)
  expect([draw(0.5), draw(0), deadline.fits(250), deadline.fits(251)]).toEqual([125, 0, true, false])
  deadline.start()
  await clock.advance(1)
  expect([draw(0), deadline.running, deadline.limitMs, deadline.left()]).toEqual([null, true, 500, 499])
  expect([250, 251].map((ms) => deadline.everFits(ms))).toEqual([true, false])
  await clock.advance(1000)
  expect(deadline.attemptMs()).toBe(0)
})

test('a pause of 1, 2, 4 s ends with its time or the run, and does not begin without time for one more attempt', async () => {
  const clock = new SimulatedClock()
  const deadline = new Deadline(clock, 2.25)
  const paused = (attempt: number, signal: AbortSignal) => deadline.pause(attempt, signal)
  const never = new AbortController().signal
  expect(await paused(3, never)).toBe(false)
  const pauses = [paused(2, never), paused(2, AbortSignal.abort())]
  await clock.advance(2000)
  expect([await Promise.all(pauses), clock.now(), clock.waits]).toEqual([[true, false], 2000, false])
})
