import type { ServerResponse } from 'node:http'

/** Timers that end with the answer they belong to: when it is complete, when the client leaves, or when the service closes. */
export class Timers {
  readonly #running = new Set<() => void>()

  /** Calls `act` once, `ms` from now. */
  after(ms: number, response: ServerResponse, act: () => void): void {
    const timer = setTimeout(() => {
      stop()
      act()
    }, ms)
    const stop = this.#tie(response, () => clearTimeout(timer))
  }

  /** Calls `act` every `ms`, the first time `ms` from now. */
  every(ms: number, response: ServerResponse, act: () => void): void {
    const timer = setInterval(act, ms)
    this.#tie(response, () => clearInterval(timer))
  }

  clear(): void {
    for (const stop of this.#running) stop()
  }

  #tie(response: ServerResponse, clear: () => void): () => void {
    const stop = (): void => {
      clear()
      this.#running.delete(stop)
      response.off('close', stop)
    }
    this.#running.add(stop)
    response.once('close', stop)
    return stop
  }
}
