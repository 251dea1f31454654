import { expect, test } from '@jest/globals'
import { broken, failsStep, notAttempted, type OnMissing, RESULTS, untouched } from '../../../src/pin/outcome.ts'
import { makeOutcome, PIN_ID, recordOf } from '../../support/outcome.ts'

test('only a result that is not proven fails the step, whatever `on-missing` says', () => {
  const failing = RESULTS.filter((result) => failsStep(makeOutcome({ result }), 'ignore'))
  expect(failing).toEqual(['failed', 'unconfirmed', 'not-attempted'])
})

test.each([
  [false, recordOf(), true],
  [false, null, true],
  [true, recordOf(), false],
  [true, recordOf({ pinned: false }), true],
  [true, null, true],
])(
  '`on-missing: fail` fails for a missing pin, unless an answer was lost (%p) and the pin was seen: %#',
  (lost, record, fails) => {
    const outcome = makeOutcome({ result: 'missing', lostAnswer: lost, record })
    const words: OnMissing[] = ['warn', 'ignore', 'fail']
    expect(words.map((onMissing) => failsStep(outcome, onMissing))).toEqual([false, false, fails])
  },
)

test('an outcome without a request says nothing but what is known', () => {
  const none = { attempts: 0, httpStatus: null, durationMs: 0, lostAnswer: false, stops: null }
  const expected = { pinId: PIN_ID, result: 'kept', message: 'Why.', reason: '', record: null, ...none }
  expect(untouched(PIN_ID, 'kept', 'Why.')).toEqual(expected)
  const known = makeOutcome({ record: recordOf(), reason: 'matched', stops: 'forbidden' })
  expect(untouched(PIN_ID, 'kept', 'Why.', known)).toEqual({ ...expected, record: recordOf(), reason: 'matched' })
  const message = 'Not attempted: the run was stopped. When the cause is gone, run the step again.'
  const untried = notAttempted(PIN_ID, 'the run was stopped', { reason: 'x' })
  expect(untried).toEqual({ ...expected, result: 'not-attempted', message, reason: 'x' })
})

test.each([
  [true, 'unconfirmed', /^It is not known whether the pin is gone: .*\(a defect\)\. .* please report/],
  [false, 'not-attempted', /^Not attempted: .*\(a defect\)\. When the cause/],
] as const)('an error of this program after a request had begun (%p) ends its pin as %s', (begun, result, message) =>
  expect(broken(PIN_ID, new Error('a defect'), begun)).toMatchObject({
    result,
    stops: begun ? 'unanswered' : null,
    message: expect.stringMatching(message),
  }),
)
