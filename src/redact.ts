/** What stands where a key stood. */
const REMOVED = '***'
/** A shorter text would be found inside ordinary words; the inputs refuse such keys. */
const SHORTEST = 8

/**
 * Characters that take no room or turn the direction of a text: between two characters of a key they hide it from a search, not
 * from a reader. Whoever takes characters out of a text after its keys may take out these only, or a key could grow together.
 */
export const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
/** Escapes of escapes are followed this far; without a bound a run of them would be read anew from each of its places. */
const DEEPEST = 8
const BEYOND_ASCII = /[^\u0000-\u007f]/
/** Characters of a long text. */
const LONG = 64 * 1024
/** Without any of these a text can hold a key only as it is, in another case, or encoded as a whole. */
const DISGUISE = new RegExp(`[%&\\\\]|${UNSEEN.source}`)

/**
 * Makes the function that takes secrets out of texts, in every spelling that servers and encoders commonly give them: as they
 * are, in another case, escaped character by character, broken by invisible characters or line ends, in hex, in base64.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const long = secrets.filter((secret) => secret.length >= SHORTEST)
  const asTheyAre = long.map(lowerCase)
  const encoded = [...new Set(long.flatMap(encodings).map(lowerCase))]
  return (text) => {
    const lower = lowerCase(text)
    const disguised = DISGUISE.test(lower)
    const ranges = [
      ...asTheyAre.flatMap((needle) => (disguised ? findDisguised : findPlain)(lower, needle)),
      // Encoded and disguised at once is looked for in texts of a size that anybody would show.
      ...encoded.flatMap((needle) =>
        (disguised && text.length <= LONG ? findDisguised : findPlain)(lower, needle),
      ),
    ]
    return ranges.length === 0 ? text : replaceRanges(text, ranges)
  }
}

type Range = [start: number, end: number]

/** Every match, overlapping ones too: of two keys that overlap both must go. */
function findPlain(text: string, needle: string): Range[] {
  const ranges: Range[] = []
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1))
    ranges.push([at, at + needle.length])
  return ranges
}

/** The same, with every character of the needle in any spelling and anything unseen between them. */
function findDisguised(text: string, needle: string): Range[] {
  const ranges: Range[] = []
  for (let start = 0; start < text.length; start += 1) {
    // All places that the reading so far may have come to; a `%25` may be one character, or the beginning of another.
    let places = endsOf(text, start, needle.charAt(0))
    for (let index = 1; index < needle.length && places.length > 0; index += 1) {
      const character = needle.charAt(index)
      places = [...new Set(places.flatMap((place) => endsOf(text, pastUnseen(text, place), character)))]
    }
    if (places.length > 0) ranges.push([start, Math.max(...places)])
  }
  return ranges
}

const NAMES: Readonly<Record<string, string>> = {
  '&': 'amp;',
  '<': 'lt;',
  '>': 'gt;',
  '"': 'quot;',
  "'": 'apos;',
}

/**
 * Where one character ends that is spelt at a place of a text: as it is, behind backslashes, percent-encoded, in a JavaScript
 * escape, as a character reference; the latter escaped again as often as may be. Nowhere, if it is not spelt there.
 */
function endsOf(text: string, start: number, character: string): number[] {
  const ends = text.startsWith(character, start) ? [start + 1] : []
  const first = text[start]
  if (first !== '%' && first !== '\\' && first !== '&') return ends
  // The needle is in lower case; an escape spells one case or the other.
  const codes = [...new Set([character, character.toUpperCase()])].map((either) => either.charCodeAt(0))
  const hexes = codes.map((code) => code.toString(16).padStart(2, '0'))
  let at = start + 1
  const take = (spelling: string) => {
    if (text.startsWith(spelling, at)) ends.push(at + spelling.length)
  }
  if (first === '%') {
    hexes.forEach(take)
    for (let depth = 1; depth < DEEPEST && text.startsWith('25', at); depth += 1) {
      at += 2
      hexes.forEach(take)
    }
  } else if (first === '\\') {
    while (at < start + DEEPEST && text[at] === '\\') at += 1
    take(character)
    for (const hex of hexes) {
      take(`u00${hex}`)
      take(`x${hex}`)
    }
  } else {
    takeReference()
    for (let depth = 1; depth < DEEPEST && text.startsWith('amp;', at); depth += 1) {
      at += 4
      takeReference()
    }
  }
  return ends

  function takeReference(): void {
    const [, base, digits = ''] = /^#(x?)0*([0-9a-f]{2,3});/.exec(text.slice(at, at + 16)) ?? []
    if (base !== undefined && codes.includes(Number.parseInt(digits, base === 'x' ? 16 : 10))) {
      ends.push(text.indexOf(';', at) + 1)
    }
    const name = NAMES[character]
    if (name !== undefined) take(name)
  }
}

function pastUnseen(text: string, place: number): number {
  let at = place
  while (at < text.length && UNSEEN.test(text.charAt(at))) at += 1
  return at
}

function replaceRanges(text: string, ranges: Range[]): string {
  ranges.sort(([a], [b]) => a - b)
  let cleaned = ''
  let end = 0
  for (const [from, to] of ranges) {
    // Touching or overlapping matches leave one mark and nothing between them.
    if (from >= end) cleaned += text.slice(end, from) + REMOVED
    end = Math.max(end, to)
  }
  return cleaned + text.slice(end)
}

/** `toLowerCase` would change the length of some other alphabets' letters, so it is for texts without any. */
function lowerCase(text: string): string {
  return BEYOND_ASCII.test(text)
    ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    : text.toLowerCase()
}

/** A secret as a whole in hex, and in base64 at every alignment. */
function encodings(secret: string): string[] {
  return [Buffer.from(secret).toString('hex'), ...base64Cores(secret)]
}

/** Inside a longer base64 text the secret begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
