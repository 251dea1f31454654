import type { Clock } from '../clock.ts'
import type { HttpResponse, SendResult } from './send.ts'

/** The backoff doubles up to here. Each wait is drawn evenly between nothing and its bound. */
const LONGEST_BACKOFF_MS = 30_000

/** The bound of the wait after an attempt, counted from 1: 1, 2, 4 … 30 s. */
export function backoffBoundMs(attempt: number): number {
  return Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (attempt - 1))
}

/** An attempt that failed and will be repeated, for the log. */
export interface RetryNotice {
  /** The attempt that failed, from 1. */
  attempt: number
  why: string
  waitMs: number
  /** Every request of the run waits, not only this one. */
  holdsAll: boolean
}

/** A failure after which another attempt may succeed. */
export interface RetryableFailure {
  why: string
  /** The request may have been received, and no whole answer came. */
  lostAnswer: boolean
  /** `null` where no answer began. */
  status: number | null
  /** The wait that the service asked for, where it is obeyed; else `null`. */
  retryAfterMs: number | null
}

/**
 * The retry table for whole answers.
 *
 * @returns `null` where the answer is final.
 */
export function failureOfAnswer(response: HttpResponse, clock: Clock): RetryableFailure | null {
  const { status, body } = response
  if (status === 200 ? body.kind === 'json' : !isRetryable(status)) return null
  return {
    why: describeResponse(response),
    lostAnswer: mayHaveHadEffect(status),
    status,
    retryAfterMs: askedWaitMs(status, response.retryAfter, clock),
  }
}

/** The retry table for requests without a whole answer: all of them are repeated. */
export function failureWithoutAnswer(
  result: Extract<SendResult, { kind: 'lost' | 'unsent' }>,
  clock: Clock,
): RetryableFailure {
  const { kind, why } = result
  if (kind === 'unsent') return { why, lostAnswer: false, status: null, retryAfterMs: null }
  const { status } = result
  return { why, lostAnswer: true, status, retryAfterMs: askedWaitMs(status, result.retryAfter, clock) }
}

/** Says the status of an answer and, where it has one, its `message`: the field that the vendor's own clients read. */
export function describeResponse({ status, body }: HttpResponse): string {
  if (body.kind !== 'json') return `HTTP ${status} with ${body.problem}`
  const { message } = body.object
  return typeof message === 'string' && message !== '' ? `HTTP ${status}, "${message}"` : `HTTP ${status}`
}

/** The service was busy or broken, and the same request may succeed later. */
function isRetryable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/**
 * A 200 that cannot be read, or a server that failed after the effect. 503 means that the server could not handle the request (RFC 9110,
 * 15.6.4).
 */
function mayHaveHadEffect(status: number): boolean {
  return status === 200 || (status >= 500 && status !== 503)
}

/** `Retry-After` is obeyed on 429 (RFC 6585, 4) and 503 (RFC 9110, 15.6.4). */
function askedWaitMs(status: number | null, retryAfter: string | null, clock: Clock): number | null {
  return status === 429 || status === 503 ? parseRetryAfter(retryAfter, clock) : null
}

/** IMF-fixdate and the two obsolete forms begin with the day's name; `Date.parse` alone would also take `1.5` or `-5`. */
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/

/**
 * Reads `Retry-After`: whole seconds or an HTTP date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds from now, 0 for a date that has passed, or `null` when there is nothing readable.
 */
export function parseRetryAfter(text: string | null, clock: Clock): number | null {
  const value = text?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  if (!HTTP_DATE.test(value)) return null
  // asctime names no zone; HTTP's dates are all GMT.
  const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
  return Number.isNaN(date) ? null : Math.max(0, date - clock.epoch())
}
