import { afterEach, describe, expect, test } from '@jest/globals'
import { type Fault, type KeyPair, makePin, type Scope, type Service } from '../../testing/service/index.ts'
import { call, closeServices, keyHeaders, start, unpinOverTcp } from './client.ts'

// Only what the tests of the bundle would not notice if it were wrong.

afterEach(closeServices)

const pin = makePin({}, 1)
const UNPIN = `/api/pinning/unpin/${pin.id}`
const LIST = '/api/pinning/pins/'
const SUCCESS = JSON.stringify({ data: pin, status: 'success' })
const HALF = SUCCESS.slice(0, Math.floor(SUCCESS.length / 2))
const HEAD = 'HTTP/1\\.1 200 OK\\r\\n[^]*'

describe('a fault does on the wire what its name says', () => {
  const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&')

  test.each<[Fault, RegExp, 'open' | 'closed' | 'reset', boolean]>([
    [{ kind: 'reset', effect: 'before' }, /^$/, 'reset', true],
    [{ kind: 'reset', effect: 'after' }, /^$/, 'reset', false],
    [
      { kind: 'cut' },
      new RegExp(`^${HEAD}Content-Length: ${SUCCESS.length}\\r\\n[^]*\\r\\n\\r\\n${escaped(HALF)}$`),
      'closed',
      false,
    ],
    [
      { kind: 'cut', chunked: true },
      new RegExp(`^${HEAD}chunked\\r\\n\\r\\n${HALF.length.toString(16)}\\r\\n${escaped(HALF)}\\r\\n$`),
      'closed',
      false,
    ],
    [{ kind: 'drip', everyMs: 1 }, new RegExp(`^${HEAD}\\r\\n\\r\\n${escaped(SUCCESS)}$`), 'open', false],
    [
      { kind: 'drip-headers', everyMs: 1 },
      /^HTTP\/1\.1 200 OK\r\n(?:[\w-]+: [\w/-]+\r\n)+X-Drip: drip\r\nX-D/,
      'open',
      true,
    ],
    [{ kind: 'informational', everyMs: 1 }, /^(HTTP\/1\.1 102 Processing\r\n\r\n){3,}$/, 'open', true],
    [{ kind: 'switch' }, /^HTTP\/1\.1 101 Switching Protocols\r\n[^]*\r\n\r\n$/, 'open', true],
  ])('%j', async (fault, sent, end, held) => {
    const service = await start({ pins: [pin], fault: () => fault })
    const received = await unpinOverTcp(service, pin.id, end === 'open' ? sent : /$^x/)
    expect(received).toEqual({ text: expect.stringMatching(sent), end })
    expect(service.holds(pin.id)).toBe(held)
  })
})

describe('the limit of requests in 60 s', () => {
  const NOON = Date.UTC(2026, 0, 1, 12)

  async function statuses(service: Service, times: number): Promise<number[]> {
    const seen = []
    for (let i = 0; i < times; i += 1) seen.push((await call(service, 'GET', LIST)).status)
    return seen
  }

  test('refuses a request until the oldest one is a minute old, and a refused one does not count', async () => {
    let clock = NOON
    const service = await start({ requestsPerMinute: 3, now: () => clock })
    expect(await statuses(service, 2)).toEqual([200, 200])
    clock += 30_000
    expect(await statuses(service, 3)).toEqual([200, 429, 429])
    clock += 29_999
    expect(await statuses(service, 1)).toEqual([429])
    clock += 1
    expect(await statuses(service, 3)).toEqual([200, 200, 429])
  })

  test.each([
    ['seconds', 1, '60'],
    ['seconds', 59_999, '1'],
    ['date', 59_000, 'Thu, 01 Jan 2026 12:01:00 GMT'],
    ['none', 0, null],
  ] as const)(
    'says when to come back, as %s, %i ms after the request that used it up',
    async (retryAfter, ms, said) => {
      let clock = NOON
      const service = await start({ pins: [pin], requestsPerMinute: 1, retryAfter, now: () => clock })
      await statuses(service, 1)
      clock += ms
      const { status, headers } = await call(service, 'DELETE', UNPIN)
      expect([status, headers.get('retry-after')]).toEqual([429, said])
      expect(service.holds(pin.id)).toBe(true)
    },
  )
})

const pair = (name: string, ...scopes: Scope[]): KeyPair => ({
  apiKey: `${name}+/A=`,
  secretKey: `${name}+/S=`,
  scopes,
})

test('a key is accepted only with the other half of its pair', async () => {
  const [one, other] = [pair('one', 'admin'), pair('other', 'admin')]
  const service = await start({ pins: [pin], keys: [one, other] })
  for (const headers of [
    {},
    { pinning_api_key: one.apiKey },
    { pinning_api_key: one.apiKey, pinning_secret_key: other.secretKey },
    { pinning_api_key: one.secretKey, pinning_secret_key: one.apiKey },
    keyHeaders(),
  ] as Record<string, string>[])
    expect((await call(service, 'DELETE', UNPIN, headers)).status).toBe(401)
  expect(service.holds(pin.id)).toBe(true)
  expect((await call(service, 'DELETE', UNPIN, keyHeaders(other))).status).toBe(200)
})

test('a pin that was unpinned can be pinned again by its CID with the scope for it, and one that is there cannot', async () => {
  const [pinner, unpinner] = [pair('pinner', 'pinning.pin_by_hash'), pair('unpinner', 'pinning.unpin')]
  const service = await start({ pins: [pin], keys: [pinner, unpinner] })
  const pinAgain = (keys = pinner): Promise<Response> => {
    const body = JSON.stringify({ hash_to_pin: pin.cid, metadata: { name: 'again' } })
    return call(service, 'POST', '/api/pinning/pinByHash', keyHeaders(keys), body)
  }
  expect((await pinAgain(unpinner)).status).toBe(403)
  expect((await pinAgain()).status).toBe(409)
  await call(service, 'DELETE', UNPIN, keyHeaders(unpinner))
  const answer = await pinAgain()
  const [, added] = [...service.records.values()]
  expect(await answer.json()).toEqual({ data: added, status: 'success' })
  expect(added).toMatchObject({ cid: pin.cid, pinned: true, metadata: { name: 'again' } })
})

test('a service that breaks answers at once, and its close says why', async () => {
  const cause = new Error('no such fault')
  const service = await start({
    fault: () => {
      throw cause
    },
  })
  expect((await call(service, 'GET', '/')).status).toBe(500)
  await expect(closeServices()).rejects.toMatchObject({ message: expect.stringContaining('broke'), cause })
})
