import { afterEach, describe, expect, test } from '@jest/globals'
import { type Fault, makePin, type Service } from '../../testing/service/index.ts'
import { closeServices, eventually, keyHeaders, list, read, start, unpin, unpinOverTcp } from './client.ts'

const pin = makePin({}, 1)
const other = makePin({}, 2)
const SUCCESS = JSON.stringify({ data: pin, status: 'success' })

afterEach(closeServices)

const faulty = (fault: Fault): Promise<Service> => start({ pins: [pin, other], fault: () => fault })

const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4)

describe('reset', () => {
  test.each([
    ['before', true],
    ['after', false],
  ] as const)('%s the effect ends the connection with a TCP reset and no byte', async (effect, held) => {
    const service = await faulty({ kind: 'reset', effect })
    expect(await unpinOverTcp(service, pin.id)).toEqual({ text: '', end: 'reset' })
    expect(service.holds(pin.id)).toBe(held)
    expect(service.requests[0]).toMatchObject({ removed: !held, fault: { kind: 'reset', effect } })
    expect(service.requests[0]).not.toHaveProperty('status')
  })
})

describe('cut', () => {
  test('promises the whole length and closes after half of the body, with the effect', async () => {
    const service = await faulty({ kind: 'cut' })
    const { text, end } = await unpinOverTcp(service, pin.id)
    expect(text).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    expect(text).toMatch(`\r\nContent-Length: ${SUCCESS.length}\r\n`)
    expect(bodyOf(text)).toBe(SUCCESS.slice(0, Math.floor(SUCCESS.length / 2)))
    expect(end).toBe('closed')
    expect(service.requests[0]).toMatchObject({ removed: true, status: 200 })
  })

  test('of a chunked body leaves out the last chunk', async () => {
    const service = await faulty({ kind: 'cut', chunked: true })
    const { text, end } = await unpinOverTcp(service, pin.id)
    expect(text).toMatch('\r\nTransfer-Encoding: chunked\r\n')
    const half = SUCCESS.slice(0, Math.floor(SUCCESS.length / 2))
    expect(bodyOf(text)).toBe(`${half.length.toString(16)}\r\n${half}\r\n`)
    expect(end).toBe('closed')
    expect(service.holds(pin.id)).toBe(false)
  })

  test.each([true, false])('fails in a client that reads the body, chunked: %p', async (chunked) => {
    const service = await faulty({ kind: 'cut', chunked })
    await expect(unpin(service, pin.id)).rejects.toThrow()
  })
})

describe('drip', () => {
  test('brings the right answer byte by byte, with the effect', async () => {
    const service = await faulty({ kind: 'drip', everyMs: 1 })
    const response = await fetch(`${service.url}/api/pinning/unpin/${pin.id}`, {
      method: 'DELETE',
      headers: keyHeaders(),
    })
    const sizes = []
    let text = ''
    for await (const chunk of response.body ?? []) {
      sizes.push(chunk.length)
      text += Buffer.from(chunk).toString()
    }
    expect(text).toBe(SUCCESS)
    expect(sizes.length).toBeGreaterThan(SUCCESS.length / 4)
    expect(service.holds(pin.id)).toBe(false)
  })

  test('of headers brings them byte by byte and never to an end, without an effect', async () => {
    const service = await faulty({ kind: 'drip-headers', everyMs: 1 })
    const { text, end } = await unpinOverTcp(service, pin.id, (so) => so.length > 100)
    expect(text).toMatch(/^HTTP\/1.1 200 OK\r\nContent-Type: application\/json\r\nX-Drip: drip\r\nX-Drip: /)
    expect(text).not.toMatch('\r\n\r\n')
    expect(end).toBe('open')
    expect(service.holds(pin.id)).toBe(true)
  })
})

describe('hang', () => {
  test.each([
    ['before', true],
    ['after', false],
  ] as const)('%s the effect never answers, and ends when the client leaves', async (effect, held) => {
    const service = await faulty({ kind: 'hang', effect })
    const leave = new AbortController()
    const answer = fetch(`${service.url}/api/pinning/unpin/${pin.id}`, {
      method: 'DELETE',
      headers: keyHeaders(),
      signal: leave.signal,
    })
    await eventually(() => service.requests.length === 1)
    await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 30))])
    leave.abort()
    await expect(answer).rejects.toThrow('abort')
    expect(service.holds(pin.id)).toBe(held)
    expect(service.requests[0]).not.toHaveProperty('status')
  })
})

test('informational answers come again and again, with no final one', async () => {
  const service = await faulty({ kind: 'informational', everyMs: 1 })
  const { text } = await unpinOverTcp(service, pin.id, (so) => so.split('102').length > 3)
  expect(text).toMatch(/^(HTTP\/1.1 102 Processing\r\n\r\n){3,}$/)
  expect(service.holds(pin.id)).toBe(true)
})

test('a switch of protocols that was not asked for is followed by silence', async () => {
  const service = await faulty({ kind: 'switch' })
  const { text, end } = await unpinOverTcp(service, pin.id, (so) => so.endsWith('\r\n\r\n'))
  expect(text).toMatch(/^HTTP\/1.1 101 Switching Protocols\r\n/)
  expect(end).toBe('open')
  expect(service.holds(pin.id)).toBe(true)
  expect(service.requests[0]).toMatchObject({ status: 101 })
})

