import { formatDuration } from '../format.ts'
import { broken, failsStep, notAttempted, type OnMissing, type PinOutcome, untouched } from '../pin/outcome.ts'
import type { ChosenPin, Plan } from '../plan/plan.ts'
import { RUN_AGAIN } from '../service/judge.ts'
import type { ServicePin, Signals } from '../service/service.ts'
import { eightAtOnce, StopRule } from '../service/stop-rule.ts'

/** After this many reports the event loop gets a turn, so that a signal is handled. */
const REPORTED_IN_A_ROW = 256

/**
 * Carries a plan out. One failed pin does not stop the others. A problem of the whole run does: no further pin is started, and the
 * rest are `not-attempted`.
 * @param unpin tries one pin; must not reject.
 * @param signal aborts: end at once, with what is known.
 * @param onEnd called once for each pin, with its place in the plan. Must not throw.
 * @returns how each pin of the plan ended, in its order.
 */
export async function execute(
  { pins }: Plan,
  unpin: (pin: ChosenPin, signals: Required<Signals>) => Promise<PinOutcome>,
  signal: AbortSignal,
  onEnd: (outcome: PinOutcome, index: number) => void,
): Promise<PinOutcome[]> {
  const rule = new StopRule(signal)
  const outcomes: PinOutcome[] = []
  const end = (outcome: PinOutcome, index: number) => {
    outcomes[index] = outcome
    onEnd(outcome, index)
  }
  const chosen = new Map<number, ChosenPin>()
  for (const [index, pin] of pins.entries()) {
    if (pin.kind === 'chosen') chosen.set(index, pin)
    else end(pin.outcome, index)
    if (index % REPORTED_IN_A_ROW === 0 && !signal.aborted) await new Promise((resolve) => setImmediate(resolve))
  }
  await eightAtOnce(chosen, rule, async ([index, pin]) => {
    const outcome = await unpin(pin, rule.signals)
    rule.observe(outcome, outcome.result === 'unpinned')
    // Nothing was sent for it, so it ends like a pin that was never started.
    if (outcome.result === 'not-attempted' && outcome.stops === null && rule.reason !== null) return
    chosen.delete(index)
    end(outcome, index)
  })
  for (const [index, { pinId, record, reason }] of chosen) {
    end(notAttempted(pinId, rule.reason ?? '', { record, reason }), index)
  }
  return outcomes
}

/** What a dry run says of a chosen pin. */
export function wouldUnpin({ pinId, record, reason }: ChosenPin): PinOutcome {
  return untouched(pinId, 'would-unpin', 'Would be unpinned.', { record, reason })
}

/** Unpins one pin, and for `verify` reads it again. Never rejects. @param known what the plan knows of the pin. */
export async function unpinOne(pin: ServicePin, known: ChosenPin, verify: boolean): Promise<PinOutcome> {
  let outcome: PinOutcome
  try {
    outcome = await pin.unpin()
    if (verify && outcome.result === 'unpinned') outcome = await verified(pin, outcome)
  } catch (error) {
    outcome = broken(pin.pinId, error, pin.deadline.running)
  }
  // Of two records one is kept: the answer shows the record as it was.
  return { ...outcome, reason: known.reason, record: known.record ?? outcome.record }
}

/** Only a pin that is gone when read again counts as unpinned. The service may need a moment, so it is read until its time is over. */
async function verified(pin: ServicePin, unpinned: PinOutcome): Promise<PinOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await pin.read()
    if (read.kind === 'record' && (await pin.pause(attempt))) continue
    const durationMs = Math.round(pin.deadline.elapsed())
    if (read.kind === 'ended' && read.outcome.result === 'missing') {
      const message = 'Unpinned: the service confirmed it, and the pin is gone when read again.'
      return { ...unpinned, durationMs, message }
    }
    const why =
      read.kind === 'record'
        ? `after ${formatDuration(durationMs)} its record does not say so yet`
        : `when the pin was read again, ${read.cause.replace(/\.$/, '')}`
    const again = why.includes('step again') ? '' : ` ${RUN_AGAIN}`
    return {
      ...unpinned,
      durationMs,
      result: 'unconfirmed',
      message: `It is not known whether the pin is gone. The service confirmed the unpin, but ${why}.${again}`,
      // The same problem would keep the other pins from being verified, too.
      stops: read.kind === 'record' ? 'unanswered' : read.outcome.stops,
    }
  }
}

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
