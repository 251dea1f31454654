import type { Reply } from '../http/client.ts'
import type { HttpResponse } from '../http/send.ts'
import { isObject, type JsonObject } from '../json.ts'
import { outcomeOf, type PinOutcome, type StopSign } from '../pin/outcome.ts'
import { isUnpinned, parseRecord, type PinRecord } from '../pin/record.ts'
import { causeOf, speaksOfRights } from './causes.ts'

/** What reading a pin brought: its record, or an outcome that ends the pin before anything is removed. */
export type PinRead =
  | { kind: 'record'; record: PinRecord }
  /** `cause`: why there is no record, and what to do. */
  | { kind: 'ended'; outcome: PinOutcome; cause: string }

export const MISSING =
  'The service does not have this pin: it was removed before, or it belongs to another account.'
export const RUN_AGAIN = 'Run the step again: a pin that is gone is reported as `missing`.'

/**
 * Decides the outcome of a `DELETE`. Only one answer proves that a pin is unpinned: 200, a whole JSON object, `success` in the envelope,
 * and the same `id`. The `pinned` of the record proves nothing: the documented answer shows the record as it was before.
 *
 * @param pinId lower case.
 * @param limitMs the time that all attempts had.
 */
export function judgeUnpin(pinId: string, reply: Reply, limitMs: number): PinOutcome {
  const { lostAnswer, attempts } = reply
  const stops = stopSignOf(reply)
  const outcome = (
    result: PinOutcome['result'],
    message: string,
    record: PinRecord | null = null,
  ): PinOutcome => outcomeOf(pinId, { ...reply, result, message, record, stops })
  const response = reply.end === 'answered' ? reply.response : null
  if (response !== null) {
    const record = documentedRecord(response)
    if (record?.id === pinId) return outcome('unpinned', 'Unpinned: the service confirmed it.', record)
    if (saysMissing(response)) {
      const probably =
        'The service does not have this pin any more. It was probably removed by the attempt whose answer was lost.'
      return outcome('missing', lostAnswer ? probably : MISSING)
    }
    if (record !== null) {
      return outcome(
        'unconfirmed',
        `It is not known whether the pin is gone: the service answered with the record of another pin, ${record.id}. Look up both ` +
          'in the AIOZ Pin dashboard.',
      )
    }
  }
  const { why, todo } = causeOf(reply, 'unpin', limitMs)
  if (lostAnswer || (response !== null && mayMeanSuccess(response))) {
    const lost =
      lostAnswer && (response !== null || reply.end === 'refused')
        ? 'an answer to an earlier attempt was lost, and then '
        : ''
    const again = todo.includes('again') ? '' : ` ${RUN_AGAIN}`
    return outcome('unconfirmed', `It is not known whether the pin is gone: ${lost}${why}. ${todo}${again}`)
  }
  return attempts === 0
    ? outcome('not-attempted', `Not attempted: ${why}. ${todo}`)
    : outcome('failed', `Not unpinned: ${why}. ${todo}`)
}

/**
 * Decides what a `GET` of a pin means. A read that fails ends its own pin only, and nothing has happened to it.
 *
 * @param pinId lower case.
 */
export function judgeRead(pinId: string, reply: Reply, limitMs: number): PinRead {
  // Only a `DELETE` counts as an attempt, and only its answer can be lost.
  const { why, todo } = causeOf(reply, 'read', limitMs)
  const cause = `${why}. ${todo}`
  const ended = (
    result: PinOutcome['result'],
    message: string,
    record: PinRecord | null = null,
  ): PinRead => ({
    kind: 'ended',
    cause,
    outcome: outcomeOf(pinId, {
      ...reply,
      attempts: 0,
      lostAnswer: false,
      result,
      message,
      record,
      stops: record === null ? stopSignOf(reply) : null,
    }),
  })
  if (reply.end === 'answered') {
    const record = documentedRecord(reply.response)
    if (record?.id === pinId) {
      return isUnpinned(record)
        ? ended('missing', describeUnpinned(record), record)
        : { kind: 'record', record }
    }
    if (saysMissing(reply.response)) return ended('missing', MISSING)
  }
  return reply.attempts === 0
    ? ended('not-attempted', `Not attempted: ${cause}`)
    : ended('failed', `Not unpinned: the pin must be read first, but ${cause}`)
}

