import { failsStep, type OnMissing, type PinOutcome } from './pin/outcome.ts'
import type { Plan } from './plan.ts'

/** How the run as a whole ended. */
export interface Verdict {
  /** Does the step succeed, provided that everything can be written down? */
  succeeded: boolean
  /** Why the plan was not carried out, in whole sentences; then no single pin fails the step. Else `null`. */
  problem: string | null
  /** Why the run was stopped from outside before it was done, a whole sentence; else `null`. */
  stopped: string | null
  /** What a person should know, although it does not fail the step; whole sentences. */
  warnings: readonly string[]
  /** Does this pin fail the step? */
  fails(this: void, pin: Pick<PinOutcome, 'result' | 'lostAnswer'>): boolean
}

/** What the verdict needs to know of a pin that has ended. */
export type EndedPin = Pick<PinOutcome, 'result' | 'lostAnswer'> & { recordKnown: boolean }

/**
 * Decides what the pins' ends mean for the step.
 *
 * @param unusedLines lines of `protect` that protected nothing.
 */
export function decideVerdict(
  plan: Plan,
  pins: readonly EndedPin[],
  {
    onMissing,
    stopped,
    unusedLines,
  }: { onMissing: OnMissing; stopped: string | null; unusedLines: readonly string[] },
): Verdict {
  const { problem } = plan
  const fails: Verdict['fails'] = (pin) => problem === null && failsStep(pin, onMissing)
  // If a record was not read, an unused line may protect that pin.
  const everyPinSeen = pins.every(({ recordKnown, result }) => recordKnown || result === 'missing')
  return {
    succeeded: problem === null && !pins.some(fails),
    problem,
    // A stop that came after the last pin has changed nothing.
    stopped: pins.some(fails) ? stopped : null,
    warnings: [...plan.warnings, ...(everyPinSeen ? warningAbout(unusedLines) : [])],
    fails,
  }
}

/** Lines beyond this number are only counted. */
const LINES_NAMED = 5

function warningAbout(unusedLines: readonly string[]): string[] {
  if (unusedLines.length === 0) return []
  const named = unusedLines.slice(0, LINES_NAMED).map((line) => `"${line}"`)
  const more = unusedLines.length - named.length
  const lines = named.join(', ') + (more > 0 ? ` and ${more} more` : '')
  return [`\`protect\`: no pin of this run was protected by ${lines}. Check the spelling.`]
}
