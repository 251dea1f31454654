import type { OnMissing, PinOutcome } from './types.ts'

/** Does this outcome fail the step? Everything does that is not proven, or allowed by `on-missing`. */
export function failsStep(
  outcome: Pick<PinOutcome, 'result' | 'afterLostAnswer'>,
  onMissing: OnMissing,
): boolean {
  switch (outcome.result) {
    case 'unpinned':
    case 'would-unpin':
    case 'protected':
    case 'kept':
      return false
    case 'missing':
      // After a lost answer the pin is most likely gone by this very run's doing: that is no mistake of the workflow's.
      return onMissing === 'fail' && !outcome.afterLostAnswer
    case 'unconfirmed':
    case 'failed':
    case 'not-attempted':
      return true
  }
}
