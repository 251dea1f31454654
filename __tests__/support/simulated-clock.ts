import type { Clock } from '../../src/clock.ts'

interface Timer {
  due: number
  callback: () => void
}

/** Lets everything happen that waits for no time: promises, and what a socket has ready. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/**
 * Waits for something that another process or the other end of a connection decides. Real time passes, simulated time does not.
 *
 * @throws Error after a time in which only what never happens has not happened
 */
export async function eventually(holds: () => boolean, withinMs = 60_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${withinMs} ms passed, and it has not happened`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Time that stands still until a test moves it. */
export class SimulatedClock implements Clock {
  /** In order of registration; a set, so that cancelling is cheap. */
  readonly #timers = new Set<Timer>()
  readonly #epochAtZero: number
  #now = 0

  /** @param epoch what the wall clock shows at the start, in epoch milliseconds. */
  constructor(epoch = Date.UTC(2026, 10, 6, 8, 49, 37)) {
    this.#epochAtZero = epoch
  }

  now(): number {
    return this.#now
  }

  epoch(): number {
    return this.#epochAtZero + this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, ms), callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Milliseconds until each timer that is set now, soonest first. */
  get pending(): number[] {
    return [...this.#timers].map(({ due }) => due - this.#now).sort((a, b) => a - b)
  }

  /** Moves time on; timers fire at their own time, and what they set off has happened before the next one does. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    await turn()
    while (await this.#fireNext(until)) {}
    this.#now = until
  }

  /** Moves time on for as long as anybody waits for it. */
  async runUntilIdle(): Promise<void> {
    await turn()
    while (await this.#fireNext(Infinity)) {}
  }

  /** Moves time on until the promise is settled, but never while `busy`: then something real has to happen first. */
  async runUntilSettled<T>(promise: Promise<T>, busy: () => boolean): Promise<T> {
    let settled = false
    const mark = (): void => {
      settled = true
    }
    promise.then(mark, mark)
    for (;;) {
      await turn()
      if (settled) return promise
      if (!busy()) await this.#fireNext(Infinity)
    }
  }

  async #fireNext(until: number): Promise<boolean> {
    let next: Timer | null = null
    for (const timer of this.#timers) if (next === null || timer.due < next.due) next = timer
    if (next === null || next.due > until) return false
    this.#timers.delete(next)
    this.#now = next.due
    next.callback()
    await turn()
    return true
  }
}
