import { parsePinId } from '../pin/pin-id.ts'
import type { CanonicalCid } from '../selection/criteria.ts'
import { type Input, InputProblem, quoteAll } from './collect.ts'
import { cidsWithin, pinIdsWithin } from './slips.ts'

/** v0 is base58btc of a SHA-256 multihash: `Qm` and 44 more. v1 in base32, its usual spelling, starts with `baf`. */
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{20,})$/
/** A word that is not a CID is cut here, at the length of a pin ID. */
const QUOTED_WORD_LENGTH = 36

/**
 * The IDs of `pin-id`: in lower case, each once, in the order given.
 *
 * @param onWindows names the size limit of Windows where the input is empty.
 */
export function pinIds(onWindows: boolean): Input<readonly string[] | null> {
  const unset = 'Was the variable or output that it comes from set?'
  return {
    takes:
      'pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas or line ends',
    leftOut: null,
    // SetEnvironmentVariable takes at most 32,767 characters, the end mark included (learn.microsoft.com).
    whyEmpty: onWindows
      ? `${unset} Windows passes at most 32,766 characters (885 IDs) in one input; a longer one arrives empty.`
      : unset,
    parse({ text, quote }) {
      const { known, rejected } = sortWords(text, parsePinId)
      if (rejected.length === 0) return known
      const shown = quoteAll(rejected, (word) =>
        CID.test(word) ? quote(word) : quote(word, QUOTED_WORD_LENGTH),
      )
      throw new InputProblem({ what: `holds ${shown}`, advice: adviseOnPinIds(rejected) })
    },
  }
}

function adviseOnPinIds(rejected: readonly string[]): string | undefined {
  if (rejected.some((word) => CID.test(word))) {
    return (
      "A CID names content, not a pin. A pin ID is the `id` of the pin's record. " +
      'To select by CID, use the input `cid`.'
    )
  }
  if (rejected.some((word) => /["'`[\](){}<>]/.test(word) && pinIdsWithin(word).length > 0)) {
    return 'Write the IDs without quotes and brackets.'
  }
  return undefined
}

/** CIDs in any spelling, as canonical ones. */
export function cids(canonicalCid: CanonicalCid): Input<ReadonlySet<string> | null> {
  return {
    takes: 'CIDs, v0 or v1, separated by white space, commas or line ends',
    leftOut: null,
    parse({ text, quote }) {
      const { known, rejected } = sortWords(text, canonicalCid)
      if (rejected.length === 0) return new Set(known)
      const [meant] = rejected.flatMap((word) => cidsWithin(word, canonicalCid))
      const advice = rejected.some((word) => pinIdsWithin(word).length > 0)
        ? 'A UUID is a pin ID. For pin IDs, use the input `pin-id`.'
        : meant && `Write only the CID: ${quote(meant)}.`
      throw new InputProblem({ what: `holds ${quoteAll(rejected, (word) => quote(word))}`, advice })
    },
  }
}

/** Splits at white space, commas and line ends: what is known, each once, and the other words, each once. */
function sortWords(
  text: string,
  parse: (word: string) => string | null,
): { known: readonly string[]; rejected: readonly string[] } {
  const known = new Set<string>()
  const rejected = new Set<string>()
  for (const word of text.split(/[\s,]+/).filter((word) => word !== '')) {
    const value = parse(word)
    if (value === null) rejected.add(word)
    else known.add(value)
  }
  if (known.size + rejected.size === 0) throw new InputProblem({ what: 'holds only separators' })
  return { known: [...known], rejected: [...rejected] }
}
