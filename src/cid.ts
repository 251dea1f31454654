import * as base10 from 'multiformats/bases/base10'
import * as base16 from 'multiformats/bases/base16'
import * as base2 from 'multiformats/bases/base2'
import * as base256emoji from 'multiformats/bases/base256emoji'
import * as base32 from 'multiformats/bases/base32'
import * as base36 from 'multiformats/bases/base36'
import * as base58 from 'multiformats/bases/base58'
import * as base64 from 'multiformats/bases/base64'
import * as base8 from 'multiformats/bases/base8'
import { CID } from 'multiformats/cid'

/**
 * Knows CIDs. Loaded only where CIDs are compared: the library is a good part of the whole action, and an unpin by ID does not
 * need it.
 */

const BASES = [base58, base32, base36, base16, base64, base10, base8, base2, base256emoji].flatMap((family) =>
  Object.values(family),
)

/** Longer than any CID in any base; decoding takes quadratic time, and a record may hold a text of a whole body's length. */
const LONGEST = 1024

/**
 * The one spelling by which CIDs are compared: v1 in base32. Two spellings of one CID, v0 or v1 in any multibase, have the same.
 *
 * @returns `null` for a text that is no CID.
 */
export function canonicalCid(text: string): string | null {
  const base = text.startsWith('Q') ? base58.base58btc : BASES.find(({ prefix }) => text.startsWith(prefix))
  if (base === undefined || text.length > LONGEST) return null
  try {
    // From the bytes: a parsed CID would remember the spelling that it was parsed from.
    return CID.decode(CID.parse(text, base).bytes).toV1().toString(base32.base32)
  } catch {
    return null
  }
}
