import { expect, test } from '@jest/globals'
import { StopRule } from '../../../src/execution/stop-rule.ts'
import type { PinOutcome } from '../../../src/pin/outcome.ts'
import { makeOutcome, times } from '../../support/outcome.ts'

const unpinned = makeOutcome()
const missing = makeOutcome({ result: 'missing' })
const failed = makeOutcome({ result: 'failed', finding: 'none' })
const usedUp = makeOutcome({ result: 'failed', finding: 'time-used-up' })
const unauthorized = makeOutcome({ result: 'failed', finding: 'unauthorized' })
const forbidden = makeOutcome({ result: 'failed', finding: 'forbidden' })
const told = makeOutcome({ result: 'failed', finding: 'told-to-wait' })

test.each<[string, PinOutcome[], RegExp | null]>([
  ['no pin', [], null],
  ['pins that fail one by one', [...times(100, failed), ...times(100, missing)], null],
  ['HTTP 401', [unauthorized], /refused the key pair \(HTTP 401\)/],
  ['HTTP 401 after a success', [unpinned, unauthorized], /HTTP 401/],
  ['HTTP 403', [forbidden], /may not do this \(HTTP 403\)/],
  ['HTTP 403 after a missing pin', [missing, forbidden], /HTTP 403/],
  ['HTTP 403 after a success', [unpinned, forbidden], null],
  ['a wait that is too long', [told], /longer wait than `timeout-seconds` allows/],
  ['7 pins in a row without time', times(7, usedUp), null],
  ['8 pins in a row without time', times(8, usedUp), /8 pins in a row ran out of time/],
  ['7 and 7 with a success between', [...times(7, usedUp), unpinned, ...times(7, usedUp)], null],
  ['7 and 7 with a failure between', [...times(7, usedUp), failed, ...times(7, usedUp)], null],
  ['two reasons, of which the first counts', [told, unauthorized, unpinned], /longer wait/],
])('after %s', (_, outcomes, reason) => {
  const rule = new StopRule()
  for (const outcome of outcomes) rule.observe(outcome)
  expect(rule.reason).toEqual(reason === null ? null : expect.stringMatching(reason))
})
