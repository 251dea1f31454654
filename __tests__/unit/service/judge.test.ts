import { describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/http/client.ts'
import type { JsonObject } from '../../../src/json.ts'
import { judgeRead, judgeUnpin, saysMissing, stopSignOf } from '../../../src/service/judge.ts'
import { makePin } from '../../../testing/service/index.ts'
import { recordOf } from '../../support/outcome.ts'
import { answered, HTML, json, replyOf, responseOf } from '../../support/reply.ts'

const pin = makePin({}, 1)
const other = makePin({}, 2)
const NOT_FOUND = { status: 'error', message: 'record not found' }
const LOST = { lostAnswer: true, attempts: 2 }
const judge = (reply: Reply) => judgeUnpin(pin.id, reply, 120_000)
const success = (data: unknown, facts = {}): Reply => answered(200, json({ status: 'success', data }), facts)

const redirect = replyOf({ end: 'refused', trouble: { kind: 'redirect', why: 'x' } })
const outOfTime = replyOf({ end: 'out-of-time', trouble: { kind: 'network', why: 'x' }, askedMs: null })
const told = replyOf({ end: 'out-of-time', trouble: null, askedMs: 3_600_000 })
const interrupted = replyOf({ end: 'interrupted', trouble: null })

test('a pin is unpinned after 200, a JSON object, `success` and the same `id` in any letter case', () => {
  const facts = { attempts: 3, httpStatus: 200, durationMs: 12, lostAnswer: true }
  const outcome = { pinId: pin.id, result: 'unpinned', reason: '', stops: null, record: recordOf(), ...facts }
  expect(judge(success({ ...pin }, facts))).toEqual({ ...outcome, message: 'Unpinned: the service confirmed it.' })
  expect(judge(success({ id: pin.id.toUpperCase() }))).toMatchObject({ pinId: pin.id, result: 'unpinned' })
})

const said = (texts: string, status = 404) =>
  texts
    .split('|')
    .map((message) => responseOf(status, json({ message: message.replace('UUID', pin.id).replace('OTHER', other.id) })))

test.each([
  ...[400, 409, 422, 500, 503].flatMap((status) => said('record not found|load pin: record not found', status)),
  ...said('unpin for user 12: record not found|get user pin: record not found|key pins = record not found', 500),
  ...said('code = Unknown desc = record not found| Record  Not\tFound\n', 500),
  ...[NOT_FOUND, { message: 'record not found' }].map((object) => responseOf(200, json(object))),
  ...said('Pin not found|The pin does not exist.|Pin UUID not found|pin "UUID" does not exist', 410),
  ...said('This pin record was not found|pin UUID is not found|Pin ID is invalid|pin id (UUID): invalid'),
  ...said(
    'no such pin UUID|Unknown pin ID: UUID|no such pin exists|no such pin in this account|no such pin|No such pin record|unknown pin ID|invalid pin id or key ID|pin id not found',
  ),
])('a pin is missing by the words of the service: %j', (response) => {
  expect(saysMissing(response, pin.id)).toBe(true)
  const reply = replyOf({ end: 'answered', response })
  const message =
    'The service does not have this pin: it was removed before, or it belongs to another account. If it should exist, check its ID and the key pair.'
  expect(judge(reply)).toMatchObject({ result: 'missing', message, stops: null })
  const lost = { result: 'missing', message: expect.stringMatching(/attempt whose answer was lost/) }
  expect(judge({ ...reply, ...LOST })).toMatchObject(lost)
})

test.each([
  ...[401, 403, 303, 399, 201].flatMap((status) => said('record not found', status)),
  ...[{ data: pin }, { data: [null, pin] }, { status: 'success' }].map((object) =>
    responseOf(200, json({ ...NOT_FOUND, ...object })),
  ),
  ...[HTML, json({}), json({ message: ['pin not found'] })].map((body) => responseOf(404, body)),
  ...said(
    'get user: record not found|api key: record not found|Token = record not found|load account 7: record not found',
    500,
  ),
  ...said(
    'get pin: user: record not found|pinning_api_key: record not found|UUID, OTHER: record not found|user_id 7: record not found|apikey: record not found|userProfile = record not found',
    500,
  ),
  ...said(
    'failed to resolve host: record not found|service discovery: record not found|billing: record not found',
    503,
  ),
  ...said('unknown pin type|No such pin endpoint|Pin does not exist yet, it is still queued'),
  ...said('pin not found|invalid pin id|no such pin|record not found.|xrecord not found|record not found: 7', 400),
  ...said('Not Found|no Route matched with those values|Page not found|id not found|The record was not found|no'),
  ...said('Unknown pinning endpoint|No such pin-service|pin/x not found|Route for pin not found|a pin not found'),
  ...said(
    'pin 7 not found|pin invalid|no pin|pins not found|Application not found|pin not foundation|pin OTHER not found',
  ),
])('a pin is not missing by the words of others: %j', (response) => expect(saysMissing(response, pin.id)).toBe(false))

/** Answers with 200 that may follow an effect. */
const OTHER_200 = (
  '{}|{"status":"success"}|{"status":"success","message":"record not found"}|PIN|{"status":1,"data":PIN}|' +
  '{"status":"error","data":PIN}|{"status":"no","data":[PIN]}|{"status":"partial","data":{"pins":[{"pin":PIN}]}}|{"status":"success","data":[PIN]}|' +
  '{"status":"success","data":OTHER}|{"status":"success","data":{"id":["x"]}}'
)
  .replaceAll('PIN', JSON.stringify(pin))
  .replaceAll('OTHER', JSON.stringify(other))
  .split('|')
  .map((text) => answered(200, json(JSON.parse(text) as JsonObject)))

const GONE = 'It is not known whether the pin is gone: '
test.each<[start: string, result: string, replies: Reply[]]>([
  [GONE, 'unconfirmed', OTHER_200],
  [GONE, 'unconfirmed', [201, 204, 299, 303].map((status) => answered(status, HTML))],
  [GONE, 'unconfirmed', [answered(201, json({ status: 'success', data: pin }))]],
  ['Not unpinned: ', 'failed', [answered(200, json({ status: 'error', message: 'no', data: [null] }))]],
  ['Not unpinned: ', 'failed', [300, 304, 400, 401, 403, 404, 409].map((status) => answered(status))],
  ['Not unpinned: ', 'failed', [redirect, outOfTime, told, interrupted]],
  ['Not attempted: ', 'not-attempted', [interrupted, told].map((reply) => ({ ...reply, attempts: 0 }))],
])('"%s…": a pin is %s, and unconfirmed if an answer was lost before: %#', (start, result, replies) => {
  for (const reply of replies) {
    const message = expect.stringMatching(new RegExp(`^${start}\\w.*\\. [A-Z\`].*\\.$`))
    const facts = { pinId: pin.id, record: null, durationMs: 12 }
    expect(judge(reply)).toMatchObject({ ...facts, result, message, attempts: reply.attempts })
    const unsure = judge({ ...reply, ...LOST })
    expect(unsure).toMatchObject({ ...facts, ...LOST, result: 'unconfirmed' })
    expect(unsure.message).toMatch(/ gone: an answer was lost\. The last known cause: .*[Rr]un the step again/)
    expect(judge({ ...reply, lostAnswer: true }).message).toMatch(/ gone: (?!an answer was lost)/)
  }
  expect(judge(success({ ...other })).message).toMatch(`another pin, ${other.id}. Look up both`)
})

describe('a pin that is read', () => {
  const read = (reply: Reply) => judgeRead(pin.id, { ...reply, lostAnswer: true }, 120_000)

  test('has a record, unless that says that the pin was unpinned', () => {
    const record = recordOf({ pinned: false })
    expect(read(success({ ...pin, pinned: false }))).toEqual({ kind: 'record', record })
    const gone = { pinned: false, status: 'unpinNormally', date_unpinned: '2024-05-06T07:08:09Z' }
    const message = expect.stringMatching(/^This pin is already unpinned: .* on 2024-05-06 07:08 UTC\.$/)
    const outcome = { result: 'missing', record: recordOf(gone), message, attempts: 0, lostAnswer: false, stops: null }
    expect(read(success({ ...pin, ...gone }))).toMatchObject({ kind: 'ended', outcome })
    const undated = { outcome: { message: expect.stringMatching(/it was unpinned\.$/) } }
    expect(read(success({ ...pin, ...gone, date_unpinned: null }))).toMatchObject(undated)
  })

  test.each<[string, Reply, words: RegExp]>([
    ['missing', answered(500, json(NOT_FOUND)), /does not have this pin/],
    ['failed', success({ ...other }), /read first, but .*the record of another pin, .*Look up both/],
    ['failed', answered(403), /`data\.pin_list`/],
    ['failed', outOfTime, /within 120 s/],
    ['failed', interrupted, /stopped/],
    ['not-attempted', { ...interrupted, attempts: 0 }, /^Not attempted: .*stopped/],
  ])('ends as %s, and no answer to a `DELETE` is lost: %#', (result, reply, words) => {
    const message = expect.stringMatching(words)
    const outcome = { pinId: pin.id, result, message, attempts: 0, lostAnswer: false, record: null }
    expect(read(reply)).toMatchObject({ kind: 'ended', outcome, cause: expect.stringMatching(/\. .*\.$/) })
  })
})

test.each<[sign: string | null, replies: Reply[]]>([
  ['unauthorized', [answered(401, HTML)]],
  ['forbidden', [answered(403)]],
  ['told-to-wait', [told]],
  ['unanswered', [redirect, outOfTime, ...[404, 410].map((status) => answered(status, json({ message: 'No route' })))]],
  ['unanswered', [200, 403, 404].map((status) => answered(status, HTML))],
  ['unanswered', [200, 303, 400, 409].flatMap((status) => [answered(status), answered(status, json({ ok: true }))])],
  [
    'unanswered',
    [json({ message: 'Hello' }), json({ status: 'ok' }), json({ data: pin })].map((body) => answered(200, body)),
  ],
  [null, [200, 303, 400, 409].map((status) => answered(status, json({ status: 'error', message: 'No' })))],
  [null, [success({}), success({ ...other }), answered(400, json({ message: 'No' }))]],
  [null, [answered(403, json({ message: 'too new' })), interrupted]],
])('the sign %p for the run follows from each of these replies: %#', (sign, replies) => {
  for (const reply of replies)
    expect([stopSignOf(reply), judge(reply).stops, judge({ ...reply, ...LOST }).stops]).toEqual([sign, sign, sign])
})
