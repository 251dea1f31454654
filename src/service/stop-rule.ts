import type { PinOutcome, StopSign } from '../pin/outcome.ts'
import type { Signals } from './service.ts'

/** Enough to use the rate limit despite network delays, few enough to be polite to the service. */
const AT_ONCE = 8
/** A service that is down, and a server that is not the service, are not asked for every pin. */
const UNANSWERED_IN_A_ROW = 8

/** Watches how pins end, in the order in which they do, and says when no further pin may be started, and why. */
export class StopRule {
  #allowed: boolean
  #unansweredInARow = 0
  #reason: string | null = null
  readonly #starts = new AbortController()
  readonly signals: Required<Signals>

  /** @param signal aborts when the run must end. @param allowed the key pair is known to have the right. */
  constructor(signal: AbortSignal, allowed = false) {
    this.#allowed = allowed
    this.signals = { signal, startSignal: AbortSignal.any([signal, this.#starts.signal]) }
  }

  /** A clause for the pins that are not attempted; `null` while going on is right. */
  get reason(): string | null {
    return this.#reason ?? (this.signals.signal.aborted ? 'the run was stopped' : null)
  }

  /** @param stops what the end of a pin says about the run. @param allowed it shows that the key pair may do this. */
  observe({ stops }: Pick<PinOutcome, 'stops'>, allowed: boolean): void {
    this.#allowed ||= allowed
    this.#unansweredInARow = stops === 'unanswered' ? this.#unansweredInARow + 1 : 0
    this.#reason ??= this.#judge(stops)
    if (this.#reason !== null) this.#starts.abort()
  }

  #judge(stops: StopSign | null): string | null {
    if (stops === 'unauthorized') return 'the service refused the key pair (HTTP 401)'
    // After a success the keys are good. Then a 403 concerns only the one pin.
    if (stops === 'forbidden' && !this.#allowed) return 'the key pair lacks a scope (HTTP 403)'
    if (stops === 'told-to-wait') return 'the service asked for a longer wait than `timeout-seconds` allows'
    if (this.#unansweredInARow < UNANSWERED_IN_A_ROW) return null
    return `${UNANSWERED_IN_A_ROW} pins in a row did not get the answer they need; their messages say why`
  }
}

/**
 * Works on items in their order: the first alone, then up to eight at once. Starts no further item once the rule says so. A refused
 * key pair costs one request.
 * @param work must not reject.
 */
export async function eightAtOnce<T>(
  items: Iterable<T>,
  rule: StopRule,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]()
  const next = async (): Promise<boolean> => {
    if (rule.reason !== null) return false
    const { done, value } = left.next()
    if (done === true) return false
    await work(value)
    return true
  }
  const worker = async (): Promise<void> => {
    while (await next());
  }
  if (await next()) await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
