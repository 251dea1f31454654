import type { Finding, PinOutcome } from '../pin/outcome.ts'

/** A service that is down is not tried for every pin. */
const USED_UP_IN_A_ROW = 8

/** Watches the outcomes in the order in which they end, and says when no further pin may be started, and why. */
export class StopRule {
  #succeeded = false
  #usedUpInARow = 0
  #reason: string | null = null

  /** Part of a sentence for the pins that are not attempted; `null` while going on is right. */
  get reason(): string | null {
    return this.#reason
  }

  observe({ result, finding }: PinOutcome): void {
    this.#succeeded ||= result === 'unpinned'
    this.#usedUpInARow = finding === 'time-used-up' ? this.#usedUpInARow + 1 : 0
    this.#reason ??= this.#judge(finding)
  }

  #judge(finding: Finding): string | null {
    if (finding === 'unauthorized') return 'the service refused the key pair (HTTP 401)'
    // After a success the keys are good. Then a 403 concerns only the one pin.
    if (finding === 'forbidden' && !this.#succeeded) return 'the key pair may not do this (HTTP 403)'
    if (finding === 'told-to-wait') return 'the service asked for a longer wait than `timeout-seconds` allows'
    if (this.#usedUpInARow >= USED_UP_IN_A_ROW) {
      return `${USED_UP_IN_A_ROW} pins in a row ran out of time, so the service seems to be down`
    }
    return null
  }
}
