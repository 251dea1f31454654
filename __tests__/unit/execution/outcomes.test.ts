import { expect, test } from '@jest/globals'
import { broken, untouched, withKnown } from '../../../src/execution/outcomes.ts'
import { makePin } from '../../../testing/service/index.ts'
import { makeOutcome, PIN_ID } from '../../support/outcome.ts'

test('of a pin that was never tried nothing is claimed to be known', () => {
  expect(untouched(PIN_ID, 'not-attempted', 'Why.')).toEqual({
    pinId: PIN_ID,
    result: 'not-attempted',
    message: 'Why.',
    cid: null,
    size: null,
    status: null,
    name: null,
    pinnedAtMs: null,
    reason: '',
    attempts: 0,
    httpStatus: null,
    durationMs: 0,
    afterLostAnswer: false,
    timeUsedUp: false,
    stop: null,
    record: null,
  })
})

test('a pin during which the action itself failed is not claimed to be there, and the failure is told', () => {
  expect(broken(PIN_ID, new Error('a defect'))).toMatchObject({
    pinId: PIN_ID,
    result: 'unconfirmed',
    message: expect.stringMatching(/not known.*please report this: a defect\.$/),
  })
})

test('what was known before fills in what the answer did not say, and nothing else', () => {
  const record = { ...makePin({ date_pinned: '2026-01-02T03:04:05Z' }, 1) }
  const nothing = { cid: null, size: null, status: null, name: null, pinnedAtMs: null, record: null }
  expect(withKnown(makeOutcome(nothing), record, 'matched')).toMatchObject({
    cid: record.cid,
    size: record.size,
    pinnedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    reason: 'matched',
    record,
  })
  expect(withKnown(makeOutcome({ pinnedAtMs: 7, cid: 'c' }), record, '')).toMatchObject({
    pinnedAtMs: 7,
    cid: 'c',
  })
})
