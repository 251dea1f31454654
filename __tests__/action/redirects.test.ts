import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import type { Fault, ReceivedRequest } from '../../testing/service/index.ts'
import { clearStage, entriesOf, errorsOf, inTurn, pin, runStep, serve, unpinOne } from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const STATUSES = [301, 302, 303, 307, 308] as const
const END = `/api/pinning/unpin/${pin.id}`

/** Redirects as many times as said, then answers well. */
function hops(count: number, location = (hop: number) => `${END}?hop=${hop}`): () => Fault | undefined {
  let done = 0
  return () => {
    done += 1
    return done > count ? undefined : { kind: 'redirect', location: location(done), status: 307 }
  }
}

describe('a redirect within the origin', () => {
  test.concurrent.each(STATUSES)('with HTTP %i is followed with DELETE and both keys', async (status) => {
    const { result, entry, service } = await unpinOne(
      inTurn({ kind: 'redirect', location: `/v2${END}`, status }),
    )
    const headers = { pinning_api_key: DEFAULT_KEYS.apiKey, pinning_secret_key: DEFAULT_KEYS.secretKey }
    expect(service.requests).toMatchObject([
      { method: 'DELETE', path: END, headers },
      { method: 'DELETE', path: `/v2${END}`, headers },
    ])
    // The embedded service has nothing there.
    expect([entry.result, entry.attempts, result.conclusion]).toEqual(['failed', 1, 'failure'])
  })

  test.concurrent.each([
    ['a relative path', () => `../unpin/${pin.id}`],
    ['a query', () => '?again'],
    ['the whole URL in another spelling', (port: number) => `HTTP://127.1:${port}${END}#top`],
    ['the host without a scheme', (port: number) => `//127.0.0.1:${port}${END}`],
    ['a URL with user info', (port: number) => `http://user:word@127.0.0.1:${port}${END}`],
  ])('to %s is followed, without fragment and user info', async (_, location) => {
    const redirect = (request: ReceivedRequest): Fault | undefined =>
      request === service.requests[0] ? { kind: 'redirect', location: location(service.port) } : undefined
    const service = await serve({ pins: [pin], fault: redirect })
    const result = await runStep(service.url, [pin.id])
    expect(result.conclusion).toBe('success')
    expect(service.requests[1]?.path.replace('?again', '')).toBe(END)
    expect(service.requests[1]?.headers['authorization']).toBeUndefined()
  })

  test.concurrent.each([
    [3, 'unpinned'],
    [4, 'failed'],
    [1000, 'failed'],
  ])('is followed three times at most: %i in a row, %s', async (count, expected) => {
    const { entry, service, result } = await unpinOne(hops(count))
    expect(entry).toMatchObject({ result: expected, attempts: 1 })
    expect(service.requests).toHaveLength(4)
    if (expected === 'failed') expect(errorsOf(result)).toMatch(/more than 3 redirects/)
  })

  test.concurrent('is followed again at each attempt', async () => {
    const { entry, service } = await unpinOne(
      inTurn(
        { kind: 'redirect', location: `${END}?a` },
        { kind: 'answer', status: 503 },
        { kind: 'redirect', location: `${END}?b` },
      ),
    )
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 2 })
    expect(service.requests.map(({ path }) => path)).toEqual([END, `${END}?a`, END, `${END}?b`])
  })

  const other = makePin({}, 2)
  test.concurrent.each([
    ['another pin', `/api/pinning/unpin/${other.id}`],
    ['another pin, relatively', `${END}/../${other.id}`],
    ['another pin, with its own ID in the query', `/api/pinning/unpin/${other.id}?x=${END}`],
    ['another endpoint with the same ID', `/api/pinning/${pin.id}`],
    ['a page to log in', `/login/${pin.id}`],
  ])('to %s is not followed, and both pins stay', async (_, location) => {
    const service = await serve({ pins: [pin, other], fault: () => ({ kind: 'redirect', location }) })
    const result = await runStep(service.url, [pin.id], { 'on-missing': 'ignore' })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: 302 }])
    expect(errorsOf(result)).toMatch(/to another endpoint, which was not followed\. Check `api-url`/)
    expect(service.requests.map(({ path }) => path)).toEqual([END])
    expect([service.holds(pin.id), service.holds(other.id)]).toEqual([true, true])
  })
})
