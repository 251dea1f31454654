import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { judgeUnpin } from '../../../src/client/judge-unpin.ts'
import type { Body } from '../../../src/http/body.ts'
import type { RequestResult } from '../../../src/http/origin-client.ts'
import type { PinOutcome } from '../../../src/pin/outcome.ts'
import type { RequestTrace } from '../../../src/request-trace.ts'
import { makePin } from '../../../testing/service/index.ts'
import { recordOf } from '../../support/outcome.ts'
import { answered, HTML, json, resultOf } from '../../support/reply.ts'

const pin = makePin({}, 1)
const other = makePin({}, 2)
const LOST = { lostAnswer: true }

const NOT_FOUND = json({ message: 'record not found' })
const SUCCESS = json({ status: 'success', data: { ...pin } })

const judge = (result: RequestResult): PinOutcome => judgeUnpin(pin.id, result, 120)
const judgeAnswer = (status: number, body: Body = json({}), numbers?: Partial<RequestTrace>): PinOutcome =>
  judge(answered(status, body, numbers))

describe('a pin is `unpinned`', () => {
  test('after a 200 with the documented envelope and the same `id`', () => {
    expect(judgeAnswer(200, SUCCESS, { attempts: 3, lostAnswer: true })).toEqual({
      pinId: pin.id,
      result: 'unpinned',
      message: 'Unpinned: the service confirmed it.',
      finding: 'service-proven',
      reason: '',
      record: recordOf(),
      attempts: 3,
      httpStatus: 200,
      durationMs: 12,
      lostAnswer: true,
    })
  })

  test('after the same with the `id` in capitals', () => {
    const body = json({ status: 'success', data: { id: pin.id.toUpperCase() } })
    expect(judgeAnswer(200, body)).toMatchObject({ pinId: pin.id, result: 'unpinned' })
  })

  test('after no other answer', () => {
    const id = fc.constantFrom<unknown>(pin.id, other.id, null, '', [pin.id])
    const data = fc.oneof(fc.record({ id, pinned: fc.boolean() }), fc.jsonValue())
    const word = fc.oneof(fc.constantFrom<unknown>('success', 'error', 'Success', 1), fc.jsonValue())
    const body = fc.oneof(
      { weight: 4, arbitrary: fc.record({ status: word, data }, { requiredKeys: [] }) },
      fc.dictionary(fc.string(), fc.jsonValue()),
    )
    const anyStatus = fc.oneof(fc.constantFrom(200, 200, 201, 404, 500), fc.integer({ min: 100, max: 599 }))
    fc.assert(
      fc.property(anyStatus, body, fc.boolean(), (status, envelope: Record<string, unknown>, lostAnswer) => {
        const outcome = judgeAnswer(status, json(envelope), { lostAnswer })
        const record = envelope['data'] as { id?: unknown } | null | undefined
        const proven = status === 200 && envelope['status'] === 'success' && record?.id === pin.id
        expect(outcome.result === 'unpinned').toBe(proven)
        expect(outcome.record !== null).toBe(proven)
        expect(outcome.message).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})

const MISSING = /removed before, or it belongs to another account/
const API_URL = /Check `api-url`.*HTML or XML/
const REFUSED = /the service refused it/

/** What a message says where the answer to an earlier attempt was lost. */
const AFTER_LOST = {
  missing: /An earlier attempt probably removed it/,
  failed: /may be gone/,
  unconfirmed: /not known whether the pin is gone/,
}

type Answer = [number, Body, result: keyof typeof AFTER_LOST, PinOutcome['finding'], words: RegExp]

/** JSON with HTTP 200 that is not the documented answer. */
const UNDOCUMENTED: object[] = [
  {},
  { status: 'success' },
  { status: 'success', data: null },
  { status: 'success', data: [] },
  { status: 'success', data: { id: 7 } },
  { status: 1, data: { ...pin } },
  { data: { ...pin } },
  { ...pin },
]

test.each<Answer>([
  [404, json({}), 'missing', 'service-doubted', MISSING],
  [410, json({ message: 'gone' }), 'missing', 'service-doubted', MISSING],
  [404, json({ message: 'Record not found' }), 'missing', 'service-doubted', MISSING],
  [404, NOT_FOUND, 'missing', 'service-proven', MISSING],
  [400, NOT_FOUND, 'missing', 'service-proven', MISSING],
  [500, NOT_FOUND, 'missing', 'service-proven', MISSING],
  [404, HTML, 'failed', 'none', API_URL],
  [410, HTML, 'failed', 'none', API_URL],
  [401, NOT_FOUND, 'failed', 'unauthorized', /`pinning-secret-key`.*"record not found"/],
  [403, NOT_FOUND, 'failed', 'forbidden', /scope `pinning.unpin`/],
  [300, HTML, 'failed', 'none', REFUSED],
  [304, NOT_FOUND, 'failed', 'none', REFUSED],
  [499, HTML, 'failed', 'none', REFUSED],
  [500, json({ message: 'Record not found.' }), 'failed', 'none', REFUSED],
  [400, json({ message: 'no' }), 'failed', 'none', /refused it\..* The answer was HTTP 400, "no"\.$/],
  [200, json({ status: 'error', message: 'locked' }), 'failed', 'none', /status "error": "locked"\.$/],
  [200, json({ status: 'failed', data: { ...pin } }), 'failed', 'none', /200 with the status "failed"\.$/],
  [200, json({ status: 'success', data: { id: 'x' } }), 'failed', 'none', /record of another pin.*"x"/],
  [200, json({ status: 'success', data: { ...other } }), 'failed', 'none', new RegExp(other.id)],
  [201, SUCCESS, 'unconfirmed', 'none', /documented 200.*HTTP 201/],
  [299, HTML, 'unconfirmed', 'none', /documented 200.*HTTP 299/],
  ...UNDOCUMENTED.map((object): Answer => [
    200,
    json({ ...object }),
    'unconfirmed',
    'none',
    /not the documented envelope/,
  ]),
])('after HTTP %i with %j a pin is %s, with the finding %s', (status, body, result, finding, words) => {
  const message = expect.stringMatching(words)
  expect(judgeAnswer(status, body)).toMatchObject({ result, finding, message, record: null })
  // An answer speaks for its own attempt only.
  const unsure = expect.stringMatching(AFTER_LOST[result])
  expect(judgeAnswer(status, body, LOST)).toMatchObject({ result, finding, message: unsure, record: null })
})

test.each([
  [
    'certificate',
    /cannot be verified \(x\)\. Check `api-url`\. .* authority, set NODE_EXTRA_CA_CERTS on the runner\./,
  ],
  ['redirect', /^Not unpinned: the service answered with x\. Check `api-url`\./],
] as const)('after a refused %s a pin has failed', (kind, words) => {
  const refused = resultOf({ kind: 'refused', refusal: { kind, problem: 'x' } })
  const message = expect.stringMatching(words)
  expect(judge(refused)).toMatchObject({ result: 'failed', finding: 'none', message })
  expect(judge({ ...refused, ...LOST }).message).toMatch(/may be gone\.$/)
})

describe('without a final answer', () => {
  test.each([
    [false, 'failed', /Nothing says that the pin was removed\./],
    [true, 'unconfirmed', /it is not known whether the pin is gone/i],
  ] as const)('a lost answer (%p) decides whether the pin is %s', (lostAnswer, result, words) => {
    const numbers = { lostAnswer, attempts: 4 }
    const message = expect.stringMatching(words)
    const usedUp = judge(resultOf({ kind: 'time-used-up', last: 'HTTP 502' }, numbers))
    expect(usedUp).toMatchObject({ result, finding: 'time-used-up', message })
    expect(usedUp.message).toMatch('120 s of `timeout-seconds`, in 4 attempts.')
    const told = judge(resultOf({ kind: 'told-to-wait', askedMs: 3_600_000, last: 'HTTP 429' }, numbers))
    expect(told).toMatchObject({ result, finding: 'told-to-wait', message })
    expect(told.message).toMatch(/ 3600 s \(1 h\), which is too long for the 120 s .* problem: HTTP 429\.$/)
    const stopped = judge(resultOf({ kind: 'interrupted', last: '' }, numbers))
    expect(stopped).toMatchObject({ result, finding: 'none', message })
  })

  /** The reading of the pin took all of its time. */
  const NEVER_SENT = resultOf({ kind: 'time-used-up', last: 'too little time was left' }, { attempts: 0 })

  test.each<[RequestResult, RegExp]>([
    [resultOf({ kind: 'told-to-wait', askedMs: 59_001, last: '' }), /asked for 60 s, which/],
    [resultOf({ kind: 'told-to-wait', askedMs: Infinity, last: '' }), /asked for over a year, which/],
    [resultOf({ kind: 'time-used-up', last: '' }), /in 1 attempt\. .*reported as `missing`\.$/],
    [NEVER_SENT, /^No good answer within .* Last problem: too little time was left\.$/],
  ])('after %j the message has the right words', (result, words) =>
    expect(judge(result).message).toMatch(words),
  )

  test.each([
    [
      resultOf({ kind: 'interrupted', last: '' }, { attempts: 0 }),
      /^Not attempted: the run was stopped first\.$/,
    ],
    [
      resultOf({ kind: 'held-back' }, { attempts: 0 }),
      /^Not attempted: the service asked every request to wait/,
    ],
  ])('a pin for which nothing was sent is `not-attempted`: %j', (result, words) => {
    const message = expect.stringMatching(words)
    expect(judge(result)).toMatchObject({ result: 'not-attempted', message, finding: 'none' })
  })
})
