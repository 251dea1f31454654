import type { Clock } from '../clock.ts'

/** With less time than this, an attempt is not worth beginning: it would only be cut off on its way. */
const LEAST_ATTEMPT_MS = 250

/**
 * The time one pin may take. It runs from the pin's first request; time spent waiting for a place under the rate limit is given
 * back.
 */
export class Deadline {
  readonly #clock: Clock
  readonly #limitMs: number
  #startedAt: number | null = null
  #givenBackMs = 0

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock
    this.#limitMs = limitMs
  }

  /** Starts the time; later calls change nothing. */
  start(): void {
    this.#startedAt ??= this.#clock.now()
  }

  /** Milliseconds left; all of them before the start. */
  left(): number {
    return this.#limitMs + this.#givenBackMs - this.elapsed()
  }

  /** Milliseconds since the start, waits of every kind included. */
  elapsed(): number {
    return this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt
  }

  /** Is there time for another attempt after waiting for so long? */
  fits(waitMs: number): boolean {
    return this.left() - waitMs >= LEAST_ATTEMPT_MS
  }

  /** The longest wait that still fits; not below 0. */
  longestWait(): number {
    return Math.max(0, this.left() - LEAST_ATTEMPT_MS)
  }

  giveBack(ms: number): void {
    if (this.#startedAt !== null) this.#givenBackMs += ms
  }

  /** True while the pin's time has begun to run. */
  get running(): boolean {
    return this.#startedAt !== null
  }
}
