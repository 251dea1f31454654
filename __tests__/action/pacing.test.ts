import { afterAll, describe, expect, test } from '@jest/globals'
import type { Fault, ServiceOptions } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { eventually } from '../support/simulated-clock.ts'
import {
  answer,
  countResults,
  endProcesses,
  entriesOf,
  errorsOf,
  pins,
  runStep,
  startStep,
} from '../support/step.ts'

afterAll(endProcesses)

const twenty = pins(20)
const IDS = twenty.map(({ id }) => id)
const HANG: Fault = { kind: 'hang', effect: 'before' }
/** Time in which a request that must not come would come, on a machine that is not busy. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000))

describe('`requests-per-minute`', () => {
  test.concurrent.each([1, 5, 20])(
    'of %i lets as many pins through at once, without a 429',
    async (slots) => {
      const service = await start({ pins: twenty, requestsPerMinute: slots })
      const result = await runStep(service.url, IDS.slice(0, slots), { 'requests-per-minute': String(slots) })
      expect(result.conclusion).toBe('success')
      expect(service.requests.map(({ status }) => status)).toEqual(Array(slots).fill(200))
    },
  )

  test.concurrent.each<[string, ServiceOptions['fault']]>([
    ['pins', () => undefined],
    ['retries', () => answer(503, '', { 'Retry-After': '0' })],
    ['redirects', ({ path }) => ({ kind: 'redirect', location: path.split('?')[0] as string })],
  ])('counts %s', async (_, fault = () => undefined) => {
    const service = await start({ pins: twenty, fault })
    const action = startStep(service.url, IDS.slice(0, 5), { 'requests-per-minute': '2' })
    await eventually(() => service.requests.length === 2)
    await rest()
    action.signal('SIGINT')
    await action.finished
    expect(service.requests).toHaveLength(2)
  })
})

describe('`Retry-After`', () => {
  test.concurrent.each([429, 503])('of 3 s on HTTP %i holds every request back', async (status) => {
    // Seven pins end one after the other while the eighth is told to wait: without the hold the next would come at once.
    const fault: ServiceOptions['fault'] = ({ pinId }) => {
      const place = IDS.indexOf(pinId ?? '')
      if (service.requests.length === 8) return answer(status, '', { 'Retry-After': '3' })
      return place < 8 ? { kind: 'delay', ms: 1000 + 100 * place } : undefined
    }
    const service = await start({ pins: twenty, fault })
    const { conclusion, log } = await runStep(service.url, IDS)
    const [eighth, ninth] = service.requests.slice(7)
    expect((ninth?.at ?? 0) - (eighth?.at ?? 0)).toBeGreaterThanOrEqual(2950)
    expect(log).toMatch(/every request waits 3\.\d s/)
    expect([conclusion, service.requests.length]).toEqual(['success', 21])
  })

  test.concurrent.each([
    ['an hour', '3600', '3600 s (1 h)'],
    ['more seconds than a number can hold', '9'.repeat(400), 'over a year'],
  ])(
    'of %s does not fit: it fails its pins with words, and the rest are not attempted',
    async (_, text, words) => {
      const service = await start({ pins: twenty, fault: () => answer(429, '', { 'Retry-After': text }) })
      const result = await runStep(service.url, IDS)
      const { length } = service.requests
      expect(length).toBeLessThanOrEqual(8)
      expect(countResults(result)).toEqual({ failed: length, 'not-attempted': 20 - length })
      expect(errorsOf(result)).toContain(`the service asked for ${words}`)
      expect(result.outputs['failed-count']).toBe('20')
    },
  )
})

describe('a service that is down', () => {
  test.concurrent.each([
    ['does not answer', 'unconfirmed'],
    ['refuses connections', 'failed'],
  ])('and %s is not tried for every pin: eight without time in a row stop the run', async (_, kind) => {
    const { url } = kind === 'failed' ? { url: 'http://127.0.0.1:1' } : await start({ fault: () => HANG })
    const result = await runStep(url, IDS, { 'timeout-seconds': '1' })
    const tried = countResults(result)[kind] ?? 0
    // Those that began while the first eight ended go on to their end.
    expect(tried).toBeGreaterThanOrEqual(8)
    expect(tried).toBeLessThanOrEqual(15)
    expect(countResults(result)).toEqual({ [kind]: tried, 'not-attempted': 20 - tried })
    expect(entriesOf(result)[19]?.message).toMatch(/8 pins in a row ran out of time/)
  })
})
