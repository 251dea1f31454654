import { expect, test } from '@jest/globals'
import { broken, untouched } from '../../../src/execution/outcomes.ts'
import { PIN_ID } from '../../support/outcome.ts'

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
