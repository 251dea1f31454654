import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { judgeUnpin } from '../../../src/client/judge-unpin.ts'
import { saysMissing } from '../../../src/client/judgement.ts'
import type { Answer } from '../../../src/http/exchange.ts'
import type { Reply } from '../../../src/http/origin.ts'
import type { PinOutcome } from '../../../src/types.ts'
import { makePin } from '../../../testing/service/index.ts'
import { answered, answerOf, replyOf } from '../../support/reply.ts'

const pin = makePin({}, 1)
const other = makePin({}, 2)

type Body = Answer['body']

const judge = (rest: Partial<Reply>): PinOutcome => judgeUnpin(pin.id, replyOf(rest), 120)

const judgeAnswer = (status: number, body: Body, rest: Partial<Reply> = {}): PinOutcome =>
  judge(answered(status, body, rest))

const json = (object: Record<string, unknown>): Body => ({ object })
const HTML: Body = { problem: 'HTML or XML in place of JSON' }

describe('a pin is `unpinned`', () => {
  test('by a 200 with the documented envelope and the same `id`, and its facts are told', () => {
    expect(
      judgeAnswer(200, json({ status: 'success', data: { ...pin } }), { attempts: 3, lostAnswer: true }),
    ).toEqual({
      pinId: pin.id,
      result: 'unpinned',
      message: 'Unpinned: the service confirmed it.',
      cid: pin.cid,
      size: pin.size,
      status: 'DONE',
      name: 'release-1',
      pinnedAtMs: Date.parse(pin.date_pinned),
      reason: '',
      attempts: 3,
      httpStatus: 200,
      durationMs: 12,
      afterLostAnswer: true,
      timeUsedUp: false,
      stop: null,
      record: { ...pin },
    })
  })

  test('in whatever case the service writes the `id`, and whatever it says of `pinned`', () => {
    for (const data of [
      { id: pin.id.toUpperCase() },
      { id: pin.id, pinned: true },
      { id: pin.id, pinned: false },
    ]) {
      expect(judgeAnswer(200, json({ status: 'success', data })).result).toBe('unpinned')
    }
  })

  test('by nothing else, whatever is answered', () => {
    const id = fc.oneof(fc.constantFrom<unknown>(pin.id, other.id, null, ''), fc.jsonValue())
    const data = fc.oneof(fc.record({ id, cid: fc.string() }), fc.jsonValue())
    const envelope = fc.record(
      { status: fc.oneof(fc.constantFrom<unknown>('success', 'error', 'Success', 1), fc.jsonValue()), data },
      { requiredKeys: [] },
    )
    const body = fc.oneof<fc.Arbitrary<Body>[]>(
      envelope.map(json),
      fc.constant(HTML),
      fc.dictionary(fc.string(), fc.jsonValue()).map(json),
    )
    const reply = fc.record({
      ending: fc.constantFrom('answered', 'refused', 'time-used-up', 'told-to-wait', 'interrupted'),
      status: fc.oneof(fc.constantFrom(200, 200, 201, 204, 404, 500), fc.integer({ min: 100, max: 599 })),
      attempts: fc.nat(9),
      lostAnswer: fc.boolean(),
      why: fc.string(),
    })
    fc.assert(
      fc.property(reply, body, (reply, body) => {
        const { ending, status } = reply
        const outcome = judge({
          ...reply,
          answer: ending === 'answered' ? answerOf(status, body) : null,
        })
        const envelope = 'object' in body ? body.object : {}
        const record = envelope['data'] as { id?: unknown } | null | undefined
        const proven =
          ending === 'answered' && status === 200 && envelope['status'] === 'success' && record?.id === pin.id
        expect(outcome.result === 'unpinned').toBe(proven)
        expect(outcome.record !== null).toBe(proven)
        expect(outcome.message).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})

describe('a pin is `missing`', () => {
  test.each([
    [404, {}],
    [410, { message: 'gone' }],
    [404, { status: 'error', message: 'record not found' }],
    [400, { message: 'record not found' }],
    [500, { message: 'record not found' }],
  ])('by %i with %j', (status, object) => {
    expect(judgeAnswer(status, json(object))).toMatchObject({
      result: 'missing',
      afterLostAnswer: false,
      message: expect.stringContaining('removed before, or it belongs to another account'),
    })
  })

  test('probably by this run itself, after an answer that was lost', () => {
    expect(judgeAnswer(404, json({}), { lostAnswer: true })).toMatchObject({
      result: 'missing',
      afterLostAnswer: true,
      message: expect.stringContaining('probably the work of an earlier attempt'),
    })
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
  ])('not by %i with %j', (status, body) => {
    expect(saysMissing(answerOf(status, body))).toBe(false)
    expect(judgeAnswer(status, body).result).not.toBe('missing')
  })
})

describe('a pin is `failed`', () => {
  test.each([404, 410])('by a %i that is not the service’s own, and `api-url` is named', (status) => {
    expect(judgeAnswer(status, HTML)).toMatchObject({
      result: 'failed',
      stop: null,
      message: expect.stringMatching(/HTML or XML.*Check `api-url`/),
    })
  })

  test('by a 401, and no other pin is worth trying', () => {
    expect(judgeAnswer(401, json({ message: 'You are not logged in' }))).toMatchObject({
      result: 'failed',
      stop: 'unauthorized',
      message: expect.stringMatching(/`pinning-api-key` and `pinning-secret-key`.*"You are not logged in"/),
    })
  })

  test('by a 403, and the scope that is needed is named', () => {
    expect(judgeAnswer(403, HTML)).toMatchObject({
      result: 'failed',
      stop: 'forbidden',
      message: expect.stringContaining('scope `pinning.unpin`'),
    })
  })

  test.each([300, 304, 400, 405, 409, 422, 499])('by %i', (status) => {
    expect(judgeAnswer(status, json({ message: 'no' }))).toMatchObject({
      result: 'failed',
      message: `Not unpinned: the service refused it. The answer was HTTP ${status}, "no".`,
    })
  })

  test('by an envelope that does not say `success`', () => {
    expect(judgeAnswer(200, json({ status: 'error', message: 'locked' })).message).toMatch(
      '"error": "locked".',
    )
    expect(judgeAnswer(200, json({ status: 'failed', data: { ...pin } }))).toMatchObject({
      result: 'failed',
      message: 'Not unpinned: the service answered HTTP 200 with the status "failed".',
      cid: null,
      record: null,
    })
  })

  test('by the record of another pin', () => {
    expect(judgeAnswer(200, json({ status: 'success', data: { ...other } }))).toMatchObject({
      result: 'failed',
      message: expect.stringMatching(
        /^The service answered with the record of another pin, .*The other pin is "/,
      ),
      cid: null,
    })
  })

  test('by a server that must not be talked to', () => {
    const why = "the server's certificate does not verify (expired)"
    expect(judge({ ending: 'refused', why })).toMatchObject({
      result: 'failed',
      message: `Not unpinned: ${why}. Check \`api-url\`; for a private certificate authority set NODE_EXTRA_CA_CERTS on the runner.`,
    })
    expect(judge({ ending: 'refused', why: 'a redirect', status: 302 }).message).toBe(
      'Not unpinned: a redirect. Check `api-url`.',
    )
  })

  test('and where an earlier answer was lost, the message says that the pin may be gone all the same', () => {
    for (const outcome of [
      judgeAnswer(404, HTML, { lostAnswer: true }),
      judgeAnswer(401, HTML, { lostAnswer: true }),
      judgeAnswer(403, HTML, { lostAnswer: true }),
      judgeAnswer(400, HTML, { lostAnswer: true }),
      judgeAnswer(200, json({ status: 'error' }), { lostAnswer: true }),
      judgeAnswer(200, json({ status: 'success', data: { ...other } }), { lostAnswer: true }),
      judge({ ending: 'refused', why: 'x', lostAnswer: true }),
    ]) {
      expect(outcome).toMatchObject({
        result: 'failed',
        message: expect.stringContaining('may be gone all the same'),
      })
    }
  })
})

describe('a pin is `unconfirmed`', () => {
  test.each([201, 202, 204, 206, 299])('by %i', (status) => {
    expect(judgeAnswer(status, json({ status: 'success', data: { ...pin } }))).toMatchObject({
      result: 'unconfirmed',
      message: expect.stringContaining(`HTTP ${status}`),
    })
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
  ])('by a 200 that is not the documented answer: %j', (object) => {
    expect(judgeAnswer(200, json(object))).toMatchObject({ result: 'unconfirmed', record: null, cid: null })
  })
})

describe('when no answer is final', () => {
  test.each([
    [false, 'failed', 'Nothing says that the pin was removed.'],
    [true, 'unconfirmed', 'whether the pin is gone is not known'],
  ] as const)('an answer lost or not (%p) decides: %s', (lostAnswer, result, words) => {
    const usedUp = judge({ ending: 'time-used-up', lostAnswer, attempts: 4, why: 'HTTP 502' })
    expect(usedUp).toMatchObject({ result, timeUsedUp: true, stop: null })
    expect(usedUp.message).toMatch('120 s of `timeout-seconds`, in 4 attempts.')
    const told = judge({ ending: 'told-to-wait', lostAnswer, why: 'HTTP 429' })
    expect(told).toMatchObject({ result, timeUsedUp: false, stop: 'told-to-wait' })
    const stopped = judge({ ending: 'interrupted', lostAnswer, why: '' })
    expect(stopped).toMatchObject({ result, timeUsedUp: false, stop: null })
    for (const { message } of [usedUp, told]) expect(message).toMatch(words)
    expect(told.message).toMatch(/Last: HTTP 429\.$/)
  })

  test('one attempt is called one attempt', () => {
    expect(judge({ ending: 'time-used-up' }).message).toMatch(/in 1 attempt\. .*reported as `missing`\.$/)
  })

  test('a pin for which nothing was sent is `not-attempted`', () => {
    expect(judge({ ending: 'interrupted', attempts: 0 })).toMatchObject({
      result: 'not-attempted',
      message: 'Not attempted: the run was stopped first.',
    })
    expect(judge({ ending: 'answered', answer: null })).toMatchObject({ result: 'not-attempted' })
    // Held back from its first request on; nothing says that the service is down, and nobody has lost an answer.
    expect(judge({ ending: 'interrupted', attempts: 0, why: 'every request was held back' })).toMatchObject({
      result: 'not-attempted',
      message: 'Not attempted: every request was held back.',
      timeUsedUp: false,
      stop: null,
      afterLostAnswer: false,
    })
  })

  test('a pin whose record took all of its time to read has failed: its DELETE was never sent', () => {
    expect(judge({ ending: 'time-used-up', attempts: 0, why: 'too little time was left' })).toMatchObject({
      result: 'failed',
      message: expect.stringContaining('Last: too little time was left.'),
      timeUsedUp: true,
    })
  })
})
