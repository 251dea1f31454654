import { afterEach, expect, test } from '@jest/globals'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Deviations, type Fault, makePin, type PinRecord } from '../../testing/service/index.ts'
import { call, closeServices, keyHeaders, start, unpinOverTcp } from './client.ts'

// Only what the tests of the bundle would not notice if it were wrong.

afterEach(closeServices)

const LIST = 'pinning/pins/'
const pin = makePin({ metadata: { name: 'a', keyvalues: { pr: '7' } } }, 1)
const BODY = JSON.stringify({ data: pin, status: 'success' })
const HALF = BODY.slice(0, Math.floor(BODY.length / 2))
const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&')
const ANSWER = `HTTP/1\\.1 200 OK\\r\\n[^]*?\\r\\n\\r\\n${escaped(BODY)}`
const CUT = `[^]*Content-Length: ${BODY.length}[^]*\\r\\n\\r\\n${escaped(HALF)}`
const CHUNK = `[^]* chunked\\r\\n\\r\\n${HALF.length.toString(16)}\\r\\n${escaped(HALF)}\\r\\n`
const LATE = { status: 504, body: 'late' }

test.each<[Fault, string, 'open' | 'closed' | 'reset', boolean]>([
  [{ kind: 'reset', effect: 'after' }, '', 'reset', false],
  [{ kind: 'cut' }, CUT, 'closed', false],
  [{ kind: 'cut', chunked: true }, CHUNK, 'closed', false],
  [{ kind: 'drip-headers', everyMs: 1 }, 'HTTP/1\\.1 200 OK\\r\\n.*\\r\\nX-Drip.*', 'open', true],
  [{ kind: 'informational', everyMs: 1 }, '(HTTP/1\\.1 102 Processing\\r\\n\\r\\n){3,}', 'open', true],
  [{ kind: 'switch' }, 'HTTP/1\\.1 101 [^]*\\r\\n\\r\\n', 'open', true],
  [{ kind: 'twice', ms: 1 }, ANSWER + ANSWER, 'open', false],
  [{ kind: 'twice', ms: 1, first: LATE }, `[^]* 504 [^]*\\r\\n\\r\\nlate${ANSWER}`, 'open', false],
])('the fault %j does on the wire what its name says', async (fault, text, end, held) => {
  const service = await start({ pins: [pin], fault: () => fault })
  const received = await unpinOverTcp(service, pin.id, end === 'open' ? new RegExp(`^${text}$`) : /$^x/)
  expect(received).toMatch(new RegExp(`^${text}${end}$`))
  expect(service.holds(pin.id)).toBe(held)
})

test.each([
  ['seconds', '42'],
  ['date', 'Thu, 01 Jan 2026 12:01:00 GMT'],
  ['none', null],
] as const)('over the limit, a request is told as %s to come back at %s', async (retryAfter, said) => {
  let clock = Date.UTC(2026, 0, 1, 12)
  const service = await start({ pins: [pin], requestsPerMinute: 1, retryAfter, now: () => clock })
  const unpin = (): Promise<Response> => call(service, 'DELETE', `pinning/unpin/${pin.id}`)
  await call(service, 'GET', LIST)
  clock += 18_001
  const { status, headers } = await unpin()
  expect([status, headers.get('retry-after'), service.holds(pin.id)]).toEqual([429, said, true])
  // One that is refused does not count.
  clock += 41_999
  expect((await unpin()).status).toBe(200)
})

const gone = makePin({ pinned: false, status: 'gcDone', metadata: { name: 'c' } }, 3)
const PINS = [pin, makePin({ pinned: false, status: 'RETRIEVAL', metadata: { name: 'b' } }, 2), gone]
const IN_ORDER = `GET ${LIST}?sortBy=name&sortOrder=ASC`
const change = { status: 418, record: () => ({ status: 'changed' }) }

test.each<[string, string, Partial<Deviations>?]>([
  ['GET apiKeys/testAuthentication', '200 Congratulations! The keys are good.'],
  [IN_ORDER, '200 a b c'],
  [`${IN_ORDER}&pinned=true`, '200 a'],
  [`${IN_ORDER}&limit=2&offset=1`, '200 b c'],
  [`${IN_ORDER}&pinned=true`, '200 c b a', { ignores: ['pinned', 'sortOrder'] }],
  [IN_ORDER, '200 c', { list: { page: ({ totals, pins }) => ({ totals, pins: pins.slice(2) }) } }],
  [`GET ${LIST}?metadata=%7B%22pr%22%3A%227%22%7D`, '200 a'],
  ['GET pinning/pins', '308 Permanent Redirect'],
  [`GET pinning/${pin.id}`, '418 changed', { read: change }],
  [`GET pinning/${gone.id}`, '200 gcDone', { read: change }],
  ['GET pinning/no-id', '418 validate: no-id is not a UUID', { readMalformed: change }],
  [`DELETE pinning/unpin/${pin.id}`, '200 DONE'],
  [`DELETE pinning/unpin/${PINS[1]?.id}`, '200 RETRIEVAL'],
  [`DELETE pinning/unpin/${gone.id}`, '404 record not found', { unpin: change }],
])('%s is answered with %s, where the service deviates: %j', async (request, said, deviate = {}) => {
  const service = await start({ pins: PINS, deviate })
  const [method = '', path = ''] = request.split(' ')
  const answer = await call(service, method, path)
  const { data, message } = (await answer.json()) as { data: Record<string, unknown>; message?: string }
  const names = (data?.['pins'] as PinRecord[] | undefined)?.map(({ metadata }) => metadata.name).join(' ')
  expect(`${answer.status} ${message ?? names ?? String(data?.['status'])}`).toBe(said)
})

test.each<[Partial<Deviations>, number, number]>([
  [{}, 200, 2],
  [{ keepsId: true }, 200, 1],
  [{ forgets: true }, 404, 1],
])('a file can be pinned, unpinned, read and pinned again: %j', async (deviate, read, records) => {
  const service = await start({ deviate })
  const ask = async (method: string, path: string, body?: FormData | string): Promise<number> =>
    (await call(service, method, `pinning/${path}`, keyHeaders(), body)).status
  const form = new FormData()
  form.append('file', new Blob(['probe']))
  const said = [await ask('POST', '', form)]
  const [{ id, cid } = pin] = service.records.values()
  const hash = JSON.stringify({ hash_to_pin: cid })
  said.push(await ask('POST', 'pinByHash', hash), await ask('DELETE', `unpin/${id}`), await ask('GET', id))
  said.push(await ask('POST', 'pinByHash', hash), service.records.size)
  expect(said).toEqual([201, 409, 200, read, 200, records])
})

test('requests have the number of their connection, and answers the date of the service', async () => {
  const service = await start({ now: () => 0, headers: { 'x-limit': '180' } })
  const { headers } = await call(service, 'GET', LIST)
  expect([headers.get('date'), headers.get('x-limit')]).toEqual(['Thu, 01 Jan 1970 00:00:00 GMT', '180'])
  await text(connect(service.port, '127.0.0.1').end('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2)))
  expect(service.requests.map(({ connection }) => connection)).toEqual([1, 2, 2])
})

test('a service that breaks lets no client wait, and its close says why', async () => {
  const cause = new Error('no such fault')
  const fault = (): never => {
    throw cause
  }
  const service = await start({ fault })
  await expect(call(service, 'GET', LIST)).rejects.toThrow()
  await expect(closeServices()).rejects.toMatchObject({ message: expect.stringContaining('broke'), cause })
})
