import { expect } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { Service } from '../../testing/service/index.ts'
import { systemClock } from '../../src/clock.ts'
import { beginRun } from './running.ts'
import { NOW } from './selection-accounts.ts'

/** A selecting run of the action within this process, after its end. */
export interface SelectedRun {
  succeeded: boolean
  outputs: Record<string, string>
  results: { pinId: string; result: string; reason: string; message: string; name: string | null }[]
  errors: string[]
  warnings: string[]
  summary: string
  log: string[]
}

/** What a workflow leaves out. */
const LEFT_OUT = { 'pin-id': '(none)', 'requests-per-minute': '6000' }

/** Real time, for real connections, on a day that does not change. */
const clock = { ...systemClock, epoch: () => NOW }

/** Selects at the service, and waits for the end. */
export async function select(
  service: Service,
  inputs: Readonly<Record<string, string>>,
): Promise<SelectedRun> {
  const running = beginRun(service, { ...LEFT_OUT, ...inputs }, { clock, random: () => 0.1 })
  const succeeded = await running.done
  const { step } = running
  return {
    succeeded,
    outputs: step.outputs(),
    results: running.results() as unknown as SelectedRun['results'],
    errors: step.said('error'),
    warnings: step.said('warning'),
    summary: step.summary(),
    log: step.log(),
  }
}

/** Every output as a run leaves it that was refused or could not plan. */
export function emptyOutputs(): Record<string, string> {
  const empty = Object.fromEntries([...readActionMetadata().outputs.keys()].map((name) => [name, '']))
  const counts = ['unpinned', 'missing', 'failed', 'matched', 'protected', 'kept'].map((name) => [
    `${name}-count`,
    '0',
  ])
  return { ...empty, ...Object.fromEntries(counts), results: '[]' }
}

/** Nothing was sent that removes, the step is red with one message, and the outputs say that nothing is known. */
export function expectNothingDone(service: Service, run: SelectedRun): void {
  expect(service.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  expect(run.succeeded).toBe(false)
  expect(run.outputs).toEqual(emptyOutputs())
  expect(run.errors).toEqual([expect.stringContaining('Nothing was unpinned.')])
  expect(run.warnings).toEqual([])
  expect(run.summary).toMatch(/nothing was unpinned/)
}
