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
    (data) => {
      expect(judgeAnswer(200, json({ status: 'success', data })).result).toBe('unpinned')
    },
  )

  test('after no other result of a request', () => {
    const id = fc.oneof(fc.constantFrom<unknown>(pin.id, other.id, null, ''), fc.jsonValue())
    const data = fc.oneof(fc.record({ id, cid: fc.string() }), fc.jsonValue())
    const word = fc.oneof(fc.constantFrom<unknown>('success', 'error', 'Success', 1), fc.jsonValue())
    const anyBody = fc.oneof<fc.Arbitrary<Body>[]>(
      fc.record({ status: word, data }, { requiredKeys: [] }).map(json),
      fc.constant(HTML),
      fc.dictionary(fc.string(), fc.jsonValue()).map(json),
    )
    const anyStatus = fc.oneof(fc.constantFrom(200, 200, 201, 404, 500), fc.integer({ min: 100, max: 599 }))
    const answeredResult = fc
      .tuple(anyStatus, anyBody)
      .map(([status, body]) => ({ result: answered(status, body), status, body }))
    const otherResult = fc
      .constantFrom(
        resultOf({ kind: 'refused', refusal: { kind: 'redirect', problem: 'x' } }),
        resultOf({ kind: 'time-used-up', last: '' }),
        resultOf({ kind: 'told-to-wait', askedMs: 1, last: '' }),
        resultOf({ kind: 'held-back' }),
        resultOf({ kind: 'interrupted', last: '' }),
      )
      .map((result) => ({ result, status: null, body: HTML }))
    fc.assert(
      fc.property(
        fc.oneof({ weight: 5, arbitrary: answeredResult }, otherResult),
        fc.record({ attempts: fc.nat(9), lostAnswer: fc.boolean() }),
        ({ result, status, body }, numbers) => {
          const outcome = judge({ ...result, ...numbers })
          const envelope = body.kind === 'json' ? body.object : {}
          const record = envelope['data'] as { id?: unknown } | null | undefined
          const proven = status === 200 && envelope['status'] === 'success' && record?.id === pin.id
          expect(outcome.result === 'unpinned').toBe(proven)
          expect(outcome.record !== null).toBe(proven)
          expect(outcome.message).not.toBe('')
        },
      ),
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
  ])('but not after HTTP %i with %j', (status, body) => {
    expect(judgeAnswer(status, body).result).not.toBe('missing')
  })
})

describe('a pin is `failed`', () => {
  test.each<[number, Body, PinOutcome['signal'], RegExp]>([
    [404, HTML, 'none', /HTML or XML|Check `api-url`/],
    [410, HTML, 'none', /Check `api-url`.*HTML or XML/],
    [
      401,
      json({ message: 'Log in' }),
      'unauthorized',
      /`pinning-api-key` and `pinning-secret-key`.*"Log in"/,
    ],
    [403, HTML, 'forbidden', /scope `pinning.unpin`/],
    [300, HTML, 'none', /the service refused it/],
    [304, HTML, 'none', /the service refused it/],
    [400, json({ message: 'no' }), 'none', /the service refused it\..* The answer was HTTP 400, "no"\.$/],
    [422, HTML, 'none', /the service refused it/],
    [499, HTML, 'none', /the service refused it/],
    [
      200,
      json({ status: 'error', message: 'locked' }),
      'none',
      /HTTP 200 with the status "error": "locked"\.$/,
    ],
    [200, json({ status: 'failed', data: { ...pin } }), 'none', /HTTP 200 with the status "failed"\.$/],
    [
      200,
      json({ status: 'success', data: { ...other } }),
      'none',
      new RegExp(`record of another pin.*"${other.id}"`),
    ],
    [200, json({ status: 'success', data: { id: 'x' } }), 'none', /record of another pin.*"x"/],
  ])('after HTTP %i with %j', (status, body, signal, message) => {
    const failed = { result: 'failed', signal, record: null }
    expect(judgeAnswer(status, body)).toMatchObject({ ...failed, message: expect.stringMatching(message) })
    // A refusal speaks for its own attempt only.
    const afterLost = judgeAnswer(status, body, LOST)
    expect(afterLost).toMatchObject({
      ...failed,
      message: expect.stringContaining('may be gone'),
    })
  })

  test.each([
    [
      'certificate',
      'the certificate of the server cannot be verified (expired). Check `api-url`. For a private certificate',
    ],
    ['redirect', 'the service answered with expired. Check `api-url`.'],
  ] as const)('after a refused %s', (kind, words) => {
    const refused = resultOf({ kind: 'refused', refusal: { kind, problem: 'expired' } })
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
  ])('after a 200 that is not the documented answer: %j', (object) => {
    expect(judgeAnswer(200, json(object))).toMatchObject({ result: 'unconfirmed', record: null })
  })
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
      'asked for a wait of 3600 s (1 h), which is too long for the 120 s of `timeout-seconds`',
    )
    for (const { message } of [usedUp, told]) expect(message.toLowerCase()).toMatch(words.toLowerCase())
    expect(told.message).toMatch(/Last problem: HTTP 429\.$/)
    expect(judge(resultOf({ kind: 'interrupted', last: '' }, numbers))).toMatchObject({
      result,
      signal: 'none',
    })
  })

  test('a wait of less than a minute is given in seconds', () => {
    const told = judge(resultOf({ kind: 'told-to-wait', askedMs: 59_001, last: '' }))
    expect(told.message).toMatch(/asked for a wait of 60 s, which/)
  })

  test('one attempt is called one attempt', () => {
    const usedUp = judge(resultOf({ kind: 'time-used-up', last: '' }))
    expect(usedUp.message).toMatch(/in 1 attempt\. .*reported as `missing`\.$/)
  })

  test.each([
    [resultOf({ kind: 'interrupted', last: '' }, { attempts: 0 }), 'the run was stopped first'],
    [
      resultOf({ kind: 'held-back' }, { attempts: 0 }),
      'the service asked every request to wait for longer than `timeout-seconds`',
    ],
  ])('a pin for which nothing was sent is `not-attempted`: %j', (result, why) => {
    const message = `Not attempted: ${why}.`
    expect(judge(result)).toMatchObject({
      result: 'not-attempted',
      message,
      signal: 'none',
      lostAnswer: false,
    })
  })

  test('a pin whose read took all of its time has failed: its DELETE was never sent', () => {
    const result = resultOf({ kind: 'time-used-up', last: 'too little time was left' }, { attempts: 0 })
    const message = expect.stringContaining('Last problem: too little time was left.')
    expect(judge(result)).toMatchObject({ result: 'failed', signal: 'time-used-up', message })
  })
})
