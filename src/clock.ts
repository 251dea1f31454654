/** Time, handed in so that tests can own it. */
export interface Clock {
  /** Monotonic milliseconds: durations and deadlines survive a wall clock that is set. */
  now(): number
  /** Epoch milliseconds, for dates that a server names. */
  epoch(): number
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  // Not `performance`: naming it loads more of Node than all else here, and every start pays for it.
  now() {
    const [seconds, nanos] = process.hrtime()
    return seconds * 1000 + nanos / 1e6
  },
  epoch: () => Date.now(),
  after(ms, callback) {
    // Beyond this Node fires at once; everyone who waits looks at the time again.
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms` or as soon as the signal aborts, whichever is first. Never rejects. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      cancel()
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const cancel = clock.after(ms, wake)
    signal.addEventListener('abort', wake)
  })
}
