import { expect, test } from '@jest/globals'
import { StopRule } from '../../../src/execution/stopping.ts'
import type { PinOutcome } from '../../../src/types.ts'
import { makeOutcome, times } from '../../support/outcome.ts'

function reasonAfter(...outcomes: Partial<PinOutcome>[]): string | null {
  const rule = new StopRule()
  for (const outcome of outcomes) rule.observe(makeOutcome(outcome))
  return rule.reason
}

const usedUp: Partial<PinOutcome> = { result: 'failed', timeUsedUp: true }
const failed: Partial<PinOutcome> = { result: 'failed' }
test('one failed pin does not stop the others', () => {
  expect(reasonAfter()).toBeNull()
  expect(reasonAfter(...times(100, failed), ...times(100, { result: 'missing' } as const))).toBeNull()
})

test('a key pair that is refused stops the run, even after it was good', () => {
  expect(reasonAfter({ ...failed, stop: 'unauthorized' })).toMatch('401')
  expect(reasonAfter({}, { ...failed, stop: 'unauthorized' })).toMatch('401')
})

test('a key pair that may not unpin stops the run, unless it could unpin another pin before', () => {
  const forbidden = { ...failed, stop: 'forbidden' } as const
  expect(reasonAfter(forbidden)).toMatch('403')
  expect(reasonAfter({ result: 'missing' }, forbidden)).toMatch('403')
  expect(reasonAfter({}, forbidden)).toBeNull()
})

test('a wait that the service asks for and that does not fit stops the run', () => {
  expect(reasonAfter({ ...failed, stop: 'told-to-wait' })).toMatch('longer wait than `timeout-seconds`')
})

test('eight pins in a row whose time was used up stop the run, and seven do not', () => {
  expect(reasonAfter(...times(7, usedUp))).toBeNull()
  expect(reasonAfter(...times(8, usedUp))).toMatch('8 pins in a row ran out of time')
})

test.each([{}, failed, { result: 'missing' }] as Partial<PinOutcome>[])(
  'a row is broken by any other end: %j',
  (other) => {
    expect(reasonAfter(...times(7, usedUp), other, ...times(7, usedUp))).toBeNull()
  },
)

test('the first reason stays', () => {
  const told = reasonAfter({ ...failed, stop: 'told-to-wait' }, { ...failed, stop: 'unauthorized' }, {})
  expect(told).toMatch('longer wait')
})
