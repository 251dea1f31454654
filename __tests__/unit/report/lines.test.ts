import { describe, expect, test } from '@jest/globals'
import { closingLine, pinLine, progressLine, retryLine } from '../../../src/report/lines.ts'
import { PIN_ID } from '../../support/outcome.ts'
import { reported, tallyOf } from '../../support/reported.ts'

describe('a pin’s line tells', () => {
  test('what was unpinned, its size for people, the attempts and the time', () => {
    expect(pinLine(reported({ attempts: 2 }))).toBe(
      `${PIN_ID}: unpinned, QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG, 2.75 MiB, "release-1", 2 attempts, 0.2 s`,
    )
  })

  test('why it was not', () => {
    const nothing = { cid: null, size: null, name: null, status: null }
    expect(pinLine(reported({ ...nothing, result: 'failed', message: 'Why.' }))).toBe(
      `${PIN_ID}: failed, 1 attempt, 0.2 s. Why.`,
    )
    expect(pinLine(reported({ ...nothing, result: 'not-attempted', attempts: 0, message: 'Why.' }))).toBe(
      `${PIN_ID}: not-attempted. Why.`,
    )
    expect(pinLine(reported({ ...nothing, result: 'would-unpin', attempts: 0 }))).toBe(
      `${PIN_ID}: would-unpin`,
    )
  })

  test.each(['unpinned', 'would-unpin', 'protected', 'kept'] as const)('why it was meant: %s', (result) => {
    const nothing = { cid: null, size: null, name: null, attempts: 0 }
    expect(pinLine(reported({ ...nothing, result, reason: 'matched by its CID' }))).toBe(
      `${PIN_ID}: ${result}, matched by its CID`,
    )
  })
})

test('the closing line tells the totals', () => {
  const tally = tallyOf({ size: 1024 }, { size: 1024 }, { result: 'missing' }, { result: 'failed' })
  expect(closingLine(tally, 4, 1500, false)).toBe(
    '4 pins: 2 unpinned (2.00 KiB), 1 missing, 1 failed; 1 failing the step, in 1.5 s.',
  )
  expect(closingLine(tallyOf({ size: null }), 1, 1500, false)).toMatch(
    '1 unpinned (0 bytes, 1 of unknown size)',
  )
})

test('the closing line of no pins says so', () => {
  expect(closingLine(tallyOf(), 0, 1500, false)).toBe('0 pins; 0 failing the step, in 1.5 s.')
})

test('the closing line of a dry run says "would"', () => {
  expect(closingLine(tallyOf({ result: 'would-unpin' }), 1, 0, true)).toBe(
    'Dry run: 1 pin: 1 would-unpin. Nothing was unpinned.',
  )
})

test('a progress line tells the count, the rate and the time left', () => {
  expect(progressLine(50, 200, 10_000, 6000)).toBe('50 of 200 pins done, 5.0 a second, about 30.0 s left')
  expect(progressLine(0, 200, 10_000, 6000)).toBe('0 of 200 pins done, 0.0 a second')
})

test('the time left is no less than the rate limit leaves', () => {
  expect(progressLine(180, 1000, 10_000, 180)).toBe(
    '180 of 1000 pins done, 18.0 a second, about 4 min 50 s left',
  )
  // The last of 181 pins has to wait for a minute to pass, the last of 180 for nothing.
  expect(progressLine(60, 181, 10_000, 180)).toMatch('about 50.0 s left')
  expect(progressLine(60, 180, 10_000, 180)).toMatch('about 20.0 s left')
})

test('a retry’s line tells its reason and its wait, and whether all wait', () => {
  const retry = { attempt: 2, why: 'HTTP 503', waitMs: 1500, holdsAll: false }
  expect(retryLine(PIN_ID, retry)).toBe(`${PIN_ID}: attempt 2: trying again in 1.5 s, because of HTTP 503`)
  expect(retryLine(PIN_ID, { ...retry, holdsAll: true })).toBe(
    `${PIN_ID}: attempt 2: every request waits 1.5 s, because of HTTP 503`,
  )
})
