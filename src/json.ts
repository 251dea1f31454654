/** A JSON object with unchecked fields. */
export type JsonObject = Record<string, unknown>

/** Tells an object from everything else that JSON can hold. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value and all that is in it, down to so many levels: without a bound, a deep one would overflow the stack. */
export function within(value: unknown, levels: number): unknown[] {
  if (levels === 0 || typeof value !== 'object' || value === null) return [value]
  return [value, ...Object.values(value).flatMap((field) => within(field, levels - 1))]
}
