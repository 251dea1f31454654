import dns from 'node:dns'
import type { Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../../src/clock.ts'
import { BODY_LIMIT } from '../../../src/http/body.ts'
import { createSend, type SendRequest, type SendResult } from '../../../src/http/send.ts'
import { makeCertificate, makePin } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'
import { joinRealms } from '../../support/one-realm.ts'
import { eventually, SimulatedClock } from '../../support/simulated-clock.ts'
import { answer, beginStep, endSteps } from '../../support/step.ts'
import { closeTcpServers, startTcpServer } from '../../support/tcp-server.ts'

joinRealms()

const pin = makePin({}, 1)
const PATH = `/api/pinning/unpin/${pin.id}`
const { lookup } = dns

afterEach(async () => {
  dns.lookup = lookup
  endSteps()
  await Promise.all([closeServices(), closeTcpServers()])
})

function send(url: string, rest: Partial<SendRequest> = {}, clock = systemClock): Promise<SendResult> {
  const { signal } = new AbortController()
  const request = { method: 'DELETE', headers: keyHeaders(), limitMs: 10_000, signal } as const
  const redact = (text: string) => text.replaceAll('secret', '***')
  return createSend(clock, redact)({ ...request, url: new URL(url), ...rest })
}

type Then = (socket: Socket) => unknown
const end: Then = (socket) => socket.end()
const reset: Then = (socket) => socket.resetAndDestroy()
const wait: Then = () => {}

/** Sends one request to a server that writes this and then does something. This side closes the connection in any case. */
async function sendToTcp(text: string, then: Then, rest: Partial<SendRequest> = { limitMs: 300 }): Promise<SendResult> {
  let closed = false
  const { url } = await startTcpServer((socket) => {
    socket.on('close', () => (closed = true))
    // Both ends are in this process: after one more turn the text has arrived.
    socket.write(text, () => setTimeout(() => setImmediate(() => then(socket)), 20))
  })
  const result = await send(url, rest)
  await eventually(() => closed)
  return result
}

const half = (status: number, more = ''): string =>
  `HTTP/1.1 ${status} X\r\nRetry-After: 7\r\n${more}Content-Length: 9\r\n\r\n{`
const chunked = (status: number): string => `HTTP/1.1 ${status} X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`
const CUT = 'the answer was cut short'
const LATE = 'the server did not answer in time'

test('an answer comes with its head and its JSON, the request had keys and headers, and no timer is left', async () => {
  const Date = 'Fri, 06 Nov 2026 08:49:37 GMT'
  const service = await start({ pins: [pin], headers: { Date, 'Retry-After': '7', Location: '/x' } })
  const clock = new SimulatedClock()
  const object = { data: { ...pin }, status: 'success' }
  const body = { kind: 'json', object, bytes: JSON.stringify(object).length }
  const response = { status: 200, date: Date, retryAfter: '7', location: '/x', body }
  expect(await send(`${service.url}${PATH}?x=1`, {}, clock)).toEqual({ kind: 'answered', response })
  const headers = { ...keyHeaders(), 'user-agent': 'aioz-ipfs-unpin', connection: 'close' }
  expect(service.requests).toMatchObject([{ method: 'DELETE', path: `${PATH}?x=1`, removed: true, headers }])
  expect(clock.waits).toBe(false)
})

const sized = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`
const PAGE = '\n <!doctype html><Head>h</head><style>s</style><script a>x\n<\n</script><h1\n>Sign\tin</h1>'
test.each<[string, string | Buffer, encoding: string, problem: string, begins?: string]>([
  ['nothing', '', 'identity', 'an empty body'],
  ['a text', ' no  <p>\n', 'identity', 'text instead of JSON', 'no'],
  ['half of an object', '{"a":', 'identity', 'text instead of JSON', '{"a":'],
  ['a page', PAGE, 'identity', 'HTML instead of JSON', 'Sign in'],
  [
    'a long page with a key',
    `<p>${'x'.repeat(97)}secret, and more`,
    'identity',
    'HTML instead of JSON',
    `${'x'.repeat(97)}***`,
  ],
  ['a page of much markup', `<p ${' '.repeat(8200)}>x`, 'identity', 'HTML instead of JSON', '<p'],
  ['a list', ' [1]', 'identity', 'JSON that is not an object', '[1]'],
  ['null', 'null', 'identity', 'JSON that is not an object', 'null'],
  ['Latin 1', Buffer.from('{"\xff":1}', 'latin1'), 'identity', 'a body that is not UTF-8'],
  ['8 MiB', sized(BODY_LIMIT), 'IDENTITY ', ''],
  ['one byte more', sized(BODY_LIMIT + 1), 'identity', 'a body of over 8 MiB'],
  ['gzip of 8 MiB', gzipSync(sized(BODY_LIMIT)), ' X-Gzip', ''],
  ['gzip of one byte more', gzipSync(sized(BODY_LIMIT + 1)), 'gzip', 'a body of over 8 MiB'],
  ['gzip that is damaged', '{}', 'gzip', 'a body that is not valid gzip'],
  ['gzip that is cut', gzipSync('{"a":1}').subarray(0, -9), 'gzip', 'a body that is not valid gzip'],
  ['deflate', deflateSync('{}'), 'deflate', 'a body in a content encoding that was not asked for'],
])('a body is read, or it is said what it is: %s', async (_, body, encoding, problem, begins = '') => {
  const { url } = await start({ fault: () => answer(400, body, { 'Content-Encoding': encoding }) })
  const good = { kind: 'json', bytes: BODY_LIMIT, object: { a: 'x'.repeat(BODY_LIMIT - 8) } }
  const expected = problem === '' ? good : { kind: 'not-json', problem, begins }
  expect(await send(url)).toMatchObject({ kind: 'answered', response: { body: expected } })
})

describe('an answer that does not arrive whole', () => {
  test.each<[string, string, Then, string | RegExp]>([
    ['its body is cut', half(200), end, CUT],
    ['its body is cut behind 503', half(503), end, CUT],
    ['its last chunk is missing', chunked(206), end, CUT],
    ['a chunk is damaged', `${chunked(500)}rubbish\r\n`, wait, CUT],
    ['the connection is reset', half(201), reset, CUT],
    ['its body does not end in time', half(200), wait, LATE],
    ['the connection is closed', '', end, 'the connection was broken (ECONNRESET)'],
    ['its head is cut', 'HTTP/1.1 ', end, 'the connection was broken (ECONNRESET)'],
    ['it is not HTTP', '220 mail\r\n', wait, /Parse Error/],
    ['protocols are switched', 'HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', wait, /closed without/],
    ['it does not begin in time', '', wait, LATE],
  ])('is lost if %s', async (_, text, then, words) => {
    const status = Number(/ ([25]\d\d) /.exec(text)?.[1] ?? 0)
    const head = { status, location: null, retryAfter: text === half(status) ? '7' : null, date: null }
    const why = typeof words === 'string' ? words : expect.stringMatching(words)
    const lost = { kind: 'failed', failure: 'lost', why, head: status === 0 ? null : head }
    expect(await sendToTcp(text, then)).toEqual(lost)
  })

  test('is lost behind TLS too', async () => {
    const tls = makeCertificate()
    const before = getCACertificates()
    setDefaultCACertificates([tls.cert])
    const service = await start({ tls, fault: () => ({ kind: 'reset', effect: 'before' }) })
    const result = await send(service.url + PATH)
    setDefaultCACertificates(before)
    expect(result).toMatchObject({ kind: 'failed', failure: 'lost', head: null })
  })

  test.each<[number, Then, string]>([
    [404, end, 'a body that was cut short'],
    [499, reset, 'a body that was cut short'],
    [404, wait, 'a body that was cut short'],
    [300, wait, 'a redirect'],
    [399, wait, 'a redirect'],
  ])('counts by its status with HTTP %i, and of a redirect no more is read', async (status, then, problem) => {
    const body = { kind: 'not-json', problem, begins: '' }
    const response = { status, retryAfter: '7', location: null, date: null, body }
    expect(await sendToTcp(half(status), then)).toEqual({ kind: 'answered', response })
  })

  test('says where a redirect leads, without keys', async () => {
    const body = { problem: 'a redirect', begins: '/login?***' }
    expect(await sendToTcp(half(303, 'Location: /login?secret\r\n'), wait)).toMatchObject({ response: { body } })
  })
})

describe('before there is a connection, nothing is lost', () => {
  const failed = (failure: string, why: unknown): object => ({ kind: 'failed', failure, why, head: null })

  test.each([
    ['ENOTFOUND', 'name', /name does not resolve/],
    ['EAI_AGAIN', 'name', /name does not resolve/],
    ['ECONNREFUSED', 'network', /^the connection was refused \(ECONNREFUSED\)$/],
    ['ERR_ACCESS_DENIED', 'denied', /permission/],
    ['ERR_SSL_X', 'network', /^the TLS connection failed \(ERR_SSL_X\)$/],
    ['EOTHER', 'network', /^as Node says it$/],
  ])('and the error %s is of the kind `%s`', async (code, kind, words) => {
    const error = Object.assign(new Error('as Node says it'), { code })
    dns.lookup = ((_: unknown, __: unknown, done: (error: Error) => void) =>
      code === 'ENOTFOUND' ? setImmediate(done, error) : done(error)) as never
    expect(await send('http://pin.example.test')).toEqual(failed(kind, expect.stringMatching(words)))
  })

  test('and a certificate that does not verify is known as such', async () => {
    const service = await start({ pins: [pin], tls: makeCertificate() })
    expect(await send(service.url + PATH)).toEqual(failed('certificate', expect.stringMatching(/certificate/)))
    expect(service.requests).toEqual([])
  })

  test('and a TLS handshake that does not end, or that the server does not understand, is a network problem', async () => {
    const { url } = await startTcpServer(wait)
    const late = failed('network', 'there was no connection in time')
    expect(await send(url.replace('http', 'https'), { limitMs: 300 })).toEqual(late)
    const plain = failed('network', expect.stringMatching(/^the TLS connection failed \(EPROTO\)/))
    expect(await send((await start()).url.replace('http', 'https'))).toEqual(plain)
  })

  // On Windows letter case does not count in names of variables.
  test.each([
    ['HTTP/1.1 407 Proxy Authentication Required', 'tunnel', /`HTTPS_PROXY` did not connect \(HTTP 407/i],
    ['HTTP/1.1 502 Bad Gateway', 'proxy', /`HTTPS_PROXY` did not connect \(HTTP 502/i],
    ['', 'proxy', /`HTTPS_PROXY`.*socket hang up/i],
    ['HTTP/1.1 200 OK', 'proxy', /\(through the proxy in `HTTPS_PROXY`\)$/i],
    [null, 'proxy', /^there was no connection in time \(through the proxy in `HTTPS_PROXY`\)$/i],
  ])('and a proxy that answers "%s" is a problem of the kind `%s`', async (head, kind, words) => {
    const { url } = await startTcpServer((socket) => head !== null && socket.end(`${head}\r\n\r\n`))
    beginStep()
    process.env['HTTPS_PROXY'] = url
    const result = await send('https://pin.example.test', { limitMs: 500 })
    expect(result).toEqual(failed(kind, expect.stringMatching(words)))
  })
})

describe('a run that is stopped', () => {
  test.each([
    ['without an answer', '', true],
    ['with the head of a 200', half(200), true],
    ['with the head of a 404', half(404), false],
  ])('has lost the answer on a connection %s: %j, %p', async (_, text, lost) => {
    const stop = new AbortController()
    const result = await sendToTcp(text, () => stop.abort(), { signal: stop.signal })
    const status = Number(/ (\d+) /.exec(text)?.[1] ?? 0)
    expect(result).toEqual({
      kind: 'interrupted',
      lost,
      head: text === '' ? null : expect.objectContaining({ status }),
    })
  })

  test('has lost nothing before there was a connection, and sends nothing afterwards', async () => {
    const stop = new AbortController()
    const { url, connections } = await startTcpServer()
    const result = send(url.replace('http', 'https'), { signal: stop.signal })
    await eventually(() => connections.length === 1)
    stop.abort()
    for (const one of [result, send(url, { signal: stop.signal })])
      expect(await one).toEqual({ kind: 'interrupted', lost: false, head: null })
    expect(connections).toHaveLength(1)
  })
})
