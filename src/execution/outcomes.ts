import { describeError } from '../errors.ts'
import { NOTHING_KNOWN, readFacts } from '../record.ts'
import type { JsonObject, PinOutcome, PinResult } from '../types.ts'

/** The outcome of a pin for which no `DELETE` was sent. */
export function untouched(
  pinId: string,
  result: Extract<PinResult, 'not-attempted' | 'would-unpin' | 'protected' | 'kept'>,
  message: string,
  known: { record?: JsonObject; reason?: string; durationMs?: number } = {},
): PinOutcome {
  const { record, reason = '', durationMs = 0 } = known
  return {
    ...(record === undefined ? NOTHING_KNOWN : readFacts(record)),
    pinId,
    result,
    reason,
    attempts: 0,
    httpStatus: null,
    durationMs,
    message,
    afterLostAnswer: false,
    timeUsedUp: false,
    stop: null,
    record: record ?? null,
  }
}

/** The outcome of a pin during which this program itself failed: what was sent by then is not known. */
export function broken(pinId: string, error: unknown): PinOutcome {
  return {
    ...untouched(pinId, 'not-attempted', ''),
    result: 'unconfirmed',
    message:
      'Whether the pin is gone is not known: this action failed in itself. Run the step again, and please report ' +
      `this: ${describeError(error)}.`,
  }
}

/** Fills in what an outcome does not know with what was known before the pin was tried. */
export function withKnown(outcome: PinOutcome, record: JsonObject, reason: string): PinOutcome {
  const { cid, size, status, name, pinnedAtMs } = readFacts(record)
  return {
    ...outcome,
    cid: outcome.cid ?? cid,
    size: outcome.size ?? size,
    status: outcome.status ?? status,
    name: outcome.name ?? name,
    pinnedAtMs: outcome.pinnedAtMs ?? pinnedAtMs,
    reason,
    record: outcome.record ?? record,
  }
}
