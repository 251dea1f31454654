import { formatDate } from '../format.ts'
import type { Reply } from '../http/client.ts'
import type { HttpResponse } from '../http/send.ts'
import { isObject, type JsonObject, within } from '../json.ts'
import type { PinOutcome, PinResult, StopSign } from '../pin/outcome.ts'
import { isUnpinned, parseRecord, type PinRecord } from '../pin/record.ts'
import { type Cause, causeOf, speaksOfRights } from './causes.ts'

/**
 * What reading a pin brought: its record, or an outcome that ends the pin before anything is removed. `cause`: why there is no record, and
 * what to do; not for `missing`.
 */
export type PinRead = { kind: 'record'; record: PinRecord } | { kind: 'ended'; outcome: PinOutcome; cause: string }

const MISSING =
  'The service does not have this pin: it was removed before, or it belongs to another account. If it should exist, check its ID and the key pair.'
const MISSING_AFTER_LOST =
  'The service does not have this pin any more. It was probably removed by the attempt whose answer was lost.'
export const RUN_AGAIN = 'Run the step again: a pin that is gone is reported as `missing`.'

/**
 * Decides the outcome of a `DELETE`. Only one answer proves that a pin is unpinned: 200, a whole JSON object, `success` in the
 * envelope, and the same `id`. The `pinned` of the record proves nothing: the documented answer shows the record as it was before.
 * @param pinId lower case.
 * @param limitMs the time that all attempts had.
 */
export function judgeUnpin(pinId: string, reply: Reply, limitMs: number): PinOutcome {
  const { lostAnswer, attempts } = reply
  const outcome = (result: PinResult, message: string, record: PinRecord | null = null) =>
    outcomeOf(pinId, reply, { result, message, record })
  const response = reply.end === 'answered' ? reply.response : null
  const record = response === null ? null : documentedRecord(response)
  if (record?.id === pinId) return outcome('unpinned', 'Unpinned: the service confirmed it.', record)
  if (response !== null && saysMissing(response, pinId))
    return outcome('missing', lostAnswer ? MISSING_AFTER_LOST : MISSING)
  const { why, todo } = record === null ? causeOf(reply, 'unpin', limitMs) : ofAnotherPin(record)
  if (lostAnswer || (response !== null && mayMeanSuccess(response))) {
    const lost = lostAnswer && attempts > 1 ? 'an answer was lost. The last known cause: ' : ''
    // Some advice says so already.
    const again = todo.includes('again') ? '' : ` ${RUN_AGAIN}`
    return outcome('unconfirmed', `It is not known whether the pin is gone: ${lost}${why}. ${todo}${again}`)
  }
  return attempts === 0
    ? outcome('not-attempted', `Not attempted: ${why}. ${todo}`)
    : outcome('failed', `Not unpinned: ${why}. ${todo}`)
}

function ofAnotherPin({ id }: PinRecord): Cause {
  const why = `the service answered with the record of another pin, ${id}`
  return { why, todo: 'Look up both pins in the AIOZ Pin dashboard.' }
}

/** Decides what a `GET` of a pin means. A read that fails ends its own pin only, and nothing has happened to it. */
export function judgeRead(pinId: string, reply: Reply, limitMs: number): PinRead {
  const response = reply.end === 'answered' ? reply.response : null
  const record = response === null ? null : documentedRecord(response)
  const { why, todo } = record === null ? causeOf(reply, 'read', limitMs) : ofAnotherPin(record)
  const cause = `${why}. ${todo}`
  // Only a `DELETE` counts as an attempt, and only its answer can be lost.
  const facts = { ...reply, attempts: 0, lostAnswer: false }
  const ended = (result: PinResult, message: string, known: PinRecord | null = null): PinRead => ({
    kind: 'ended',
    outcome: outcomeOf(pinId, facts, { result, message, record: known }),
    cause,
  })
  if (record?.id === pinId) {
    if (!isUnpinned(record)) return { kind: 'record', record }
    const when = record.dateUnpinned === null ? '' : ` on ${formatDate(record.dateUnpinned.ms)}`
    return ended('missing', `This pin is already unpinned: its record says that it was unpinned${when}.`, record)
  }
  if (response !== null && saysMissing(response, pinId)) return ended('missing', MISSING)
  return reply.attempts === 0
    ? ended('not-attempted', `Not attempted: ${cause}`)
    : ended('failed', `Not unpinned: the pin must be read first, but ${cause}`)
}

