import { expect, test } from '@jest/globals'
import { progressLine, retryLine } from '../../../src/report/log-lines.ts'

test('a progress line has the count, the rate and the time left', () => {
  expect(progressLine(50, 200, 10_000, 6000)).toBe('50 of 200 pins done, 5.0 a second, about 30.0 s left')
  expect(progressLine(0, 200, 10_000, 6000)).toBe('0 of 200 pins done, 0.0 a second')
})

test('the time left is never less than the rate limit needs', () => {
  expect(progressLine(180, 1000, 10_000, 180)).toBe(
    '180 of 1000 pins done, 18.0 a second, about 4 min 50 s left',
  )
  // The last of 181 pins waits until a minute has passed, the last of 180 does not.
  expect(progressLine(60, 181, 10_000, 180)).toMatch('about 50.0 s left')
  expect(progressLine(60, 180, 10_000, 180)).toMatch('about 20.0 s left')
})

test('the line of a retry has its reason and its wait, and says whether all requests wait', () => {
  const retry = { attempt: 2, why: 'HTTP 503', waitMs: 1500, holdsAll: false }
  expect(retryLine('a', retry)).toBe('a: attempt 2: trying again in 1.5 s, because of HTTP 503')
  expect(retryLine('a', { ...retry, holdsAll: true })).toBe(
    'a: attempt 2: every request waits 1.5 s, because of HTTP 503',
  )
})
