import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { isChosen, toReportedPin } from '../../../src/report/tally.ts'
import { makeOutcome } from '../../support/outcome.ts'
import { reported, tallyOf } from '../../support/reported.ts'

test('every end is counted once, and the bytes of what was unpinned are summed', () => {
  expect(
    tallyOf(
      { size: 100 },
      { size: 23 },
      { size: null },
      { result: 'missing', size: null },
      { result: 'failed', size: 7 },
      { result: 'unconfirmed', size: null },
      { result: 'not-attempted', size: null },
      { result: 'would-unpin', size: null },
      { result: 'protected', size: 7 },
      { result: 'kept', size: 7 },
      { result: 'kept', size: null },
    ),
  ).toEqual({
    counts: {
      unpinned: 3,
      missing: 1,
      unconfirmed: 1,
      failed: 1,
      'not-attempted': 1,
      'would-unpin': 1,
      protected: 1,
      kept: 2,
    },
    failed: 3,
    totalSize: 123n,
    unknownSizes: 1,
  })
})

test('the sum is exact, however large', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (sizes) => {
      const sum = sizes.reduce((sum, size) => sum + BigInt(size), 0n)
      expect(tallyOf(...sizes.map((size) => ({ size }))).totalSize).toBe(sum)
    }),
  )
})

test('a missing pin counts as missing, and as failed where the step fails by it', () => {
  expect(reported({ result: 'missing' }, 'warn').fails).toBe(false)
  expect(reported({ result: 'missing' }, 'fail').fails).toBe(true)
  expect(reported({ result: 'missing', afterLostAnswer: true }, 'fail').fails).toBe(false)
})

test('what is kept of a pin has no record, and every text of the service is shortened', () => {
  const outcome = makeOutcome({ record: { id: 'x' }, name: null, reason: 'matched by its CID' })
  const pin = toReportedPin(outcome, 'warn', (text) => text.slice(0, 4))
  expect(pin).not.toHaveProperty('record')
  expect(pin).toMatchObject({ cid: 'QmYw', status: 'DONE', name: null, size: 2_883_584 })
  expect(pin).toMatchObject({ message: 'Unpi', reason: 'matc' })
})

test('only what is protected or kept was not chosen', () => {
  const ends = ['unpinned', 'missing', 'unconfirmed', 'failed', 'not-attempted', 'would-unpin'] as const
  expect(ends.every((result) => isChosen({ result }))).toBe(true)
  expect((['protected', 'kept'] as const).some((result) => isChosen({ result }))).toBe(false)
})
