import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { Fault, ServiceOptions } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  countResults,
  entriesOf,
  errorsOf,
  eventually,
  inTurn,
  pins,
  runStep,
  serve,
  startStep,
} from './stage.ts'

jest.setTimeout(40_000)
afterAll(clearStage)

const twenty = pins(20)
const IDS = twenty.map(({ id }) => id)
const HANG: Fault = { kind: 'hang', effect: 'before' }
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('`requests-per-minute`', () => {
  test.concurrent.each([1, 5, 20])(
    'of %i lets as many pins through at once, without a 429',
    async (slots) => {
      const service = await serve({ pins: twenty, requestsPerMinute: slots })
      const result = await runStep(service.url, IDS.slice(0, slots), { 'requests-per-minute': String(slots) })
      expect(result.conclusion).toBe('success')
      expect(service.requests.map(({ status }) => status)).toEqual(Array(slots).fill(200))
    },
  )

  test.concurrent.each<[string, ServiceOptions['fault']]>([
    ['pins', undefined],
    ['retries', () => answer(503, '', { 'Retry-After': '0' })],
    ['redirects', ({ path }) => ({ kind: 'redirect', location: path.split('?')[0] as string })],
  ])('counts %s', async (_, fault) => {
    const service = await serve({ pins: twenty, ...(fault !== undefined && { fault }) })
    const action = startStep(service.url, IDS.slice(0, 5), { 'requests-per-minute': '2' })
    await eventually(() => service.requests.length === 2)
    await rest(1500)
    action.signal('SIGINT')
    await action.finished
    expect(service.requests).toHaveLength(2)
  })
})

test.concurrent('at most eight requests are in flight, started in the order given', async () => {
  const service = await serve({ pins: twenty, fault: () => HANG })
  const action = startStep(service.url, IDS)
  await eventually(() => service.requests.length === 8)
  await rest(300)
  action.signal('SIGINT')
  await action.finished
  expect(new Set(service.requests.map(({ pinId }) => pinId))).toEqual(new Set(IDS.slice(0, 8)))
})

describe('`Retry-After`', () => {
  test.concurrent.each([429, 503])('of a second on HTTP %i holds every request back', async (status) => {
    // Seven pins end one after the other while the eighth is told to wait: without the hold the next would come at once.
    const fault: ServiceOptions['fault'] = ({ pinId }) => {
      const place = IDS.indexOf(pinId ?? '')
      if (service.requests.length === 8) return answer(status, '', { 'Retry-After': '3' })
      return place < 8 ? { kind: 'delay', ms: 1000 + 100 * place } : undefined
    }
    const service = await serve({ pins: twenty, fault })
    const { conclusion, log } = await runStep(service.url, IDS)
    const [eighth, ninth] = service.requests.slice(7)
    expect((ninth?.at ?? 0) - (eighth?.at ?? 0)).toBeGreaterThanOrEqual(2950)
    expect(log).toMatch(/every request waits 3\.\d s/)
    expect([conclusion, service.requests.length]).toEqual(['success', 21])
  })

  test.concurrent.each<[string, Fault]>([
    ['a date that has passed', answer(429, '', { 'Retry-After': 'Thu, 01 Jan 2015 00:00:00 GMT' })],
    ['rubbish', answer(429, '', { 'Retry-After': 'soon' })],
    ['a 500, which is not obeyed', answer(500, '', { 'Retry-After': '3600' })],
  ])('of %s stops nothing', async (_, fault) => {
    const service = await serve({ pins: twenty, fault: inTurn(fault) })
    expect((await runStep(service.url, IDS)).outputs).toMatchObject({ 'failed-count': '0' })
  })

  test.concurrent.each<[string, number, () => string, string]>([
    ['seconds', 429, () => '3600', '3600 s (1 h)'],
    ['a date', 503, () => new Date(Date.now() + 3_600_000).toUTCString(), ' s ('],
    ['more seconds than a timer can take', 429, () => '99999999999', '99999999999 s ('],
    ['more seconds than a number can hold', 503, () => '9'.repeat(400), ''],
  ])(
    'that does not fit (%s) fails its pins with words, and the rest are not attempted',
    async (_, status, text, words) => {
      const service = await serve({
        pins: twenty,
        fault: () => answer(status, '', { 'Retry-After': text() }),
      })
      const result = await runStep(service.url, IDS, { 'timeout-seconds': '5' })
      const { length } = service.requests
      expect(length).toBeLessThanOrEqual(8)
      expect(countResults(result)).toEqual({ failed: length, 'not-attempted': 20 - length })
      expect(errorsOf(result)).toContain(words)
      expect(errorsOf(result)).toMatch(
        /the service asked for a wait of .*, which is too long for the 5 s of `timeout-seconds`/,
      )
      expect(entriesOf(result)[19]?.message).toMatch(/longer wait/)
      expect(result.outputs['failed-count']).toBe('20')
    },
  )

  test.concurrent(
    'that does not fit lets requests in flight end, and leaves a lost answer unconfirmed',
    async () => {
      const service = await serve({
        pins: twenty,
        fault: ({ pinId }) => {
          if (pinId !== IDS[0]) return { kind: 'delay', ms: 1500 }
          const tried = service.requests.filter((request) => request.pinId === pinId).length
          return tried === 1 ? { kind: 'cut' } : answer(429, '', { 'Retry-After': '60' })
        },
      })
      const result = await runStep(service.url, IDS, { 'timeout-seconds': '10' })
      const kinds = countResults(result)
      expect(kinds).toMatchObject({ unconfirmed: 1, unpinned: service.requests.length - 2 })
      expect(kinds['not-attempted']).toBe(20 - 1 - (kinds['unpinned'] ?? 0))
    },
  )
})

describe('a service that is down', () => {
  test.concurrent('is not tried for every pin: eight without time in a row stop the run', async () => {
    const hanging = await serve({ pins: twenty, fault: () => HANG })
    const closed = await serve()
    await closed.close()
    for (const [{ url }, kind] of [
      [hanging, 'unconfirmed'],
      [closed, 'failed'],
    ] as const) {
      const result = await runStep(url, IDS, { 'timeout-seconds': '1' })
      const tried = countResults(result)[kind] ?? 0
      // Those that began while the first eight ended go on to their end.
      expect(tried).toBeGreaterThanOrEqual(8)
      expect(tried).toBeLessThanOrEqual(15)
      expect(countResults(result)).toEqual({ [kind]: tried, 'not-attempted': 20 - tried })
      expect(entriesOf(result)[19]?.message).toMatch(/8 pins in a row ran out of time/)
    }
  })

  test.concurrent('for seven pins in a row stops nothing', async () => {
    const hung = new Set(IDS.slice(0, 7))
    const service = await serve({
      pins: twenty,
      fault: ({ pinId }) => (hung.has(pinId ?? '') ? HANG : undefined),
    })
    const result = await runStep(service.url, IDS, { 'timeout-seconds': '1' })
    expect(countResults(result)).toEqual({ unconfirmed: 7, unpinned: 13 })
  })
})
