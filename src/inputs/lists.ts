import { quoteSome } from '../format.ts'
import { canonicalCid, parsePinId } from '../pin/ids.ts'
import { LONGEST_TEXT } from '../pin/record.ts'
import { ANY_PIN } from '../plan/match.ts'
import type { ProtectLine } from '../plan/protection.ts'
import { type Given, type Input, trim, UNSET } from './input.ts'

const MOST_PROTECT_LINES = 10_000
/** Does not show: control characters, zero-width characters, byte order marks, direction marks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
/** A text that shows nothing. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u
const UUID_WITHIN = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/i

/** The IDs of `pin-id`: in lower case, each once, in the order given. */
export const pinIds: Input<readonly string[] | null> = {
  allowed: 'pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas or line ends',
  leftOut: null,
  whyEmpty: `${UNSET} On Windows, an input of over 32,766 characters (885 IDs) arrives empty.`,
  parse: (given) => [...(readWords(given, parsePinId, adviseOnIds)?.keys() ?? [])],
}

function adviseOnIds(words: readonly string[]): string | undefined {
  if (words.some((word) => canonicalCid(word) !== null)) {
    return "A CID names content, not a pin. A pin ID is the `id` of the pin's record. To select by CID, use the input `cid`."
  }
  const within = words.some((word) => UUID_WITHIN.test(word))
  return within ? 'Write only the IDs: no quotes, brackets or semicolons.' : undefined
}

/** CIDs in any spelling: what was written, by its canonical spelling. */
export const cids: Input<ReadonlyMap<string, string> | null> = {
  allowed: 'CIDs, v0 or v1, in base58btc, base32 or base36, separated by white space, commas or line ends',
  leftOut: null,
  parse: (given) =>
    readWords(given, canonicalCid, (words) => {
      if (words.some((word) => UUID_WITHIN.test(word)))
        return 'A UUID is a pin ID. For pin IDs, use the input `pin-id`.'
      // The multibase letters of base16 and base64.
      return words.some((word) => /^[fFmuMU][\w+/=-]{40,}$/.test(word))
        ? 'If it is a CID in another base, convert it: `ipfs cid base32 CID`.'
        : 'Write only the CIDs, without quotes, brackets or `ipfs://`.'
    }),
}

/** Splits at white space and commas; a byte order mark does not split. @returns the first spelling of each word, by its parsed value. */
function readWords(
  { text, quote, refuse }: Given,
  parse: (word: string) => string | null,
  adviseOn: (rejected: readonly string[]) => string | undefined,
): Map<string, string> | null {
  const known = new Map<string, string>()
  const rejected = new Set<string>()
  for (const word of text.split(/(?:(?!\ufeff)\s|,)+/).filter((word) => word !== '')) {
    const value = parse(word)
    if (value === null) rejected.add(word)
    else if (!known.has(value)) known.set(value, word)
  }
  if (known.size + rejected.size === 0) return refuse('holds only separators', UNSET)
  if (rejected.size === 0) return known
  const words = [...rejected]
  const hidden = words.some((word) => word.search(INVISIBLE) !== -1)
  const what = `holds ${hidden ? 'an invisible character in ' : ''}${quoteSome(words, quote)}`
  return refuse(what, hidden ? 'Type it again, or copy it from the AIOZ Pin dashboard.' : adviseOn(words))
}

/** The pins that are never unpinned. An empty list protects nothing. */
export const protect: Input<readonly ProtectLine[]> = {
  allowed: 'pin IDs, CIDs or names, one a line',
  leftOut: [],
  parse(given) {
    const lines = eachLine(given, (line, refuse) => {
      // Names are compared loosely here, so white space of any kind around them does not count.
      const text = line.trim()
      if (BLANK.test(text)) return refuseEmpty(refuse, 'protects less')
      if (text === ANY_PIN) return refuse(`is \`${ANY_PIN}\``, 'To protect every pin, write `*`.')
      const visible = text.replace(INVISIBLE, '')
      if (visible !== text && (parsePinId(visible) ?? canonicalCid(visible)) !== null) {
        return refuse('holds an invisible character', 'Type the line again.')
      }
      return { id: parsePinId(text), cid: canonicalCid(text), text }
    })
    const most = `At most ${MOST_PROTECT_LINES} are allowed.`
    return lines.length > MOST_PROTECT_LINES ? given.refuse(`has ${lines.length} lines`, most) : lines
  },
}

/** `key=value` lines, split at the first `=`. */
export const keyvalues: Input<readonly (readonly [key: string, value: string])[]> = {
  allowed: 'one `key=value` on each line',
  leftOut: [],
  parse: (given) =>
    eachLine(given, (line, refuse) => {
      if (BLANK.test(line)) return refuseEmpty(refuse, 'matches more')
      const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map(trim) ?? []
      if (key !== '' && value !== '' && !/[<>!]$|:\s/.test(key)) return [key, value] as const
      const colon = /^[^=]*:/.test(line) ? 'Write `key=value`, with `=` in place of `:`.' : undefined
      return refuse(`is ${given.quote(line)}`, /[<>!]$/.test(key) ? 'Only `=` can be compared.' : colon)
    }),
}

/** Names with `*`, one a line; empty lines do not count. */
export const names: Input<readonly string[] | null> = {
  allowed: 'names, one a line, with `*` for any run of characters',
  leftOut: null,
  parse(given) {
    const unset = `Was the variable next to the \`*\` set? To select every pin, write \`${ANY_PIN}\`.`
    const all = eachLine(given, (line, refuse) =>
      line.includes('*') && BLANK.test(line.replaceAll('*', '')) ? refuse('is only `*`', unset) : line,
    )
    const lines = all.filter((line) => !BLANK.test(line))
    // A text that is not blank has lines that were refused already.
    if (lines.length === 0) return BLANK.test(given.text) ? given.refuse('is empty', UNSET) : null
    if (!lines.includes(ANY_PIN) || lines.length === 1) return [...new Set(lines)]
    const alone = `\`${ANY_PIN}\` selects every pin and must be the only line.`
    return given.refuse(`holds \`${ANY_PIN}\` and other lines`, alone)
  },
}

type Refuse = (what: string, advice?: string) => null

/** Reads every line, trimmed; those that are refused are left out. */
function eachLine<T>({ raw, refuse }: Given, parse: (line: string, refuse: Refuse) => T | null): T[] {
  // One line end at the very end is YAML's own.
  const lines = raw.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)
  return lines.flatMap((line, index) => {
    const refuseLine: Refuse = (what, advice) => refuse(what, advice, `line ${index + 1}`)
    const tooLong = `is longer than ${LONGEST_TEXT} characters`
    const value = line.length > LONGEST_TEXT ? refuseLine(tooLong) : parse(trim(line), refuseLine)
    return value === null ? [] : [value]
  })
}

/** An unset variable leaves its line empty. */
function refuseEmpty(refuse: Refuse, consequence: string): null {
  const advice = `Was the variable on this line set? Without it, the step ${consequence}. Remove the line if it is not needed.`
  return refuse('is empty', advice)
}
