import { tallyUp, toReportedPin, type ReportedPin, type Tally } from '../../src/report/tally.ts'
import type { OnMissing, PinOutcome } from '../../src/types.ts'
import { makeOutcome } from './outcome.ts'

/** A pin as a report keeps it, its texts as they came. */
export const reported = (overrides: Partial<PinOutcome> = {}, onMissing: OnMissing = 'warn'): ReportedPin =>
  toReportedPin(makeOutcome(overrides), onMissing, (text) => text)

export const tallyOf = (...overrides: Partial<PinOutcome>[]): Tally =>
  tallyUp(overrides.map((one) => reported(one)))
