import type { PinOutcome } from '../../src/types.ts'

export const PIN_ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'

/** The pin ID of this number. */
export const pinIdOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** The same `count` times over. */
export const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

/** A pin that was unpinned without trouble, but for what is said otherwise. */
export function makeOutcome(overrides: Partial<PinOutcome> = {}): PinOutcome {
  return {
    pinId: PIN_ID,
    result: 'unpinned',
    cid: 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
    size: 2_883_584,
    status: 'DONE',
    name: 'release-1',
    pinnedAtMs: Date.UTC(2026, 9, 6),
    reason: '',
    attempts: 1,
    httpStatus: 200,
    durationMs: 230,
    message: 'Unpinned: the service confirmed it.',
    afterLostAnswer: false,
    timeUsedUp: false,
    stop: null,
    record: null,
    ...overrides,
  }
}
