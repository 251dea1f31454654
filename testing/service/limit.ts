import { type Answer, refusal } from './answers.ts'

/** Documented as requests "a minute"; taken as any 60 s, the strictest reading. */
const WINDOW_MS = 60_000

/** The account's limit: a sliding window over the requests that were let through. */
export class RateLimit {
  readonly #most: number
  readonly #retryAfter: 'seconds' | 'date' | 'none'
  readonly #admitted: number[] = []

  constructor(most: number, retryAfter: 'seconds' | 'date' | 'none') {
    this.#most = most
    this.#retryAfter = retryAfter
  }

  /**
   * Lets a request through and counts it, or answers why not; a refused one does not count.
   *
   * @param at epoch milliseconds
   */
  refuse(at: number): Answer | undefined {
    if (this.#most === Infinity) return undefined
    const admitted = this.#admitted
    while (admitted[0] !== undefined && admitted[0] <= at - WINDOW_MS) admitted.shift()
    if (admitted.length < this.#most) {
      admitted.push(at)
      return undefined
    }
    const waitMs = (admitted[0] ?? at) + WINDOW_MS - at
    // Rounded up, because a client that comes back a moment early is refused again.
    const values = {
      seconds: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
      date: { 'Retry-After': new Date(Math.ceil((at + waitMs) / 1000) * 1000).toUTCString() },
      none: {},
    }
    return refusal(429, 'Too many requests', values[this.#retryAfter])
  }
}
