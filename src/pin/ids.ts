import { base32 } from 'multiformats/bases/base32'
import { CID } from 'multiformats/cid'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Decoding takes quadratic time, and a record may hold a text as long as a whole body. No CID in use is nearly as long. */
const LONGEST_CID = 512

/**
 * Reads a pin ID: a UUID in any letter case.
 * @returns the lower case, which is what is compared and sent; `null` for any other text.
 */
export function parsePinId(text: string): string | null {
  const lower = text.toLowerCase()
  return UUID.test(lower) ? lower : null
}

/**
 * The one spelling by which CIDs are compared: v1 in base32. Two spellings of one CID, v0 or v1 in base58btc, base32 or base36,
 * have the same.
 * @returns `null` for a text that is not a CID in one of these bases.
 */
export function canonicalCid(text: string): string | null {
  if (text.length > LONGEST_CID || !/^[bBkKzQ]/.test(text)) return null
  try {
    // Base32 and base36 have a spelling in capitals too. From the bytes: a parsed CID would remember how it was spelt.
    const parsed = CID.parse(/^[BK]/.test(text) ? text.toLowerCase() : text)
    return CID.decode(parsed.bytes).toV1().toString(base32)
  } catch {
    return null
  }
}
