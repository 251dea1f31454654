import type { OnMissing, PinOutcome, PinResult } from '../types.ts'
import { failsStep } from '../verdict.ts'

/** What a report keeps of an outcome: all but the record, which may be large and is on disk by then. */
export type ReportedPin = Omit<PinOutcome, 'record'> & { fails: boolean }

/** The totals of a run. */
export interface Tally {
  counts: Readonly<Record<PinResult, number>>
  /** Every pin that fails the step. */
  failed: number
  /** Bytes of the pins unpinned whose size is known; exact beyond 2^53. */
  totalSize: bigint
  /** Pins unpinned whose size the service did not say. */
  unknownSizes: number
}

export function tallyUp(pins: readonly ReportedPin[]): Tally {
  const counts: Record<PinResult, number> = {
    unpinned: 0,
    missing: 0,
    unconfirmed: 0,
    failed: 0,
    'not-attempted': 0,
    'would-unpin': 0,
    protected: 0,
    kept: 0,
  }
  let failed = 0
  let totalSize = 0n
  let unknownSizes = 0
  for (const pin of pins) {
    counts[pin.result] += 1
    if (pin.fails) failed += 1
    if (pin.result !== 'unpinned') continue
    if (pin.size === null) unknownSizes += 1
    else totalSize += BigInt(pin.size)
  }
  return { counts, failed, totalSize, unknownSizes }
}

/** Was the pin chosen, whatever became of it? */
export function isChosen({ result }: Pick<ReportedPin, 'result'>): boolean {
  return result !== 'protected' && result !== 'kept'
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
    reason: shorten(pin.reason),
    message: shorten(pin.message),
    fails: failsStep(outcome, onMissing),
  }
}
