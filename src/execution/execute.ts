import { broken, doubtedMissing, type PinOutcome, untouched } from '../pin/outcome.ts'
import type { PlannedPin } from '../plan.ts'
import { StopRule } from './stop-rule.ts'

/** Enough to use the account's rate limit despite network delays, few enough to be polite to the service. */
export const AT_ONCE = 8
/** After this many reports the event loop gets a turn, so that a signal is handled. */
const REPORTED_IN_A_ROW = 256

export type ChosenPin = Extract<PlannedPin, { kind: 'chosen' }>

export interface ExecuteOptions {
  /** Tries one pin. A rejection is an error of this program, and ends that pin as `unconfirmed`. */
  unpin(
    this: void,
    pin: ChosenPin,
    signals: { signal: AbortSignal; startSignal: AbortSignal },
  ): Promise<PinOutcome>
  /** Asks whether the other side is the AIOZ Pin API at all; called once at most, at the end. */
  isAiozPin(this: void): Promise<boolean>
  /** Aborts: end at once, with what is known. */
  signal: AbortSignal
  /** Called once for each pin, with its place in the plan. Must not throw. */
  onEnd(this: void, outcome: PinOutcome, index: number): void
}

/**
 * Carries a plan out: up to eight pins at once, started in the order of the plan. One failed pin does not stop the others. A
 * problem of the whole run does: no further pin is started, and the rest are `not-attempted`.
 *
 * Resolves when everything in flight has ended and `onEnd` was called for every pin.
 */
export async function execute(pins: readonly PlannedPin[], options: ExecuteOptions): Promise<void> {
  const { signal, onEnd } = options
  const rule = new StopRule()
  // A record that is known came from the service itself.
  const doubts = new Doubts(onEnd, pins.some(knowsRecord))
  const noMoreStarts = new AbortController()
  const stopStarting = () => noMoreStarts.abort()
  if (signal.aborted) stopStarting()
  signal.addEventListener('abort', stopStarting)

  const chosen: { pin: ChosenPin; index: number }[] = []
  for (const [index, pin] of pins.entries()) {
    if (pin.kind === 'chosen') chosen.push({ pin, index })
    else onEnd(pin.outcome, index)
    if (index % REPORTED_IN_A_ROW === 0 && !signal.aborted) await nextTurn()
  }

  const notAttempted = ({ pinId, record, reason }: ChosenPin) => {
    const why = rule.reason ?? 'the run was stopped first'
    const message = `Not attempted: ${why}. Run the step again for this pin.`
    return untouched(pinId, 'not-attempted', message, { record, reason })
  }

  let next = 0
  const work = async (): Promise<void> => {
    let reported = Promise.resolve()
    while (next < chosen.length && !noMoreStarts.signal.aborted) {
      const { pin, index } = chosen[next++] as (typeof chosen)[number]
      let outcome = await options
        .unpin(pin, { signal, startSignal: noMoreStarts.signal })
        .catch((error: unknown) => broken(pin.pinId, error))
      // Nothing was sent for this pin, so it ends like a pin that was never started.
      if (outcome.result === 'not-attempted' && rule.reason !== null) outcome = notAttempted(pin)
      rule.observe(outcome)
      if (rule.reason !== null) stopStarting()
      await reported
      // Reporting takes time, so the next request is sent first.
      reported = nextTurn().then(() => doubts.report(outcome, index))
    }
    await reported
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, chosen.length) }, work))

  await doubts.settle(options.isAiozPin)
  signal.removeEventListener('abort', stopStarting)
  for (const { pin, index } of chosen.slice(next)) onEnd(notAttempted(pin), index)
}

/**
 * Keeps back the pins that may be missing, until something shows that the other side is the AIOZ Pin API: API gateways answer unknown
 * paths with 404 and JSON too.
 */
class Doubts {
  readonly #onEnd: ExecuteOptions['onEnd']
  #proven: boolean
  #doubted: { outcome: PinOutcome; index: number }[] = []

  constructor(onEnd: ExecuteOptions['onEnd'], proven: boolean) {
    this.#onEnd = onEnd
    this.#proven = proven
  }

  report(outcome: PinOutcome, index: number): void {
    if (outcome.finding === 'service-proven') this.#release(true)
    if (outcome.finding === 'service-doubted' && !this.#proven) this.#doubted.push({ outcome, index })
    else this.#onEnd(outcome, index)
  }

  async settle(isAiozPin: () => Promise<boolean>): Promise<void> {
    if (this.#doubted.length > 0) this.#release(await isAiozPin().catch(() => false))
  }

  #release(proven: boolean): void {
    this.#proven = proven
    for (const { outcome, index } of this.#doubted) {
      this.#onEnd(proven ? outcome : doubtedMissing(outcome), index)
    }
    this.#doubted = []
  }
}

function knowsRecord(pin: PlannedPin): boolean {
  return (pin.kind === 'chosen' ? pin.record : pin.outcome.record) !== null
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
