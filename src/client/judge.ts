import type { Answer } from '../http/exchange.ts'
import type { Reply } from '../http/origin.ts'
import { describeAnswer } from '../http/retry.ts'
import type { JsonObject, PinOutcome, PinResult, StopReason } from '../types.ts'
import { isObject } from '../json.ts'
import { NOTHING_KNOWN, readFacts } from '../record.ts'

/** The text of the Go database library behind the service; it may come with another status than 404 (API facts, "Errors"). */
const RECORD_NOT_FOUND = 'record not found'

/** A judgement without the numbers that every outcome carries. */
interface Judgement {
  result: PinResult
  message: string
  record?: JsonObject
  stop?: StopReason
  timeUsedUp?: boolean
}

/** Does this answer say that the service does not have the pin? A wrong `api-url` answers 404 too, but not with JSON. */
export function saysMissing({ status, body }: Answer): boolean {
  if ('problem' in body || status < 400 || status === 401 || status === 403) return false
  return status === 404 || status === 410 || body.object['message'] === RECORD_NOT_FOUND
}

/**
 * Decides what an unpin came to. Only one answer proves it: 200, a whole JSON object, the envelope's `success`, and the same
 * `id`. The record's `pinned` proves nothing: the documented answer to a successful unpin shows the record as it stood before.
 *
 * @param pinId lower case.
 */
export function judgeUnpin(pinId: string, reply: Reply, timeoutSeconds: number): PinOutcome {
  return outcomeOf(pinId, reply, judge(pinId, reply, timeoutSeconds))
}

/**
 * Decides what reading a pin's record came to: the record, or an outcome that ends the pin before anything was removed.
 *
 * @param pinId lower case.
 */
export function judgeReading(
  pinId: string,
  reply: Reply,
  timeoutSeconds: number,
): { record: JsonObject } | { outcome: PinOutcome } {
  const { answer } = reply
  const data = answer?.status === 200 && 'object' in answer.body ? recordIn(answer.body.object) : null
  if (data !== null && String(data['id']).toLowerCase() === pinId) return { record: data }
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

function outcomeOf(pinId: string, reply: Reply, { record, ...judgement }: Judgement): PinOutcome {
  return {
    ...NOTHING_KNOWN,
    ...(record === undefined ? {} : readFacts(record)),
    stop: null,
    timeUsedUp: false,
    reason: '',
    ...judgement,
    pinId,
    attempts: reply.attempts,
    httpStatus: reply.status,
    durationMs: Math.round(reply.durationMs),
    afterLostAnswer: reply.lostAnswer,
    record: record ?? null,
  }
}

function judge(pinId: string, reply: Reply, timeoutSeconds: number): Judgement {
  const { answer, why } = reply
  switch (reply.ending) {
    case 'answered':
      return answer === null ? neverSent('no answer was recorded') : judgeAnswer(pinId, answer, reply)
    case 'refused':
      return { result: 'failed', message: `Not unpinned: ${why}. ${afterAll(reply)}${remedy(reply)}` }
    case 'interrupted':
      if (reply.attempts === 0) return neverSent('the run was stopped first')
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
  if (typeof status === 'string' && status !== 'success') {
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

const MISSING = 'The service does not have this pin: it was removed before, or it belongs to another account.'
const UNKNOWN =
  'Whether the pin is gone is not known. Run the step again: a pin that is gone is reported as `missing`.'
const STILL_THERE = 'Nothing says that the pin was removed.'

function neverSent(why: string): Judgement {
  return { result: 'not-attempted', message: `Not attempted: ${why}.` }
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

function remedy(reply: Reply): string {
  return reply.status === null
    ? 'Check `api-url`; for a private certificate authority set NODE_EXTRA_CA_CERTS on the runner.'
    : 'Check `api-url`.'
}

function last(why: string): string {
  return why === '' ? '' : ` Last: ${why}.`
}

function saidBy(said: string): string {
  return `The answer was ${said}.`
}

function attempts(count: number): string {
  return count === 1 ? '1 attempt' : `${count} attempts`
}
