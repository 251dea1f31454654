import { describeError } from '../errors.ts'
import type { PinRecord } from './record.ts'

/** Every result a pin can have, in the order in which a person wants to see them. */
export const RESULTS = [
  ...(['failed', 'unconfirmed', 'not-attempted', 'missing'] as const),
  ...(['unpinned', 'would-unpin', 'protected', 'kept'] as const),
]

export type PinResult = (typeof RESULTS)[number]

export type OnMissing = 'warn' | 'ignore' | 'fail'

/**
 * What a pin's end says about the run as a whole.
 *
 * - `unauthorized`, `forbidden`: HTTP 401, and 403 for want of a scope.
 * - `told-to-wait`: the service asked for a wait that is too long.
 * - `unanswered`: its time was used up, or no answer had the service's own form.
 */
export type StopSign = 'unauthorized' | 'forbidden' | 'told-to-wait' | 'unanswered'

/** How one pin ended. */
export interface PinOutcome {
  /** Lower case. */
  pinId: string
  result: PinResult
  /** Why this pin was chosen, or why it stays; empty where there is nothing to say. */
  reason: string
  /** What happened, what it means for the pin, what to do now. Empty where the run as a whole says it. Not yet cleaned. */
  message: string
  record: PinRecord | null
  /** How often the `DELETE` was tried; redirects do not count. */
  attempts: number
  /** Of the last answer to the `DELETE` that began, or to the `GET` that ended the pin; else `null`. */
  httpStatus: number | null
  /** From the first request of the phase in which the pin ended (reading or acting), waits included. */
  durationMs: number
  /** The answer to a `DELETE` was lost, so the service may have acted on it. */
  lostAnswer: boolean
  stops: StopSign | null
}

const NO_REQUEST = { attempts: 0, httpStatus: null, durationMs: 0, lostAnswer: false, stops: null }

/** An outcome without facts about requests. */
export function untouched(
  pinId: string,
  result: PinResult,
  message: string,
  { record = null, reason = '' }: Partial<PinOutcome> = {},
): PinOutcome {
  return { pinId, result, reason, message, record, ...NO_REQUEST }
}

/** A pin that was not tried. @param why a clause. */
export function notAttempted(pinId: string, why: string, known: Partial<PinOutcome> = {}): PinOutcome {
  return untouched(pinId, 'not-attempted', `Not attempted: ${why}. When the cause is gone, run the step again.`, known)
}

/** A pin for which this program itself failed. @param begun a request for it had begun. */
export function broken(pinId: string, error: unknown, begun: boolean): PinOutcome {
  const why = `an error inside this action (${describeError(error)})`
  if (!begun) return notAttempted(pinId, why)
  const message = `It is not known whether the pin is gone: ${why}. Run the step again, and please report this error.`
  return { ...untouched(pinId, 'unconfirmed', message), stops: 'unanswered' }
}

/** Does this outcome fail the step? Yes, if it is not proven, or not allowed by `on-missing`. */
export function failsStep({ result, lostAnswer, record }: PinOutcome, onMissing: OnMissing): boolean {
  // If this run has seen the pin, and an answer was lost, this very run has most likely removed it. That is no mistake.
  if (result === 'missing') return onMissing === 'fail' && !(lostAnswer && record?.pinned === true)
  return result === 'unconfirmed' || result === 'failed' || result === 'not-attempted'
}
