import type { PinOutcome } from '../../src/pin/outcome.ts'
import { parseRecord, type PinRecord } from '../../src/pin/record.ts'
import { makePin } from '../../testing/service/index.ts'

export const PIN_ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'

/** The pin ID of this number. */
export const pinIdOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** `one`, `count` times. */
export const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

/** A record as the client reads it. */
export function recordOf(fields: object = {}, seed = 1): PinRecord {
  const record = parseRecord({ ...makePin({}, seed), ...fields })
  if (record === null) throw new Error('not a record')
  return record
}

/** A pin that was unpinned without trouble, unless said otherwise. */
export function makeOutcome(overrides: Partial<PinOutcome> = {}): PinOutcome {
  return {
    pinId: PIN_ID,
    result: 'unpinned',
    reason: '',
    message: 'Unpinned: the service confirmed it.',
    signal: 'service-proven',
    record: recordOf({
      id: PIN_ID,
      cid: 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
      size: 2_883_584,
      date_pinned: '2026-10-06T00:00:00Z',
    }),
    attempts: 1,
    httpStatus: 200,
    durationMs: 230,
    lostAnswer: false,
    ...overrides,
  }
}
