import { afterEach, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, type KeyPair, makePin, type Scope } from '../../testing/service/index.ts'
import { call, closeServices, keyHeaders, start } from './client.ts'

const pin = makePin({}, 1)
const UNPIN = `/api/pinning/unpin/${pin.id}`

afterEach(closeServices)

const pair = (name: string, ...scopes: Scope[]): KeyPair => ({
  apiKey: `${name}+/A=`,
  secretKey: `${name}+/S=`,
  scopes,
})

test.each([
  ['no keys', {}],
  ['the API key alone', { pinning_api_key: DEFAULT_KEYS.apiKey }],
  ['a wrong secret', { ...keyHeaders(), pinning_secret_key: 'wrong' }],
  ['a wrong API key', { ...keyHeaders(), pinning_api_key: 'wrong' }],
  [
    'the two the other way round',
    { pinning_api_key: DEFAULT_KEYS.secretKey, pinning_secret_key: DEFAULT_KEYS.apiKey },
  ],
])('with %s every path refuses the request, and no fault is used', async (_, headers) => {
  const service = await start({
    pins: [pin],
    fault: () => {
      throw new Error('asked')
    },
  })
  for (const path of [UNPIN, '/elsewhere']) {
    const answer = await call(service, 'DELETE', path, headers)
    expect(answer.status).toBe(401)
    expect(answer.json).toEqual({ status: 'error', message: 'You are not logged in' })
  }
  expect(service.holds(pin.id)).toBe(true)
  expect(service.requests).toMatchObject([{ status: 401, pinId: pin.id, removed: false }, { status: 401 }])
})

test('the halves of two pairs do not make a pair', async () => {
  const [one, other] = [pair('one', 'admin'), pair('other', 'admin')]
  const service = await start({ pins: [pin], keys: [one, other] })
  const mixed = { pinning_api_key: one.apiKey, pinning_secret_key: other.secretKey }
  expect((await call(service, 'DELETE', UNPIN, mixed)).status).toBe(401)
  expect((await call(service, 'DELETE', UNPIN, keyHeaders(other))).status).toBe(200)
  expect((await call(service, 'DELETE', UNPIN)).status).toBe(401)
})

test('a key does what its scopes allow and no more', async () => {
  const unpins = pair('u', 'pinning.unpin')
  const lists = pair('l', 'data.pin_list')
  const pins = pair('p', 'pinning.pin_by_hash')
  const admin = pair('a', 'admin')
  const requests = [
    ['GET', '/api/pinning/pins/'],
    ['GET', `/api/pinning/${pin.id}`],
    ['DELETE', UNPIN],
    // An empty body is refused with 400, but only after the scope allowed it.
    ['POST', '/api/pinning/pinByHash'],
  ] as const
  const statuses = async (keys: KeyPair): Promise<number[]> => {
    const service = await start({ pins: [pin], keys: [unpins, lists, pins, admin] })
    const answers = []
    for (const [method, path] of requests) answers.push(await call(service, method, path, keyHeaders(keys)))
    expect(answers.filter(({ status }) => status === 403).map(({ json }) => json)).toEqual(
      answers.filter(({ status }) => status === 403).map(() => expect.objectContaining({ status: 'error' })),
    )
    expect(service.holds(pin.id)).toBe(answers[2]?.status !== 200)
    return answers.map(({ status }) => status)
  }
  expect(await statuses(unpins)).toEqual([403, 403, 200, 403])
  expect(await statuses(lists)).toEqual([200, 200, 403, 403])
  expect(await statuses(pins)).toEqual([403, 403, 403, 400])
  expect(await statuses(admin)).toEqual([200, 200, 200, 400])
})

test('every request is remembered as it arrived, in its order, with its answer', async () => {
  let clock = 5000
  const service = await start({ pins: [pin], now: () => (clock += 1) })
  await call(service, 'GET', '/api/pinning/pins/?limit=1')
  await call(service, 'DELETE', UNPIN, { ...keyHeaders(), 'X-Probe': 'Yes' })
  expect(service.requests).toMatchObject([
    { method: 'GET', path: '/api/pinning/pins/?limit=1', at: 5001, removed: false, status: 200 },
    { method: 'DELETE', path: UNPIN, pinId: pin.id, removed: true, status: 200 },
  ])
  expect(service.requests[1]?.headers).toMatchObject({ ...keyHeaders(), 'x-probe': 'Yes' })
  expect(service.requests[1]).not.toHaveProperty('fault')
})
