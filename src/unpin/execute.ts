import { notAttempted, outcomeOf, type PinOutcome } from '../pin/outcome.ts'
import type { ChosenPin, Plan } from '../plan/plan.ts'
import type { Signals } from '../service/service.ts'
import { eightAtOnce, StopRule } from '../service/stop-rule.ts'

/** After this many reports the event loop gets a turn, so that a signal is handled. */
const REPORTED_IN_A_ROW = 256

/**
 * Carries a plan out. One failed pin does not stop the others. A problem of the whole run does: no further pin is started, and the rest
 * are `not-attempted`.
 *
 * @param unpin tries one pin; must not reject.
 * @param signal aborts: end at once, with what is known.
 * @param onEnd called once for each pin, with its place in the plan. Must not throw.
 */
export async function execute(
  { pins }: Plan,
  unpin: (pin: ChosenPin, signals: Signals) => Promise<PinOutcome>,
  signal: AbortSignal,
  onEnd: (outcome: PinOutcome, index: number) => void,
): Promise<void> {
  const rule = new StopRule(signal)
  const chosen = new Map<number, ChosenPin>()
  for (const [index, pin] of pins.entries()) {
    if (pin.kind === 'chosen') chosen.set(index, pin)
    else onEnd(pin.outcome, index)
    if (index % REPORTED_IN_A_ROW === 0 && !signal.aborted)
      await new Promise((resolve) => setImmediate(resolve))
  }
  const untried = new Map(chosen)
  await eightAtOnce(chosen, rule, async ([index, pin]) => {
    const outcome = await unpin(pin, rule.signals)
    rule.observe(outcome, outcome.result === 'unpinned')
    // Nothing was sent for it, so it ends like a pin that was never started.
    if (outcome.result === 'not-attempted' && outcome.stops === null && rule.reason !== null) return
    untried.delete(index)
    onEnd(outcome, index)
  })
  for (const [index, { pinId, record, reason }] of untried) {
    onEnd(notAttempted(pinId, rule.reason ?? 'the run was stopped first', { record, reason }), index)
  }
}

/** What a dry run says of a chosen pin. */
export function wouldUnpin({ pinId, record, reason }: ChosenPin): PinOutcome {
  return outcomeOf(pinId, { result: 'would-unpin', message: 'Would be unpinned.', record, reason })
}
