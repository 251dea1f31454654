import { type Clock, sleep } from '../clock.ts'
import type { Deadline } from './retry.ts'

/** The service counts requests a minute (180 by its documents). */
const WINDOW_MS = 60_000

/** `held-too-long`: the service asked every request to wait, for longer than the deadline has room. */
type SlotResult = { kind: 'acquired' } | { kind: 'held-too-long'; heldMs: number } | { kind: 'interrupted' }

/**
 * Every request of a run takes a slot here first. This keeps the rate limit, and the pauses that the service asks for with
 * `Retry-After`.
 *
 * A slot is free again a minute after its request *ended*. So starts are never closer than the limit allows, and neither are arrivals at
 * the service, however different the latencies are.
 */
export class RateLimiter {
  readonly #clock: Clock
  readonly #slots: number
  #inFlight = 0
  /** When the requests of the last minute ended, oldest first; whole milliseconds, rounded up. */
  readonly #ended: number[] = []
  #heldUntil = -Infinity
  /** The requests that wait, in order of arrival. */
  readonly #queue: { wake: () => void }[] = []

  /** @param slots how many requests may start within any 60 s. */
  constructor(clock: Clock, slots: number) {
    this.#clock = clock
    this.#slots = slots
  }

  /** Holds back every request of the run for `ms`, from now. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms)
    // Requests that wait for a slot now wait for the end of the hold, and that uses up their time.
    this.#wakeAll()
  }

  /**
   * Waits until a request may start, and takes its slot. Each `acquired` needs one `release`.
   *
   * The wait for a slot is given back to the deadline. A hold is not, and ends as `held-too-long` as soon as it cannot fit.
   */
  async acquire(deadline: Deadline, signal: AbortSignal): Promise<SlotResult> {
    const place = { wake: () => {} }
    this.#queue.push(place)
    try {
      for (;;) {
        if (signal.aborted) return { kind: 'interrupted' }
        const now = this.#clock.now()
        const heldMs = this.#heldUntil - now
        if (heldMs > 0 && !deadline.fits(heldMs)) return { kind: 'held-too-long', heldMs }
        const waitMs = heldMs > 0 ? heldMs : this.#queue[0] === place ? this.#untilFree(now) : Infinity
        if (waitMs <= 0) {
          this.#inFlight += 1
          return { kind: 'acquired' }
        }
        await sleep(this.#clock, waitMs, signal, place)
        if (heldMs <= 0) deadline.giveBack(this.#clock.now() - now)
      }
    } finally {
      this.#queue.splice(this.#queue.indexOf(place), 1)
      this.#wakeAll()
    }
  }

  /** The request has ended, in any way. */
  release(): void {
    this.#inFlight -= 1
    this.#ended.push(Math.ceil(this.#clock.now()))
    this.#wakeAll()
  }

  /** Milliseconds until a slot is free; `Infinity` where only the end of a request can free one. */
  #untilFree(now: number): number {
    // In whole milliseconds, rounded to the safe side, because the service may count in them.
    const nowMs = Math.floor(now)
    while (this.#ended[0] !== undefined && nowMs - this.#ended[0] > WINDOW_MS) this.#ended.shift()
    if (this.#inFlight + this.#ended.length < this.#slots) return 0
    // One more millisecond: "within any 60 seconds" includes both of its ends.
    return (this.#ended[0] ?? Infinity) + WINDOW_MS + 1 - nowMs
  }

  #wakeAll(): void {
    for (const { wake } of this.#queue) wake()
  }
}
