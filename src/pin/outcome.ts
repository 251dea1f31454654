import { describeError } from '../errors.ts'
import { NO_REQUEST, type RequestTrace } from '../request-trace.ts'
import { fillIn, type PinRecord } from './record.ts'

/** Every result a pin can have, in the order in which a person wants to see them. */
export const RESULTS = [
  'failed',
  'unconfirmed',
  'not-attempted',
  'missing',
  'unpinned',
  'would-unpin',
  'protected',
  'kept',
] as const

export type PinResult = (typeof RESULTS)[number]

export type OnMissing = 'warn' | 'ignore' | 'fail'

/**
 * What a pin's end says about the run as a whole.
 *
 * - `service-proven`: the answer can only come from the AIOZ Pin API.
 * - `service-doubted`: a 404 or 410 that any gateway may send for an unknown path. Counts as `missing` once the service is proven.
 * - `unauthorized`, `forbidden`: HTTP 401, 403.
 * - `told-to-wait`: the service asked for a wait that is too long.
 * - `time-used-up`: the pin's time ran out.
 */
export type Finding =
  | 'none'
  | 'service-proven'
  | 'service-doubted'
  | 'unauthorized'
  | 'forbidden'
  | 'told-to-wait'
  | 'time-used-up'

/** How one pin ended. */
export interface PinOutcome extends RequestTrace {
  /** Lower case. */
  pinId: string
  result: PinResult
  /** Why this pin was chosen, or why it stays; empty where there is nothing to say. */
  reason: string
  /**
   * What happened, what it means for the pin, what to do now. Empty where the run as a whole says it. May hold text of the service, not
   * yet cleaned.
   */
  message: string
  /** What it says about the run as a whole. */
  finding: Finding
  record: PinRecord | null
}

/** The outcome of a pin for which no `DELETE` was sent. */
export function untouched(
  pinId: string,
  result: Extract<PinResult, 'not-attempted' | 'would-unpin' | 'protected' | 'kept' | 'missing'>,
  message: string,
  known: { record?: PinRecord | null; reason?: string; durationMs?: number; finding?: Finding } = {},
): PinOutcome {
  const { record = null, reason = '', durationMs = 0, finding = 'none' } = known
  return { ...NO_REQUEST, pinId, result, message, reason, durationMs, finding, record }
}

/** The outcome of a pin for which this program itself failed. It is not known which requests were sent. */
export function broken(pinId: string, error: unknown): PinOutcome {
  return {
    ...NO_REQUEST,
    pinId,
    result: 'unconfirmed',
    reason: '',
    finding: 'none',
    record: null,
    message:
      'An error inside this action ended the unpin, so it is not known whether the pin is gone. Run the step again, and please ' +
      `report this error: ${describeError(error)}.`,
  }
}

/** A pin that seemed to be missing, when nothing in the run has shown that the answer came from the AIOZ Pin API. */
export function doubtedMissing(outcome: PinOutcome): PinOutcome {
  const lost = outcome.lostAnswer ? ' The answer to an earlier attempt was lost, so the pin may be gone.' : ''
  return {
    ...outcome,
    result: 'failed',
    message:
      `Not unpinned: the answer was HTTP ${outcome.httpStatus}, and nothing in this run has shown that \`api-url\` is the AIOZ Pin API. ` +
      `Other servers answer unknown paths in the same way. Check \`api-url\`.${lost}`,
  }
}

/** Adds what was known about the pin before it was tried. */
export function withKnown(outcome: PinOutcome, known: PinRecord, reason: string): PinOutcome {
  return { ...outcome, reason, record: outcome.record === null ? known : fillIn(outcome.record, known) }
}

/** Does this outcome fail the step? Yes, if it is not proven, or not allowed by `on-missing`. */
export function failsStep(
  { result, lostAnswer }: Pick<PinOutcome, 'result' | 'lostAnswer'>,
  onMissing: OnMissing,
): boolean {
  switch (result) {
    case 'unpinned':
    case 'would-unpin':
    case 'protected':
    case 'kept':
      return false
    case 'missing':
      // After a lost answer the pin is most likely gone because of this very run. That is no mistake of the workflow.
      return onMissing === 'fail' && !lostAnswer
    case 'unconfirmed':
    case 'failed':
    case 'not-attempted':
      return true
  }
}