describe('answer', () => {
  test('stands in the place of the real one, without an effect', async () => {
    const service = await faulty({
      kind: 'answer',
      status: 503,
      headers: { 'Retry-After': '7' },
      body: '<p>',
    })
    const { status, headers, text } = await unpin(service, pin.id)
    expect([status, headers.get('retry-after'), headers.get('content-type'), text]).toEqual([
      503,
      '7',
      null,
      '<p>',
    ])
    expect(service.holds(pin.id)).toBe(true)
    expect(service.requests[0]).toMatchObject({ status: 503, removed: false })
  })

  test('can come after the effect', async () => {
    const service = await faulty({ kind: 'answer', status: 500, effect: true })
    const { status, text } = await unpin(service, pin.id)
    expect([status, text]).toEqual([500, ''])
    expect(service.requests[0]).toMatchObject({ status: 500, removed: true })
  })

  test('sends bytes as they are, and all else as JSON', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00])
    const raw = await fetch(`${(await faulty({ kind: 'answer', status: 200, body: bytes })).url}/`, {
      headers: keyHeaders(),
    })
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(bytes)
    for (const body of [null, 0, [], { status: 'success' }]) {
      const { headers, json } = await unpin(await faulty({ kind: 'answer', status: 200, body }), pin.id)
      expect(headers.get('content-type')).toMatch('application/json')
      expect(json).toEqual(body)
    }
    const typed: Fault = { kind: 'answer', status: 200, headers: { 'content-type': 'text/x' }, body: {} }
    const { headers, text } = await unpin(await faulty(typed), pin.id)
    expect([headers.get('content-type'), text]).toEqual(['text/x', '{}'])
  })

  test('can be one without a body', async () => {
    const { status, text } = await unpin(await faulty({ kind: 'answer', status: 204 }), pin.id)
    expect([status, text]).toEqual([204, ''])
  })
})

test('a redirect leads to the location given, without an effect', async () => {
  const location = '/elsewhere?x=1'
  const plain = await unpin(await faulty({ kind: 'redirect', location }), pin.id)
  expect([plain.status, plain.headers.get('location')]).toEqual([302, location])
  const service = await faulty({ kind: 'redirect', location: 'https://example.com/', status: 307 })
  const { status, headers } = await unpin(service, pin.id)
  expect([status, headers.get('location')]).toEqual([307, 'https://example.com/'])
  expect(service.holds(pin.id)).toBe(true)
})

describe('wrong-record', () => {
  test('unpins the right pin and speaks of another', async () => {
    const service = await faulty({ kind: 'wrong-record' })
    const { status, json } = await unpin(service, pin.id)
    expect(status).toBe(200)
    expect(json).toEqual({ data: { ...pin, id: other.id }, status: 'success' })
    expect([service.holds(pin.id), service.holds(other.id)]).toEqual([false, true])
  })

  test('makes up another id where the account has no other, and leaves alone what speaks of no pin', async () => {
    const service = await start({ pins: [pin], fault: () => ({ kind: 'wrong-record' }) })
    const { json } = await read(service, pin.id)
    expect(json).not.toMatchObject({ data: { id: pin.id } })
    expect((await list(service)).json).toMatchObject({ data: { pins: [pin] } })
    expect((await unpin(service, other.id)).status).toBe(404)
  })
})

test('keep answers as if the pin were gone, and keeps it', async () => {
  const service = await faulty({ kind: 'keep' })
  for (const _ of [1, 2]) {
    const { status, text } = await unpin(service, pin.id)
    expect([status, text]).toEqual([200, SUCCESS])
  }
  expect(service.holds(pin.id)).toBe(true)
  expect(service.requests).toMatchObject([{ removed: false }, { removed: false }])
})

describe('delay', () => {
  test('answers late, and the effect is as late', async () => {
    const service = await faulty({ kind: 'delay', ms: 60 })
    const began = performance.now()
    const answer = unpin(service, pin.id)
    await eventually(() => service.requests.length === 1)
    expect(service.holds(pin.id)).toBe(true)
    expect((await answer).text).toBe(SUCCESS)
    // A timer may fire up to a millisecond early by another clock.
    expect(performance.now() - began).toBeGreaterThan(55)
    expect(service.holds(pin.id)).toBe(false)
  })

  test('has no effect when the client leaves before', async () => {
    const service = await faulty({ kind: 'delay', ms: 40 })
    await expect(
      fetch(`${service.url}/api/pinning/unpin/${pin.id}`, {
        method: 'DELETE',
        headers: keyHeaders(),
        signal: AbortSignal.timeout(15),
      }),
    ).rejects.toThrow('timeout')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(service.holds(pin.id)).toBe(true)
  })
})

test('a fault is chosen for one request, by what is known of it', async () => {
  const service = await start({
    pins: [pin, other],
    fault: ({ method, pinId }) =>
      method === 'DELETE' && pinId === pin.id ? { kind: 'answer', status: 502 } : undefined,
  })
  expect((await unpin(service, pin.id)).status).toBe(502)
  expect((await unpin(service, other.id)).status).toBe(200)
  expect((await read(service, pin.id)).status).toBe(200)
})
