const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** v0 is base58btc of a sha2-256 multihash: `Qm` and 44 more; v1 in base32, its usual spelling, starts with `baf`. */
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{20,})$/

export function isPinId(text: string): boolean {
  return UUID.test(text.toLowerCase())
}

export function looksLikeCid(text: string): boolean {
  return CID.test(text)
}

/**
 * Splits `pin-id` at white space, commas and line ends.
 *
 * @returns the IDs in lower case, each once, in the order of their first mention, and the words that are none, each once.
 */
export function parsePinIds(text: string): { pinIds: string[]; rejected: string[] } {
  const words = new Set(text.split(/[\s,]+/).filter((word) => word !== ''))
  const pinIds = new Set<string>()
  const rejected: string[] = []
  for (const word of words) {
    if (isPinId(word)) pinIds.add(word.toLowerCase())
    else rejected.push(word)
  }
  return { pinIds: [...pinIds], rejected }
}
