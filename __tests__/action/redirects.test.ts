import { afterAll, describe, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, type Fault, makePin } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import {
  endProcesses,
  errorsOf,
  every,
  type Faults,
  inTurn,
  pins,
  runStep,
  unpinEach,
  unpinOne,
} from '../support/step.ts'

afterAll(endProcesses)

const [pin, other] = [makePin({}, 1), makePin({}, 99)]
const END = `/api/pinning/unpin/${pin.id}`
const to = (location: string, status: 301 | 302 | 303 | 307 | 308 = 307): Fault => ({
  kind: 'redirect',
  location,
  status,
})

describe('a redirect within the origin', () => {
  test.concurrent('is followed with DELETE and both keys, whatever its status', async () => {
    const statuses = [301, 302, 303, 307, 308] as const
    const ids = pins(5).map(({ id }) => id)
    const table = statuses.map((status, index): [string, Faults] => [
      `HTTP ${status}`,
      inTurn(to(`/v2/api/pinning/unpin/${ids[index]}`, status)),
    ])
    const { rows, service } = await unpinEach(Object.fromEntries(table))
    statuses.forEach((status, index) => {
      const path = `/api/pinning/unpin/${ids[index]}`
      // The embedded service has nothing at the new place.
      const expected = { result: 'failed', attempts: 1, requests: [`DELETE ${path}`, `DELETE /v2${path}`] }
      expect(rows[`HTTP ${status}`]).toMatchObject(expected)
    })
    const headers = { pinning_api_key: DEFAULT_KEYS.apiKey, pinning_secret_key: DEFAULT_KEYS.secretKey }
    for (const request of service.requests) expect(request).toMatchObject({ headers })
  })

  test.concurrent.each([
    ['a relative path', () => `../unpin/${pin.id}`],
    ['a query', () => '?again'],
    ['the whole URL in another spelling', (port: number) => `HTTP://127.1:${port}${END}#top`],
    ['the host without a scheme', (port: number) => `//127.0.0.1:${port}${END}`],
    ['a URL with user info', (port: number) => `http://user:word@127.0.0.1:${port}${END}`],
  ])('to %s is followed, without fragment and user info', async (_, location) => {
    const service = await start({
      pins: [pin],
      fault: (request) => (request === service.requests[0] ? to(location(service.port)) : undefined),
    })
    expect((await runStep(service.url, [pin.id])).conclusion).toBe('success')
    expect(service.requests[1]?.path.replace('?again', '')).toBe(END)
    expect(service.requests[1]?.headers['authorization']).toBeUndefined()
  })

  test.concurrent('is followed three times at most', async () => {
    const hops = (count: number): Faults =>
      inTurn(...Array.from({ length: count }, (_, hop) => to(`?hop=${hop}`)))
    const { rows, result } = await unpinEach({ three: hops(3), four: hops(4), many: hops(1000) })
    const requests = { length: 4 }
    expect(rows).toMatchObject({
      three: { result: 'unpinned', attempts: 1, requests },
      four: { result: 'failed', attempts: 1, requests },
      many: { result: 'failed', attempts: 1, requests },
    })
    expect(errorsOf(result).match(/more than 3 redirects/g)).toHaveLength(2)
  })

  test.concurrent('is followed again at each attempt', async () => {
    const { entry, service } = await unpinOne(inTurn(to('?a'), { kind: 'answer', status: 503 }, to('?b')))
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 2 })
    expect(service.requests.map(({ path }) => path)).toEqual([END, `${END}?a`, END, `${END}?b`])
  })

  test.concurrent('to another endpoint is not followed, and the pin stays', async () => {
    const ids = pins(5).map(({ id }) => id)
    const table = {
      'another pin': to(`/api/pinning/unpin/${other.id}`, 302),
      'another pin, relatively': to(`x/../${other.id}`, 302),
      'another pin, with its own ID in the query': to(
        `/api/pinning/unpin/${other.id}?x=/api/pinning/unpin/${ids[2]}`,
        302,
      ),
      'another endpoint with the same ID': to(`/api/pinning/${ids[3]}`, 302),
      'a page to log in': to(`/login/${ids[4]}`, 302),
    }
    const { result, rows, service } = await unpinEach(table, { 'on-missing': 'ignore' })
    expect(rows).toMatchObject(
      every(rows, { result: 'failed', attempts: 1, httpStatus: 302, requests: { length: 1 } }),
    )
    expect(
      errorsOf(result).match(/to another endpoint, which was not followed\. Check `api-url`/g),
    ).toHaveLength(5)
    expect(ids.filter((id) => !service.holds(id))).toEqual([])
  })
})
