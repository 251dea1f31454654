import type { Answer } from '../http/exchange.ts'
import type { Reply } from '../http/origin.ts'
import { NOTHING_KNOWN, readFacts } from '../record.ts'
import type { JsonObject, PinOutcome, PinResult, StopReason } from '../types.ts'

/** The text of the Go database library behind the service; it may come with another status than 404 (API facts, "Errors"). */
const RECORD_NOT_FOUND = 'record not found'

/** A judgement without the numbers that every outcome carries. */
export interface Judgement {
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

/** Adds to a judgement what every outcome carries. */
export function outcomeOf(pinId: string, reply: Reply, { record, ...judgement }: Judgement): PinOutcome {
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

export const MISSING =
  'The service does not have this pin: it was removed before, or it belongs to another account.'
export const UNKNOWN =
  'Whether the pin is gone is not known. Run the step again: a pin that is gone is reported as `missing`.'

export function neverSent(why: string): Judgement {
  return { result: 'not-attempted', message: `Not attempted: ${why}.` }
}

/** What to do about a refusal. */
export function remedy(reply: Reply): string {
  return reply.status === null
    ? 'Check `api-url`; for a private certificate authority set NODE_EXTRA_CA_CERTS on the runner.'
    : 'Check `api-url`.'
}

/** The end of a message: what went wrong last. */
export function last(why: string): string {
  return why === '' ? '' : ` Last: ${why}.`
}
