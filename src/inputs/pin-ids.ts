import { pinIdOf } from '../pin-id.ts'
import type { InputReader } from './reader.ts'

/** v0 is base58btc of a sha2-256 multihash: `Qm` and 44 more; v1 in base32, its usual spelling, starts with `baf`. */
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{20,})$/
/** A word that is no CID is cut here: enough to recognise it, too little to be a key pasted into the wrong input. */
const QUOTED_WORD_LENGTH = 24

export function looksLikeCid(text: string): boolean {
  return CID.test(text)
}

/** Splits at white space, commas and line ends; each word once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))]
}

/**
 * Reads the words of `pin-id`.
 *
 * @returns the IDs in lower case, each once, in the order of their first mention, and the words that are none, each once.
 */
export function parsePinIds(text: string): { pinIds: string[]; rejected: string[] } {
  const pinIds = new Set<string>()
  const rejected: string[] = []
  for (const word of wordsOf(text)) {
    const pinId = pinIdOf(word)
    if (pinId === null) rejected.push(word)
    else pinIds.add(pinId)
  }
  return { pinIds: [...pinIds], rejected }
}

/** Reads `pin-id`; problems go to the reader. */
export function readPinIds(reader: InputReader, text: string): string[] {
  const { pinIds, rejected } = parsePinIds(text)
  if (rejected.length > 0) {
    const shown = reader.quoteAll(rejected, (word) => (looksLikeCid(word) ? undefined : QUOTED_WORD_LENGTH))
    const hint = rejected.some(looksLikeCid)
      ? " A CID names content, not a pin: what is wanted is the `id` of the pin's record; to select by CID, use the input `cid`."
      : ''
    reader.refuse(
      'pin-id',
      `holds ${shown}; it takes pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas ` +
        `or line ends.${hint}`,
    )
  } else if (pinIds.length === 0) {
    reader.refuse('pin-id', 'holds only separators; it takes pin IDs (UUIDs).')
  }
  if (pinIds.some((pinId) => reader.holdsKey(pinId))) {
    reader.refuse(
      'pin-id',
      'holds the value of a key; the ID is part of a URL, and keys never are. Were inputs mixed up?',
    )
  }
  return pinIds
}
