/** RFC 3339 as the service writes it. Go writes up to nine digits of a second. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:[Zz]|[+-]\d{2}:\d{2})$/
const DAY_MS = 86_400_000

/** A moment, finer than a millisecond where the service is. */
export interface Timestamp {
  /** Epoch milliseconds. */
  ms: number
  /** Nanoseconds within the second. They order pins of the same millisecond. */
  nanos: number
}

/**
 * Reads a date of a record.
 * @returns `null` for anything that is not a date, and for Go's zero time (the year 1), which means "not set".
 */
export function parseTimestamp(value: unknown): Timestamp | null {
  const found = typeof value === 'string' ? RFC_3339.exec(value) : null
  if (found === null || !isRealDay(found[1] ?? '')) return null
  const ms = Date.parse(found[0].toUpperCase())
  return ms > 0 ? { ms, nanos: Number((found[2] ?? '').padEnd(9, '0')) } : null
}

/**
 * Reads the end of a pin: a time with its zone (RFC 3339), or a date alone, which has passed when that day has ended in UTC.
 * @returns epoch milliseconds from which on it has passed; `null` for anything else.
 */
export function parseEnd(text: string): number | null {
  const value = text.trim()
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const ms = Date.parse(value)
    // Go's zero time means "not set".
    return isRealDay(value) && ms > 0 ? ms + DAY_MS : null
  }
  return parseTimestamp(value)?.ms ?? null
}

/** Newest first. */
export function newestFirst(a: Timestamp, b: Timestamp): number {
  return b.ms - a.ms || b.nanos - a.nanos
}

/** `Date.parse` turns 30 February into 1 March (https://tc39.es/ecma262/#sec-date.parse leaves it open). */
function isRealDay(day: string): boolean {
  const ms = Date.parse(day)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
