import { afterEach, describe, expect, test } from '@jest/globals'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Clock, systemClock } from '../../../src/clock.ts'
import { createSender, type SendRequest, type SendResult } from '../../../src/http/send.ts'
import { type Fault, makeCertificate, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'
import { joinRealms } from '../../support/one-realm.ts'
import { eventually, SimulatedClock } from '../../support/simulated-clock.ts'
import { closeTcpServers, startTcpServer } from '../../support/tcp-server.ts'

joinRealms()

const pin = makePin({}, 1)
const PATH = `/api/pinning/unpin/${pin.id}`
const trusted = getCACertificates('default')

afterEach(async () => {
  setDefaultCACertificates(trusted)
  await Promise.all([closeServices(), closeTcpServers()])
})

const send = (
  url: string,
  rest: Partial<SendRequest> = {},
  clock: Clock = systemClock,
): Promise<SendResult> =>
  createSender(clock).send({
    method: 'DELETE',
    url: new URL(url),
    headers: keyHeaders(),
    limitMs: 30_000,
    signal: new AbortController().signal,
    ...rest,
  })

const faulty = (fault: Fault): Promise<Service> => start({ pins: [pin], fault: () => fault })

const sendTo = async (fault: Fault, limitMs = 10_000): Promise<SendResult> =>
  send((await faulty(fault)).url + PATH, { limitMs })

/** Sends one request to a TCP server that says only this and closes the connection. */
async function sendToTcp(text: string): Promise<SendResult> {
  const { port } = await startTcpServer((socket) => socket.end(text))
  return send(`http://127.0.0.1:${port}/`)
}

describe('an answer that arrives whole', () => {
  test('is returned with its status and its JSON, and the keys were sent', async () => {
    const service = await start({ pins: [pin] })
    expect(await send(service.url + PATH)).toEqual({
      kind: 'answered',
      response: {
        status: 200,
        location: null,
        retryAfter: null,
        body: { kind: 'json', object: { data: { ...pin }, status: 'success' } },
      },
    })
    const headers = { ...keyHeaders(), 'user-agent': 'aioz-ipfs-unpin' }
    expect(service.requests).toMatchObject([{ method: 'DELETE', path: PATH, removed: true, headers }])
  })

  test('is returned and not repeated, also with a status that asks for that', async () => {
    const headers = { 'Retry-After': '7' }
    const service = await faulty({ kind: 'answer', status: 503, headers, body: { message: 'm' } })
    const response = { status: 503, retryAfter: '7', body: { kind: 'json', object: { message: 'm' } } }
    expect(await send(service.url + PATH)).toMatchObject({ kind: 'answered', response })
    expect(service.requests.length).toBe(1)
  })

  test('is returned and not followed where it redirects, without waiting for its body', async () => {
    const other = await start()
    const location = `${other.url}/`
    const response = { status: 302, location }
    expect(await sendTo({ kind: 'redirect', location })).toMatchObject({ kind: 'answered', response })
    expect(other.requests).toEqual([])
    expect(await sendToTcp('HTTP/1.1 307 X\r\nLocation: /a\r\nContent-Length: 9\r\n\r\n')).toMatchObject({
      kind: 'answered',
      response: { status: 307, location: '/a' },
    })
  })
})

test('one connection serves requests that follow each other', async () => {
  const seen: string[] = []
  const { port, connections } = await startTcpServer((socket, text) => {
    const reply = (head: string): void => {
      seen.push(head.split(' ')[0] ?? '')
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')
    }
    reply(text)
    socket.on('data', (bytes) => reply(bytes.toString()))
  })
  const sender = createSender(systemClock)
  const url = new URL(`http://127.0.0.1:${port}/`)
  for (const method of ['DELETE', 'GET'] as const) {
    const signal = new AbortController().signal
    await sender.send({ method, url, headers: {}, limitMs: 10_000, signal })
  }
  expect([seen, connections.length]).toEqual([['DELETE', 'GET'], 1])
  sender.close()
  await eventually(() => connections.every(({ readyState }) => readyState !== 'open'))
})

test.each<[string, Fault | string, object]>([
  ['a reset', { kind: 'reset', effect: 'after' }, { status: null }],
  ['a body that is cut', { kind: 'cut' }, { status: 200 }],
  ['a chunked body that is cut', { kind: 'cut', chunked: true }, { status: 200 }],
  ['a switch of protocols', { kind: 'switch' }, { why: 'an answer 101 that switches protocols' }],
  ['a connection that is closed', '', { status: null, retryAfter: null }],
  ['an answer that is not HTTP', 'SSH-2.0-OpenSSH\r\n', { status: null, retryAfter: null }],
  [
    'an end after the head',
    'HTTP/1.1 503 X\r\nRetry-After: 7\r\nContent-Length: 9\r\n\r\n{',
    { status: 503, retryAfter: '7' },
  ],
])('an answer is lost by %s', async (_, answer, lost) => {
  const result = await (typeof answer === 'string' ? sendToTcp(answer) : sendTo(answer))
  expect(result).toMatchObject({ kind: 'lost', ...lost })
})

describe('a request never takes longer than its limit', () => {
  test.each<[string, Fault, number | null]>([
    ['a body that drips', { kind: 'drip', everyMs: 5 }, 200],
    ['headers that drip', { kind: 'drip-headers', everyMs: 5 }, null],
    ['endless interim answers', { kind: 'informational', everyMs: 5 }, null],
  ])('through %s', async (_, fault, status) => {
    const why = 'no complete answer within 0.4 s'
    expect(await sendTo(fault, 400)).toEqual({ kind: 'lost', why, status, retryAfter: null })
  })

  test('through silence', async () => {
    const clock = new SimulatedClock()
    const service = await faulty({ kind: 'hang', effect: 'before' })
    const result = send(service.url + PATH, {}, clock)
    await eventually(() => service.requests.length === 1)
    await clock.advance(29_999)
    expect(clock.pending).toEqual([1])
    await clock.advance(1)
    expect(await result).toMatchObject({ kind: 'lost', why: 'no complete answer within 30 s' })
  })

  test('through a TLS handshake that does not end, and then nothing was sent', async () => {
    const { port } = await startTcpServer()
    const why = 'no connection within 0.3 s'
    expect(await send(`https://127.0.0.1:${port}/`, { limitMs: 300 })).toEqual({ kind: 'unsent', why })
  })
})

test.each([
  ['whose answer does not come in time', ''],
  ['that brings a redirect', 'HTTP/1.1 307 X\r\nLocation: /a\r\nContent-Length: 9\r\n\r\nhalf'],
  ['that switches protocols', 'HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n'],
])('a connection is closed %s', async (_, text) => {
  let closed = false
  const { port } = await startTcpServer((socket) => {
    socket.on('close', () => (closed = true))
    socket.write(text)
  })
  await send(`http://127.0.0.1:${port}/`, { limitMs: 300 })
  await eventually(() => closed)
})

test('nothing was sent where a header cannot be sent', async () => {
  const { url } = await start()
  const why = expect.stringContaining('key')
  expect(await send(url, { headers: { key: 'a\nb' } })).toMatchObject({ kind: 'unsent', why })
})

describe('a server over TLS', () => {
  const tls = makeCertificate()

  test('gets nothing if its certificate is for another name', async () => {
    const service = await start({ pins: [pin], tls })
    setDefaultCACertificates([...trusted, tls.cert])
    const why = expect.stringMatching(/certificate/)
    expect(await send(`https://localhost:${service.port}${PATH}`)).toMatchObject({ kind: 'untrusted', why })
    expect(service.requests).toEqual([])
  })

  test('may have acted on a request that it does not answer', async () => {
    const service = await start({ pins: [pin], tls, fault: () => ({ kind: 'reset', effect: 'after' }) })
    setDefaultCACertificates([...trusted, tls.cert])
    expect(await send(service.url + PATH)).toMatchObject({ kind: 'lost', status: null })
    expect(service.holds(pin.id)).toBe(false)
  })
})

describe('a stopped run', () => {
  test('does not wait for an answer, and knows that the request may have been received', async () => {
    const stop = new AbortController()
    const clock = new SimulatedClock()
    const service = await faulty({ kind: 'hang', effect: 'after' })
    const result = send(service.url + PATH, { signal: stop.signal }, clock)
    await eventually(() => service.requests.length === 1)
    stop.abort()
    expect(await result).toEqual({ kind: 'interrupted', sent: true })
    expect(clock.pending).toEqual([])
  })

  test('knows that nothing was sent before there was a connection', async () => {
    const stop = new AbortController()
    const { port, connections } = await startTcpServer()
    const result = send(`https://127.0.0.1:${port}/`, { signal: stop.signal })
    await eventually(() => connections.length === 1)
    stop.abort()
    expect(await result).toEqual({ kind: 'interrupted', sent: false })
  })
})
