import { broken, type PinOutcome } from '../pin/outcome.ts'
import { fillIn } from '../pin/record.ts'
import type { ChosenPin } from '../plan/plan.ts'
import { RUN_AGAIN } from '../service/judge.ts'
import type { ServicePin } from '../service/service.ts'

/**
 * Unpins one pin, and for `verify` reads it again. Never rejects.
 *
 * @param known what the plan knows of the pin.
 */
export async function unpinOne(pin: ServicePin, known: ChosenPin, verify: boolean): Promise<PinOutcome> {
  let outcome: PinOutcome
  try {
    outcome = await pin.unpin()
    if (verify && outcome.result === 'unpinned') outcome = await verified(pin, outcome)
  } catch (error) {
    outcome = broken(pin.pinId, error, pin.deadline.running)
  }
  const record =
    outcome.record !== null && known.record !== null ? fillIn(outcome.record, known.record) : null
  return { ...outcome, reason: known.reason, record: record ?? outcome.record ?? known.record }
}

/** Only a pin that is gone when read again counts as unpinned. The service may need a moment, so it is read until its time is over. */
async function verified(pin: ServicePin, unpinned: PinOutcome): Promise<PinOutcome> {
  for (let time = 1; ; time += 1) {
    const read = await pin.read()
    const durationMs = Math.round(pin.deadline.elapsed())
    if (read.kind === 'ended' && read.outcome.result === 'missing') {
      const message = 'Unpinned: the service confirmed it, and the pin is gone when read again.'
      return { ...unpinned, durationMs, message }
    }
    if (read.kind === 'record' && (await pin.pause(time))) continue
    const why =
      read.kind === 'record'
        ? 'its record still does not say that it is'
        : `when the pin was read again, ${read.cause.replace(/\.$/, '')}`
    return {
      ...unpinned,
      durationMs: Math.round(pin.deadline.elapsed()),
      result: 'unconfirmed',
      message: `It is not known whether the pin is gone. The service confirmed the unpin, but ${why}. ${RUN_AGAIN}`,
      // The same problem would keep the other pins from being verified, too.
      stops: read.kind === 'record' ? null : read.outcome.stops,
    }
  }
}
