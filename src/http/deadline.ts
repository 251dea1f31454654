import type { Clock } from '../clock.ts'

/** With less time than this no attempt starts, because it would only be cut off. */
const LEAST_ATTEMPT_MS = 250

/** A time limit that runs from the first request. Time spent waiting for a free slot of the rate limit is given back. */
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

  /** True once the time has started. */
  get running(): boolean {
    return this.#startedAt !== null
  }

  /** Milliseconds since the start, waits of every kind included. */
  elapsed(): number {
    return this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt
  }

  /** Milliseconds left; all of them before the start. */
  left(): number {
    return this.#limitMs + this.#givenBackMs - this.elapsed()
  }

  /** Is there time for another attempt after a wait of so many milliseconds? */
  fits(waitMs: number): boolean {
    return this.left() - waitMs >= LEAST_ATTEMPT_MS
  }

  /** The longest wait in milliseconds that still fits; not below 0. */
  longestWait(): number {
    return Math.max(0, this.left() - LEAST_ATTEMPT_MS)
  }

  giveBack(ms: number): void {
    if (this.running) this.#givenBackMs += ms
  }
}
