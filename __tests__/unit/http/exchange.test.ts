import { afterEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../../src/clock.ts'
import { createExchange, type Exchange, type ExchangeRequest } from '../../../src/http/exchange.ts'
import { type Fault, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'
import { joinRealms } from '../../support/one-realm.ts'
import { eventually, SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps } from '../../support/step.ts'
import { closeTcpServers, startTcpServer } from '../../support/tcp-server.ts'

joinRealms()

const pin = makePin({}, 1)
const PATH = `/api/pinning/unpin/${pin.id}`

afterEach(async () => {
  endSteps()
  await Promise.all([closeServices(), closeTcpServers()])
})

const request = (url: string, rest: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
  method: 'DELETE',
  url,
  headers: keyHeaders(),
  limitMs: 30_000,
  signal: new AbortController().signal,
  ...rest,
})

const faulty = (fault: Fault): Promise<Service> => start({ pins: [pin], fault: () => fault })

/** Sends one request to a service that does this, by real time. */
async function exchangeWith(fault: Fault, limitMs = 10_000): Promise<Exchange> {
  const { url } = await faulty(fault)
  return createExchange(systemClock)(request(url + PATH, { limitMs }))
}

/** Sends one request to a server of bare TCP that says just this and leaves. */
async function exchangeOver(text: string): Promise<Exchange> {
  const { port } = await startTcpServer((socket) => socket.end(text))
  return createExchange(systemClock)(request(`http://127.0.0.1:${port}/`))
}

describe('an answer that arrives whole', () => {
  test('is handed on with its status and its JSON, and the keys were sent', async () => {
    const service = await start({ pins: [pin] })
    expect(await createExchange(systemClock)(request(service.url + PATH))).toEqual({
      kind: 'answered',
      answer: {
        status: 200,
        location: null,
        retryAfter: null,
        body: { object: { data: { ...pin }, status: 'success' } },
      },
    })
    expect(service.requests).toMatchObject([
      {
        method: 'DELETE',
        path: PATH,
        removed: true,
        headers: { ...keyHeaders(), 'user-agent': 'aioz-ipfs-unpin' },
      },
    ])
  })

  test.each([400, 401, 404, 429, 500, 502, 503, 504])(
    'is handed on once, not repeated, with status %i',
    async (status) => {
      const service = await faulty({
        kind: 'answer',
        status,
        headers: { 'Retry-After': '7' },
        body: { message: 'm' },
      })
      expect(await createExchange(systemClock)(request(service.url + PATH))).toMatchObject({
        kind: 'answered',
        answer: { status, retryAfter: '7', body: { object: { message: 'm' } } },
      })
      expect(service.requests.length).toBe(1)
    },
  )

  test('is handed on with what is wrong with its body', async () => {
    expect(await exchangeWith({ kind: 'answer', status: 200, body: '<p>' })).toMatchObject({
      kind: 'answered',
      answer: { body: { problem: 'HTML or XML in place of JSON' } },
    })
  })

  test('is handed on and not followed where it redirects, and its body is not waited for', async () => {
    const other = await start()
    const fault: Fault = { kind: 'redirect', location: `${other.url}/` }
    expect(await exchangeWith(fault)).toMatchObject({
      kind: 'answered',
      answer: { status: 302, location: `${other.url}/` },
    })
    expect(other.requests).toEqual([])
    expect(await exchangeOver('HTTP/1.1 307 X\r\nLocation: /a\r\nContent-Length: 9\r\n\r\n')).toMatchObject({
      kind: 'answered',
      answer: { status: 307, location: '/a' },
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
  const exchange = createExchange(systemClock)
  for (const method of ['DELETE', 'GET'] as const) {
    expect(await exchange(request(`http://127.0.0.1:${port}/`, { method }))).toMatchObject({
      kind: 'answered',
    })
  }
  expect([seen, connections.length]).toEqual([['DELETE', 'GET'], 1])
})

describe('an answer is lost', () => {
  test.each<[string, Fault, Partial<Extract<Exchange, { kind: 'lost' }>>]>([
    ['by a reset', { kind: 'reset', effect: 'after' }, { status: null }],
    ['by a body that is cut', { kind: 'cut' }, { status: 200 }],
    ['by a chunked body that is cut', { kind: 'cut', chunked: true }, { status: 200 }],
    [
      'by an answer that switches protocols',
      { kind: 'switch' },
      { why: 'an answer 101 that switches protocols' },
    ],
  ])('%s', async (_, fault, lost) => {
    expect(await exchangeWith(fault)).toMatchObject({ kind: 'lost', ...lost })
  })

  test('where the connection closes without one', async () => {
    expect(await exchangeOver('')).toMatchObject({ kind: 'lost', status: null })
  })

  test('where it is no HTTP', async () => {
    expect(await exchangeOver('SSH-2.0-OpenSSH\r\n')).toMatchObject({ kind: 'lost', status: null })
  })

  test('but what it began with is known', async () => {
    const head = 'HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 9\r\n\r\n{'
    expect(await exchangeOver(head)).toMatchObject({ kind: 'lost', status: 503, retryAfter: '7' })
  })
})

describe('no request takes longer than it may', () => {
  test.each<[string, Fault, number | null]>([
    ['a body that drips', { kind: 'drip', everyMs: 5 }, 200],
    ['headers that drip', { kind: 'drip-headers', everyMs: 5 }, null],
    ['answers that are never the last', { kind: 'informational', everyMs: 5 }, null],
  ])('through %s', async (_, fault, status) => {
    expect(await exchangeWith(fault, 400)).toEqual({
      kind: 'lost',
      why: 'no complete answer within 0.4 s',
      status,
      retryAfter: null,
    })
  })

  test('through silence', async () => {
    const clock = new SimulatedClock()
    const service = await faulty({ kind: 'hang', effect: 'before' })
    const exchange = createExchange(clock)(request(service.url + PATH))
    await eventually(() => service.requests.length === 1)
    await clock.advance(29_999)
    expect(clock.pending).toEqual([1])
    await clock.advance(1)
    expect(await exchange).toMatchObject({ kind: 'lost', why: 'no complete answer within 30 s' })
  })

  test('through a handshake that never ends, and then nothing was sent', async () => {
    const clock = new SimulatedClock()
    const { port, connections } = await startTcpServer()
    const exchange = createExchange(clock)(request(`https://127.0.0.1:${port}/`))
    await eventually(() => connections.length === 1)
    await clock.advance(30_000)
    expect(await exchange).toEqual({ kind: 'unsent', why: 'no connection within 30 s' })
  })
})

describe('a connection is not kept', () => {
  const redirect = 'HTTP/1.1 307 X\r\nLocation: /a\r\nContent-Length: 9\r\n\r\nhalf'

  test.each([
    ['whose answer does not come in time', ''],
    ['that brings a redirect, whose body may never end', redirect],
    ['that switches protocols', 'HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n'],
  ])('%s', async (_, text) => {
    let closed = false
    const { port } = await startTcpServer((socket) => {
      socket.on('close', () => (closed = true))
      socket.write(text)
    })
    await createExchange(systemClock)(request(`http://127.0.0.1:${port}/`, { limitMs: 300 }))
    await eventually(() => closed)
  })
})

describe('nothing was sent', () => {
  test('where the connection is refused', async () => {
    const service = await start()
    await service.close()
    expect(await createExchange(systemClock)(request(service.url + PATH))).toEqual({
      kind: 'unsent',
      why: 'the connection was refused (ECONNREFUSED)',
    })
  })

  test('where the server does not speak TLS', async () => {
    const { port } = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(await createExchange(systemClock)(request(`https://127.0.0.1:${port}/`))).toEqual({
      kind: 'unsent',
      why: 'the server did not speak TLS as expected (EPROTO)',
    })
  })

  test('where the proxy refuses the tunnel, and the proxy never sees a key', async () => {
    let seen = ''
    const { port } = await startTcpServer((socket, text) => {
      seen += text
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    beginStep()
    process.env['https_proxy'] = `http://127.0.0.1:${port}`
    expect(await createExchange(systemClock)(request('https://api.example.org/'))).toMatchObject({
      kind: 'unsent',
      why: expect.stringContaining('403'),
    })
    expect(seen).toMatch(/^CONNECT api\.example\.org:443 /)
    for (const key of Object.values(keyHeaders())) expect(seen).not.toContain(key)
  })

  test('where a header cannot be sent', async () => {
    const { url } = await start()
    const exchange = await createExchange(systemClock)(request(url, { headers: { key: 'a\nb' } }))
    expect(exchange).toMatchObject({ kind: 'unsent', why: expect.stringContaining('key') })
  })
})

describe('a run that is stopped', () => {
  test('begins no request', async () => {
    const service = await start()
    const exchange = createExchange(systemClock)(request(service.url + PATH, { signal: AbortSignal.abort() }))
    expect(await exchange).toEqual({ kind: 'interrupted', sent: false })
    expect(service.requests).toEqual([])
  })

  test('waits no longer for an answer, and knows that the request may have been received', async () => {
    const stop = new AbortController()
    const clock = new SimulatedClock()
    const service = await faulty({ kind: 'hang', effect: 'after' })
    const exchange = createExchange(clock)(request(service.url + PATH, { signal: stop.signal }))
    await eventually(() => service.requests.length === 1)
    stop.abort()
    expect(await exchange).toEqual({ kind: 'interrupted', sent: true })
    expect(clock.pending).toEqual([])
  })

  test('knows that nothing was sent while there was no connection', async () => {
    const stop = new AbortController()
    const { port, connections } = await startTcpServer()
    const exchange = createExchange(systemClock)(
      request(`https://127.0.0.1:${port}/`, { signal: stop.signal }),
    )
    await eventually(() => connections.length === 1)
    stop.abort()
    expect(await exchange).toEqual({ kind: 'interrupted', sent: false })
  })
})
