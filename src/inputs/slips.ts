import type { CanonicalCid } from '../selection/criteria.ts'

/** A part of a pin ID or a CID: a regular expression, and how many characters it matches at most. */
type Part = readonly [pattern: string, length: number]

const HEX = '[0-9a-fA-F]'
const BASE32 = '[a-zA-Z2-7]'
const BASE36 = '[0-9a-zA-Z]'
const BASE58 = '[1-9A-HJ-NP-Za-km-z]'
const BASE64 = '[A-Za-z0-9+/_-]'
const times = (set: string, length: number): Part => [`${set}{${length}}`, length]
/** Between the groups of a UUID: any dash, blanks, an underscore. */
const GAP: Part = ['[^0-9a-zA-Z]{1,3}', 3]

/** The groups of a UUID; the last one in halves. */
const PIN_ID: readonly Part[] = [
  [`${HEX}{8}${GAP[0]}`, 11],
  ...[4, 4, 4].flatMap((length) => [times(HEX, length), GAP]),
  times(HEX, 6),
  times(HEX, 6),
]

/** Each base's start of a CID with SHA-256 and a usual codec (raw, DAG-PB, DAG-CBOR, IPNS key), and two halves of the rest. */
const CIDS: readonly (readonly Part[])[] = [
  [['Q', 1], ['m', 1], times(BASE58, 22), times(BASE58, 22)],
  [['[bB]', 1], ['[aA][fF][kKrRyYzZ]', 3], times(BASE32, 27), times(BASE32, 28)],
  [['z', 1], ['(?:b2r|dj7|dpu|dvg)', 3], times(BASE58, 22), times(BASE58, 23)],
  [['[kK][25]', 2], ['(?:[cC][wW]|[jJ][mMvV]|[kK]4|1[qQ])', 2], times(BASE36, 26), times(BASE36, 26)],
  [['[fF]01', 3], ['(?:55|7[0-2])1220', 6], times(HEX, 32), times(HEX, 32)],
  [['[mu]', 1], ['A[VX]', 2], ['[AEIU]SI', 3], times(BASE64, 21), times(BASE64, 22)],
]

/**
 * Does a text hold a pin ID or a CID, or most of one? Most means all parts but one, because a typo spoils only one. Names have no such
 * parts: a date and a time are two groups of a UUID, a Git commit has 40 hex digits without a gap, and hardly any word has 44 letters.
 */
export function holdsMostOfId(text: string): boolean {
  mostOfId ??= patternsOfMost()
  // An escape of a URL stands for one character, and its digits would count as more.
  const plain = text.replace(/%[0-9a-f]{2}/gi, ' ')
  return mostOfId.some((pattern) => pattern.test(plain))
}

/** Made when it is first needed: only `protect` needs it. */
let mostOfId: readonly RegExp[] | undefined

const alone = (digits: string): string => `(?<!${HEX})(?:${digits})(?!${HEX})`

const patternsOfMost = (): RegExp[] => [
  new RegExp([alone(allButOne(PIN_ID)), ...CIDS.map(allButOne)].join('|'), 'su'),
  // A digit in the next group of a UUID.
  new RegExp(alone([7, 3, 3, 3, 11].map((least) => `${HEX}{${least},${least + 2}}`).join(GAP[0]))),
  // The first or the last group missing. Without a letter it may be dates and numbers.
  new RegExp(`(?=[\\d-]{0,22}[a-fA-F])${alone(`(?:${HEX}{4}-){3}${HEX}{12}|${HEX}{8}(?:-${HEX}{4}){3}`)}`),
  // No dashes; v0 in lower or upper case; v1 cut short.
  /(?<![0-9a-f])[0-9a-f]{31,33}(?![0-9a-f])|\bqm[0-9a-z]{44}\b|\bbaf[kryz]/i,
]

function allButOne(parts: readonly Part[]): string {
  return parts
    .map((_, spoilt) =>
      parts.map(([pattern, length], at) => (at === spoilt ? `.{0,${length + 1}}` : pattern)).join(''),
    )
    .join('|')
}

/** The pin IDs in a text, wherever they stand. */
export function pinIdsWithin(text: string): readonly string[] {
  return text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? []
}

/** The CIDs in a text, between characters that no usual base has. A short word may be a CID by chance. */
export function cidsWithin(text: string, canonicalCid: CanonicalCid): readonly string[] {
  return text.split(/[^0-9A-Za-z]+/).filter((piece) => piece.length > 20 && canonicalCid(piece) !== null)
}
