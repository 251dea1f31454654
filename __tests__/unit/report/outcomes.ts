import { untouched, type PinOutcome, type PinResult } from '../../../src/pin/outcome.ts'
import { parseRecord, type PinRecord } from '../../../src/pin/record.ts'

/** The pin ID of this number. */
export const pinIdOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** The service's record of a pin, with these fields in place of the ordinary ones. */
export function recordOf(pinId: string, fields: Record<string, unknown> = {}): PinRecord {
  const record = parseRecord({
    id: pinId,
    cid: 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
    size: 2_883_584,
    status: 'DONE',
    pinned: true,
    metadata: { name: 'release-1' },
    date_pinned: '2026-10-06T00:00:00Z',
    ...fields,
  })
  if (record === null) throw new TypeError(`not a pin ID: ${pinId}`)
  return record
}

/** How the pin of this number ended: unpinned without trouble, unless `changes` say otherwise. */
export function ended(number = 1, changes: Partial<PinOutcome> = {}): PinOutcome {
  const pinId = pinIdOf(number)
  return {
    pinId,
    result: 'unpinned',
    reason: '',
    message: 'Unpinned: the service confirmed it.',
    attempts: 1,
    httpStatus: 200,
    durationMs: 230,
    lostAnswer: false,
    signal: 'service-proven',
    record: recordOf(pinId),
    ...changes,
  }
}

/** How the pin of this number failed. */
export const failed = (number: number, message: string, changes: Partial<PinOutcome> = {}): PinOutcome =>
  ended(number, { result: 'failed', message, httpStatus: 400, record: null, signal: 'none', ...changes })

/** How the pin of this number ended without a `DELETE`, and why. */
export function stayed(
  number: number,
  result: Exclude<PinResult, 'unpinned' | 'failed' | 'unconfirmed'>,
  why = 'a reason',
  record: PinRecord | null = recordOf(pinIdOf(number)),
): PinOutcome {
  const reason = result === 'protected' || result === 'kept' ? why : ''
  return untouched(pinIdOf(number), result, `Not unpinned: ${why}.`, { record, reason })
}
