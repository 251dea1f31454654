import type { Inputs } from '../../../src/inputs/read.ts'
import { failsStep, type PinOutcome } from '../../../src/pin/outcome.ts'
import type { Criteria } from '../../../src/plan/match.ts'
import type { GivenInputs, Plan, PlannedPin, Target } from '../../../src/plan/plan.ts'
import { createCleaner } from '../../../src/report/clean.ts'
import { Reporter } from '../../../src/report/reporter.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, type Step } from '../../support/step.ts'

export const KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='
/** Thirty-one days after the pins of support/outcome.ts were pinned. */
const NOW = Date.UTC(2026, 10, 6)

export function selection(selects: GivenInputs, limits: GivenInputs = [], asked: Partial<Criteria> = {}): Target {
  return { kind: 'selection', criteria: criteriaOf(asked), selects, limits }
}

interface Told {
  step: Step
  reporter: Reporter
  finish: () => boolean
}

type Run = Partial<Inputs> & {
  plan?: Partial<Plan>
  stopped?: string | null
  clock?: SimulatedClock
}

/** A run whose plan has these outcomes, and is made. `finish` ends it as they say. */
export function begin(outcomes: readonly PinOutcome[], { plan, stopped = null, clock, ...more }: Run = {}): Told {
  const step = beginStep()
  // The runner's clock is ahead: ages count from the moment of the plan.
  const reporter = new Reporter(
    clock ?? new SimulatedClock(NOW + 40 * 86_400_000),
    createCleaner(createRedactor([KEY])),
  )
  const words = { onUnusedProtect: 'fail', onMissing: 'warn', dryRun: false, verify: false } as const
  const reach = { apiBase: 'https://example.org', requestsPerMinute: 180, timeoutSeconds: 120 }
  const target: Target = { kind: 'ids', pinIds: [] }
  const inputs: Inputs = { ...words, ...reach, target, protect: [], warnings: [], ...more }
  reporter.begin(inputs)
  const { refusals = [] } = plan ?? {}
  const pins = outcomes.map((outcome): PlannedPin => {
    const left = refusals.length > 0 || outcome.result === 'kept' || outcome.result === 'protected'
    return left ? { kind: 'left', outcome } : { kind: 'chosen', ...outcome }
  })
  const chosen = pins.filter(({ kind }) => kind === 'chosen').length
  const counts = { chosen, waiting: 0, wantsNotPinned: false }
  reporter.planned({ pins, refusals, warnings: [], ...counts, ...plan }, inputs, NOW)
  const fails = (pin: PinOutcome): boolean => failsStep(pin, inputs.onMissing)
  const succeeded = refusals.length === 0 && !outcomes.some(fails)
  return { step, reporter, finish: (): boolean => reporter.finish({ succeeded, stopped, fails }) }
}

/** Reports a whole run in which these pins end, in this order. */
export function report(
  outcomes: readonly PinOutcome[],
  run?: Run,
): { step: Step; written: boolean; outputs: Record<string, string>; summary: string } {
  const { step, reporter, finish } = begin(outcomes, run)
  outcomes.forEach((outcome, index) => reporter.pinEnded(outcome, index))
  const written = finish()
  return { step, written, outputs: step.outputs(), summary: step.summary() }
}
