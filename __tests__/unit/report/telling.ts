import { Reporter, type RunInfo } from '../../../src/report/reporter.ts'
import { createCleaner } from '../../../src/report/clean.ts'
import type { GroupCount } from '../../../src/plan.ts'
import { createRedactor } from '../../../src/secrets.ts'
import type { Verdict } from '../../../src/verdict.ts'
import { failsStep, type PinOutcome } from '../../../src/pin/outcome.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, type Step } from '../../support/step.ts'

export const KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='

/** Thirty-one days after the pins of `recordOf` were pinned. */
const NOW = Date.UTC(2026, 10, 6)

export const newReporter = (clock = new SimulatedClock(NOW)): Reporter =>
  new Reporter(clock, createCleaner(createRedactor([KEY])))

/** A run of pins given by ID. */
export const RUN: RunInfo = {
  apiBase: 'https://example.org',
  dryRun: false,
  onMissing: 'warn',
  requestsPerMinute: 180,
  criteria: null,
}

/** A run of pins given by ID, unless `run` says otherwise. */
export function begin(
  run: Partial<RunInfo> = {},
  clock?: SimulatedClock,
): { step: Step; reporter: Reporter } {
  const step = beginStep()
  const reporter = newReporter(clock)
  reporter.begin({ ...RUN, ...run })
  return { step, reporter }
}

/** Ends the run, with the verdict that follows from `on-missing` and `changes`. */
export function finish(
  reporter: Reporter,
  outcomes: readonly PinOutcome[],
  changes: Partial<Verdict> = {},
  { onMissing = 'warn', groups = [] }: Partial<RunInfo> & { groups?: readonly GroupCount[] } = {},
): boolean {
  const { problem = null } = changes
  const fails: Verdict['fails'] = (pin) => problem === null && failsStep(pin, onMissing)
  const succeeded = problem === null && !outcomes.some(fails)
  return reporter.finish({ succeeded, problem, stopped: null, warnings: [], fails, ...changes }, groups)
}

/** Reports a whole run in which these pins end, in this order. */
export function report(
  outcomes: readonly PinOutcome[],
  verdict: Partial<Verdict> = {},
  run: Partial<RunInfo> & { groups?: readonly GroupCount[] } = {},
): { step: Step; written: boolean; outputs: Record<string, string>; summary: string } {
  const { step, reporter } = begin(run)
  reporter.starting(outcomes.length)
  outcomes.forEach((outcome, index) => reporter.pinEnded(outcome, index))
  const written = finish(reporter, outcomes, verdict, run)
  return { step, written, outputs: step.outputs(), summary: step.summary() }
}
