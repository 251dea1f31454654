import { describe, expect, test } from '@jest/globals'
import { judgeReading, judgeVerified } from '../../../src/client/judge-reading.ts'
import type { Body } from '../../../src/http/body.ts'
import type { Reply } from '../../../src/http/origin.ts'
import { NOTHING_KNOWN } from '../../../src/record.ts'
import type { JsonObject, PinOutcome } from '../../../src/types.ts'
import { makePin } from '../../../testing/service/index.ts'
import * as reply from '../../support/reply.ts'

const pin = makePin({}, 1)

/** Attempts and a lost answer at a reading must not be taken for those of a DELETE. */
const READ = { attempts: 2, lostAnswer: true }
const replyOf = (rest: Partial<Reply>): Reply => reply.replyOf({ ...READ, ...rest })
const answered = (status: number, body: Body): Reply => reply.answered(status, body, READ)
const object = (value: JsonObject): Body => ({ object: value })
const recordOf = (record: unknown): Reply => answered(200, object({ status: 'success', data: record }))
const HTML: Body = { problem: 'HTML or XML in place of JSON' }

const reading = (reply: Reply) => judgeReading(pin.id, reply, 120)

describe('a record is read', () => {
  test.each([pin.id, pin.id.toUpperCase()])('by a 200 with the envelope and the same `id`: %s', (id) => {
    expect(reading(recordOf({ ...pin, id }))).toMatchObject({ record: { ...pin, id } })
  })

  test('and where it is missing, the pin is, as for an unpin; a lost answer to a reading explains nothing', () => {
    for (const reply of [
      answered(404, object({})),
      answered(410, object({})),
      answered(500, object({ message: 'record not found' })),
    ]) {
      expect(reading(reply)).toMatchObject({
        outcome: { result: 'missing', attempts: 0, afterLostAnswer: false, record: null },
      })
    }
  })

  test.each<[string, Reply, Partial<PinOutcome>, RegExp]>([
    ['another record', recordOf(makePin({}, 2)), {}, /not the documented one/],
    ['no record', recordOf(null), {}, /not the documented one/],
    ['a record whose ID is no text', recordOf({ ...pin, id: 7 }), {}, /not the documented one/],
    ['a record whose ID is a list', recordOf({ ...pin, id: [pin.id] }), {}, /not the documented one/],
    [
      'no success',
      answered(200, object({ status: 'error', data: { ...pin } })),
      {},
      /not the documented one/,
    ],
    ['201', answered(201, object({ status: 'success', data: { ...pin } })), {}, /HTTP 201/],
    ['a 404 of something else', answered(404, HTML), {}, /HTTP 404 with HTML.*Check `api-url`/],
    ['401', answered(401, object({})), { stop: 'unauthorized' }, /refused the key pair/],
    ['403', answered(403, object({})), { stop: 'forbidden' }, /`data\.pin_list`/],
    [
      'no time left',
      replyOf({ ending: 'time-used-up', why: 'HTTP 503' }),
      { timeUsedUp: true },
      /within the 120 s.*HTTP 503/,
    ],
    [
      'a long wait',
      replyOf({ ending: 'told-to-wait', status: 429 }),
      { stop: 'told-to-wait' },
      /longer wait/,
    ],
    [
      'a refusal',
      replyOf({ ending: 'refused', why: 'a redirect', status: 302 }),
      {},
      /a redirect\. Check `api-url`/,
    ],
  ])('and after %s nothing is removed', (_, reply, expected, message) => {
    expect(reading(reply)).toMatchObject({
      outcome: {
        pinId: pin.id,
        result: 'failed',
        stop: null,
        timeUsedUp: false,
        attempts: 0,
        afterLostAnswer: false,
        message: expect.stringMatching(message),
        ...expected,
      },
    })
  })

  test('and after a stop the pin was not attempted', () => {
    expect(reading(replyOf({ ending: 'interrupted' }))).toMatchObject({
      outcome: { result: 'not-attempted', message: 'Not attempted: the run was stopped first.' },
    })
  })
})

const unpinned: PinOutcome = {
  ...NOTHING_KNOWN,
  pinId: pin.id,
  cid: pin.cid,
  result: 'unpinned',
  reason: 'matched',
  attempts: 3,
  httpStatus: 200,
  durationMs: 1,
  message: 'Unpinned.',
  afterLostAnswer: true,
  timeUsedUp: false,
  stop: null,
  record: { ...pin },
}
const verified = (reply: Reply): PinOutcome => judgeVerified(unpinned, reply, 120)

describe('a pin that is read again after its DELETE', () => {
  test('is said to be still there only where it was seen', () => {
    expect(verified(recordOf({ ...pin })).message).toMatch(
      /it is still there\. .*look it up in the AIOZ Pin dashboard/,
    )
    expect(verified(answered(404, HTML)).message).not.toMatch('still there')
  })

  test.each<[string, Reply]>([
    ['missing', answered(404, object({}))],
    ['`record not found`', answered(500, object({ message: 'record not found' }))],
    ['`pinned: false`', recordOf({ ...pin, pinned: false })],
  ])('is unpinned if it is %s', (_, reply) => {
    expect(verified(reply)).toEqual({
      ...unpinned,
      durationMs: 12,
      message: expect.stringMatching(/gone when read again/),
    })
  })

  test.each<[string, Reply]>([
    ['`pinned: true`', recordOf({ ...pin })],
    ['`pinned` as text', recordOf({ ...pin, pinned: 'false' })],
    ['`pinned: null`', recordOf({ ...pin, pinned: null })],
    ['no `pinned`', recordOf({ id: pin.id })],
    ['another pin’s record', recordOf(makePin({ pinned: false }, 2))],
    ['no success', answered(200, object({ status: 'error', data: { ...pin, pinned: false } }))],
    ['a 404 of something else', answered(404, HTML)],
    ['401', answered(401, object({}))],
    ['403', answered(403, object({ message: 'record not found' }))],
    ['no time left', replyOf({ ending: 'time-used-up' })],
    ['a long wait', replyOf({ ending: 'told-to-wait' })],
    ['a stop', replyOf({ ending: 'interrupted' })],
    ['a refusal', replyOf({ ending: 'refused', why: 'a redirect' })],
  ])('is unconfirmed after %s, and all that is known of it stays', (_, reply) => {
    expect(verified(reply)).toMatchObject({
      result: 'unconfirmed',
      cid: pin.cid,
      attempts: 3,
      reason: 'matched',
      record: { ...pin },
      message: expect.stringMatching(
        /^The service confirmed the unpin, but .*read again.*Run the step again/,
      ),
    })
  })
})
