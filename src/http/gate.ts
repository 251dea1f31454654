import type { Clock } from '../clock.ts'
import type { Deadline } from './deadline.ts'

/** The service counts requests a minute, for the whole account (180 by its documents). */
const WINDOW_MS = 60_000

/**
 * The one gate that every request of a run passes: it keeps the rate limit and whatever the service asked for with `Retry-After`.
 *
 * A place is free again a minute after its request *ended*. Starts are then never closer than the limit allows, and neither are
 * arrivals at the service, however long the one took to get there and however short the other.
 */
export class Gate {
  readonly #clock: Clock
  readonly #places: number
  #inFlight = 0
  /** When the requests of the last minute ended, oldest first. */
  readonly #ended: number[] = []
  #closedUntil = -Infinity
  readonly #waiting = new Set<() => void>()
  /** Who is at the gate, first come first. */
  readonly #queue: object[] = []

  /** @param places how many requests may start within any 60 s. */
  constructor(clock: Clock, places: number) {
    this.#clock = clock
    this.#places = places
  }

  /** Holds every request of the run back for `ms`, from now. */
  close(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms)
  }

  /**
   * Waits until a request may start, and takes its place. Each `entered` needs one `leave`.
   *
   * Waiting for a place is given back to the deadline; being held back is not, and ends as `too-late` as soon as it cannot fit.
   */
  async enter(deadline: Deadline, signal: AbortSignal): Promise<'entered' | 'too-late' | 'interrupted'> {
    const ticket = {}
    this.#queue.push(ticket)
    try {
      return await this.#pass(ticket, deadline, signal)
    } finally {
      this.#queue.splice(this.#queue.indexOf(ticket), 1)
      for (const wake of this.#waiting) wake()
    }
  }

  async #pass(
    ticket: object,
    deadline: Deadline,
    signal: AbortSignal,
  ): Promise<'entered' | 'too-late' | 'interrupted'> {
    for (;;) {
      if (signal.aborted) return 'interrupted'
      const now = this.#clock.now()
      const heldMs = this.#closedUntil - now
      if (heldMs > 0) {
        if (!deadline.fits(heldMs)) return 'too-late'
        await this.#pause(heldMs, signal)
        continue
      }
      const waitMs = this.#queue[0] === ticket ? this.#untilPlace(now) : Infinity
      if (waitMs <= 0) {
        this.#inFlight += 1
        return 'entered'
      }
      await this.#pause(waitMs, signal)
      deadline.giveBack(this.#clock.now() - now)
    }
  }

  /** The request that entered has ended, however it did. */
  leave(): void {
    this.#inFlight -= 1
    this.#ended.push(this.#clock.now())
    for (const wake of this.#waiting) wake()
  }

  /** Milliseconds until a place is free; `Infinity` when only the end of a request can free one. */
  #untilPlace(now: number): number {
    while (this.#ended.length > 0 && now - (this.#ended[0] as number) > WINDOW_MS) this.#ended.shift()
    if (this.#inFlight + this.#ended.length < this.#places) return 0
    const oldest = this.#ended[0]
    // One more millisecond: "within any 60 seconds" has both of its ends inside.
    return oldest === undefined ? Infinity : oldest + WINDOW_MS + 1 - now
  }

  /** Sleeps until the time is over, the signal aborts, or a request has left. */
  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel()
        signal.removeEventListener('abort', wake)
        this.#waiting.delete(wake)
        resolve()
      }
      const cancel = ms === Infinity ? () => {} : this.#clock.after(ms, wake)
      signal.addEventListener('abort', wake)
      this.#waiting.add(wake)
    })
  }
}
