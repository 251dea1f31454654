import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult, RunningAction } from '../../testing/runner/run-action.ts'
import type { Fault } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  countResults,
  entriesOf,
  errorsOf,
  eventually,
  pins,
  serve,
  startStep,
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const many = pins(1000)
const IDS = many.map(({ id }) => id)
const HANG: Fault = { kind: 'hang', effect: 'before' }

/** Sends the signals, 50 ms apart, and expects the end within 2 s of the first, red, with everything written. */
async function cancelled(action: RunningAction, signals: readonly NodeJS.Signals[]): Promise<ActionResult> {
  const signalledAt = performance.now()
  for (const [index, signal] of signals.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    action.signal(signal)
  }
  const result = await action.finished
  expect(performance.now() - signalledAt).toBeLessThan(2000)
  expect(result).toMatchObject({ exitCode: 1, signal: null, conclusion: 'failure', problems: [], stderr: '' })
  expect(Object.keys(result.outputs).sort()).toEqual([...readActionMetadata().outputs.keys()].sort())
  expect(result.summary).toMatch(/^## AIOZ IPFS Unpin/)
  expectResultsToFit(result)
  expect(errorsOf(result)).toMatch(/Cancelled/)
  return result
}

/** The output has every pin, or, where even without the records that would be too much, none and a notice. */
function expectResultsToFit(result: ActionResult): void {
  const entries = entriesOf(result)
  const output = JSON.parse(result.outputs['results'] ?? '') as unknown[]
  const shortest = JSON.stringify(entries.map((entry) => ({ ...entry, record: undefined })))
  const fits = Buffer.byteLength(shortest) <= 256 * 1024
  expect(output).toHaveLength(fits ? entries.length : 0)
  expect(result.annotations.notices).toHaveLength(fits ? 0 : 1)
}

describe('within 2 s of the signal everything is written', () => {
  test.each([
    ['SIGINT', ['SIGINT']],
    ['SIGTERM', ['SIGTERM']],
    ['SIGINT twice', ['SIGINT', 'SIGINT']],
    ['SIGINT, then SIGTERM, as for a cancelled job', ['SIGINT', 'SIGTERM']],
    ['ten signals', Array.from({ length: 10 }, () => 'SIGINT')],
  ] as [string, NodeJS.Signals[]][])('%s in the middle of hung requests', async (_, signals) => {
    const service = await serve({ pins: many.slice(0, 12), fault: () => HANG })
    const action = startStep(service.url, IDS.slice(0, 12))
    await eventually(() => service.requests.length === 8)
    const result = await cancelled(action, signals)
    expect(countResults(result)).toEqual({ unconfirmed: 8, 'not-attempted': 4 })
    expect(errorsOf(result)).toMatch(/Cancelled \(SIG(INT|TERM)\)/)
  })

  test('what was unpinned before stays told', async () => {
    const service = await serve({
      pins: many.slice(0, 12),
      fault: ({ pinId }) => (IDS.indexOf(pinId ?? '') < 4 ? undefined : HANG),
    })
    const action = startStep(service.url, IDS.slice(0, 12))
    await eventually(() => service.requests.length === 12)
    const result = await cancelled(action, ['SIGINT'])
    expect(countResults(result)).toEqual({ unpinned: 4, unconfirmed: 8 })
    expect(result.outputs['cid']).toBe(
      `${many
        .slice(0, 4)
        .map(({ cid }) => cid)
        .join('\n')}${'\n'.repeat(8)}`,
    )
    expect(result.outputs).toMatchObject({ 'unpinned-count': '4', 'failed-count': '8' })
  })

  test('during a wait that Retry-After asked for', async () => {
    const service = await serve({
      pins: many.slice(0, 12),
      fault: () => answer(429, '', { 'Retry-After': '8' }),
    })
    const action = startStep(service.url, IDS.slice(0, 12))
    await action.waitFor('every request waits')
    const result = await cancelled(action, ['SIGINT'])
    expect(countResults(result)['not-attempted']).toBeGreaterThanOrEqual(4)
    expect(countResults(result)['unpinned']).toBeUndefined()
  })

  test('while a place under requests-per-minute is awaited', async () => {
    const service = await serve({ pins: many.slice(0, 3) })
    const action = startStep(service.url, IDS.slice(0, 3), { 'requests-per-minute': '1' })
    await action.waitFor('unpinned')
    expect(countResults(await cancelled(action, ['SIGTERM']))).toEqual({ unpinned: 1, 'not-attempted': 2 })
  })

  test('while bodies drip', async () => {
    const service = await serve({ pins: many.slice(0, 8), fault: () => ({ kind: 'drip', everyMs: 100 }) })
    const action = startStep(service.url, IDS.slice(0, 8))
    await eventually(() => service.requests.length === 8)
    expect(countResults(await cancelled(action, ['SIGINT']))).toEqual({ unconfirmed: 8 })
  })

  test('in the middle of 1,000 pins', async () => {
    const service = await serve({ pins: many, fault: () => ({ kind: 'delay', ms: 20 }) })
    const action = startStep(service.url, IDS)
    await eventually(() => service.requests.length > 50)
    const result = await cancelled(action, ['SIGINT'])
    const kinds = countResults(result)
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual(IDS)
    expect(kinds['unpinned']).toBeGreaterThan(20)
    expect(kinds['not-attempted']).toBeGreaterThan(0)
    for (const { pinId, result: kind } of entriesOf(result)) {
      if (kind === 'unpinned') expect(service.holds(pinId)).toBe(false)
      if (kind === 'not-attempted') expect(service.holds(pinId)).toBe(true)
    }
  })
})

test('a signal after every pin has ended does not turn green into red', async () => {
  const service = await serve({ pins: many.slice(0, 1) })
  const action = startStep(service.url, IDS.slice(0, 1))
  await action.waitFor(/^1 pin: /m)
  action.signal('SIGINT')
  const result = await action.finished
  expect(result.outputs['result']).toBe('unpinned')
  expect(result.exitCode).toBe(0)
})
