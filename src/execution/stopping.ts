import type { PinOutcome } from '../types.ts'

/** A service that is down is not tried a thousand times. */
const USED_UP_IN_A_ROW = 8

/** Watches the outcomes in the order in which they end, and says when no further pin may be started, and why. */
export class StopRule {
  #succeeded = false
  #usedUpInARow = 0
  #reason: string | null = null

  /** A sentence part for the pins that are not attempted; `null` while going on is right. */
  get reason(): string | null {
    return this.#reason
  }

  observe(outcome: PinOutcome): void {
    this.#succeeded ||= outcome.result === 'unpinned'
    this.#usedUpInARow = outcome.timeUsedUp ? this.#usedUpInARow + 1 : 0
    this.#reason ??= this.#judge(outcome)
  }

  #judge(outcome: PinOutcome): string | null {
    if (outcome.stop === 'unauthorized') return 'the service refused the key pair (HTTP 401)'
    // After a success the same keys are good; then a 403 concerns the one pin.
    if (outcome.stop === 'forbidden' && !this.#succeeded)
      return 'the key pair may not do what is needed (HTTP 403)'
    if (outcome.stop === 'told-to-wait') {
      return 'the service asked for a longer wait than `timeout-seconds` leaves room for'
    }
    if (this.#usedUpInARow >= USED_UP_IN_A_ROW) {
      return `${USED_UP_IN_A_ROW} pins in a row ran out of time, so the service seems to be down`
    }
    return null
  }
}
