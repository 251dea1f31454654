import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Answer, Exchange } from '../../../src/http/exchange.ts'
import {
  backoffBoundMs,
  describeAnswer,
  retryAfterMs,
  type Setback,
  setbackOf,
} from '../../../src/http/retry.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const NOW = Date.UTC(2026, 10, 6, 8, 49, 37)
const clock = new SimulatedClock(NOW)

const answer = (status: number, rest: Partial<Answer> = {}): Answer => ({
  status,
  location: null,
  retryAfter: null,
  body: { object: {} },
  ...rest,
})
const judge = (
  exchange: Answer | Extract<Exchange, { kind: 'lost' | 'unsent' }>,
  isFinal = false,
): Setback | null =>
  setbackOf('kind' in exchange ? exchange : { kind: 'answered', answer: exchange }, () => isFinal, clock)

test('waits are bounded by 1, 2, 4, 8, 16 and then 30 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(backoffBoundMs)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (attempt) => {
      expect(backoffBoundMs(attempt)).toBeGreaterThanOrEqual(1000)
      expect(backoffBoundMs(attempt)).toBeLessThanOrEqual(30_000)
    }),
  )
})

describe('an answer is', () => {
  test.each([408, 425, 429, 503])('tried again and not lost: %i', (status) => {
    expect(judge(answer(status))).toMatchObject({ lostAnswer: false, status, why: `HTTP ${status}` })
  })

  test.each([500, 501, 502, 504, 520, 599])(
    'tried again and lost, for it may have had its effect: %i',
    (status) => {
      expect(judge(answer(status))).toMatchObject({ lostAnswer: true, status })
    },
  )

  test.each([200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 410, 413, 422, 499])('final: %i', (status) => {
    expect(judge(answer(status))).toBeNull()
  })

  test('final where the caller says so, whatever its status', () => {
    expect(judge(answer(500), true)).toBeNull()
  })

  test('lost where a 200 has no JSON object as its body, even if the caller would call it final', () => {
    expect(judge(answer(200, { body: { problem: 'an empty body' } }), true)).toEqual({
      why: 'HTTP 200 with an empty body',
      lostAnswer: true,
      status: 200,
      retryAfterMs: null,
    })
  })
})

test('a request that never left is tried again, and nothing is lost', () => {
  expect(judge({ kind: 'unsent', why: 'no way' })).toEqual({
    why: 'no way',
    lostAnswer: false,
    status: null,
    retryAfterMs: null,
  })
})

test('an answer that broke off is lost', () => {
  const lost = { kind: 'lost', why: 'cut', retryAfter: null } as const
  expect(judge({ ...lost, status: null })).toMatchObject({ why: 'cut', lostAnswer: true, status: null })
  expect(judge({ ...lost, status: 200 })).toMatchObject({ lostAnswer: true, status: 200 })
})

describe('`Retry-After` is obeyed', () => {
  test.each([
    [429, 7000],
    [503, 7000],
    [500, null],
    [408, null],
  ])('on 429 and 503 only: %i', (status, waitMs) => {
    expect(judge(answer(status, { retryAfter: '7' }))?.retryAfterMs).toBe(waitMs)
    expect(judge({ kind: 'lost', why: '', status, retryAfter: '7' })?.retryAfterMs).toBe(waitMs)
  })
})

describe('`Retry-After` is read', () => {
  test('as whole seconds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('', ' ', '\t', '00'), (seconds, before) => {
        expect(retryAfterMs(`${before}${seconds} `, clock)).toBe(seconds * 1000)
      }),
    )
  })

  test.each(['Fri, 06 Nov 2026 08:49:47 GMT', 'Friday, 06-Nov-26 08:49:47 GMT', 'Fri Nov  6 08:49:47 2026'])(
    'as each of the three dates of HTTP: %s',
    (date) => {
      expect(retryAfterMs(date, clock)).toBe(10_000)
    },
  )

  test('whatever the date', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(NOW), max: new Date('2049-12-31'), noInvalidDate: true }),
        (date) => {
          const whole = Math.floor(date.getTime() / 1000) * 1000
          const fixdate = new Date(whole).toUTCString()
          const [, day = '', dayOfMonth = '', month = '', year = '', time = ''] =
            /^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(fixdate) ?? []
          const long = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(whole)
          const dates = [
            fixdate,
            `${long}, ${dayOfMonth}-${month}-${year.slice(2)} ${time} GMT`,
            `${day} ${month} ${String(Number(dayOfMonth)).padStart(2)} ${time} ${year}`,
          ]
          expect(dates.map((text) => retryAfterMs(text, clock))).toEqual(
            Array(3).fill(Math.max(0, whole - NOW)),
          )
        },
      ),
    )
  })

  test('as no wait for a date that has passed', () => {
    expect(retryAfterMs('Sun, 06 Nov 1994 08:49:37 GMT', clock)).toBe(0)
    expect(retryAfterMs('Sunday, 06-Nov-94 08:49:37 GMT', clock)).toBe(0)
  })

  test.each([
    null,
    '',
    ' ',
    '1.5',
    '-5',
    '+5',
    '1e3',
    '0x10',
    '5s',
    'tomorrow',
    'soon',
    'NaN',
    '2026-11-06',
    '2026-11-06T08:49:47Z',
    'Fri, 99 Foo 2026 08:49:47 GMT',
    'Sunshine 5',
    '6 Nov 2026',
  ])('not at all where it is neither: %j', (text) => {
    expect(retryAfterMs(text, clock)).toBeNull()
  })

  test('never as a time before now, nor as no number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(Mon|Sunday),? [\d :a-z]*$/)), (text) => {
        const ms = retryAfterMs(text, clock)
        if (ms !== null) expect(ms).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

test('an answer is described by its status and what it says', () => {
  expect(describeAnswer(answer(500, { body: { object: { message: 'record locked' } } }))).toBe(
    'HTTP 500, "record locked"',
  )
  expect(describeAnswer(answer(500, { body: { object: { message: 7 } } }))).toBe('HTTP 500')
  expect(describeAnswer(answer(500, { body: { object: { message: '' } } }))).toBe('HTTP 500')
  expect(describeAnswer(answer(502, { body: { problem: 'an empty body' } }))).toBe(
    'HTTP 502 with an empty body',
  )
})
