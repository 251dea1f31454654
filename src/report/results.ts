import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'
import { nameText } from '../pin/record.ts'
import type { Cleaner } from './clean.ts'

/**
 * One element of `results`, its fields in the order in which they are written; the service's record with all its fields follows them.
 * Described in results.schema.json. No key is in it.
 */
export interface ResultEntry {
  pinId: string
  result: PinResult
  reason: string
  cid: string | null
  /** Bytes. */
  size: number | null
  status: string | null
  name: string | null
  attempts: number
  httpStatus: number | null
  durationMs: number
  message: string
}

export function entryOf(outcome: PinOutcome, { redact, holdsKey }: Cleaner): ResultEntry {
  const { pinId, result, reason, record, attempts, httpStatus, durationMs, message } = outcome
  const { cid = null, size = null, status = null } = record ?? {}
  const clean = (text: string | null) => (text === null ? null : redact(text))
  return {
    pinId: redact(pinId),
    result,
    reason: redact(reason),
    cid: clean(cid),
    // A key may consist of digits alone.
    size: holdsKey(String(size)) ? null : size,
    status: clean(status),
    name: clean(record === null ? null : nameText(record)),
    attempts,
    httpStatus,
    durationMs,
    message: redact(message),
  }
}

/** The `results` array as JSON text. @param whole with the service's records. */
export function resultsJson(
  entries: readonly ResultEntry[],
  outcomes: readonly PinOutcome[],
  { json }: Cleaner,
  whole: boolean,
): string {
  const elements = entries.map((entry, index) => {
    const text = JSON.stringify(entry)
    return whole ? `${text.slice(0, -1)},"record":${json(outcomes[index]?.record?.raw ?? null)}}` : text
  })
  return `[${elements.join(',')}]`
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
export function tallyUp(outcomes: readonly PinOutcome[], fails: (pin: PinOutcome) => boolean): Tally {
  const counts = forEachResult(0)
  const bytes = forEachResult(0n)
  const unknownSizes = forEachResult(0)
  for (const { result, record } of outcomes) {
    counts[result] += 1
    const size = record?.size ?? null
    if (size === null) unknownSizes[result] += 1
    else bytes[result] += BigInt(size)
  }
  return { pins: outcomes.length, counts, failing: outcomes.filter(fails).length, bytes, unknownSizes }
}

function forEachResult<T>(value: T): Record<PinResult, T> {
  return Object.fromEntries(RESULTS.map((result) => [result, value])) as Record<PinResult, T>
}
