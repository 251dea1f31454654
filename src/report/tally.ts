import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'

/**
 * What is kept of an outcome until the end. The record is on disk by then, keys are removed from every text, and long texts are cut:
 * memory must not grow with what a service sends.
 */
export interface ReportedPin extends Pick<
  PinOutcome,
  'pinId' | 'result' | 'lostAnswer' | 'attempts' | 'durationMs' | 'reason' | 'message'
> {
  cid: string | null
  name: string | null
  /** Bytes. */
  size: number | null
  /** Epoch milliseconds of `date_pinned`. */
  pinnedMs: number | null
}

/** The totals of a run. */
export interface Tally {
  pins: number
  counts: Readonly<Record<PinResult, number>>
  /** How many pins fail the step. */
  failing: number
  /** Bytes of the pins with this result whose size is known; exact beyond 2^53. */
  bytes: Readonly<Record<PinResult, bigint>>
  /** How many pins with this result have a size that is not known. */
  unknownSizes: Readonly<Record<PinResult, number>>
}

/** @param fails whether a pin fails the step. */
export function tallyUp(pins: readonly ReportedPin[], fails: (pin: ReportedPin) => boolean): Tally {
  const counts = forEachResult(0)
  const bytes = forEachResult(0n)
  const unknownSizes = forEachResult(0)
  let failing = 0
  for (const pin of pins) {
    counts[pin.result] += 1
    if (pin.size === null) unknownSizes[pin.result] += 1
    else bytes[pin.result] += BigInt(pin.size)
    if (fails(pin)) failing += 1
  }
  return { pins: pins.length, counts, failing, bytes, unknownSizes }
}

/** Was the pin chosen to be unpinned? */
export function isChosen({ result }: Pick<ReportedPin, 'result'>): boolean {
  return result !== 'protected' && result !== 'kept'
}

function forEachResult<T>(value: T): Record<PinResult, T> {
  return Object.fromEntries(RESULTS.map((result) => [result, value])) as Record<PinResult, T>
}
