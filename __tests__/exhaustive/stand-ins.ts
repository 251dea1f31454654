import type { Send } from '../../src/http/send.ts'

/** What takes the place of `http/send.ts` and `report/reporter.ts` for `run.ts`: the search sends nothing, and writes nothing. */

/** Of the next run: what sends, and what hears everything that the reporter is told. */
export const directions: { send: Send; hear: (method: string, told: readonly unknown[]) => void } = {
  send: () => Promise.reject(new Error('no run has begun')),
  hear() {},
}

export const createSend = (): Send => (request) => directions.send(request)

/** `new Reporter()` brings something that has every method. */
export function Reporter(): object {
  const hear = (method: string, told: readonly unknown[]): boolean => (directions.hear(method, told), true)
  return new Proxy(
    {},
    {
      get:
        (_, method) =>
        (...told: unknown[]) =>
          hear(String(method), told),
    },
  )
}
