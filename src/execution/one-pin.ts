import type { JsonObject, PinOutcome } from '../types.ts'
import { untouched, withKnown } from './outcomes.ts'

/** What can be asked of the service for one pin. */
export interface PinVerbs {
  pinId: string
  /** Reads the record, and says how long that took; or ends the pin. */
  read(): Promise<{ record: JsonObject; durationMs: number } | { outcome: PinOutcome }>
  unpin(): Promise<PinOutcome>
  verify(unpinned: PinOutcome): Promise<PinOutcome>
}

export interface PinRules {
  /** Everything but the `DELETE`. */
  dryRun: boolean
  /** Read the pin again after its `DELETE`. */
  verify: boolean
  /** Says from a pin's record why it must stay, or `null`. Absent: nothing is protected, and no record is needed. */
  whyProtected: ((record: JsonObject) => string | null) | null
}

/** One pin, from its ID to its end: read where it matters, guard, remove, read again. */
export async function unpinOne(pin: PinVerbs, rules: PinRules): Promise<PinOutcome> {
  if (!rules.dryRun && rules.whyProtected === null) return remove(pin, rules)
  const reading = await pin.read()
  if ('outcome' in reading) return reading.outcome
  const { record, durationMs } = reading
  const reason = rules.whyProtected?.(record) ?? null
  if (reason !== null)
    return untouched(pin.pinId, 'protected', `Not unpinned: ${reason}.`, { record, reason, durationMs })
  if (rules.dryRun) {
    // Proves nothing: a pin that is still being retrieved says so as well. But a person should know.
    const note = record['pinned'] === false ? 'its record says that it is not pinned now' : ''
    return untouched(pin.pinId, 'would-unpin', WOULD, { record, durationMs, reason: note })
  }
  return withKnown(await remove(pin, rules), record, '')
}

export const WOULD = 'Would be unpinned.'

async function remove(pin: PinVerbs, { verify }: PinRules): Promise<PinOutcome> {
  const outcome = await pin.unpin()
  return verify && outcome.result === 'unpinned' ? pin.verify(outcome) : outcome
}
