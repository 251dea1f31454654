import type { Answer } from '../http/exchange.ts'
import type { Reply } from '../http/origin.ts'
import { describeAnswer } from '../http/retry.ts'
import { isObject } from '../json.ts'
import type { JsonObject, PinOutcome, PinResult } from '../types.ts'
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

const STILL_THERE = 'Nothing says that the pin was removed.'

/**
 * Decides what an unpin came to. Only one answer proves it: 200, a whole JSON object, the envelope's `success`, and the same
 * `id`. The record's `pinned` proves nothing: the documented answer to a successful unpin shows the record as it stood before.
 *
 * @param pinId lower case.
 */
export function judgeUnpin(pinId: string, reply: Reply, timeoutSeconds: number): PinOutcome {
  return outcomeOf(pinId, reply, judge(pinId, reply, timeoutSeconds))
}

function judge(pinId: string, reply: Reply, timeoutSeconds: number): Judgement {
  const { answer, why } = reply
  switch (reply.ending) {
    case 'answered':
      return answer === null ? neverSent('no answer was recorded') : judgeAnswer(pinId, answer, reply)
    case 'refused':
      return { result: 'failed', message: `Not unpinned: ${why}. ${afterAll(reply)}${remedy(reply)}` }
    case 'interrupted':
      if (reply.attempts === 0) return neverSent(why === '' ? 'the run was stopped first' : why)
      return reply.lostAnswer
        ? {
            result: 'unconfirmed',
            message: `The run was stopped before the service had answered. ${UNKNOWN}`,
          }
        : {
            result: 'failed',
            message: `The run was stopped while this pin was being tried. ${STILL_THERE}${last(why)}`,
          }
    case 'told-to-wait':
      return {
        ...unproven(reply),
        message:
          `The service asked for a longer wait than the ${timeoutSeconds} s of \`timeout-seconds\` leave room for. ` +
          `${stateAfter(reply)} Run the step again later, or raise \`timeout-seconds\`.${last(why)}`,
        stop: 'told-to-wait',
      }
    case 'time-used-up':
      return {
        ...unproven(reply),
        message:
          `No good answer within the ${timeoutSeconds} s of \`timeout-seconds\`, in ${attempts(reply.attempts)}. ` +
          `${stateAfter(reply)} Run the step again: a pin that is gone already is reported as \`missing\`.${last(why)}`,
        timeUsedUp: true,
      }
  }
}

function judgeAnswer(pinId: string, answer: Answer, reply: Reply): Judgement {
  const { status, body } = answer
  const said = describeAnswer(answer)
  if (saysMissing(answer)) {
    return {
      result: 'missing',
      message: reply.lostAnswer
        ? 'The service does not have this pin any more: probably the work of an earlier attempt, whose answer was lost.'
        : MISSING,
    }
  }
  if (status === 404 || status === 410) {
    return {
      result: 'failed',
      message:
        `Not unpinned: ${said}, which is not how the AIOZ Pin API says that a pin is missing. Check \`api-url\`. ` +
        afterAll(reply),
    }
  }
  if (status === 401) {
    return {
      result: 'failed',
      message:
        'Not unpinned: the service refused the key pair (HTTP 401). Check `pinning-api-key` and `pinning-secret-key`: ' +
        `are both of the same pair, not revoked, and of the account that \`api-url\` serves? ${afterAll(reply)}` +
        saidBy(said),
      stop: 'unauthorized',
    }
  }
  if (status === 403) {
    return {
      result: 'failed',
      message:
        'Not unpinned: the key pair may not do this (HTTP 403). Give the key the scope `pinning.unpin`. ' +
        afterAll(reply) +
        saidBy(said),
      stop: 'forbidden',
    }
  }
  if (status === 200 && 'object' in body) return judgeSuccess(pinId, body.object, reply)
  if (status >= 200 && status < 300) {
    return {
      result: 'unconfirmed',
      message: `The answer was ${said}, not the documented 200 with the pin's record. ${UNKNOWN}`,
    }
  }
  return {
    result: 'failed',
    message: `Not unpinned: the service refused it. ${afterAll(reply)}The answer was ${said}.`,
  }
}

function judgeSuccess(pinId: string, envelope: JsonObject, reply: Reply): Judgement {
  const { status, data, message } = envelope
  // A record that comes without its envelope has a `status` too, but of another kind: `DONE`.
  if (typeof status === 'string' && status !== 'success' && !('id' in envelope)) {
    const text = typeof message === 'string' ? `: "${message}"` : ''
    return {
      result: 'failed',
      message: `Not unpinned: ${afterAll(reply)}the service answered HTTP 200 with the status "${status}"${text}.`,
    }
  }
  const id = isObject(data) ? data['id'] : undefined
  if (status !== 'success' || !isObject(data) || typeof id !== 'string') {
    return {
      result: 'unconfirmed',
      message: `The answer was HTTP 200 with JSON that is not the documented envelope and record. ${UNKNOWN}`,
    }
  }
  if (id.toLowerCase() !== pinId) {
    return {
      result: 'failed',
      message:
        'The service answered with the record of another pin, so nothing is proven for this one. Look up both in the ' +
        `AIOZ Pin dashboard. ${afterAll(reply)}The other pin is "${id}".`,
    }
  }
  return { result: 'unpinned', message: 'Unpinned: the service confirmed it.', record: data }
}

/** Without a lost answer nothing can have happened to the pin; with one, nobody knows. */
function unproven(reply: Reply): { result: PinResult } {
  return { result: reply.lostAnswer ? 'unconfirmed' : 'failed' }
}

function stateAfter(reply: Reply): string {
  return reply.lostAnswer
    ? 'At least one request may have been received without an answer, so whether the pin is gone is not known.'
    : STILL_THERE
}

/** A refusal speaks for its own attempt only. */
function afterAll(reply: Reply): string {
  return reply.lostAnswer ? "An earlier attempt's answer was lost, so the pin may be gone all the same. " : ''
}

function saidBy(said: string): string {
  return `The answer was ${said}.`
}

function attempts(count: number): string {
  return count === 1 ? '1 attempt' : `${count} attempts`
}