function outcomeOf(pinId: string, reply: Reply, known: Pick<PinOutcome, 'result' | 'message' | 'record'>): PinOutcome {
  const { attempts, httpStatus, durationMs, lostAnswer } = reply
  const stops = known.result === 'missing' || known.record !== null ? null : stopSignOf(reply)
  return { pinId, reason: '', ...known, attempts, httpStatus, durationMs, lostAnswer, stops }
}

/** The record in a documented answer, of whatever pin. */
function documentedRecord({ status, body }: HttpResponse): PinRecord | null {
  if (status !== 200 || body.kind !== 'json' || body.object['status'] !== 'success') return null
  return parseRecord(body.object['data'])
}

/** A 2xx or 303 may follow an effect, unless it is an envelope that says no and brings no record. */
function mayMeanSuccess({ status, body }: HttpResponse): boolean {
  if (status !== 200 || body.kind !== 'json') return status === 303 || (status >= 200 && status < 300)
  const { status: word } = body.object
  return typeof word !== 'string' || word === 'success' || hasRecord(body.object)
}

/** A record without its envelope has a `status` too, but of another kind: `DONE`. */
function hasRecord(envelope: JsonObject): boolean {
  return [envelope, ...within(envelope['data'], 4)].some((value) => isObject(value) && 'id' in value)
}

/** The general text of the Go database library behind the service, alone or at the end of a wrapped error. */
const RECORD_NOT_FOUND = /(?:^|: |= )record not found$/
/** Of a wrapped error that looked for a pin. */
const OF_A_PIN = /\b(?:un)?pins?\b[^:=]*[:=] record not found$/
/** What is no pin: other records of the same library, and on the last line what gateways look for. Also as parts of words: `user_id`. */
const OTHER_RECORD = new RegExp(
  'user|account|key|token|session|wallet|credential|secret|tenant|organi[sz]ation|customer|profile|config|limiter|billing|subscription' +
    '|dns|resolv|domain|upstream|backend|discovery|route',
)
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const ID = `(?: ["'\`(]?${UUID.source}["'\`)]?)?:?`
const PIN = 'pin(?: record| id)?'
/** What a service says of a pin. A gateway that does not know the path speaks of a route, a page, a record or an ID, not of a pin. */
const PIN_NOT_FOUND = new RegExp(
  `^(?:(?:the|this) )?(?:${PIN}${ID}(?: is| was)? (?:not found|does not exist)|pin id${ID}(?: is)? invalid` +
    `|(?:no such|unknown) ${PIN}${ID}(?= ?[^ a-z]| (?:exists|in|for|with)\\b|$)|invalid pin id)(?![\\w/-]| yet)`,
)

/**
 * Does an answer say, in the service's own words, that it does not have the pin? Gateways answer unknown paths with 404 and JSON too,
 * so the words decide. `record not found` may come with another status than 404.
 */
export function saysMissing({ status, body }: HttpResponse, pinId: string): boolean {
  if (body.kind !== 'json' || typeof body.object['message'] !== 'string') return false
  const text = body.object['message'].trim().replace(/\s+/g, ' ').toLowerCase()
  if (text.match(UUID)?.some((id) => id !== pinId)) return false
  const denies = status === 200 ? body.object['status'] !== 'success' && !hasRecord(body.object) : status >= 400
  // Only the end is searched: a long text would take long.
  const other = OTHER_RECORD.test(text) && !OF_A_PIN.test(text.slice(-200))
  if (RECORD_NOT_FOUND.test(text)) return denies && !other && status !== 401 && status !== 403
  return (status === 404 || status === 410) && PIN_NOT_FOUND.test(text)
}

/** What the end of a request says about the run as a whole, where it does not say that a pin is missing. The last status decides. */
export function stopSignOf(reply: Reply): StopSign | null {
  if (reply.end === 'interrupted') return null
  if (reply.end !== 'answered') {
    return reply.end === 'out-of-time' && reply.askedMs !== null ? 'told-to-wait' : 'unanswered'
  }
  const { status, body } = reply.response
  if (status === 401) return 'unauthorized'
  if (body.kind === 'not-json') return 'unanswered'
  if (status === 403) return speaksOfRights(reply.response) ? 'forbidden' : null
  const stranger = status === 404 || status === 410 || !hasOwnForm(status, body.object)
  return stranger ? 'unanswered' : null
}

/** The envelope of a success, or a refusal with its text. A success of any other form proves nothing, and comes from any web server. */
function hasOwnForm(status: number, { status: word, message }: JsonObject): boolean {
  return word === 'success' || (typeof message === 'string' && (status >= 300 || typeof word === 'string'))
}
