import { afterEach, describe, expect, test } from '@jest/globals'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { systemClock } from '../../../src/clock.ts'
import { BODY_LIMIT } from '../../../src/http/body.ts'
import { createSender, type SendRequest, type SendResult } from '../../../src/http/send.ts'
import { type Fault, makeCertificate, makePin } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'
import { joinRealms } from '../../support/one-realm.ts'
import { eventually } from '../../support/simulated-clock.ts'
import { closeTcpServers, startTcpServer } from '../../support/tcp-server.ts'

joinRealms()

const pin = makePin({}, 1)
const PATH = `/api/pinning/unpin/${pin.id}`
const trusted = getCACertificates('default')

afterEach(async () => {
  setDefaultCACertificates(trusted)
  await Promise.all([closeServices(), closeTcpServers()])
})

const send = (url: string, rest: Partial<SendRequest> = {}): Promise<SendResult> =>
  createSender(systemClock).send({
    method: 'DELETE',
    url: new URL(url),
    headers: keyHeaders(),
    limitMs: 30_000,
    signal: new AbortController().signal,
    ...rest,
  })

async function sendTo(fault: Fault, limitMs = 10_000): Promise<SendResult> {
  const { url } = await start({ pins: [pin], fault: () => fault })
  return send(url + PATH, { limitMs })
}

/** Sends one request to a TCP server that says only this and closes the connection. */
async function sendToTcp(text: string): Promise<SendResult> {
  const { url } = await startTcpServer((socket) => socket.end(text))
  return send(url)
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

  test('is returned and not followed where it redirects, without waiting for its body', async () => {
    expect(await sendToTcp('HTTP/1.1 300 X\r\nLocation: /a\r\nContent-Length: 9\r\n\r\n')).toMatchObject({
      kind: 'answered',
      response: { status: 300, location: '/a', body: { kind: 'unusable', problem: 'a redirect' } },
    })
  })

  test('is returned with its body put together from its pieces, also where a character is split', async () => {
    const bytes = Buffer.from('{"name":"Grüße 🐘"}')
    const { url } = await startTcpServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`)
      socket.write(bytes.subarray(0, 12))
      setTimeout(() => socket.end(bytes.subarray(12)), 5)
    })
    const body = { kind: 'json', object: { name: 'Grüße 🐘' } }
    expect(await send(url)).toMatchObject({ kind: 'answered', response: { body } })
  })

  const longest = `{"a":"${'x'.repeat(BODY_LIMIT - 8)}"}`
  const encoded = (encoding: string) => ({ 'Content-Encoding': encoding })
  const UNREAD = { kind: 'unusable', problem: 'a body in a content encoding that was not asked for' }
  const TOO_LARGE = { kind: 'too-large', problem: 'a body of over 1 MiB' }

  test.each<[string, string, Record<string, string>, object]>([
    ['a body that says that it is not encoded', '{}', encoded('IDENTITY'), { kind: 'json', object: {} }],
    ['a body in another encoding, not read', '{}', encoded('gzip'), UNREAD],
    ['a body of 1 MiB', longest, {}, { kind: 'json' }],
    ['a body of one byte more, not read', `${longest} `, {}, TOO_LARGE],
  ])('is returned with %s', async (_, body, headers, expected) =>
    expect(await sendTo({ kind: 'answer', status: 400, body, headers })).toMatchObject({
      kind: 'answered',
      response: { body: expected },
    }),
  )
})

test('one connection serves requests that follow each other, and may have taken one that it does not answer', async () => {
  const seen: string[] = []
  const { url, connections } = await startTcpServer((socket, text) => {
    const reply = (head: string): void => {
      seen.push(head.split(' ')[0] ?? '')
      if (seen.length === 3) socket.destroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')
    }
    reply(text)
    socket.on('data', (bytes) => reply(bytes.toString()))
  })
  const sender = createSender(systemClock)
  const kinds: string[] = []
  for (const method of ['DELETE', 'GET', 'DELETE'] as const) {
    const signal = new AbortController().signal
    const result = await sender.send({ method, url: new URL(url), headers: {}, limitMs: 10_000, signal })
    kinds.push(result.kind)
  }
  expect(kinds).toEqual(['answered', 'answered', 'lost'])
  expect([seen, connections.length]).toEqual([['DELETE', 'GET', 'DELETE'], 1])
  sender.close()
  await eventually(() => connections.every(({ readyState }) => readyState !== 'open'))
})

test.each<[string, Fault | string, object]>([
  ['a body that is cut', { kind: 'cut', chunked: true }, { status: 200, why: 'the body was cut short' }],
  ['a switch of protocols', { kind: 'switch' }, { why: 'the connection was closed without an answer' }],
  ['a connection that is closed', '', { status: null, retryAfter: null, why: 'socket hang up' }],
  [
    'an end after the head',
    'HTTP/1.1 503 X\r\nRetry-After: 7\r\nContent-Length: 9\r\n\r\n{',
    { status: 503, retryAfter: '7' },
  ],
])('an answer is lost by %s', async (_, answer, lost) => {
  const result = await (typeof answer === 'string' ? sendToTcp(answer) : sendTo(answer))
  expect(result).toMatchObject({ kind: 'lost', ...lost })
})

test('a body that drips is given up at the limit, and its status is known', async () => {
  const why = 'no complete answer within 0.4 s'
  const lost = { kind: 'lost', why, status: 200, retryAfter: null }
  expect(await sendTo({ kind: 'drip', everyMs: 5 }, 400)).toEqual(lost)
})

test('a TLS handshake that does not end is given up at the limit, and nothing was sent', async () => {
  const { port } = await startTcpServer()
  const why = 'no connection within 0.3 s'
  expect(await send(`https://127.0.0.1:${port}/`, { limitMs: 300 })).toEqual({ kind: 'unsent', why })
})

test.each([
  ['whose answer does not come in time', ''],
  ['that brings a redirect', 'HTTP/1.1 307 X\r\nLocation: /a\r\nContent-Length: 9\r\n\r\nhalf'],
  [
    'whose body has another encoding',
    'HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nhalf',
  ],
  ['whose body is too large', `HTTP/1.1 200 X\r\n\r\n${'x'.repeat(BODY_LIMIT + 1)}`],
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

test('a server over TLS may have acted on a request that it does not answer', async () => {
  const tls = makeCertificate()
  const service = await start({ pins: [pin], tls, fault: () => ({ kind: 'reset', effect: 'after' }) })
  setDefaultCACertificates([...trusted, tls.cert])
  expect(await send(service.url + PATH)).toMatchObject({ kind: 'lost', status: null })
  expect(service.holds(pin.id)).toBe(false)
})

test('a stopped run knows that nothing was sent before there was a connection', async () => {
  const stop = new AbortController()
  const { port, connections } = await startTcpServer()
  const result = send(`https://127.0.0.1:${port}/`, { signal: stop.signal })
  await eventually(() => connections.length === 1)
  stop.abort()
  const interrupted = { kind: 'interrupted', sent: false }
  expect(await result).toEqual(interrupted)
  expect(await send(`https://127.0.0.1:${port}/`, { signal: stop.signal, limitMs: 300 })).toEqual(interrupted)
})
