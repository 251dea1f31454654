import { expect, test } from '@jest/globals'
import { pageIn } from '../../../src/client/page.ts'
import type { RequestResult } from '../../../src/http/origin-client.ts'
import type { JsonObject } from '../../../src/json.ts'
import { answered, HTML, json, resultOf } from '../../support/reply.ts'

const TOO_LARGE = { kind: 'too-large', problem: 'a body of over 1 MiB' } as const
const data = (pins: unknown, files: unknown): JsonObject => ({ totals: { files, size: 1 }, pins })
const list = (pins: unknown, files: unknown, status = 200): RequestResult =>
  answered(status, json({ status: 'success', data: data(pins, files) }))

test.each([[[{}, 7]], [[]], [null], [undefined]])('the rows %j are a page', (pins) => {
  expect(pageIn(list(pins, 3), 120)).toEqual({ kind: 'rows', rows: pins ?? [], total: 3 })
})

test('a body that is too large is known', () => {
  expect(pageIn(answered(200, TOO_LARGE), 120)).toEqual({ kind: 'too-large' })
})

test.each<[string, RequestResult, RegExp]>([
  ['no envelope', answered(200, json(data([], 1))), /not the documented one but HTTP 200\. Check `api-url`/],
  ['no success', answered(200, json({ status: 'error', data: data([], 1) })), /Check `api-url`/],
  ['no data', answered(200, json({ status: 'success' })), /Check `api-url`/],
  ['a list as data', answered(200, json({ status: 'success', data: [] })), /Check `api-url`/],
  ['no totals', answered(200, json({ status: 'success', data: { pins: [] } })), /Check `api-url`/],
  ['pins that are not a list', list({ 0: {} }, 1), /Check `api-url`/],
  ['a total that is a text', list([], '1'), /Check `api-url`/],
  ['a total that is not whole', list([], 1.5), /Check `api-url`/],
  ['a total below zero', list([], -1), /Check `api-url`/],
  ['a total beyond counting', list([], 1e300), /Check `api-url`/],
  ['no total', list([], null), /Check `api-url`/],
  ['HTTP 206', list([], 1, 206), /HTTP 206/],
  ['a large body with HTTP 404', answered(404, TOO_LARGE), /HTTP 404 with a body of over 1 MiB/],
  ['HTML', answered(404, HTML), /HTTP 404 with HTML.*`api-url`/],
  ['`record not found`', answered(404, json({ message: 'record not found' })), /HTTP 404/],
  ['HTTP 401', answered(401), /refused the key pair \(HTTP 401\)/],
  ['HTTP 403', answered(403), /`data.pin_list`/],
  ['no time left', resultOf({ kind: 'time-used-up', last: 'ECONNRESET' }), /within the 120 s.*ECONNRESET/],
  [
    'a long wait',
    resultOf({ kind: 'told-to-wait', askedMs: 3_600_000, last: '' }),
    /3600 s \(1 h\).*the 120 s/,
  ],
  ['a hold', resultOf({ kind: 'held-back' }), /every request to wait/],
  [
    'a redirect',
    resultOf({ kind: 'refused', refusal: { kind: 'redirect', problem: 'x' } }),
    /with x\. Check `api-url`/,
  ],
  [
    'a certificate that does not verify',
    resultOf({ kind: 'refused', refusal: { kind: 'certificate', problem: 'x' } }),
    /NODE_EXTRA_CA_CERTS/,
  ],
  ['a stop', resultOf({ kind: 'interrupted', last: '' }), /the run was stopped first/],
])('%s is not a page, and the reason is told', (_, result, why) => {
  expect(pageIn(result, 120)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) })
})
