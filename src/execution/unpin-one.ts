import type { ReadResult } from '../client/judge-read.ts'
import { type PinOutcome, untouched, withKnown } from '../pin/outcome.ts'
import type { PinRecord } from '../pin/record.ts'

/** What can be asked of the service for one pin. */
export interface PinVerbs {
  pinId: string
  /** Reads the record, or ends the pin. */
  read(): Promise<ReadResult>
  unpin(): Promise<PinOutcome>
  verify(unpinned: PinOutcome): Promise<PinOutcome>
}

export interface PinRules {
  /** Do everything but the `DELETE`. */
  dryRun: boolean
  /** Read the pin again after its `DELETE`. */
  verify: boolean
  guard: Guard
}

/** What keeps pins from being unpinned. */
export interface Guard {
  /** Is there anything to protect, so that records must be read? */
  protects: boolean
  /** The lines of `protect` that have protected no pin so far, as the workflow wrote them. */
  unusedLines: readonly string[]
  /** Why a record must stay, or `null`. */
  whyProtected(record: PinRecord): string | null
}

export const NO_GUARD: Guard = { protects: false, unusedLines: [], whyProtected: () => null }

/** Handles one pin: reads its record if something needs it, applies `protect`, removes the pin, and reads it again for `verify`. */
export async function unpinOne(
  verbs: PinVerbs,
  known: { record: PinRecord | null; reason: string },
  { dryRun, verify, guard }: PinRules,
): Promise<PinOutcome> {
  const { pinId } = verbs
  let { record } = known
  let durationMs = 0
  if (record === null && (dryRun || guard.protects)) {
    const reading = await verbs.read()
    if (reading.kind === 'ended') return reading.outcome
    ;({ record, durationMs } = reading)
  }
  if (record !== null) {
    const why = guard.whyProtected(record)
    if (why !== null) {
      return untouched(pinId, 'protected', `Not unpinned: ${why}.`, {
        record,
        reason: why,
        durationMs,
        finding: 'service-proven',
      })
    }
    if (dryRun) {
      return untouched(pinId, 'would-unpin', 'Would be unpinned.', {
        record,
        reason: known.reason || stateOf(record),
        durationMs,
        finding: 'service-proven',
      })
    }
  }
  const outcome = await verbs.unpin()
  const end = verify && outcome.result === 'unpinned' ? await verbs.verify(outcome) : outcome
  return record === null ? end : withKnown(end, record, known.reason)
}

/** This proves nothing, but a person should know it: a pin that AIOZ Pin is still retrieving is not pinned yet. */
function stateOf({ pinned }: PinRecord): string {
  return pinned === false ? 'its record says that it is not pinned now' : ''
}
