import { afterEach, describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { systemClock } from '../../../src/clock.ts'
import { DEFAULT_KEYS, type Fault, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { times } from '../../support/outcome.ts'
import { beginRun } from '../../support/running.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { endSteps } from '../../support/step.ts'

const pinsOf = (count: number) => Array.from({ length: count }, (_, seed) => makePin({ size: 1024 }, seed))
const hang: Fault = { kind: 'hang', effect: 'before' }
const told = (seconds: string): Fault => ({
  kind: 'answer',
  status: 429,
  headers: { 'Retry-After': seconds },
})

/** A service that answers the first requests by these faults, and then as it should. */
function service(pins: number, ...faults: (Fault | undefined)[]): Promise<Service> {
  const rest = [...faults]
  return start({ pins: pinsOf(pins), fault: () => rest.shift() })
}

afterEach(async () => {
  endSteps()
  await closeServices()
})

test('a run by IDs reports every pin in the log, the outputs, the results file and the summary', async () => {
  const up = await service(3)
  const { step, done, results } = beginRun(up)
  expect(await done).toBe(true)
  const ids = [...up.records.keys()]
  const outputs = step.outputs()
  expect(outputs).toMatchObject({ 'unpinned-count': '3', 'total-size': '3072', 'pin-ids': ids.join('\n') })
  expect(outputs['results']).toBe(readFileSync(outputs['results-file'] ?? '', 'utf8'))
  expect(results()).toMatchObject(ids.map((pinId) => ({ pinId, result: 'unpinned', reason: '' })))
  expect(step.log()[0]).toBe(`Unpinning 3 pins at ${up.url}, at most 180 requests a minute`)
  for (const id of ids) expect(step.log().join('\n')).toMatch(`${id}: unpinned, `)
  expect([step.said('error'), step.said('warning')]).toEqual([[], []])
  expect(step.summary()).toMatch('3 pins unpinned')
})

test('a selection says that it reads the list, that the list is complete, and what the plan is', async () => {
  const named = (seed: number, name: string) =>
    makePin({ metadata: { name }, date_pinned: new Date(Date.UTC(2024, 0, seed)).toISOString() }, seed)
  const up = await start({
    pins: [named(1, 'main-1'), named(2, 'main-2'), named(3, 'main-3'), named(4, 'live')],
  })
  const inputs = { 'pin-id': '(none)', name: 'main-*', 'keep-latest': '1', protect: 'main-1' }
  const { step, done } = beginRun(up, inputs)
  expect(await done).toBe(true)
  expect(step.log().slice(0, 6)).toEqual([
    'Reading the list of pins',
    'The list is complete, read in 2 requests',
    'Matching pins: 3. Chosen to be unpinned: 1',
    expect.stringMatching(/^Unpinning 1 pin at /),
    expect.stringMatching(/^\S+: protected, .*protected by the name "main-1"/),
    expect.stringMatching(/^\S+: kept, .*"main-3", one of the 1 newest/),
  ])
})

test('each repeated attempt is reported with what is repeated: the list, a pin, the check of `api-url`', async () => {
  const busy: Fault = { kind: 'answer', status: 503 }
  const doubted: Fault = { kind: 'answer', status: 404, body: { message: 'no route' } }
  const clock = systemClock
  const list = await service(1, busy)
  const selected = beginRun(list, { 'pin-id': '(none)', name: '(any)' }, { clock })
  expect(await selected.done).toBe(true)
  const pin = await service(1, busy, doubted, busy)
  const given = beginRun(pin, {}, { clock })
  expect(await given.done).toBe(true)
  const repeated = [selected, given].map(({ step }) =>
    step.log().flatMap((line) => (line.includes('attempt 1: trying again') ? line.split(':')[0] : [])),
  )
  const [id] = pin.records.keys()
  expect(repeated).toEqual([['The list of pins'], [`Pin ${id}`, 'The check of `api-url`']])
})

test.each([
  ['1', 1],
  ['45', 2],
  ['120', 4],
])('a service that does not answer costs %s s of `timeout-seconds`', async (seconds, attempts) => {
  const up = await service(1, ...times(9, hang))
  const { clock, done, requested, results } = beginRun(up, { 'timeout-seconds': seconds })
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    await requested(attempt)
    await clock.advance(Math.min(30_000, Number(seconds) * 1000 - clock.now()))
  }
  expect(await done).toBe(false)
  expect(clock.now()).toBe(Number(seconds) * 1000)
  expect(results()).toMatchObject([{ result: 'unconfirmed', attempts, durationMs: Number(seconds) * 1000 }])
})

describe('`Retry-After`', () => {
  test('holds back every request of the run', async () => {
    const up = await service(10, told('7'), ...times<Fault>(7, { kind: 'delay', ms: 40 }))
    const { clock, done, logged } = beginRun(up)
    await logged(/attempt 1: every request waits 7\.0 s, because of HTTP 429/)
    await logged(/: unpinned/, 7)
    await clock.advance(6999)
    expect(up.requests.length).toBe(8)
    await clock.advance(1)
    expect(await done).toBe(true)
    expect([up.requests.length, clock.now()]).toEqual([11, 7000])
  })

  test('as a date counts from the clock of the run', async () => {
    const up = await service(1, told('Fri, 06 Nov 2026 08:49:47 GMT'))
    const { clock, done, logged } = beginRun(up)
    await logged(/every request waits 10\.0 s/)
    await clock.advance(10_000)
    expect(await done).toBe(true)
  })

  test('that does not fit into `timeout-seconds` ends the run at once', async () => {
    const up = await start({ pins: pinsOf(20), fault: () => told('3600') })
    const { step, clock, done, results } = beginRun(up)
    expect(await done).toBe(false)
    expect([clock.now(), up.requests.length]).toEqual([0, 8])
    expect(results().filter(({ result }) => result === 'not-attempted').length).toBe(12)
    expect(step.said('error')[0]).toMatch(
      /asked for a wait of 3600 s \(1 h\), which is too long for the 120 s/,
    )
  })
})

test('the rate limit is kept over the whole run, and waiting for it uses up no time', async () => {
  const up = await service(5)
  const { clock, done, logged } = beginRun(up, { 'requests-per-minute': '2', 'timeout-seconds': '1' })
  for (const unpinned of [2, 4]) {
    await logged(/: unpinned/, unpinned)
    await clock.advance(60_000)
    expect(up.requests.length).toBe(unpinned)
    await clock.advance(1)
  }
  expect(await done).toBe(true)
  expect(up.requests.length).toBe(5)
})

test('a stopped run writes down at once what is known of every pin', async () => {
  const up = await service(20, undefined, ...times(8, hang))
  const { step, clock, stop, done, requested, logged, results } = beginRun(up)
  await logged(/: unpinned/)
  await requested(9)
  stop.abort('Cancelled by a person.')
  expect(await done).toBe(false)
  expect(clock.pending).toEqual([])
  expect(results().map(({ result }) => result)).toEqual([
    'unpinned',
    ...times(8, 'unconfirmed'),
    ...times(11, 'not-attempted'),
  ])
  expect(step.said('error')[0]).toBe('Cancelled by a person.')
})

describe('a run is refused with one annotation, and no request is sent', () => {
  test('that names every bad input', async () => {
    const up = await service(1)
    const { step, done } = beginRun(up, { 'pin-id': 'x', 'dry-run': '', 'timeout-seconds': '0' })
    expect(await done).toBe(false)
    expect(step.said('error')).toEqual([
      expect.stringMatching(/`pin-id`[^]*\n`dry-run`[^]*\n`timeout-seconds`/),
    ])
    expect([step.outputs()['results'], up.requests]).toEqual(['[]', []])
  })

  test('that names a proxy that cannot be used', async () => {
    const up = await service(1)
    const { step, done } = beginRun(up, { 'api-url': 'https://example.org' }, {}, () => {
      process.env['https_proxy'] = '::::'
    })
    expect(await done).toBe(false)
    expect(step.said('error')).toEqual([expect.stringMatching(/https_proxy does not name a usable proxy/)])
  })

  test('that names an error of this action', async () => {
    const up = await service(1)
    const clock = new SimulatedClock()
    const now = clock.now.bind(clock)
    let calls = 0
    // The reporter is made first, and must be able to report.
    clock.now = () => {
      calls += 1
      if (calls === 2) throw new Error('the clock stands')
      return now()
    }
    const { step, done } = beginRun(up, { 'pin-id': '(none)', name: '(any)' }, { clock })
    expect(await done).toBe(false)
    expect(step.said('error')).toEqual([
      expect.stringMatching(/^An error inside this action .*: the clock stands\. Please report it/),
    ])
    expect(up.requests).toEqual([])
  })

  test('that names a list with the value of a key as an ID, without the key', async () => {
    const [pin] = pinsOf(1)
    const apiKey = pin?.id ?? ''
    const keys = [{ apiKey, secretKey: DEFAULT_KEYS.secretKey, scopes: ['admin'] as const }]
    const up = await start({ ...(pin !== undefined && { pins: [pin] }), keys })
    const { step, done } = beginRun(up, { 'pin-id': '(none)', 'pinning-api-key': apiKey, name: '(any)' })
    expect(await done).toBe(false)
    expect(step.said('error')).toEqual([
      'The list of pins holds an ID that contains the value of a key. Check `api-url`. Nothing was unpinned.',
    ])
    expect(step.outputs()['results-file']).toBe('')
  })
})
