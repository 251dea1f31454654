import { describeError } from '../errors.ts'
import type { OnMissing, PinFacts, PinOutcome, PinResult } from '../types.ts'

const NO_FACTS: PinFacts = { cid: null, size: null, status: null, name: null }

/** The outcome of a pin for which nothing was sent. */
export function untouched(
  pinId: string,
  result: Extract<PinResult, 'not-attempted' | 'would-unpin'>,
  message: string,
): PinOutcome {
  return {
    ...NO_FACTS,
    pinId,
    result,
    attempts: 0,
    httpStatus: null,
    durationMs: 0,
    message,
    afterLostAnswer: false,
    timeUsedUp: false,
    stop: null,
    record: null,
  }
}

/** The outcome of a pin during which this program itself failed: what was sent by then is not known. */
export function broken(pinId: string, error: unknown): PinOutcome {
  return {
    ...untouched(pinId, 'not-attempted', ''),
    result: 'unconfirmed',
    message:
      'Whether the pin is gone is not known: this action failed in itself. Run the step again, and please report ' +
      `this: ${describeError(error)}.`,
  }
}

/** Does this outcome fail the step? Everything does that is not proven, or allowed by `on-missing`. */
export function failsStep(outcome: Pick<PinOutcome, 'result' | 'afterLostAnswer'>, onMissing: OnMissing): boolean {
  switch (outcome.result) {
    case 'unpinned':
    case 'would-unpin':
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
