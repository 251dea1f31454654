import type { Reply } from '../http/origin.ts'
import { describeAnswer } from '../http/retry.ts'
import { isObject } from '../json.ts'
import type { JsonObject, PinOutcome, StopReason } from '../types.ts'
import {
  type Judgement,
  last,
  MISSING,
  neverSent,
  outcomeOf,
  remedy,
  saysMissing,
  UNKNOWN,
} from './judgement.ts'

/**
 * Decides what reading a pin's record came to: the record, or an outcome that ends the pin before anything was removed.
 *
 * @param pinId lower case.
 */
export function judgeReading(
  pinId: string,
  reply: Reply,
  timeoutSeconds: number,
): { record: JsonObject; durationMs: number } | { outcome: PinOutcome } {
  const { answer } = reply
  const data = answer?.status === 200 && 'object' in answer.body ? recordIn(answer.body.object) : null
  if (data !== null && String(data['id']).toLowerCase() === pinId) {
    return { record: data, durationMs: Math.round(reply.durationMs) }
  }
  const judgement: Judgement =
    reply.ending === 'interrupted'
      ? neverSent('the run was stopped first')
      : answer !== null && saysMissing(answer)
        ? { result: 'missing', message: MISSING }
        : {
            result: 'failed',
            message: `Not unpinned: the pin's record had to be read first, and ${whyUnread(reply, timeoutSeconds)}`,
            ...STOPS[answer?.status ?? 0],
            ...(reply.ending === 'told-to-wait' ? { stop: 'told-to-wait' } : {}),
            timeUsedUp: reply.ending === 'time-used-up',
          }
  // Reading changes nothing, so a lost answer to it explains nothing; and no DELETE was tried.
  return { outcome: outcomeOf(pinId, { ...reply, attempts: 0, lostAnswer: false }, judgement) }
}

/** Decides what an unpin is worth that was read again afterwards: only a pin that is seen to be gone counts as unpinned. */
export function judgeVerified(unpinned: PinOutcome, reply: Reply, timeoutSeconds: number): PinOutcome {
  const durationMs = Math.round(reply.durationMs)
  const reading = judgeReading(unpinned.pinId, reply, timeoutSeconds)
  if ('record' in reading ? reading.record['pinned'] === false : reading.outcome.result === 'missing') {
    return {
      ...unpinned,
      durationMs,
      message: 'Unpinned: the service confirmed it, and it is gone when read again.',
    }
  }
  if ('record' in reading) {
    return {
      ...unpinned,
      durationMs,
      result: 'unconfirmed',
      message:
        'The service confirmed the unpin, but when the pin is read again it is still there. Run the step again; if the ' +
        'pin stays, look it up in the AIOZ Pin dashboard.',
    }
  }
  const { stop, timeUsedUp } = reading.outcome
  return {
    ...unpinned,
    durationMs,
    // What keeps this pin from being verified would keep the others from it as well.
    stop,
    timeUsedUp,
    result: 'unconfirmed',
    message:
      `The service confirmed the unpin, but the pin had to be read again, and ${whyUnread(reply, timeoutSeconds)} ` +
      UNKNOWN,
  }
}

/** The record in an envelope that says `success`, if it has one with an ID. */
function recordIn({ status, data }: JsonObject): JsonObject | null {
  return status === 'success' && isObject(data) && typeof data['id'] === 'string' ? data : null
}

/** Why a read request brought nothing; a sentence's end. */
export function whyUnread(reply: Reply, timeoutSeconds: number): string {
  const { answer, ending, why } = reply
  switch (ending) {
    case 'answered':
      if (answer?.status === 401) return 'the service refused the key pair (HTTP 401). Check both keys.'
      if (answer?.status === 403) {
        return 'the key pair may not read (HTTP 403). Give the key the scope `data.pin_list` as well.'
      }
      return `the answer was ${answer === null ? 'none' : describeAnswer(answer)}, not the documented one. Check \`api-url\`.`
    case 'refused':
      return `${why}. ${remedy(reply)}`
    case 'told-to-wait':
      return `the service asked for a longer wait than the ${timeoutSeconds} s of \`timeout-seconds\` leave room for.`
    case 'time-used-up':
      return `there was no good answer within the ${timeoutSeconds} s of \`timeout-seconds\`.${last(why)}`
    case 'interrupted':
      return 'the run was stopped first.'
  }
}

const STOPS: Readonly<Partial<Record<number, { stop: StopReason }>>> = {
  401: { stop: 'unauthorized' },
  403: { stop: 'forbidden' },
}
