const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Reads a pin ID: a UUID in any letter case.
 *
 * @returns the lower case, which is what is compared and sent; `null` for any other text.
 */
export function parsePinId(text: string): string | null {
  const lower = text.toLowerCase()
  return UUID.test(lower) ? lower : null
}
