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
  ['HTML', answered(200, HTML), /HTTP 200 with HTML/],
  ['no time left', resultOf({ kind: 'time-used-up', last: 'ECONNRESET' }), /within the 120 s.*ECONNRESET/],
])('%s is not a page, and the reason is told', (_, result, why) =>
  expect(pageIn(result, 120)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) }),
)
