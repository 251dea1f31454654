import type { Send } from '../../src/http/send.ts'

/** What takes the place of `http/send.ts` and `report/reporter.ts` for `run.ts`: the search sends nothing, and writes nothing. */

export interface Directions {
  send: Send
  /** Hears everything that the reporter is told. */
  hear(method: string, told: readonly unknown[]): void
}

let directions: Directions

/** For the next run. */
export function direct(next: Directions): void {
  directions = next
}

export function createSend(): Send {
  return (request) => directions.send(request)
}

export class Reporter {
  constructor() {
    const get =
      (_: object, method: string) =>
      (...told: unknown[]) => {
        directions.hear(method, told)
        return true
      }
    return new Proxy(this, { get })
  }
}
