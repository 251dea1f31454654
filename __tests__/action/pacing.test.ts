import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { Fault, ReceivedRequest, Service } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  countResults,
  entriesOf,
  errorsOf,
  eventually,
  pins,
  runStep,
  serve,
  startStep,
} from './stage.ts'

jest.setTimeout(40_000)
afterAll(clearStage)

const twenty = pins(20)
const IDS = twenty.map(({ id }) => id)
/** The two clocks of one machine, and timers that fire a moment early. */
const CLOCKS_MS = 15

describe('requests-per-minute', () => {
  test.concurrent.each([1, 5, 20])('as many pins as %d allow at once meet no 429', async (places) => {
    const service = await serve({ pins: twenty, requestsPerMinute: places })
    const result = await runStep(service.url, IDS.slice(0, places), { 'requests-per-minute': String(places) })
    expect(result.conclusion).toBe('success')
    expect(service.requests.map(({ status }) => status)).toEqual(Array.from({ length: places }, () => 200))
    expect(result.durationMs).toBeLessThan(5000)
  })

  test.concurrent('the pin after the last place waits, and sends nothing meanwhile', async () => {
    const service = await serve({ pins: twenty, requestsPerMinute: 3 })
    const action = startStep(service.url, IDS.slice(0, 5), {
      'requests-per-minute': '3',
      'timeout-seconds': '1',
    })
    await eventually(() => service.requests.length === 3)
    // Longer than `timeout-seconds`, which waiting for a place does not use up.
    await new Promise((resolve) => setTimeout(resolve, 2500))
    action.signal('SIGINT')
    const result = await action.finished
    expect(service.requests).toHaveLength(3)
    expect(countResults(result)).toEqual({ unpinned: 3, 'not-attempted': 2 })
  })

  test.concurrent('retries take places too', async () => {
    const service = await serve({ pins: twenty, fault: () => answer(503, '', { 'Retry-After': '0' }) })
    const action = startStep(service.url, IDS.slice(0, 1), { 'requests-per-minute': '2' })
    await eventually(() => service.requests.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    action.signal('SIGINT')
    await action.finished
    expect(service.requests).toHaveLength(2)
  })
})

describe('at once', () => {
  test.concurrent('at most eight, and at least two, under a good rate', async () => {
    const DELAY_MS = 100
    const service = await serve({ pins: twenty, fault: () => ({ kind: 'delay', ms: DELAY_MS }) })
    const result = await runStep(service.url, IDS)
    expect(result.conclusion).toBe('success')
    const overlaps = service.requests.map(
      ({ at }, index) =>
        service.requests.slice(0, index + 1).filter((other) => at - other.at < DELAY_MS - CLOCKS_MS).length,
    )
    expect(Math.max(...overlaps)).toBeLessThanOrEqual(8)
    expect(Math.max(...overlaps)).toBeGreaterThanOrEqual(2)
  })

  test.concurrent('eight hung requests are all that a service gets', async () => {
    const service = await serve({ pins: twenty, fault: () => ({ kind: 'hang', effect: 'before' }) })
    const action = startStep(service.url, IDS)
    await eventually(() => service.requests.length === 8)
    await new Promise((resolve) => setTimeout(resolve, 300))
    action.signal('SIGINT')
    await action.finished
    expect(service.requests).toHaveLength(8)
  })

  test.concurrent('requests start in the order given', async () => {
    const service = await serve({ pins: twenty, fault: () => ({ kind: 'delay', ms: 30 }) })
    await runStep(service.url, IDS)
    // Eight at once may arrive in any order among themselves.
    service.requests.forEach(({ pinId }, index) => {
      expect(Math.abs(IDS.indexOf(pinId ?? '') - index)).toBeLessThan(8)
    })
  })
})

describe('Retry-After', () => {
  /**
   * Asks for rest at the ninth request. By then the first eight have long arrived, and the others among them end one after the
   * other, so that without the rest the next ones would come soon.
   */
  async function restAtNinth(rest: (request: ReceivedRequest) => Fault): Promise<{
    service: Service
    /** When it was asked for, and when the requests after that came. */
    askedAt: number
    after: number[]
    log: string
    conclusion: string
  }> {
    const service: Service = await serve({
      pins: twenty,
      fault: (request) => {
        const index = service.requests.length - 1
        if (index < 8) return { kind: 'delay', ms: 400 + 150 * index }
        return index === 8 ? rest(request) : undefined
      },
    })
    const { log, conclusion } = await runStep(service.url, IDS)
    const ninth = service.requests[8]
    return {
      service,
      askedAt: ninth?.at ?? 0,
      after: service.requests.slice(9).map(({ at }) => at),
      log,
      conclusion,
    }
  }

  test.concurrent.each([429, 503])('of a second on a %d holds every request back', async (status) => {
    const { askedAt, after, conclusion, log } = await restAtNinth(() =>
      answer(status, '', { 'Retry-After': '1' }),
    )
    expect(after.length).toBeGreaterThanOrEqual(12)
    expect(Math.min(...after) - askedAt).toBeGreaterThanOrEqual(1000 - CLOCKS_MS)
    expect(log).toMatch(/every request waits/)
    expect(conclusion).toBe('success')
  })

  test.concurrent.each([429, 503])('as a date on a %d holds every request back', async (status) => {
    let date = 0
    const { after, conclusion } = await restAtNinth(() => {
      date = Math.ceil((Date.now() + 500) / 1000) * 1000
      return answer(status, '', { 'Retry-After': new Date(date).toUTCString() })
    })
    expect(Math.min(...after)).toBeGreaterThanOrEqual(date - CLOCKS_MS)
    expect(conclusion).toBe('success')
  })

  test.concurrent('missing on a 429 holds every request back for the wait that the log tells', async () => {
    const { askedAt, after, conclusion, log } = await restAtNinth(() => answer(429))
    const waits = Number(/every request waits (\d+\.\d) s/.exec(log)?.[1])
    expect(waits).toBeGreaterThanOrEqual(0)
    // The log rounds to a tenth of a second.
    expect(Math.min(...after) - askedAt).toBeGreaterThanOrEqual(waits * 1000 - 50 - CLOCKS_MS)
    expect(conclusion).toBe('success')
  })

  test.concurrent.each([
    [
      'a 429 with a date that has passed',
      answer(429, '', { 'Retry-After': 'Thu, 01 Jan 2015 00:00:00 GMT' }),
    ],
    ['a 429 with rubbish', answer(429, '', { 'Retry-After': 'soon' })],
    ['a 429 with a negative number', answer(429, '', { 'Retry-After': '-5' })],
    ['a 429 with a fraction', answer(429, '', { 'Retry-After': '0.5' })],
    ['a 500, which is not obeyed', answer(500, '', { 'Retry-After': '3600' })],
    ['a 408, which is not obeyed', answer(408, '', { 'Retry-After': '3600' })],
    ['a 200 that is cut to nothing, which is not obeyed', answer(200, '', { 'Retry-After': '3600' })],
  ] as [string, Fault][])('of %s stops nothing', async (_, fault) => {
    const { conclusion, after } = await restAtNinth(() => fault)
    expect(conclusion).toBe('success')
    expect(after.length).toBeGreaterThanOrEqual(12)
  })

  test.concurrent.each([
    ['seconds on a 429', 429, () => '60'],
    ['seconds on a 503', 503, () => '60'],
    ['a date', 429, () => new Date(Date.now() + 60_000).toUTCString()],
    ['more seconds than a timer can take', 429, () => '99999999999'],
    ['more seconds than a number can hold', 503, () => '9'.repeat(400)],
  ] as [string, number, () => string][])(
    'that does not fit (%s) ends its pin with words, and the rest are not-attempted',
    async (_, status, text) => {
      const service = await serve({
        pins: twenty,
        fault: () => answer(status, '', { 'Retry-After': text() }),
      })
      const result = await runStep(service.url, IDS, { 'timeout-seconds': '5' })
      const { requests } = service
      expect(result.conclusion).toBe('failure')
      expect(result.durationMs).toBeLessThan(4000)
      expect(requests.length).toBeLessThanOrEqual(8)
      expect(countResults(result)).toEqual({ failed: requests.length, 'not-attempted': 20 - requests.length })
      expect(errorsOf(result)).toMatch(/longer wait than the 5 s of `timeout-seconds`/)
      expect(entriesOf(result)[19]?.message).toMatch(/longer wait/)
      expect(result.outputs['failed-count']).toBe('20')
    },
  )

  test.concurrent('that does not fit after a lost answer leaves the pin unconfirmed', async () => {
    const faults: Fault[] = [{ kind: 'cut' }, answer(503, '', { 'Retry-After': '60' })]
    const service = await serve({ pins: twenty, fault: () => faults.shift() })
    const result = await runStep(service.url, IDS.slice(0, 1), { 'timeout-seconds': '5' })
    expect(entriesOf(result)[0]?.result).toBe('unconfirmed')
    expect(service.requests).toHaveLength(2)
  })

  test.concurrent('that does not fit lets what is in flight come to its end', async () => {
    const service = await serve({
      pins: twenty,
      fault: ({ pinId }) =>
        pinId === IDS[0] ? answer(429, '', { 'Retry-After': '60' }) : { kind: 'delay', ms: 1000 },
    })
    const result = await runStep(service.url, IDS, { 'timeout-seconds': '5' })
    const kinds = countResults(result)
    expect(kinds['failed']).toBe(1)
    expect(kinds['unpinned']).toBe(service.requests.length - 1)
    expect(kinds['not-attempted']).toBe(20 - service.requests.length)
  })
})

describe('a service that is down', () => {
  test.concurrent('is not tried for every pin: eight used up in a row stop the run', async () => {
    const service = await serve({ pins: twenty, fault: () => ({ kind: 'hang', effect: 'before' }) })
    const result = await runStep(service.url, IDS, { 'timeout-seconds': '1' })
    // Those that began while the first eight were ending go on to their end.
    expect(service.requests.length).toBeGreaterThanOrEqual(8)
    expect(service.requests.length).toBeLessThanOrEqual(15)
    expect(countResults(result)).toEqual({
      unconfirmed: service.requests.length,
      'not-attempted': 20 - service.requests.length,
    })
    expect(entriesOf(result)[19]?.message).toMatch(/8 pins in a row ran out of time/)
    expect(result.conclusion).toBe('failure')
    expect(result.durationMs).toBeLessThan(6000)
  })

  test.concurrent('refused connections stop the run likewise', async () => {
    const service = await serve()
    await service.close()
    const result = await runStep(service.url, IDS, { 'timeout-seconds': '1' })
    const kinds = countResults(result)
    expect(kinds['failed']).toBeGreaterThanOrEqual(8)
    expect(kinds['failed']).toBeLessThanOrEqual(15)
    expect(kinds['not-attempted']).toBe(20 - (kinds['failed'] ?? 0))
  })

  test.concurrent('seven used up in a row stop nothing', async () => {
    const hung = new Set(IDS.slice(0, 7))
    const service = await serve({
      pins: twenty,
      fault: ({ pinId }) => (hung.has(pinId ?? '') ? { kind: 'hang', effect: 'before' } : undefined),
    })
    const result = await runStep(service.url, IDS, { 'timeout-seconds': '1' })
    expect(countResults(result)).toEqual({ unconfirmed: 7, unpinned: 13 })
  })

  test.concurrent('used up, but not in a row, stop nothing', async () => {
    // The two at the end of each eight come through after the six that hang, and before the next six are used up.
    const service = await serve({
      pins: twenty,
      fault: ({ pinId }) =>
        IDS.indexOf(pinId ?? '') % 8 < 6 ? { kind: 'hang', effect: 'before' } : { kind: 'delay', ms: 1500 },
    })
    const result = await runStep(service.url, IDS.slice(0, 16), { 'timeout-seconds': '2' })
    expect(countResults(result)['not-attempted']).toBeUndefined()
    expect(countResults(result)['unconfirmed']).toBe(12)
  })
})
