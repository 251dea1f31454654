import { expect, test } from '@jest/globals'
import { failsStep } from '../../src/verdict.ts'
import type { OnMissing, PinResult } from '../../src/types.ts'

const WORDS: readonly OnMissing[] = ['warn', 'ignore', 'fail']

const verdicts = (result: PinResult, afterLostAnswer: boolean): boolean[] =>
  WORDS.map((onMissing) => failsStep({ result, afterLostAnswer }, onMissing))

test.each(['unpinned', 'would-unpin', 'protected', 'kept'] as const)('%s never fails the step', (result) => {
  for (const lost of [true, false]) expect(verdicts(result, lost)).toEqual([false, false, false])
})

test.each(['unconfirmed', 'failed', 'not-attempted'] as const)('%s always fails the step', (result) => {
  for (const lost of [true, false]) expect(verdicts(result, lost)).toEqual([true, true, true])
})

test('a missing pin fails the step only with `on-missing: fail`', () => {
  expect(verdicts('missing', false)).toEqual([false, false, true])
})

test('a pin that is missing after a lost answer never fails the step: this run removed it, most likely', () => {
  expect(verdicts('missing', true)).toEqual([false, false, false])
})
