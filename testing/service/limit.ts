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
    const admitted = this.#admitted
    while (admitted[0] !== undefined && admitted[0] <= at - WINDOW_MS) admitted.shift()
    if (admitted.length < this.#most) {
      if (Number.isFinite(this.#most)) admitted.push(at)
      return undefined
    }
    const freeAt = (admitted[0] ?? at) + WINDOW_MS
    return refusal(429, 'Too many requests', this.#header(at, freeAt))
  }

  /** Rounded up, because a client that comes back a moment early is refused again. */
  #header(at: number, freeAt: number): Record<string, string> {
    switch (this.#retryAfter) {
      case 'seconds':
        return { 'Retry-After': String(Math.ceil((freeAt - at) / 1000)) }
      case 'date':
        return { 'Retry-After': new Date(Math.ceil(freeAt / 1000) * 1000).toUTCString() }
      case 'none':
        return {}
    }
  }
}
