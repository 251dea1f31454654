import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import {
  describeResponse,
  failureOfAnswer,
  failureWithoutAnswer,
  parseRetryAfter,
} from '../../../src/http/retry.ts'
import { HTML, json, responseOf } from '../../support/reply.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const NOW = Date.UTC(2026, 10, 6, 8, 49, 37)
const clock = new SimulatedClock(NOW)

describe('an answer is', () => {
  const judge = (status: number, body = json({})) => failureOfAnswer(responseOf(status, body), clock)

  test.each([408, 425, 429, 503])('repeated without having had an effect: %i', (status) =>
    expect(judge(status)).toEqual({ lostAnswer: false, status, why: `HTTP ${status}`, retryAfterMs: null }),
  )

  test.each([500, 501, 502, 504, 520, 599])('repeated, and may have had its effect: %i', (status) =>
    expect(judge(status)).toMatchObject({ lostAnswer: true, status }),
  )

  test.each([200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 410, 413, 422, 499])('final: %i', (status) =>
    expect(judge(status)).toBeNull(),
  )

  test('lost where a 200 has no JSON object as its body', () => {
    const why = 'HTTP 200 with HTML or XML instead of JSON'
    expect(judge(200, HTML)).toEqual({ why, lostAnswer: true, status: 200, retryAfterMs: null })
  })
})

test.each([
  [{ kind: 'unsent', why: 'no way' } as const, false, null],
  [{ kind: 'lost', why: 'no way', status: null, retryAfter: '7' } as const, true, null],
  [{ kind: 'lost', why: 'no way', status: 200, retryAfter: '7' } as const, true, 200],
])('a request that ended as %j is repeated; may it have had its effect? %p', (result, lostAnswer, status) => {
  const failure = { why: 'no way', lostAnswer, status, retryAfterMs: null }
  expect(failureWithoutAnswer(result, clock)).toEqual(failure)
})

test.each([
  [429, 7000],
  [503, 7000],
  [500, null],
  [408, null],
])('`Retry-After` with HTTP %i means a wait of %p ms', (status, retryAfterMs) => {
  const whole = failureOfAnswer(responseOf(status, json({}), { retryAfter: '7' }), clock)
  const broken = failureWithoutAnswer({ kind: 'lost', why: '', status, retryAfter: '7' }, clock)
  expect([whole, broken]).toMatchObject([{ retryAfterMs }, { retryAfterMs }])
})

/** The date in the three forms of HTTP, with every name of a day, which does not count. */
const EACH_FORM = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].flatMap(
  (day) => [
    `${day.slice(0, 3)}, 06 Nov 2026 08:49:47 GMT`,
    `${day}, 06-Nov-26 08:49:47 GMT`,
    `${day.slice(0, 3)} Nov  6 08:49:47 2026`,
  ],
)

describe('`Retry-After` is read', () => {
  const notRead = (text: string | null) => [text, null] as const

  test.each([
    ['0', 0],
    [' 007 ', 7000],
    ['3600', 3_600_000],
    ...EACH_FORM.map((date) => [date, 10_000] as const),
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ...[null, '', ' ', '1.5', '-5', '+5', '1e3', '0x10', '5s', 'tomorrow', 'NaN', '2026-11-06'].map(notRead),
    ...['2026-11-06T08:49:47Z', 'Fri, 99 Foo 2026 08:49:47 GMT', 'Sunshine 5', '6 Nov 2026'].map(notRead),
  ])('%j as %p ms', (text, ms) => expect(parseRetryAfter(text, clock)).toBe(ms))

  test('never as a moment in the past, and never as NaN', () => {
    const anyText = fc.oneof(fc.string(), fc.stringMatching(/^(Mon|Sunday),? [\d :a-z]*$/))
    fc.assert(
      fc.property(anyText, (text) => expect(parseRetryAfter(text, clock) ?? 0).toBeGreaterThanOrEqual(0)),
    )
  })
})

test.each([
  [json({ message: 'record locked' }), 'HTTP 500, "record locked"'],
  [json({ message: 7 }), 'HTTP 500'],
  [json({ message: '' }), 'HTTP 500'],
  [HTML, 'HTTP 500 with HTML or XML instead of JSON'],
])('an answer is described by its status and its message: %j', (body, text) =>
  expect(describeResponse(responseOf(500, body))).toBe(text),
)
