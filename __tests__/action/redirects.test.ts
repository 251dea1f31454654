import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import type { Fault, ReceivedRequest } from '../../testing/service/index.ts'
import { clearStage, entriesOf, errorsOf, eventually, pin, runStep, serve, startStep } from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const STATUSES = [301, 302, 303, 307, 308] as const
const END = `/api/pinning/unpin/${pin.id}`

/** Redirects as many times as asked for, then answers well. */
function hops(
  count: number,
  location: (hop: number) => string = (hop) => `${END}?hop=${hop}`,
): (request: ReceivedRequest) => Fault | undefined {
  let done = 0
  return () => {
    if (done === count) return undefined
    done += 1
    return { kind: 'redirect', location: location(done), status: 307 }
  }
}

describe('a redirect within the origin', () => {
  test.concurrent.each(STATUSES)('with %s is followed with DELETE and both keys', async (status) => {
    const service = await serve({
      pins: [pin],
      fault: ({ path }) =>
        path === END ? { kind: 'redirect', location: `${END}?moved`, status } : undefined,
    })
    const result = await runStep(service.url, [pin.id])
    expect(service.requests.map(({ method, path }) => [method, path])).toEqual([
      ['DELETE', END],
      ['DELETE', `${END}?moved`],
    ])
    for (const { headers } of service.requests) {
      expect(headers).toMatchObject({
        pinning_api_key: DEFAULT_KEYS.apiKey,
        pinning_secret_key: DEFAULT_KEYS.secretKey,
      })
    }
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1, httpStatus: 200 }])
    expect(service.holds(pin.id)).toBe(false)
    expect(result.conclusion).toBe('success')
  })

  test.concurrent.each([
    ['an absolute path', () => END],
    ['a path relative to the pin', () => `../unpin/${pin.id}`],
    ['a query alone', () => '?again'],
    ['the whole URL', (port: number) => `http://127.0.0.1:${port}${END}`],
    ['the whole URL in another spelling', (port: number) => `HTTP://127.1:${port}${END}`],
    ['the host without a scheme', (port: number) => `//127.0.0.1:${port}${END}`],
    ['a URL with a fragment', () => `${END}#top`],
  ])('to %s is followed', async (_, location) => {
    let redirected = false
    const service = await serve({
      pins: [pin],
      fault: () => {
        if (redirected) return undefined
        redirected = true
        return { kind: 'redirect', location: location(service.port) }
      },
    })
    const result = await runStep(service.url, [pin.id])
    expect(result.conclusion).toBe('success')
    expect(service.requests).toHaveLength(2)
    expect(service.requests[1]?.path.replace('?again', '')).toBe(END)
  })

  test.concurrent('three times is followed', async () => {
    const service = await serve({ pins: [pin], fault: hops(3) })
    const result = await runStep(service.url, [pin.id])
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1 }])
    expect(service.requests).toHaveLength(4)
  })

  test.concurrent('four times is not: failed, in words, without another attempt', async () => {
    const service = await serve({ pins: [pin], fault: hops(4) })
    const result = await runStep(service.url, [pin.id])
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: 307 }])
    expect(service.requests).toHaveLength(4)
    expect(service.holds(pin.id)).toBe(true)
    expect(errorsOf(result)).toMatch(/more than 3 redirects/)
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent.each([
    ['to itself', () => END],
    ['between two places', (hop: number) => (hop % 2 === 0 ? END : `${END}?there`)],
  ])('in a loop %s ends', async (_, location) => {
    const service = await serve({ pins: [pin], fault: hops(1000, location) })
    const result = await runStep(service.url, [pin.id])
    expect(entriesOf(result)[0]?.result).toBe('failed')
    expect(service.requests).toHaveLength(4)
  })

  test.concurrent('to another path that is not there is a wrong api-url, not a missing pin', async () => {
    const service = await serve({ pins: [pin], fault: hops(1, () => `/login/${pin.id}`) })
    const result = await runStep(service.url, [pin.id], { 'on-missing': 'ignore' })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: 404 }])
    expect(errorsOf(result)).toContain('api-url')
  })

  test.concurrent.each(STATUSES)(
    'with %s to another pin is not followed: failed, and the other pin stays',
    async (status) => {
      const other = makePin({}, 2)
      for (const location of [
        `/api/pinning/unpin/${other.id}`,
        `../unpin/${other.id}`,
        `${END}/../${other.id}`,
        `/api/pinning/unpin/${other.id}/`,
        `//127.0.0.1:PORT/api/pinning/unpin/${other.id.toUpperCase()}?x=/${pin.id}`,
      ]) {
        const service = await serve({
          pins: [pin, other],
          fault: () => ({
            kind: 'redirect',
            location: location.replace('PORT', String(service.port)),
            status,
          }),
        })
        const result = await runStep(service.url, [pin.id])
        expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: status }])
        expect(errorsOf(result)).toMatch(/to another resource of the origin, which was not followed/)
        expect(result.conclusion).toBe('failure')
        expect(service.requests.map(({ path }) => path)).toEqual([END])
        expect([service.holds(pin.id), service.holds(other.id)]).toEqual([true, true])
      }
    },
  )

  test.concurrent('each hop takes a place under requests-per-minute', async () => {
    const service = await serve({ pins: [pin], fault: hops(3) })
    const action = startStep(service.url, [pin.id], { 'requests-per-minute': '2' })
    await eventually(() => service.requests.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 500))
    action.signal('SIGINT')
    const result = await action.finished
    expect(service.requests).toHaveLength(2)
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('is followed anew at each attempt', async () => {
    const faults: (Fault | undefined)[] = [
      { kind: 'redirect', location: `${END}?a` },
      { kind: 'answer', status: 503 },
      { kind: 'redirect', location: `${END}?b` },
    ]
    const service = await serve({ pins: [pin], fault: () => faults.shift() })
    const result = await runStep(service.url, [pin.id])
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 2 }])
    expect(service.requests.map(({ path }) => path)).toEqual([END, `${END}?a`, END, `${END}?b`])
  })

  test.concurrent('leads from within the origin to another only as far as the origin goes', async () => {
    const elsewhere = await serve({ pins: [pin] })
    const faults: Fault[] = [
      { kind: 'redirect', location: `${END}?a` },
      { kind: 'redirect', location: `${elsewhere.url}${END}` },
    ]
    const service = await serve({ pins: [pin], fault: () => faults.shift() })
    const result = await runStep(service.url, [pin.id])
    expect(service.requests).toHaveLength(2)
    expect(elsewhere.requests).toEqual([])
    expect(entriesOf(result)[0]?.result).toBe('failed')
  })
})
