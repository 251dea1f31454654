import { describeError } from '../errors.ts'
import type { PinFacts, PinOutcome, PinResult } from '../types.ts'

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
