import { failsStep } from '../verdict.ts'
import type { OnMissing, PinOutcome } from '../types.ts'

/** What a report keeps of an outcome: all but the record, which may be large and is on disk by then. */
export type ReportedPin = Omit<PinOutcome, 'record'> & { fails: boolean }

/** The totals of a run. */
export interface Tally {
  unpinned: number
  missing: number
  /** Every pin that fails the step. */
  failed: number
  wouldUnpin: number
  /** Bytes of the pins unpinned whose size is known; exact beyond 2^53. */
  totalSize: bigint
  /** Pins unpinned whose size the service did not say. */
  unknownSizes: number
}

export function tallyUp(pins: readonly ReportedPin[]): Tally {
  const tally: Tally = { unpinned: 0, missing: 0, failed: 0, wouldUnpin: 0, totalSize: 0n, unknownSizes: 0 }
  for (const pin of pins) {
    if (pin.fails) tally.failed += 1
    if (pin.result === 'missing') tally.missing += 1
    if (pin.result === 'would-unpin') tally.wouldUnpin += 1
    if (pin.result !== 'unpinned') continue
    tally.unpinned += 1
    if (pin.size === null) tally.unknownSizes += 1
    else tally.totalSize += BigInt(pin.size)
  }
  return tally
}

/** Texts keep their content here, but no keys and no unlimited length: memory must not grow with what a service sends. */
export function toReportedPin(
  outcome: PinOutcome,
  onMissing: OnMissing,
  shorten: (text: string) => string,
): ReportedPin {
  const { record: _, ...pin } = outcome
  const text = (value: string | null) => (value === null ? null : shorten(value))
  return {
    ...pin,
    cid: text(pin.cid),
    status: text(pin.status),
    name: text(pin.name),
    message: shorten(pin.message),
    fails: failsStep(outcome, onMissing),
  }
}
