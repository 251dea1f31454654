import type { JsonObject, PinFacts } from '../types.ts'

export const NOTHING_KNOWN: PinFacts = { cid: null, size: null, status: null, name: null }

/** Tells an object from everything else that JSON can hold. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads from a record what the outputs name. A field that is missing or of another type is not known; none is guessed or
 * converted.
 */
export function readFacts(record: JsonObject): PinFacts {
  const { cid, size, status, metadata } = record
  return {
    cid: text(cid),
    // Above 2^53 the number would not be the one that the service wrote.
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    status: text(status),
    name: isObject(metadata) ? text(metadata['name']) : null,
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
