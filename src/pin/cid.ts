import { base16, base16upper } from 'multiformats/bases/base16'
import { base32, base32upper } from 'multiformats/bases/base32'
import { base36, base36upper } from 'multiformats/bases/base36'
import { base58btc } from 'multiformats/bases/base58'
import { base64, base64url } from 'multiformats/bases/base64'
import { CID } from 'multiformats/cid'

/** The bases that people write CIDs in. */
const BASES = [base58btc, base32, base32upper, base36, base36upper, base16, base16upper, base64, base64url]

/** Longer than any CID in any base. Decoding takes quadratic time, and a record may hold a text as long as a whole body. */
const LONGEST = 512

/**
 * The one spelling by which CIDs are compared: v1 in base32. Two spellings of one CID, v0 or v1 in any of the bases, have the same.
 *
 * @returns `null` for a text that is not a CID.
 */
export function canonicalCid(text: string): string | null {
  const base = text.startsWith('Q') ? base58btc : BASES.find(({ prefix }) => text.startsWith(prefix))
  if (base === undefined || text.length > LONGEST) return null
  try {
    // From the bytes: a parsed CID would remember the spelling that it was parsed from.
    return CID.decode(CID.parse(text, base).bytes).toV1().toString(base32)
  } catch {
    return null
  }
}
