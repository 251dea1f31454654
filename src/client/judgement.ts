import type { RequestTrace } from '../request-trace.ts'
import type { Finding, PinOutcome, PinResult } from '../pin/outcome.ts'
import type { PinRecord } from '../pin/record.ts'

/** What the requests for a pin mean for it. A field that is left out means that there is nothing to say. */
export interface Judgement {
  result: PinResult
  message: string
  finding?: Finding
  record?: PinRecord
}

/** Adds to a judgement the numbers that every outcome carries. */
export function outcomeOf(
  pinId: string,
  { attempts, httpStatus, durationMs, lostAnswer }: RequestTrace,
  { result, message, finding = 'none', record }: Judgement,
): PinOutcome {
  return {
    pinId,
    result,
    message,
    finding,
    reason: '',
    record: record ?? null,
    attempts,
    httpStatus,
    durationMs: Math.round(durationMs),
    lostAnswer,
  }
}

export function notAttempted(why: string): Judgement {
  return { result: 'not-attempted', message: `Not attempted: ${why}.` }
}
