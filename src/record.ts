import { isObject } from './json.ts'
import { pinnedAtOf } from './pinned-at.ts'
import type { JsonObject, PinFacts } from './types.ts'

export const NOTHING_KNOWN: PinFacts = { cid: null, size: null, status: null, name: null, pinnedAtMs: null }

/**
 * Reads from a record what the outputs name. A field that is missing or of another type is not known; none is guessed or
 * converted.
 */
export function readFacts(record: JsonObject): PinFacts {
  const { cid, size, status, metadata, date_pinned: datePinned } = record
  return {
    cid: text(cid),
    // Above 2^53 the number would not be the one that the service wrote.
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    status: text(status),
    name: isObject(metadata) ? text(metadata['name']) : null,
    pinnedAtMs: pinnedAtOf(datePinned)?.ms ?? null,
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
