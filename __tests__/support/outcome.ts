import { type PinOutcome, type PinResult, untouched } from '../../src/pin/outcome.ts'
import { parseRecord, type PinRecord } from '../../src/pin/record.ts'
import { makePin } from '../../testing/service/index.ts'

export const PIN_ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
export const CID = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'

/** The pin ID of this number. */
export const pinIdOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** What is made of 0, 1, 2 and so on. */
export const many = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index))

/** `one`, `count` times. */
export const times = <T>(count: number, one: T): T[] => many(count, () => one)

/** A record as the service has it, with these fields in place of the ordinary ones. */
export function recordOf(fields: object = {}, seed = 1): PinRecord {
  const record = parseRecord({ ...makePin({}, seed), ...fields })
  if (record === null) throw new Error('not a record')
  return record
}

/** The record of a pin that `makeOutcome` is about. */
const knownRecord = (fields: object): PinRecord =>
  recordOf({ id: PIN_ID, cid: CID, size: 2_883_584, date_pinned: '2026-10-06T00:00:00Z', ...fields })

/** A pin that was unpinned without trouble, unless said otherwise. */
export function makeOutcome(changes: Partial<PinOutcome> = {}): PinOutcome {
  return {
    pinId: PIN_ID,
    result: 'unpinned',
    reason: '',
    message: 'Unpinned: the service confirmed it.',
    record: knownRecord({}),
    attempts: 1,
    httpStatus: 200,
    durationMs: 230,
    lostAnswer: false,
    stops: null,
    ...changes,
  }
}

/** How the pin of this number ended: unpinned without trouble, unless `changes` say otherwise, with these fields in its record. */
export function ended(number = 1, changes: Partial<PinOutcome> = {}, fields: object = {}): PinOutcome {
  const pinId = pinIdOf(number)
  return makeOutcome({ pinId, record: knownRecord({ id: pinId, ...fields }), ...changes })
}

/** How the pin of this number failed. */
export const failed = (number: number, message: string, changes: Partial<PinOutcome> = {}): PinOutcome =>
  ended(number, { result: 'failed', message, httpStatus: 400, record: null, ...changes })

/** How the pin of this number ended without a `DELETE`, and why. */
export function stayed(
  number: number,
  result: Exclude<PinResult, 'unpinned' | 'failed' | 'unconfirmed'>,
  why = 'a reason',
  fields: object | null = {},
): PinOutcome {
  const pinId = pinIdOf(number)
  return untouched(pinId, result, `Not unpinned: ${why}.`, {
    record: fields === null ? null : knownRecord({ id: pinId, ...fields }),
    reason: result === 'protected' || result === 'kept' ? why : '',
  })
}
