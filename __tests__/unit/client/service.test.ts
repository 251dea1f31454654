import { afterEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../../src/clock.ts'
import { authentication, PinService, type CallOptions } from '../../../src/client/service.ts'
import { OriginClient } from '../../../src/http/origin-client.ts'
import { RateLimiter } from '../../../src/http/rate-limiter.ts'
import type { RetryNotice } from '../../../src/http/retry.ts'
import { createSender } from '../../../src/http/send.ts'
import { DEFAULT_KEYS, type Fault, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { answer } from '../../support/step.ts'

const pin = makePin({}, 1)
const never = new AbortController().signal

afterEach(closeServices)

const notices: RetryNotice[] = []
const OPTIONS: CallOptions = {
  timeoutSeconds: 10,
  signal: never,
  startSignal: never,
  onRetry: (notice) => notices.push(notice),
}

const clientOf = ({ url }: Service): PinService =>
  new PinService(
    new OriginClient({
      base: url,
      secretHeaders: authentication({ api: DEFAULT_KEYS.apiKey, secret: DEFAULT_KEYS.secretKey }),
      holdsKey: () => false,
      sender: createSender(systemClock),
      limiter: new RateLimiter(systemClock, 180),
      clock: systemClock,
      random: () => 0,
    }),
  )

test('a pin is read, removed and read again by one request each, below the prefix', async () => {
  const service = await start({ pins: [pin], prefix: '/ipfs' })
  const one = clientOf(service).pin(pin.id, OPTIONS)
  expect(await one.read()).toMatchObject({ kind: 'record', record: { id: pin.id, raw: { ...pin } } })
  const unpinned = await one.unpin()
  expect(unpinned).toMatchObject({ pinId: pin.id, result: 'unpinned', attempts: 1 })
  expect(await one.verify(unpinned)).toMatchObject({ result: 'unpinned', attempts: 1 })
  expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /ipfs/api/pinning/${pin.id}`,
    `DELETE /ipfs/api/pinning/unpin/${pin.id}`,
    `GET /ipfs/api/pinning/${pin.id}`,
  ])
})

test('a page of the list is asked for as documented, with its slash, oldest first', async () => {
  const service = await start({ pins: [pin] })
  const page = await clientOf(service).page({ offset: 0, limit: 7, pinned: 'true' }, OPTIONS)
  expect(page).toEqual({ kind: 'rows', rows: [{ ...pin }], total: 1 })
  expect(service.requests[0]).toMatchObject({
    method: 'GET',
    path: '/api/pinning/pins/?offset=0&limit=7&pinned=true&sortBy=created_at&sortOrder=ASC',
  })
})

describe('one row of the list shows whether this is the AIOZ Pin API', () => {
  test.each<[string, Fault | undefined, boolean]>([
    ['the documented list', undefined, true],
    ['HTTP 401 with JSON', answer(401, {}), true],
    ['HTTP 403 with JSON', answer(403, {}), true],
    ['HTTP 401 with HTML', answer(401, '<p>'), false],
    ['HTTP 404 with JSON', answer(404, {}), false],
    ['another JSON', answer(200, { data: [] }), false],
    ['a redirect', { kind: 'redirect', location: 'https://other.example/' }, false],
  ])('%s: %p', async (_, fault, isAioz) => {
    const service = await start({ fault: () => fault })
    expect(await clientOf(service).isAiozPin({ ...OPTIONS, timeoutSeconds: 1 })).toBe(isAioz)
    expect(service.requests).toHaveLength(1)
    expect(service.requests[0]?.path).toMatch(/offset=0&limit=1&pinned=all/)
  })
})
