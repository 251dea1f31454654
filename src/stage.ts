import type { PinService } from './client/service.ts'
import type { Clock } from './clock.ts'
import type { Inputs } from './inputs/read.ts'
import type { RunReport } from './report/run-report.ts'

/** What a run takes from outside, so that tests can own it. */
export interface World {
  clock: Clock
  /** Evenly from [0, 1). */
  random: () => number
  /** Aborts when the run has to end now; its reason is a sentence for people. */
  signal: AbortSignal
}

/** Everything a run has at hand once its inputs are accepted. */
export interface Stage {
  inputs: Inputs
  service: PinService
  report: RunReport
  world: World
}

/** Why the run was stopped from outside, or `null`. */
export function stoppedBy({ signal }: World): string | null {
  return signal.aborted ? String(signal.reason) : null
}
