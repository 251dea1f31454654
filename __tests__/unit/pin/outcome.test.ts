import { expect, test } from '@jest/globals'
import {
  broken,
  doubtedMissing,
  failsStep,
  type OnMissing,
  type PinResult,
  untouched,
  withKnown,
} from '../../../src/pin/outcome.ts'
import { makeOutcome, PIN_ID, recordOf } from '../../support/outcome.ts'

test.each<[string, PinResult[], lostAnswer: boolean, fails: boolean[]]>([
  ['nothing to do', ['unpinned', 'would-unpin', 'protected', 'kept'], true, [false, false, false]],
  ['no proof', ['unconfirmed', 'failed', 'not-attempted'], false, [true, true, true]],
  ['a missing pin', ['missing'], false, [false, false, true]],
  ['a pin missing after a lost answer', ['missing'], true, [false, false, false]],
])(
  'with `on-missing` as `warn`, `ignore`, `fail`, %s fails the step: %j, %p: %j',
  (_, results, lostAnswer, fails) => {
    const words: OnMissing[] = ['warn', 'ignore', 'fail']
    for (const result of results)
      expect(words.map((onMissing) => failsStep({ result, lostAnswer }, onMissing))).toEqual(fails)
  },
)

test('an outcome without a request claims nothing', () =>
  expect(untouched(PIN_ID, 'not-attempted', 'Why.')).toEqual({
    pinId: PIN_ID,
    result: 'not-attempted',
    message: 'Why.',
    reason: '',
    finding: 'none',
    attempts: 0,
    httpStatus: null,
    durationMs: 0,
    lostAnswer: false,
    record: null,
  }))

test('a pin during which this action failed is unconfirmed, with the error', () =>
  expect(broken(PIN_ID, new Error('a defect'))).toMatchObject({
    pinId: PIN_ID,
    result: 'unconfirmed',
    message: expect.stringMatching(/not known whether the pin is gone.*report this error: a defect\.$/),
  }))

test.each([true, false])('a doubted pin is failed and names `api-url`; lost answer: %p', (lostAnswer) => {
  const missing = makeOutcome({ result: 'missing', httpStatus: 404, lostAnswer })
  const { result, message } = doubtedMissing(missing)
  expect([result, message.includes('may be gone')]).toEqual(['failed', lostAnswer])
  expect(message).toMatch(/HTTP 404.*Check `api-url`/)
})

test('what was known about a pin before fills in what its answer did not say', () => {
  const known = recordOf({ cid: 'known', status: 'known' })
  expect(withKnown(makeOutcome({ record: null }), known, 'why')).toMatchObject({
    record: known,
    reason: 'why',
  })
  const record = recordOf({ cid: null, status: 'answered' })
  const merged = withKnown(makeOutcome({ record }), known, '').record
  expect(merged).toMatchObject({ cid: 'known', status: 'answered' })
})
