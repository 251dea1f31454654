const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads a pin ID, a UUID in any case; `null` for any other text. The lower case is the one that is compared and sent. */
export function pinIdOf(text: string): string | null {
  const lower = text.toLowerCase()
  return UUID.test(lower) ? lower : null
}
