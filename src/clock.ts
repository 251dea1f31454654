/** Time, passed in so that tests can control it. */
export interface Clock {
  /** Monotonic milliseconds. Setting the wall clock does not change durations and deadlines. */
  now(): number
  /** Epoch milliseconds, for dates that a server names. */
  epoch(): number
  /** Calls back once after `ms`. Returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  // Not `performance`: it loads more of Node than everything else here, and makes every start slower.
  now() {
    const [seconds, nanos] = process.hrtime()
    return seconds * 1000 + nanos / 1e6
  },
  epoch: () => Date.now(),
  after(ms, callback) {
    // Node fires a longer timer at once. Callers look at the time again when they wake.
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
}

/**
 * Resolves after `ms` (of `Infinity`: never), or as soon as the signal aborts or something wakes the sleeper. Never rejects.
 * @param sleeper gets a function that wakes it.
 */
export function sleep(clock: Clock, ms: number, signal: AbortSignal, sleeper?: { wake: () => void }): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      cancel()
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const cancel = ms === Infinity ? () => {} : clock.after(ms, wake)
    signal.addEventListener('abort', wake)
    if (sleeper !== undefined) sleeper.wake = wake
  })
}
