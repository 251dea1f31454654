import type { Clock } from '../../src/clock.ts'

interface Timer {
  due: number
  callback: () => void
}

interface Started {
  cancel(): void
  unref(): void
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

  /** Does a timer that is set now fire at some time? */
  get waits(): boolean {
    return this.#timers.size > 0
  }

  /** Moves time on; timers fire at their own time, and what they set off has happened before the next one does. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    do await turn()
    while (this.fireNext(until))
    this.#now = until
  }

  /** Moves time on for as long as anybody waits for it. */
  async runUntilIdle(): Promise<void> {
    do await turn()
    while (this.fireNext())
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
      if (!busy()) this.fireNext()
    }
  }

  /**
   * Moves to the next timer and fires it.
   *
   * @returns false when none is due by `until`.
   */
  fireNext(until = Infinity): boolean {
    // A loop, not a heap: a run has some dozens of timers at most.
    let next: Timer | null = null
    for (const timer of this.#timers) if (next === null || timer.due < next.due) next = timer
    if (next === null || next.due > until) return false
    this.#timers.delete(next)
    this.#now = next.due
    next.callback()
    return true
  }

  /**
   * Makes `setTimeout` and `setInterval` of this realm follow the clock, so that the embedded service drips and delays in its time.
   *
   * @returns what undoes it.
   */
  install(): () => void {
    const real = { setTimeout, clearTimeout, setInterval, clearInterval }
    const start = (act: () => void, ms = 0): Started => ({ cancel: this.after(ms, act), unref() {} })
    const repeat = (act: () => void, ms = 0): Started => {
      const started = { cancel: () => {}, unref() {} }
      const arm = (): void => {
        started.cancel = this.after(Math.max(1, ms), () => {
          arm()
          act()
        })
      }
      arm()
      return started
    }
    const stop = (started?: Started): void => started?.cancel()
    Object.assign(globalThis, {
      setTimeout: start,
      setInterval: repeat,
      clearTimeout: stop,
      clearInterval: stop,
    })
    return () => void Object.assign(globalThis, real)
  }
}
