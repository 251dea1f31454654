import { afterAll, expect, jest, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { clearStage, countResults, type Inputs, pins, runStep, serve } from './stage.ts'

jest.setTimeout(60_000)
afterAll(clearStage)

const MEASURE = ['--require', fileURLToPath(new URL('fixtures/peak-memory.cjs', import.meta.url))]
const MOST_MIB = 150

const account = pins(10_000)

async function select(inputs: Inputs): Promise<{ result: ActionResult; peakMib: number }> {
  const service = await serve({ pins: account })
  const result = await runStep(
    service.url,
    [],
    { 'pin-id': '(none)', ...inputs },
    { nodeArgs: MEASURE, timeoutMs: 50_000 },
  )
  const peakMib = Number(readFileSync(join(result.runnerTemp, 'peak-memory'), 'utf8')) / 1024
  expect(peakMib).toBeGreaterThan(10)
  return { result, peakMib }
}

test(`finding one pin among 10,000 takes less than ${MOST_MIB} MiB of memory`, async () => {
  const { result, peakMib } = await select({ name: 'release-7777' })
  expect(result.conclusion).toBe('success')
  expect(result.outputs).toMatchObject({ 'matched-count': '1', 'unpinned-count': '1' })
  expect(peakMib).toBeLessThan(MOST_MIB)
})

test(`telling of 10,000 pins that all match takes less than ${MOST_MIB} MiB of memory`, async () => {
  const { result, peakMib } = await select({ name: '*', 'max-unpins': '10000', 'dry-run': 'true' })
  expect(result.conclusion).toBe('success')
  expect(countResults(result)).toEqual({ 'would-unpin': 10_000 })
  expect(Buffer.byteLength(result.files.summary)).toBeLessThan(1024 * 1024)
  expect(peakMib).toBeLessThan(MOST_MIB)
})
