import type { PinOutcome } from '../types.ts'
import { broken, untouched } from './outcomes.ts'
import { StopRule } from './stopping.ts'

/** Enough to hide the network's delay under the account's rate limit, few enough to be a polite client. */
export const AT_ONCE = 8

export interface UnpinAllOptions {
  /** Unpins one. A rejection is a defect of this program, and ends that pin as `unconfirmed`. */
  unpin(
    this: void,
    pinId: string,
    signals: { signal: AbortSignal; startSignal: AbortSignal },
  ): Promise<PinOutcome>
  /** Aborts: end at once, with what is known. */
  signal: AbortSignal
  /** Called once for each pin, as it ends, with its place in the order given. Must not throw. */
  onEnd(this: void, outcome: PinOutcome, index: number): void
}

/**
 * Unpins every pin, up to eight at once, started in the order given. One failed pin does not stop the others, but what concerns
 * the whole run does: then nothing further is started, what was begun goes on to its end, and the rest is `not-attempted`.
 *
 * Resolves after everything in flight has ended and `onEnd` was called for every pin.
 */
export async function unpinAll(pinIds: readonly string[], options: UnpinAllOptions): Promise<void> {
  const { signal, onEnd } = options
  const rule = new StopRule()
  const noMoreStarts = new AbortController()
  const stopStarting = () => noMoreStarts.abort()
  if (signal.aborted) stopStarting()
  signal.addEventListener('abort', stopStarting)

  const untold: [PinOutcome, number][] = []
  const tell = () => {
    for (let one = untold.shift(); one !== undefined; one = untold.shift()) onEnd(...one)
  }

  let next = 0
  const work = async (): Promise<void> => {
    while (next < pinIds.length && !noMoreStarts.signal.aborted) {
      const index = next++
      const pinId = pinIds[index] as string
      let outcome = await options
        .unpin(pinId, { signal, startSignal: noMoreStarts.signal })
        .catch((error: unknown) => broken(pinId, error))
      // Begun, but no DELETE was sent before the stop: it is one of the rest.
      if (outcome.result === 'not-attempted' && rule.reason !== null) {
        outcome = { ...outcome, message: notAttempted(pinId).message }
      }
      rule.observe(outcome)
      if (rule.reason !== null) stopStarting()
      // Telling takes longer than judging: the next request goes out first, and the telling is done while it is on its way.
      untold.push([outcome, index])
      setImmediate(tell)
    }
  }
  const notAttempted = (pinId: string) =>
    untouched(
      pinId,
      'not-attempted',
      `Not attempted: ${rule.reason ?? 'the run was stopped first'}. Run the step again for this pin.`,
    )

  await Promise.all(Array.from({ length: Math.min(AT_ONCE, pinIds.length) }, work))
  tell()
  signal.removeEventListener('abort', stopStarting)
  for (; next < pinIds.length; next += 1) onEnd(notAttempted(pinIds[next] as string), next)
}
