import type { Clock } from '../../src/clock.ts'

interface Timer {
  due: number
  callback: () => void
}

/** Lets happen what waits for no time: promises, and what a socket has ready. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

const START = Date.UTC(2026, 10, 6, 8, 49, 37)

/** Turns of the event loop in which an answer, or the end of a connection, has surely come through over loopback. */
const SETTLING_TURNS = 4

/**
 * Time that stands still until its driver fires the next timer. Until `restore`, the realm's `setTimeout` and `setInterval`
 * follow it too, so that the embedded service drips and delays in it.
 */
export class SimulatedTime implements Clock {
  readonly #timers = new Set<Timer>()
  readonly #real = { setTimeout, clearTimeout, setInterval, clearInterval }
  #now = 0

  now(): number {
    return this.#now
  }

  epoch(): number {
    return START + this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, ms), callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Turns to let pass before the next timer fires; `null` when nothing waits for time. */
  get turnsNeeded(): number | null {
    return this.#timers.size === 0 ? null : SETTLING_TURNS
  }

  /** Moves to the next timer and fires it. */
  fireNext(): void {
    const next = this.#next()
    if (next === null) return
    this.#timers.delete(next)
    this.#now = Math.max(this.#now, next.due)
    next.callback()
  }

  install(): void {
    const running = new Map<object, () => void>()
    const start = (ms: number, act: () => void, again: boolean): object => {
      const handle = {}
      const arm = (): void => {
        const timer: Timer = {
          due: this.#now + Math.max(again ? 1 : 0, ms),
          callback: () => {
            if (again) arm()
            else running.delete(handle)
            act()
          },
        }
        this.#timers.add(timer)
        running.set(handle, () => this.#timers.delete(timer))
      }
      arm()
      return handle
    }
    const stop = (handle: object | undefined): void => {
      if (handle === undefined) return
      running.get(handle)?.()
      running.delete(handle)
    }
    Object.assign(globalThis, {
      setTimeout: (act: () => void, ms = 0) => start(ms, act, false),
      setInterval: (act: () => void, ms = 0) => start(ms, act, true),
      clearTimeout: stop,
      clearInterval: stop,
    })
  }

  restore(): void {
    Object.assign(globalThis, this.#real)
  }

  /** A loop, not a heap: a run has some dozens of timers at most. */
  #next(): Timer | null {
    let next: Timer | null = null
    for (const timer of this.#timers) if (next === null || timer.due < next.due) next = timer
    return next
  }
}
