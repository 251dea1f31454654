import { failsStep, type OnMissing, type PinOutcome } from '../pin/outcome.ts'
import type { Plan } from '../plan/plan.ts'

/** How the run as a whole ended. */
export interface Verdict {
  /** Does the step succeed, provided that everything can be written down? */
  succeeded: boolean
  /** Why the run was stopped from outside before it was done, a whole sentence; else `null`. */
  stopped: string | null
  /** Does this pin fail the step? */
  fails(this: void, pin: PinOutcome): boolean
}

/** Decides what the pins' ends mean for the step. */
export function decideVerdict(
  { refusals }: Plan,
  outcomes: readonly PinOutcome[],
  onMissing: OnMissing,
  signal: AbortSignal,
): Verdict {
  const fails = (pin: PinOutcome): boolean => failsStep(pin, onMissing)
  const failing = outcomes.some(fails)
  return {
    succeeded: refusals.length === 0 && !failing,
    // A stop that came after the last pin has changed nothing.
    stopped: signal.aborted && (failing || refusals.length > 0) ? String(signal.reason) : null,
    fails,
  }
}
