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

const judge = (result: RequestResult): PinOutcome => judgeUnpin(pin.id, result, 120)
const judgeAnswer = (status: number, body: Body = json({}), numbers?: Partial<RequestTrace>): PinOutcome =>
  judge(answered(status, body, numbers))

describe('a pin is `unpinned`', () => {
  test('after a 200 with the documented envelope and the same `id`', () => {
    const body = json({ status: 'success', data: { ...pin } })
    expect(judgeAnswer(200, body, { attempts: 3, lostAnswer: true })).toEqual({
      pinId: pin.id,
      result: 'unpinned',
      message: 'Unpinned: the service confirmed it.',
      signal: 'service-proven',
      reason: '',
      record: recordOf(),
      attempts: 3,
      httpStatus: 200,
      durationMs: 12,
      lostAnswer: true,
    })
  })

  test.each([{ id: pin.id.toUpperCase() }, { id: pin.id, pinned: true }, { id: pin.id, pinned: false }])(
    'in any letter case, and whatever `pinned` says: %j',
    (data) => expect(judgeAnswer(200, json({ status: 'success', data })).result).toBe('unpinned'),
  )

  test('after no other answer', () => {
    const id = fc.constantFrom<unknown>(pin.id, other.id, null, '', [pin.id])
    const data = fc.oneof(fc.record({ id, cid: fc.string() }), fc.jsonValue())
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

describe('a pin is `missing`', () => {
  test.each<[number, Record<string, unknown>, PinOutcome['signal']]>([
    [404, {}, 'service-doubted'],
    [410, { message: 'gone' }, 'service-doubted'],
    [404, { message: 'Record not found' }, 'service-doubted'],
    [404, { status: 'error', message: 'record not found' }, 'service-proven'],
    [400, { message: 'record not found' }, 'service-proven'],
    [500, { message: 'record not found' }, 'service-proven'],
  ])('after HTTP %i with %j: %s', (status, object, signal) => {
    const message = expect.stringContaining('removed before, or it belongs to another account')
    expect(judgeAnswer(status, json(object))).toMatchObject({ result: 'missing', signal, message })
  })

  test('probably because of this run, after a lost answer', () => {
    const message = expect.stringContaining('An earlier attempt probably removed it')
    expect(judgeAnswer(404, json({}), LOST)).toMatchObject({ result: 'missing', lostAnswer: true, message })
  })

  test.each([
    [404, HTML],
    [410, HTML],
    [200, json({ message: 'record not found' })],
    [304, json({ message: 'record not found' })],
    [401, json({ message: 'record not found' })],
    [403, json({ message: 'record not found' })],
    [500, json({ message: 'Record not found.' })],
    [500, HTML],
  ])('but not after HTTP %i with %j', (status, body) =>
    expect(judgeAnswer(status, body).result).not.toBe('missing'),
  )
})

describe('a pin is `failed`', () => {
  const refused = /the service refused it/
  const another = new RegExp(`record of another pin.*"${other.id}"`)
  type Refused = [number, Body, PinOutcome['signal'], RegExp]
  test.each<Refused>([
    ...[404, 410].map((status): Refused => [status, HTML, 'none', /Check `api-url`.*HTML or XML/]),
    [
      401,
      json({ message: 'Log in' }),
      'unauthorized',
      /`pinning-api-key` and `pinning-secret-key`.*"Log in"/,
    ],
    [403, HTML, 'forbidden', /scope `pinning.unpin`/],
    ...[300, 304, 422, 499].map((status): Refused => [status, HTML, 'none', refused]),
    [400, json({ message: 'no' }), 'none', /the service refused it\..* The answer was HTTP 400, "no"\.$/],
    [
      200,
      json({ status: 'error', message: 'locked' }),
      'none',
      /HTTP 200 with the status "error": "locked"\.$/,
    ],
    [200, json({ status: 'failed', data: { ...pin } }), 'none', /HTTP 200 with the status "failed"\.$/],
    [200, json({ status: 'success', data: { id: 'x' } }), 'none', /record of another pin.*"x"/],
    [200, json({ status: 'success', data: { ...other } }), 'none', another],
  ])('after HTTP %i with %j', (status, body, signal, message) => {
    const failed = { result: 'failed', signal, record: null }
    expect(judgeAnswer(status, body)).toMatchObject({ ...failed, message: expect.stringMatching(message) })
    // A refusal speaks for its own attempt only.
    const goneMaybe = expect.stringContaining('may be gone')
    expect(judgeAnswer(status, body, LOST)).toMatchObject({ ...failed, message: goneMaybe })
  })

  test.each([
    [
      'certificate',
      'the certificate of the server cannot be verified (x). Check `api-url`. For a private certificate',
    ],
    ['redirect', 'the service answered with x. Check `api-url`.'],
  ] as const)('after a refused %s', (kind, words) => {
    const refused = resultOf({ kind: 'refused', refusal: { kind, problem: 'x' } })
    const message = expect.stringContaining(`Not unpinned: ${words}`)
    expect(judge(refused)).toMatchObject({ result: 'failed', signal: 'none', message })
    expect(judge({ ...refused, ...LOST }).message).toMatch(/may be gone\.$/)
  })
})

describe('a pin is `unconfirmed`', () => {
  test.each([201, 202, 204, 206, 299])('after HTTP %i', (status) => {
    const message = expect.stringContaining(`HTTP ${status}`)
    const body = json({ status: 'success', data: { ...pin } })
    expect(judgeAnswer(status, body)).toMatchObject({ result: 'unconfirmed', message })
  })

  test.each<Record<string, unknown>>([
    {},
    { status: 'success' },
    { status: 'success', data: null },
    { status: 'success', data: [] },
    { status: 'success', data: { id: 7 } },
    { status: 1, data: { ...pin } },
    { data: { ...pin } },
    { ...pin },
  ])('after a 200 that is not the documented answer: %j', (object) =>
    expect(judgeAnswer(200, json(object))).toMatchObject({ result: 'unconfirmed', record: null }),
  )
})

describe('without a final answer', () => {
  test.each([
    [false, 'failed', 'Nothing says that the pin was removed.'],
    [true, 'unconfirmed', 'it is not known whether the pin is gone'],
  ] as const)('a lost answer (%p) decides whether the pin is %s', (lostAnswer, result, words) => {
    const numbers = { lostAnswer, attempts: 4 }
    const usedUp = judge(resultOf({ kind: 'time-used-up', last: 'HTTP 502' }, numbers))
    expect(usedUp).toMatchObject({ result, signal: 'time-used-up' })
    expect(usedUp.message).toMatch('120 s of `timeout-seconds`, in 4 attempts.')
    const told = judge(resultOf({ kind: 'told-to-wait', askedMs: 3_600_000, last: 'HTTP 429' }, numbers))
    expect(told).toMatchObject({ result, signal: 'told-to-wait' })
    expect(told.message).toMatch(
      /asked for 3600 s \(1 h\), which is too long for the 120 s of `timeout-seconds`/,
    )
    for (const { message } of [usedUp, told]) expect(message.toLowerCase()).toMatch(words.toLowerCase())
    expect(told.message).toMatch(/Last problem: HTTP 429\.$/)
    const stopped = judge(resultOf({ kind: 'interrupted', last: '' }, numbers))
    expect(stopped).toMatchObject({ result, signal: 'none' })
  })

  test.each<[RequestResult, RegExp]>([
    [resultOf({ kind: 'told-to-wait', askedMs: 59_001, last: '' }), /asked for 60 s, which/],
    [resultOf({ kind: 'told-to-wait', askedMs: Infinity, last: '' }), /asked for over a year, which/],
    [resultOf({ kind: 'time-used-up', last: '' }), /in 1 attempt\. .*reported as `missing`\.$/],
  ])('after %j, one attempt and less than a minute are said as such', (result, words) =>
    expect(judge(result).message).toMatch(words),
  )

  test.each([
    [resultOf({ kind: 'interrupted', last: '' }, { attempts: 0 }), 'the run was stopped first'],
    [
      resultOf({ kind: 'held-back' }, { attempts: 0 }),
      'the service asked every request to wait for longer than `timeout-seconds`',
    ],
  ])('a pin for which nothing was sent is `not-attempted`: %j', (result, why) => {
    const outcome = {
      result: 'not-attempted',
      message: `Not attempted: ${why}.`,
      signal: 'none',
      lostAnswer: false,
    }
    expect(judge(result)).toMatchObject(outcome)
  })

  test('a pin whose read took all of its time has failed: its DELETE was never sent', () => {
    const result = resultOf({ kind: 'time-used-up', last: 'too little time was left' }, { attempts: 0 })
    const message = expect.stringContaining('Last problem: too little time was left.')
    expect(judge(result)).toMatchObject({ result: 'failed', signal: 'time-used-up', message })
  })
})