/** The record in a documented answer, of whatever pin. */
function documentedRecord({ status, body }: HttpResponse): PinRecord | null {
  if (status !== 200 || body.kind !== 'json' || body.object['status'] !== 'success') return null
  return parseRecord(body.object['data'])
}

/** A 2xx or 303 may follow an effect, unless it is an envelope that says no and brings no record. */
function mayMeanSuccess({ status, body }: HttpResponse): boolean {
  if (status === 200 && body.kind === 'json') return !refuses(body.object)
  return status === 303 || (status >= 200 && status < 300)
}

function refuses(envelope: JsonObject): boolean {
  return typeof envelope['status'] === 'string' && envelope['status'] !== 'success' && !hasRecord(envelope)
}

/** A record without its envelope has a `status` too, but of another kind: `DONE`. */
function hasRecord(envelope: JsonObject): boolean {
  const { data } = envelope
  const holdsId = (value: unknown): boolean => isObject(value) && 'id' in value
  return holdsId(envelope) || holdsId(data) || (Array.isArray(data) && data.some(holdsId))
}

/** The general text of the Go database library behind the service, alone or at the end of a wrapped error. */
const RECORD_NOT_FOUND = /(?:^|: |= )record not found$/

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const PIN = 'pin(?: record| id)?'
/** What a service says of a pin. A gateway that does not know the path speaks of a route, a page, a record or an ID, not of a pin. */
const PIN_NOT_FOUND = new RegExp(
  `^(?:(?:the|this) )?(?:${PIN}(?: ["'\`(]?${UUID}["'\`)]?)?:?(?: is| was)? (?:not found|does not exist)` +
    `|pin id(?: ["'\`(]?${UUID}["'\`)]?)?:?(?: is)? invalid|(?:no such|unknown) ${PIN}|invalid pin id)(?![\\w/-])`,
)

/**
 * Does an answer say, in the service's own words, that it does not have the pin? Gateways answer unknown paths with 404 and JSON too, so
 * the words decide. `record not found` may come with another status than 404.
 */
export function saysMissing({ status, body }: HttpResponse): boolean {
  if (body.kind !== 'json' || typeof body.object['message'] !== 'string') return false
  const text = body.object['message'].trim().replace(/\s+/g, ' ').toLowerCase()
  const denies =
    status === 200 ? body.object['status'] !== 'success' && !hasRecord(body.object) : status >= 400
  if (RECORD_NOT_FOUND.test(text)) return denies && status !== 401 && status !== 403
  return (status === 404 || status === 410) && PIN_NOT_FOUND.test(text)
}

/** For a pin whose record says that it was unpinned before. */
function describeUnpinned({ dateUnpinned }: PinRecord): string {
  const when = dateUnpinned === null ? '' : ` on ${new Date(dateUnpinned.ms).toISOString()}`
  return `This pin is already unpinned: its record says that it was unpinned${when}.`
}

/** What the end of a request says about the run as a whole. The last status decides. */
export function stopSignOf(reply: Reply): StopSign | null {
  if (reply.end === 'interrupted') return null
  if (reply.end !== 'answered')
    return reply.end === 'out-of-time' && reply.askedMs !== null ? 'told-to-wait' : 'unanswered'
  const { status, body } = reply.response
  if (status === 401) return 'unauthorized'
  if (body.kind === 'not-json') return 'unanswered'
  if (status === 403) return speaksOfRights(reply.response) ? 'forbidden' : null
  return (status === 404 || status === 410) && !saysMissing(reply.response) ? 'unanswered' : null
}
