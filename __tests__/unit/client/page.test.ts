import { expect, test } from '@jest/globals'
import { pageIn } from '../../../src/client/page.ts'
import type { RequestResult } from '../../../src/http/origin-client.ts'
import type { JsonObject } from '../../../src/json.ts'
import { answered, HTML, json, resultOf } from '../../support/reply.ts'

const TOO_LARGE = { kind: 'too-large', problem: 'a body of over 1 MiB' } as const
const data = (pins: unknown, files: unknown): JsonObject => ({ totals: { files, size: 1 }, pins })
const list = (pins: unknown, files: unknown, status = 200): RequestResult =>
  answered(status, json({ status: 'success', data: data(pins, files) }))

test.each([[[{}, 7]], [[]], [null], [undefined]])('the rows %j are a page', (pins) =>
  expect(pageIn(list(pins, 3), 120)).toEqual({ kind: 'rows', rows: pins ?? [], total: 3 }),
)

test('a body that is too large is known', () =>
  expect(pageIn(answered(200, TOO_LARGE), 120)).toEqual({ kind: 'too-large' }))

const refused = (kind: 'certificate' | 'redirect') =>
  resultOf({ kind: 'refused', refusal: { kind, problem: 'x' } })
const told = resultOf({ kind: 'told-to-wait', askedMs: 3_600_000, last: '' })
const NOT_LISTS: [string, JsonObject][] = [
  ['no envelope', data([], 1)],
  ['no success', { status: 'error', data: data([], 1) }],
  ['no data', { status: 'success' }],
  ['a list as data', { status: 'success', data: [] }],
  ['no totals', { status: 'success', data: { pins: [] } }],
  ['pins that are not a list', { status: 'success', data: data({ 0: {} }, 1) }],
  ...['1', 1.5, -1, 1e300, null].map((total): [string, JsonObject] => [
    `the total ${total}`,
    { status: 'success', data: data([], total) },
  ]),
]

test.each<[string, RequestResult, RegExp]>([
  ...NOT_LISTS.map(([what, object]): [string, RequestResult, RegExp] => [
    what,
    answered(200, json(object)),
    /not the documented one but HTTP 200\. Check `api-url`/,
  ]),
  ['HTTP 206', list([], 1, 206), /HTTP 206/],
  ['a large body with HTTP 404', answered(404, TOO_LARGE), /HTTP 404 with a body of over 1 MiB/],
  ['HTML', answered(404, HTML), /HTTP 404 with HTML.*`api-url`/],
  ['`record not found`', answered(404, json({ message: 'record not found' })), /HTTP 404/],
  ['HTTP 401', answered(401), /refused the key pair \(HTTP 401\)/],
  ['HTTP 403', answered(403), /`data.pin_list`/],
  ['no time left', resultOf({ kind: 'time-used-up', last: 'ECONNRESET' }), /within the 120 s.*ECONNRESET/],
  ['a long wait', told, /3600 s \(1 h\).*the 120 s/],
  ['a hold', resultOf({ kind: 'held-back' }), /every request to wait/],
  ['a redirect', refused('redirect'), /with x\. Check `api-url`/],
  ['a certificate that does not verify', refused('certificate'), /NODE_EXTRA_CA_CERTS/],
  ['a stop', resultOf({ kind: 'interrupted', last: '' }), /the run was stopped first/],
])('%s is not a page, and the reason is told', (_, result, why) =>
  expect(pageIn(result, 120)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) }),
)
