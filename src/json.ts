/** A JSON object with unchecked fields. */
export type JsonObject = Record<string, unknown>

/** Tells an object from everything else that JSON can hold. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
