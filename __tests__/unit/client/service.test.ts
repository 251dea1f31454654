import { afterEach, expect, test } from '@jest/globals'
import { systemClock } from '../../../src/clock.ts'
import { authentication, PinService, type ServicePin } from '../../../src/client/service.ts'
import { createExchange } from '../../../src/http/exchange.ts'
import { Gate } from '../../../src/http/gate.ts'
import { Origin } from '../../../src/http/origin.ts'
import type { RetryNotice } from '../../../src/types.ts'
import { DEFAULT_KEYS, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'

const pin = makePin({}, 1)
const never = new AbortController().signal

afterEach(closeServices)

const notices: RetryNotice[] = []

function pinAt(service: Service): ServicePin {
  const origin = new Origin({
    base: service.url,
    secretHeaders: authentication({ api: DEFAULT_KEYS.apiKey, secret: DEFAULT_KEYS.secretKey }),
    exchange: createExchange(systemClock),
    gate: new Gate(systemClock, 180),
    clock: systemClock,
    random: () => 0,
  })
  return new PinService(origin).pin(pin.id, {
    timeoutSeconds: 10,
    signal: never,
    startSignal: never,
    onRetry: (notice) => notices.push(notice),
  })
}

test('a pin is unpinned by one DELETE to its path, below the prefix', async () => {
  const service = await start({ pins: [pin], prefix: '/ipfs' })
  expect(await pinAt(service).unpin()).toMatchObject({
    pinId: pin.id,
    result: 'unpinned',
    cid: pin.cid,
    attempts: 1,
  })
  expect(service.requests).toMatchObject([
    { method: 'DELETE', path: `/ipfs/api/pinning/unpin/${pin.id}`, removed: true },
  ])
})

test('a pin that the service does not have is told after one request', async () => {
  const service = await start()
  expect(await pinAt(service).unpin()).toMatchObject({ result: 'missing', attempts: 1 })
})

test('`record not found` is final, though it comes with a status that is tried again otherwise', async () => {
  const service = await start({
    fault: () => ({ kind: 'answer', status: 500, body: { status: 'error', message: 'record not found' } }),
  })
  expect(await pinAt(service).unpin()).toMatchObject({ result: 'missing', attempts: 1, httpStatus: 500 })
})

test('a pin that a lost attempt removed is told to be its work, and the retry was told as well', async () => {
  const service = await start({
    pins: [pin],
    fault: () => (service.requests.length === 1 ? { kind: 'reset', effect: 'after' } : undefined),
  })
  expect(await pinAt(service).unpin()).toMatchObject({
    result: 'missing',
    afterLostAnswer: true,
    attempts: 2,
  })
  expect(notices).toMatchObject([{ attempt: 1, waitMs: 0 }])
})

test('a pin is read by one GET to its path, and by another after it was removed', async () => {
  const service = await start({ pins: [pin], prefix: '/ipfs' })
  const one = pinAt(service)
  expect(await one.read()).toEqual({ record: { ...pin }, durationMs: expect.any(Number) })
  const unpinned = await one.unpin()
  expect(await one.verify(unpinned)).toMatchObject({
    result: 'unpinned',
    cid: pin.cid,
    attempts: 1,
    message: expect.stringContaining('gone when read again'),
  })
  expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /ipfs/api/pinning/${pin.id}`,
    `DELETE /ipfs/api/pinning/unpin/${pin.id}`,
    `GET /ipfs/api/pinning/${pin.id}`,
  ])
})
