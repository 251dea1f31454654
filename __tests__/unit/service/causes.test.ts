import { expect, test } from '@jest/globals'
import type { Reply, Trouble } from '../../../src/http/client.ts'
import { causeOf, speaksOfRights } from '../../../src/service/causes.ts'
import { answered, HTML, json, replyOf, responseOf } from '../../support/reply.ts'

const said = (status: number, message: unknown): Reply => answered(status, json({ message }))
const refused = (kind: Exclude<Trouble['kind'], 'answer'>): Reply =>
  replyOf({ end: 'refused', trouble: { kind, why: 'so it was' } })
const late = (trouble: Trouble | null, askedMs: number | null = null): Reply =>
  replyOf({ end: 'out-of-time', trouble, askedMs }, { attempts: 4 })
const busy: Trouble = { kind: 'answer', why: 'so it was', response: responseOf(502, HTML) }

const HOST = /^Check `api-url`: it must name the host where the keys were made\./
const LATER = /again later/

type Row = [string, Reply, why: RegExp, todo: RegExp]

test.each<Row>([
  ['401', said(401, 'no'), /refused the key pair \(HTTP 401, "no"\)$/, /one pair.*`api-url`.*quotes.*`NAME=`/],
  ['401 in HTML', answered(401, HTML), /\(HTTP 401 with HTML instead of JSON: "Sign in"\)$/, /one pair/],
  ['401 without words', answered(401, { ...HTML, begins: '' }), /\(HTTP 401 with HTML instead of JSON\)$/, /one pair/],
  ...[7, ''].map((text) => [`401 with ${text}`, said(401, text), /\(HTTP 401\)$/, /one pair/] as Row),
  ['a firewall', answered(403, HTML), /firewall or another server .*"Sign in"/, /firewall.*`api-url`/],
  ['no right', said(403, 'forbidden'), /not allowed to unpin pins \(HTTP 403, "forb/, /scope `pinning\.unpin`/],
  ['another 403', said(403, 'too new'), /refused the request \(HTTP 403, "too new"\)$/, /answer/],
  ['HTML', answered(200, HTML), /^the answer is not the service's JSON \(HTTP 200 .*"Sign in"\)$/, HOST],
  ['HTML of a 502', late(busy), /service's JSON \(HTTP 502 .*; there was no usable/, /later.* Check `api-url`/],
  ...[404, 410].map(
    (status) =>
      [`${status}`, said(status, 'no route'), /this is not a known answer of AIOZ Pin .*"no route"/, HOST] as Row,
  ),
  ...[408, 425, 500].map((status) => [`${status}`, said(status, 'x'), /could not handle .*"x"/, LATER] as Row),
  ['too many', said(429, 'x'), /too many requests \(HTTP 429, "x"\)/, /lower `requests-per-minute`\.$/],
  ['an envelope', answered(200, json({ status: 'error', message: 'x' })), /status "error" .*"x"/, /answer/],
  ['no record', answered(200, json({ status: 'success' })), /JSON, but not the documented one/, HOST],
  ['other JSON', answered(200, json({ status: 7 })), /JSON, but not the documented one/, HOST],
  ['another 2xx', answered(201, json({ status: 'error' })), /JSON, but not the documented one/, HOST],
  ['a refusal', said(300, 'balance'), /refused the request \(HTTP 300, "balance"\)$/, /answer/],
  ...[
    { error: 'x' },
    { message: ' ', errors: [{ detail: 'x' }] },
    { status: 'no', data: 'x' },
    { error: 'y', message: 'x' },
  ].map(
    (fields) =>
      [`the text in ${JSON.stringify(fields)}`, answered(400, json(fields)), /\(HTTP 400, "x"\)$/, /answer/] as Row,
  ),
  [
    'many texts',
    answered(400, json({ errors: [{ a: 'x' }, [['y']], [[[['z']]]]] })),
    /\(HTTP 400, "x; y"\)$/,
    /answer/,
  ],
  ['a record is no text', answered(400, json({ data: { id: 'x' }, id: 'x' })), /\(HTTP 400\)$/, /answer/],
  ['a stop', replyOf({ end: 'interrupted', trouble: null }), /^the run was stopped/, /^Run the step again\.$/],
  [
    'a stop after an answer',
    replyOf({ end: 'interrupted', trouble: busy }),
    /"Sign in"\); then the run was stopped$/,
    LATER,
  ],
  [
    'no answer',
    late({ kind: 'lost', why: 'so it was' }),
    /^so it was; .* in 4 attempts$/,
    /again later\..* Check `api-url`/,
  ],
  ['no time', late(null), /^there was no time left within 120 s \(`timeout-seconds`\)$/, LATER],
  ['a short wait', late(null, 58_001), /a wait of 59 s, which/, LATER],
  ['a wait', late(busy, 59_001), /wait of 60 s \(1 min\) \(so it was\), which is too long for 120 s/, LATER],
  ['a wait for good', late(null, 1e12), /a wait of over 30 years, which/, /^Run the step again later\.$/],
  ['a wait of others', late(null, 3_600_000), /a wait of 3600 s \(1 h\), which/, /later\.$/],
  ['no way', late({ kind: 'network', why: 'so it was' }), /^so it was; .*/, /reach the host\. Check `api-url`/],
  ['a name', refused('name'), /^so it was$/, /^Check `api-url`.*names/],
  ['a certificate', refused('certificate'), /certificate .*\(so it was\)/, /^Check `api-url`.*NODE_EXTRA_CA_CERTS/],
  ['a tunnel', refused('tunnel'), /^so it was$/, /proxy variable.*password/],
  ['a proxy', refused('proxy'), /^so it was$/, /proxy variable.*runs/],
  ['no permission', refused('denied'), /^so it was$/, /--allow-net/],
  ['a redirect', refused('redirect'), /^so it was$/, /not followed. Check `api-url`/],
  ['a key in the URL', refused('key-in-url'), /^so it was$/, /mixed up/],
])('the message has the cause and the advice after: %s', (_, reply, why, todo) => {
  const cause = { why: expect.stringMatching(why), todo: expect.stringMatching(todo) }
  expect(causeOf(reply, 'unpin', 120_000)).toEqual(cause)
})

test('the scope is that of what was asked for', () => {
  const todo = 'Give the key the scope `data.pin_list`.'
  expect(causeOf(said(403, ''), 'read', 1000)).toEqual({ why: expect.stringMatching(/to read pins/), todo })
})

const OF_RIGHTS =
  'missing scope|No permission|not permitted|insufficient rights|privilege|Forbidden|access denied|You are not allowed to|' +
  'unauthorized|not authorised|| '
const OF_SOMETHING_ELSE =
  'cannot be deleted because it was created less than 5 minutes ago|microscope|righteous|deniedly'
test('a 403 speaks of rights by its words, or without a text', () => {
  const speaks = (message: unknown) => speaksOfRights(responseOf(403, json({ message })))
  expect([...OF_RIGHTS.split('|'), null, 7].filter((text) => !speaks(text))).toEqual([])
  expect(OF_SOMETHING_ELSE.split('|').filter(speaks)).toEqual([])
  const inOthers = ['ACCESS_DENIED', 'IP not known'].map((error) => speaksOfRights(responseOf(403, json({ error }))))
  expect(inOthers).toEqual([true, false])
})
