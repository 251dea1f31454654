import { afterEach, expect, test } from '@jest/globals'
import { makePin, type Service } from '../../testing/service/index.ts'
import { call, closeServices, keyHeaders, list, type Seen, start, unpin } from './client.ts'

afterEach(closeServices)

const NOON = Date.UTC(2026, 0, 1, 12)

async function statuses(service: Service, times: number): Promise<number[]> {
  const seen = []
  for (let i = 0; i < times; i += 1) seen.push((await list(service)).status)
  return seen
}

test('a request over the limit is refused until the oldest one is a minute old, and does not count', async () => {
  let clock = NOON
  const service = await start({ requestsPerMinute: 3, now: () => clock })
  expect(await statuses(service, 2)).toEqual([200, 200])
  clock += 30_000
  expect(await statuses(service, 3)).toEqual([200, 429, 429])
  clock += 29_999
  expect(await statuses(service, 1)).toEqual([429])
  clock += 1
  expect(await statuses(service, 3)).toEqual([200, 200, 429])
  clock += 60_000
  expect(await statuses(service, 4)).toEqual([200, 200, 200, 429])
})

async function refusedAfter(retryAfter: 'seconds' | 'date' | 'none', ms: number): Promise<Seen> {
  let clock = NOON
  const service = await start({ requestsPerMinute: 1, retryAfter, now: () => clock })
  await list(service)
  clock += ms
  const answer = await list(service)
  expect(answer.status).toBe(429)
  expect(answer.json).toMatchObject({ status: 'error' })
  return answer
}

test('a refusal says when to come back: in seconds, rounded up', async () => {
  expect((await refusedAfter('seconds', 0)).headers.get('retry-after')).toBe('60')
  expect((await refusedAfter('seconds', 1)).headers.get('retry-after')).toBe('60')
  expect((await refusedAfter('seconds', 59_999)).headers.get('retry-after')).toBe('1')
})

test('a refusal can give the time as a date, rounded up', async () => {
  expect((await refusedAfter('date', 59_000)).headers.get('retry-after')).toBe(
    'Thu, 01 Jan 2026 12:01:00 GMT',
  )
  let clock = NOON + 1
  const service = await start({ requestsPerMinute: 1, retryAfter: 'date', now: () => clock })
  await list(service)
  clock += 5
  expect((await list(service)).headers.get('retry-after')).toBe('Thu, 01 Jan 2026 12:01:01 GMT')
})

test('a refusal can leave out when to come back', async () => {
  expect((await refusedAfter('none', 0)).headers.has('retry-after')).toBe(false)
})

test('a refused unpin leaves the pin, and one without valid keys does not count', async () => {
  const pin = makePin({}, 1)
  const service = await start({ pins: [pin], requestsPerMinute: 1 })
  expect((await call(service, 'GET', '/', { ...keyHeaders(), pinning_api_key: 'wrong' })).status).toBe(401)
  expect(await statuses(service, 1)).toEqual([200])
  expect((await unpin(service, pin.id)).status).toBe(429)
  expect(service.holds(pin.id)).toBe(true)
  expect(service.requests[2]).toMatchObject({ removed: false, status: 429 })
})

test('a fault does not lift the limit, and one without an effect does not count', async () => {
  const pin = makePin({}, 1)
  const service = await start({
    pins: [pin],
    requestsPerMinute: 1,
    fault: ({ method }) => (method === 'DELETE' ? { kind: 'wrong-record' } : { kind: 'answer', status: 503 }),
  })
  expect(await statuses(service, 2)).toEqual([503, 503])
  expect((await unpin(service, pin.id)).status).toBe(200)
  expect((await unpin(service, pin.id)).status).toBe(429)
})
