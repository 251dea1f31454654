import { expect, test } from '@jest/globals'
import type { SendResult } from '../../../src/http/send.ts'
import type { StopSign } from '../../../src/pin/outcome.ts'
import { authentication, PinService } from '../../../src/service/service.ts'
import { makePin } from '../../../testing/service/index.ts'
import { answerOf, HTML, json, ScriptedClient } from '../../support/reply.ts'

const pin = makePin({}, 1)
const never = new AbortController().signal
const serviceOf = (scripted: ScriptedClient, seconds = 120) => new PinService(scripted.client, scripted.clock, seconds)

const date = 'Fri, 06 Nov 2026 08:49:47 GMT'
const envelope = (object: object, status = 200): SendResult => answerOf(status, json({ ...object }), { date })
const list = (pins: unknown, files: unknown, status = 200): SendResult =>
  envelope({ status: 'success', data: { totals: { files }, pins } }, status)

test('a pin is read, and unpinned with `DELETE`, within one deadline', async () => {
  const scripted = new ScriptedClient([2000, envelope({ status: 'success', data: { ...pin } }), 'hang'], { random: 0 })
  const one = serviceOf(scripted, 40).pin(pin.id, { signal: never, startSignal: never })
  expect(await scripted.settle(one.read())).toMatchObject({ kind: 'record', record: { id: pin.id } })
  const message = expect.stringMatching(/within 40 s/)
  expect(await scripted.settle(one.unpin())).toMatchObject({ pinId: pin.id, message, durationMs: 40_000 })
  const paths = [`/${pin.id}`, `/unpin/${pin.id}`, `/unpin/${pin.id}`]
  const sent = scripted.requests.map(({ method, url }) => `${method} ${url.pathname}`)
  expect(sent).toEqual(paths.map((path, index) => `${index === 0 ? 'GET' : 'DELETE'} /ipfs/api/pinning${path}`))
  expect(scripted.retries).toMatchObject([{ what: `Pin ${pin.id}` }])
})

test('the headers have the names of the service', () =>
  expect(authentication({ api: 'a', secret: 'b' })).toEqual({ pinning_api_key: 'a', pinning_secret_key: 'b' }))

test('a page of the list is asked for as documented, with its slash, oldest first', async () => {
  const scripted = new ScriptedClient([answerOf(503), list([{ ...pin }, 7], 3)])
  const page = await scripted.settle(serviceOf(scripted).page({ offset: 9, limit: 7, pinned: 'all' }, never))
  expect(page).toEqual({ kind: 'rows', rows: [{ ...pin }, 7], total: 3, bytes: 9, date: Date.parse(date) })
  const href = 'https://pin.example/ipfs/api/pinning/pins/?offset=9&limit=7&pinned=all&sortBy=created_at&sortOrder=ASC'
  expect(scripted.requests[1]).toMatchObject({ method: 'GET', url: { href } })
  expect(scripted.retries).toMatchObject([{ what: 'The list of pins' }])
})

const UNDOCUMENTED = /not the documented one \(HTTP 200\)\. Check `api-url`/

test.each<[words: RegExp | null, (SendResult | 'hang')[], StopSign?]>([
  [null, [list([], 0), list(null, 3), list(undefined, 3)]],
  [UNDOCUMENTED, [envelope({ totals: { files: 1 }, pins: [] })], 'unanswered'],
  [UNDOCUMENTED, [envelope({ status: 'success' }), list({ 0: {} }, 1)]],
  [
    UNDOCUMENTED,
    [envelope({ status: 'success', data: { pins: [] } }), ...['1', 1.5, -1].map((total) => list([], total))],
  ],
  [/status "no"/, [envelope({ status: 'no', data: { totals: { files: 1 }, pins: [] } })], 'unanswered'],
  [/HTTP 206/, [list([], 1, 206)]],
  [/HTTP 200 with HTML/, [answerOf(200, HTML)], 'unanswered'],
  [/`data\.pin_list`/, [answerOf(403)], 'forbidden'],
  [/within 120 s/, ['hang'], 'unanswered'],
])('a page is read, or its problem is described: %p', async (words, results, stops: StopSign | null = null) => {
  for (const result of results) {
    const scripted = new ScriptedClient([result])
    const page = await scripted.settle(serviceOf(scripted).page({ offset: 0, limit: 1, pinned: 'true' }, never))
    const unreadable = { kind: 'unreadable', why: expect.stringMatching(words ?? ''), stops }
    expect(page).toMatchObject(words === null ? { kind: 'rows', rows: [] } : unreadable)
  }
})
