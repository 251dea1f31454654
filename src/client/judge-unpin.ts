import { count } from '../format.ts'
import type { RequestResult } from '../http/origin-client.ts'
import type { HttpResponse } from '../http/send.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { PinOutcome } from '../pin/outcome.ts'
import { parseRecord } from '../pin/record.ts'
import { MISSING, missingSign } from './missing.ts'
import { outcomeOf, type Judgement, notAttempted } from './judgement.ts'
import { describeAnswer, describeLast, describeRefusal, describeWait, OUTCOME_UNKNOWN } from './words.ts'

const NO_SIGN_OF_REMOVAL = 'Nothing says that the pin was removed.'

/**
 * Decides the outcome of a `DELETE`. Only one answer proves that a pin is unpinned: 200, a whole JSON object, `success` in the envelope,
 * and the same `id`. The `pinned` of the record proves nothing: the documented answer shows the record as it was before.
 *
 * @param pinId lower case.
 */
export function judgeUnpin(pinId: string, result: RequestResult, timeoutSeconds: number): PinOutcome {
  return outcomeOf(pinId, result, judge(pinId, result, timeoutSeconds))
}

function judge(pinId: string, result: RequestResult, timeoutSeconds: number): Judgement {
  const { attempts, lostAnswer } = result
  // Without a lost answer nothing can have happened to the pin.
  const unproven = lostAnswer ? 'unconfirmed' : 'failed'
  const state = lostAnswer
    ? 'The service may have received a request without answering it, so it is not known whether the pin is gone.'
    : NO_SIGN_OF_REMOVAL
  switch (result.kind) {
    case 'answered':
      return judgeAnswer(pinId, result.response, lostAnswer)
    case 'refused':
      return {
        result: 'failed',
        message: `Not unpinned: ${describeRefusal(result.refusal)} ${afterLost(lostAnswer)}`.trimEnd(),
      }
    case 'held-back':
      return notAttempted('the service asked every request to wait for longer than `timeout-seconds`')
    case 'interrupted':
      if (attempts === 0) return notAttempted('the run was stopped first')
      return lostAnswer
        ? {
            result: 'unconfirmed',
            message: `The run was stopped before the service answered. ${OUTCOME_UNKNOWN}`,
          }
        : {
            result: 'failed',
            message: `The run was stopped while this pin was tried. ${NO_SIGN_OF_REMOVAL}${describeLast(result.last)}`,
          }
    case 'told-to-wait':
      return {
        result: unproven,
        message:
          `${lostAnswer ? 'Not confirmed' : 'Not unpinned'}: ${describeWait(result.askedMs, timeoutSeconds)}. ${state} Run the step again later, or raise ` +
          `\`timeout-seconds\`.${describeLast(result.last)}`,
        finding: 'told-to-wait',
      }
    case 'time-used-up':
      return {
        result: unproven,
        message:
          `No good answer within the ${timeoutSeconds} s of \`timeout-seconds\`, in ${count(attempts, 'attempt')}. ` +
          `${state} Run the step again: a pin that is already gone is reported as \`missing\`.${describeLast(result.last)}`,
        finding: 'time-used-up',
      }
  }
}

function judgeAnswer(pinId: string, response: HttpResponse, lostAnswer: boolean): Judgement {
  const { status, body } = response
  const answer = describeAnswer(response)
  const lost = afterLost(lostAnswer)
  const missing = missingSign(response)
  if (missing !== 'no') {
    return {
      result: 'missing',
      message: lostAnswer
        ? 'The service does not have this pin any more. An earlier attempt probably removed it: its answer was lost.'
        : MISSING,
      finding: missing === 'proven' ? 'service-proven' : 'service-doubted',
    }
  }
  if (status === 404 || status === 410) {
    return {
      result: 'failed',
      message: `Not unpinned: the AIOZ Pin API does not answer like this for a missing pin. Check \`api-url\`. ${lost}${answer}`,
    }
  }
  if (status === 401) {
    return {
      result: 'failed',
      message:
        'Not unpinned: the service refused the key pair (HTTP 401). Check `pinning-api-key` and `pinning-secret-key`: do both ' +
        `belong to the same pair, is the pair still valid, and does it belong to the account that \`api-url\` serves? ${lost}${answer}`,
      finding: 'unauthorized',
    }
  }
  if (status === 403) {
    return {
      result: 'failed',
      message: `Not unpinned: the key pair may not do this (HTTP 403). Give the key the scope \`pinning.unpin\`. ${lost}${answer}`,
      finding: 'forbidden',
    }
  }
  if (status === 200 && body.kind === 'json') return judgeSuccess(pinId, body.object, lost)
  if (status >= 200 && status < 300) {
    return {
      result: 'unconfirmed',
      message: `The service did not answer with the documented 200 and the record of the pin. ${OUTCOME_UNKNOWN} ${answer}`,
    }
  }
  return {
    result: 'failed',
    message: `Not unpinned: the service refused it. Read the answer, and run the step again when the cause is fixed. ${lost}${answer}`,
  }
}

function judgeSuccess(pinId: string, envelope: JsonObject, lost: string): Judgement {
  const { status, data, message } = envelope
  // A record without its envelope has a `status` too, but of another kind: `DONE`.
  if (typeof status === 'string' && status !== 'success' && !('id' in envelope)) {
    const text = typeof message === 'string' ? `: "${message}"` : ''
    return {
      result: 'failed',
      message: `Not unpinned: ${lost}The service answered HTTP 200 with the status "${status}"${text}.`,
    }
  }
  const id = isObject(data) ? data['id'] : undefined
  if (status !== 'success' || typeof id !== 'string') {
    return {
      result: 'unconfirmed',
      message: `The answer was HTTP 200 with JSON that is not the documented envelope and record. ${OUTCOME_UNKNOWN}`,
    }
  }
  const record = parseRecord(data)
  if (record?.id !== pinId) {
    return {
      result: 'failed',
      message:
        'Not confirmed: the service answered with the record of another pin, which proves nothing for this one. Look up both in ' +
        `the AIOZ Pin dashboard. ${lost}The other pin is "${id}".`,
    }
  }
  return {
    result: 'unpinned',
    message: 'Unpinned: the service confirmed it.',
    finding: 'service-proven',
    record,
  }
}

/** A refusal says nothing about earlier attempts. */
function afterLost(lostAnswer: boolean): string {
  return lostAnswer ? 'The answer to an earlier attempt was lost, so the pin may be gone. ' : ''
}
