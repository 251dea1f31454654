import { expect, test } from '@jest/globals'
import type { StopSign } from '../../../src/pin/outcome.ts'
import { StopRule } from '../../../src/service/stop-rule.ts'
import { times } from '../../support/outcome.ts'

const seven = times(7, 'unanswered' as const)

test.each<[string, (StopSign | 'allowed' | null)[], RegExp | null]>([
  ['no pin', [], null],
  ['100 pins that fail one by one', times(100, null), null],
  ['HTTP 401 after a success', ['allowed', 'unauthorized'], /refused the key pair \(HTTP 401\)/],
  ['HTTP 403 after a pin that proves nothing', [null, 'forbidden'], /lacks a scope \(HTTP 403\)/],
  ['HTTP 403 after a success', ['allowed', null, 'forbidden'], null],
  ['a wait that is too long', ['told-to-wait'], /longer wait than `timeout-seconds` allows/],
  ['7 and 7 pins without an answer, and another between', [...seven, null, ...seven], null],
  ['8 pins in a row without an answer', [...seven, 'unanswered'], /8 pins in a row/],
  ['two reasons, of which the first counts', ['told-to-wait', 'unauthorized', 'allowed'], /longer wait/],
])('whether a run goes on after %s', (_, signs, reason) => {
  const stop = new AbortController()
  const rule = new StopRule(stop.signal)
  for (const sign of signs) rule.observe({ stops: sign === 'allowed' ? null : sign }, sign === 'allowed')
  expect(rule.reason).toEqual(reason === null ? null : expect.stringMatching(reason))
  expect([rule.signals.startSignal.aborted, rule.signals.signal.aborted]).toEqual([reason !== null, false])
  stop.abort()
  expect(rule.reason).toMatch(reason ?? /^the run was stopped$/)
  expect(rule.signals.startSignal.aborted).toBe(true)
})
