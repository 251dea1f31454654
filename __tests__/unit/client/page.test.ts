import { expect, test } from '@jest/globals'
import { pageIn } from '../../../src/client/page.ts'
import type { RequestResult } from '../../../src/http/origin-client.ts'
import type { JsonObject } from '../../../src/json.ts'
import { answered, HTML, json, resultOf } from '../../support/reply.ts'

const TOO_LARGE = { kind: 'too-large', problem: 'a body of over 1 MiB' } as const
const UNDOCUMENTED = /not the documented one but HTTP 200\. Check `api-url`/
const data = (pins: unknown, files: unknown): JsonObject => ({ totals: { files, size: 1 }, pins })
const list = (pins: unknown, files: unknown, status = 200): RequestResult =>
  answered(status, json({ status: 'success', data: data(pins, files) }))

test.each([[[{}, 7]], [[]], [null], [undefined]])('the rows %j are a page', (pins) =>
  expect(pageIn(list(pins, 3), 120)).toEqual({ kind: 'rows', rows: pins ?? [], total: 3 }),
)

test('a body that is too large is known', () =>
  expect(pageIn(answered(200, TOO_LARGE), 120)).toEqual({ kind: 'too-large' }))

test.each<[string, RequestResult, RegExp]>([
  ['no envelope', answered(200, json(data([], 1))), UNDOCUMENTED],
  ['no success', answered(200, json({ status: 'error', data: data([], 1) })), UNDOCUMENTED],
  ['no data', answered(200, json({ status: 'success' })), UNDOCUMENTED],
  ['a list as data', answered(200, json({ status: 'success', data: [] })), UNDOCUMENTED],
  ['no totals', answered(200, json({ status: 'success', data: { pins: [] } })), UNDOCUMENTED],
  ['pins that are not a list', list({ 0: {} }, 1), UNDOCUMENTED],
  ['a total that is a text', list([], '1'), UNDOCUMENTED],
  ['a total that is not whole', list([], 1.5), UNDOCUMENTED],
  ['a total below 0', list([], -1), UNDOCUMENTED],
  ['a total beyond 2^53', list([], 1e300), UNDOCUMENTED],
  ['no total', list([], null), UNDOCUMENTED],
  ['HTTP 206', list([], 1, 206), /HTTP 206/],
  ['a large body with HTTP 404', answered(404, TOO_LARGE), /HTTP 404 with a body of over 1 MiB/],
  ['HTML', answered(200, HTML), /HTTP 200 with HTML/],
  ['no time left', resultOf({ kind: 'time-used-up', last: 'ECONNRESET' }), /within the 120 s.*ECONNRESET/],
])('%s is not a page, and the reason is told', (_, result, why) =>
  expect(pageIn(result, 120)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) }),
)
