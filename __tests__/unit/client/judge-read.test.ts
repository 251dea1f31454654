import { describe, expect, test } from '@jest/globals'
import { judgeRead, judgeVerified } from '../../../src/client/judge-read.ts'
import type { RequestResult } from '../../../src/http/origin-client.ts'
import type { PinOutcome } from '../../../src/pin/outcome.ts'
import { makePin } from '../../../testing/service/index.ts'
import { makeOutcome, recordOf } from '../../support/outcome.ts'
import { answered, HTML, json, resultOf } from '../../support/reply.ts'

const pin = makePin({}, 1)
const NOT_FOUND = { message: 'record not found' }
const UNPINNED = { pinned: false, status: 'unpinNormally', date_unpinned: '2024-05-06T07:08:09Z' }

const recordIn = (data: unknown, status = 200): RequestResult =>
  // Attempts and a lost answer of a read must not be taken for those of a DELETE.
  answered(status, json({ status: 'success', data }), { attempts: 2, lostAnswer: true })

const NO_SUCCESS = answered(200, json({ status: 'error', data: { ...pin } }))
const redirect = resultOf({ kind: 'refused', refusal: { kind: 'redirect', problem: 'a redirect' } })
const usedUp = resultOf({ kind: 'time-used-up', last: 'HTTP 503' })
const told = resultOf({ kind: 'told-to-wait', askedMs: 3_600_000, last: 'HTTP 429' })
const stopped = resultOf({ kind: 'interrupted', last: '' })
const heldBack = resultOf({ kind: 'held-back' })

/** The results of a request that hold neither the record of the pin nor say that it is missing. */
const UNREAD: [string, RequestResult, PinOutcome['finding'], RegExp][] = [
  ['another record', recordIn(makePin(UNPINNED, 2)), 'none', /not the documented one/],
  ['no record', recordIn(null), 'none', /not the documented one/],
  ['a record whose ID is a list', recordIn({ ...pin, id: [pin.id] }), 'none', /not the documented one/],
  ['no success', NO_SUCCESS, 'none', /not the documented one/],
  ['HTTP 201', recordIn({ ...pin }, 201), 'none', /HTTP 201/],
  ['HTML and HTTP 404', answered(404, HTML), 'none', /HTTP 404 with HTML.*Check `api-url`/],
  ['HTTP 401', answered(401), 'unauthorized', /refused the key pair/],
  ['HTTP 403', answered(403, json({ message: 'record not found' })), 'forbidden', /`data\.pin_list`/],
  ['no time left', usedUp, 'time-used-up', /within the 120 s.*HTTP 503/],
  ['a long wait', told, 'told-to-wait', /asked for 3600 s \(1 h\), which is too long for the 120 s/],
  ['a redirect', redirect, 'none', /a redirect\. Check `api-url`/],
]

describe('a record that is read', () => {
  const judge = (result: RequestResult) => judgeRead(pin.id, result, 120)

  test.each([pin.id, pin.id.toUpperCase()])('is that of the pin if it has its `id`: %s', (id) => {
    const record = recordOf({ id })
    expect(judge(recordIn({ ...pin, id }))).toEqual({ kind: 'record', record, durationMs: 12 })
  })

  test.each<[RequestResult, PinOutcome['finding']]>([
    [answered(404, json({ message: 'no route' })), 'service-doubted'],
    [answered(410), 'service-doubted'],
    [answered(404, json(NOT_FOUND)), 'service-proven'],
    [answered(500, json(NOT_FOUND), { lostAnswer: true }), 'service-proven'],
  ])('may be missing: %j', (result, finding) => {
    const outcome = { result: 'missing', attempts: 0, lostAnswer: false, record: null, finding }
    expect(judge(result)).toMatchObject({ kind: 'ended', outcome })
  })

  test('says itself that the pin is already unpinned, and since when', () => {
    const message =
      'This pin is already unpinned: its record says that it was unpinned on 2024-05-06T07:08:09.000Z.'
    const outcome = { result: 'missing', message, finding: 'service-proven', record: recordOf(UNPINNED) }
    expect(judge(recordIn({ ...pin, ...UNPINNED }))).toMatchObject({ kind: 'ended', outcome })
    expect(judge(recordIn({ ...pin, pinned: false, status: 'RETRIEVAL' }))).toMatchObject({ kind: 'record' })
  })

  test.each(UNREAD)('is not there after %s, and nothing is removed', (_, result, finding, message) => {
    const unread = { pinId: pin.id, result: 'failed', finding, attempts: 0, lostAnswer: false }
    const outcome = { ...unread, message: expect.stringMatching(message) }
    expect(judge(result)).toMatchObject({ kind: 'ended', outcome })
  })

  test.each([
    [stopped, 'Not attempted: the run was stopped first.'],
    [heldBack, 'Not attempted: the service asked every request to wait for longer than `timeout-seconds`.'],
  ])('was not asked for: %j', (result, message) =>
    expect(judge(result)).toMatchObject({ kind: 'ended', outcome: { result: 'not-attempted', message } }),
  )
})

describe('a pin that is read again after its DELETE', () => {
  const unpinned = makeOutcome({ pinId: pin.id, attempts: 3, lostAnswer: true, reason: 'matched' })
  const judge = (result: RequestResult) => judgeVerified(unpinned, result, 120)

  const GONE = /the pin is gone when read again/
  const STILL_THERE = /still there when read again.*look it up in the AIOZ Pin dashboard/

  test.each<[string, RequestResult, PinOutcome['result'], RegExp]>([
    ['HTTP 404', answered(404), 'unpinned', GONE],
    ['HTTP 500 and `record not found`', answered(500, json(NOT_FOUND)), 'unpinned', GONE],
    ['`pinned: false`', recordIn({ ...pin, pinned: false }), 'unpinned', GONE],
    ['`pinned: false` since a date', recordIn({ ...pin, ...UNPINNED }), 'unpinned', GONE],
    ['`pinned: true`', recordIn({ ...pin }), 'unconfirmed', STILL_THERE],
    ['`pinned` as a text', recordIn({ ...pin, pinned: 'false' }), 'unconfirmed', STILL_THERE],
    ['no `pinned`', recordIn({ id: pin.id }), 'unconfirmed', STILL_THERE],
  ])('with %s as the answer is %s', (_, answer, result, words) => {
    const message = expect.stringMatching(words)
    expect(judge(answer)).toEqual({ ...unpinned, durationMs: 12, result, message })
  })

  test.each([
    ...UNREAD,
    ['a stop', stopped, 'none', /stopped first/] as const,
    ['a hold', heldBack, 'none', /wait/] as const,
  ])('is unconfirmed after %s, and what is known of it stays', (_, result, finding, words) => {
    const { attempts, reason, record, lostAnswer } = unpinned
    const { message, ...rest } = judge(result)
    expect(rest).toMatchObject({ result: 'unconfirmed', finding, attempts, reason, record, lostAnswer })
    expect(message).toMatch(/^The service confirmed the unpin, but the pin must be read again, and /)
    expect(message).toMatch(words)
  })
})
