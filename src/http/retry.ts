import type { Clock } from '../clock.ts'
import type { Answer, Exchange } from './exchange.ts'

/** Backoff doubles up to here; every wait is drawn evenly between nothing and its bound. */
const LONGEST_BACKOFF_MS = 30_000

/** The bound of the wait after the given attempt: 1, 2, 4 … 30 s. */
export function backoffBoundMs(attempt: number): number {
  return Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (attempt - 1))
}

/** An attempt that failed in a way that another one may mend. */
export interface Setback {
  why: string
  /** The request may have been received, and no whole answer to it came. */
  lostAnswer: boolean
  status: number | null
  /** What the service asked for, where it is obeyed. */
  retryAfterMs: number | null
}

/**
 * The retry table. `null` means that the answer is final.
 *
 * @param isFinal says of an answer with a retryable status that it is final all the same.
 */
export function setbackOf(
  exchange: Extract<Exchange, { kind: 'answered' | 'lost' | 'unsent' }>,
  isFinal: (answer: Answer) => boolean,
  clock: Clock,
): Setback | null {
  if (exchange.kind === 'unsent')
    return { why: exchange.why, lostAnswer: false, status: null, retryAfterMs: null }
  if (exchange.kind === 'lost') {
    const { status } = exchange
    return {
      why: exchange.why,
      lostAnswer: true,
      status,
      retryAfterMs: asked(status, exchange.retryAfter, clock),
    }
  }
  const { answer } = exchange
  const { status } = answer
  if (status === 200 && 'problem' in answer.body) {
    return { why: describeAnswer(answer), lostAnswer: true, status, retryAfterMs: null }
  }
  if (!isRetryable(status) || isFinal(answer)) return null
  return {
    why: describeAnswer(answer),
    lostAnswer: mayHaveHadEffect(status),
    status,
    retryAfterMs: asked(status, answer.retryAfter, clock),
  }
}

/** Says an answer's status and, where it has one, its `message`: the field that the vendor's own clients read. */
export function describeAnswer({ status, body }: Answer): string {
  if ('problem' in body) return `HTTP ${status} with ${body.problem}`
  const { message } = body.object
  return typeof message === 'string' && message !== '' ? `HTTP ${status}, "${message}"` : `HTTP ${status}`
}

/** The service was busy or broken, and nothing says that the same request cannot succeed. */
function isRetryable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/** The server may have failed after the effect; 503 is said before any work is done. */
function mayHaveHadEffect(status: number): boolean {
  return status >= 500 && status !== 503
}

/** `Retry-After` is obeyed on 429 (RFC 6585, 4) and 503 (RFC 9110, 15.6.4). */
function asked(status: number | null, retryAfter: string | null, clock: Clock): number | null {
  return status === 429 || status === 503 ? retryAfterMs(retryAfter, clock) : null
}

/** IMF-fixdate and the two obsolete forms all begin with the day's name; `Date.parse` alone would also take `1.5` or `-5`. */
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/

/**
 * Reads `Retry-After`: whole seconds or an HTTP date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds from now, 0 for a date that has passed, or `null` when there is nothing readable.
 */
export function retryAfterMs(text: string | null, clock: Clock): number | null {
  const value = text?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  if (!HTTP_DATE.test(value)) return null
  // asctime names no zone; HTTP's dates are all GMT.
  const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
  return Number.isNaN(date) ? null : Math.max(0, date - clock.epoch())
}
