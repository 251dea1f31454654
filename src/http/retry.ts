import { type Clock, sleep } from '../clock.ts'
import type { Head, HttpResponse } from './send.ts'

/** With less time than this no attempt starts, because it would only be cut off. */
const LEAST_ATTEMPT_MS = 250
/** No random wait starts with less time than this, and one more attempt, left. Otherwise waits would become shorter and shorter. */
const LEAST_WAIT_MS = 250
/** The backoff doubles up to here. */
const LONGEST_BACKOFF_MS = 30_000

/** A time limit that runs from the first request. Time spent waiting for a free slot of the rate limit is given back. */
export class Deadline {
  readonly #clock: Clock
  readonly limitMs: number
  #startedAt: number | null = null
  #givenBackMs = 0

  constructor(clock: Clock, seconds: number) {
    this.#clock = clock
    this.limitMs = seconds * 1000
  }

  /** Starts the time; later calls change nothing. */
  start(): void {
    this.#startedAt ??= this.#clock.now()
  }

  /** Has a request begun? */
  get running(): boolean {
    return this.#startedAt !== null
  }

  /** Milliseconds since the start, waits of every kind included. */
  elapsed(): number {
    return this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt
  }

  /** Milliseconds left; all of them before the start. */
  left(): number {
    return this.limitMs + this.#givenBackMs - this.elapsed()
  }

  /** Is there time for another attempt after a wait of so many milliseconds? */
  fits(waitMs: number): boolean {
    return this.left() - waitMs >= LEAST_ATTEMPT_MS
  }

  /** Would a wait of so many milliseconds fit into all of the time? */
  everFits(waitMs: number): boolean {
    return this.limitMs - waitMs >= LEAST_ATTEMPT_MS
  }

  /** How long one attempt may take: enough for a slow service, but not all of a long limit. */
  attemptMs(): number {
    return Math.max(0, Math.min(this.left(), Math.max(30_000, this.limitMs / 2)))
  }

  giveBack(ms: number): void {
    if (this.running) this.#givenBackMs += ms
  }

  /**
   * The random wait before the next attempt: evenly between 0 and 1, 2, 4 … 30 s, so that many runs do not come back at once.
   * @param attempt the one that failed, from 1.
   * @param random evenly from [0, 1).
   * @returns `null` where there is no time left for it.
   */
  backoffMs(attempt: number, random: () => number): number | null {
    if (!this.fits(LEAST_WAIT_MS)) return null
    return random() * Math.min(backoffBoundMs(attempt), this.left() - LEAST_ATTEMPT_MS)
  }

  /** Waits 1, 2, 4 … s, or until the signal aborts. @returns false, at once, where there is no time for it. */
  async pause(attempt: number, signal: AbortSignal): Promise<boolean> {
    const waitMs = backoffBoundMs(attempt)
    if (!this.fits(waitMs)) return false
    await sleep(this.#clock, waitMs, signal)
    return !signal.aborted
  }
}

/** 1, 2, 4 … 30 s. */
function backoffBoundMs(attempt: number): number {
  return Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (attempt - 1))
}

/** May the same request succeed later? A 200 that is not JSON is repeated for a `DELETE` only: a `GET` was answered by another server. */
export function isRetryable({ status, body, retryAfter }: HttpResponse, method: 'DELETE' | 'GET'): boolean {
  if (status === 200) return body.kind === 'not-json' && method === 'DELETE'
  if (status === 403) return retryAfter !== null
  return isBusy(status)
}

/** Does the status ask for another attempt? */
export function isBusy(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/** `Retry-After` is obeyed on 429 (RFC 6585, 4), 503 (RFC 9110, 15.6.4) and 403, which some services send for a rate limit. */
export function askedWaitMs(head: Head | null, clock: Clock): number | null {
  return head !== null && [403, 429, 503].includes(head.status) ? parseRetryAfter(head, clock) : null
}

/**
 * Reads `Retry-After`: whole seconds or an HTTP date (RFC 9110, 10.2.3). A date counts from the answer's own `Date`: the two clocks
 * may differ.
 * @returns milliseconds from now, 0 for a date that has passed, or `null` when there is nothing readable.
 */
export function parseRetryAfter({ retryAfter, date }: Pick<Head, 'retryAfter' | 'date'>, clock: Clock): number | null {
  const value = retryAfter?.trim() ?? ''
  if (/^\d+$/.test(value)) return Math.min(Number(value), 1e9) * 1000
  const until = parseHttpDate(value)
  return until === null ? null : Math.max(0, until - (parseHttpDate(date ?? '') ?? clock.epoch()))
}

/** IMF-fixdate and the two obsolete forms begin with the day's name; `Date.parse` alone would also take `1.5` or `-5`. */
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/

/** @returns epoch milliseconds, or `null` for a text that is no HTTP date. */
export function parseHttpDate(text: string): number | null {
  const value = text.trim()
  if (!HTTP_DATE.test(value)) return null
  // asctime names no zone; HTTP's dates are all GMT.
  const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
  return Number.isNaN(date) ? null : date
}
