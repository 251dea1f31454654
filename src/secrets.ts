/** What stands where a key stood. */
export const REMOVED = '***'
/** A shorter text would be found inside ordinary words; the inputs refuse such keys. */
const SHORTEST = 8

/** A key that looks like escapes is shorter when they are resolved. Then it is better to take out too much. */
const SHORTEST_RESOLVED = 4

/** A longer text with a key goes whole: thousands of keys, taken out one by one, take too long. */
const LONGEST_CUT = 64 * 1024

/** Takes keys out of texts; made once for a run and handed on. */
export interface Redactor {
  /**
   * The text with `***` where a key stood, in any of its spellings; only `***` if the text is longer than 64 Ki characters. Takes time
   * in proportion to the text.
   */
  redact(this: void, text: string): string
  /** Does the text hold a key, in any of its spellings? */
  holdsKey(this: void, text: string): boolean
  /** Does the JSON text hold a key, in any of its spellings? Each text in it is read as well, with JSON's own escapes resolved. */
  jsonHoldsKey(this: void, json: string): boolean
}

/**
 * Finds keys in the spellings that programs produce by accident, in any letter case: as they are; percent-, JSON-, HTML- or
 * XML-escaped, whole or in part; in base64 at every alignment and in its URL form; in hex; with line ends, control or invisible
 * characters in between. Each search looks for a fixed text in one reading of the text.
 *
 * @param secrets shorter ones than 8 characters are ignored.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const long = secrets.filter((secret) => secret.length >= SHORTEST)
  // HTML forms write a blank as `+`.
  const keys = unique(long.flatMap((secret) => [secret, secret.replaceAll(' ', '+')]).map(lowerCase))
  const encoded = unique(long.flatMap(base64Cores).map(lowerCase)).map((core) => needle(core))
  const hexes = long.map((secret) => needle(Buffer.from(secret).toString('hex')))
  const plain = [...keys.map((key) => needle(key)), ...encoded]
  const prepare = (escape: Escape) => {
    const alike = keys.filter((key) => key.includes(String.fromCharCode(escape.mark)))
    return {
      once: [...plain, ...keys.flatMap((key) => swallowed(key, escape))],
      // A program may leave what looks like an escape in a key as it is. Then reading it once reads a part of it as escaped.
      twice: unique(
        alike.flatMap((key) => [key, resolve(resolve(read(key), escape), escape).text]),
        SHORTEST_RESOLVED,
      ).map((key) => needle(key)),
    }
  }
  /** Most runs meet no escape, and start sooner without these. */
  const prepared = new Map<Escape, ReturnType<typeof prepare>>()

  function* find(reading: Reading): Generator<Range> {
    if (reading.text.length < SHORTEST || keys.length === 0) return
    for (const each of plain) yield* search(reading, each)
    // Bytes in hex may have blanks or colons between them.
    const joined = reading.text.replace(/[ :]+/g, '')
    if (hexes.some(({ text: hex }) => joined.includes(hex))) {
      const together = SEPARATORS.reduce(reread, reading)
      for (const each of hexes) yield* search(together, each)
    }
    for (const escape of ESCAPES) {
      const resolved = resolve(reading, escape)
      if (resolved === reading) continue
      const { once, twice } = prepared.get(escape) ?? prepare(escape)
      prepared.set(escape, { once, twice })
      for (const each of once) yield* search(resolved, each)
      if (twice.length === 0) continue
      const again = resolve(resolved, escape)
      for (const each of twice) yield* search(again, each)
    }
  }
  const isIn = (reading: Reading) => find(reading).next().done === false

  // A mark is no part of an escape, of hex or of base64, so it completes a key only where a key holds asterisks.
  const starred = keys.some((key) => key.includes('*'))
  const holdsKey = (text: string) => isIn(read(text))
  const jsonHoldsKey = (json: string) => {
    const asItIs = read(json)
    const texts = resolve(asItIs, JSON_ESCAPE)
    return isIn(asItIs) || (texts !== asItIs && isIn(texts))
  }
  const redact = (text: string) => {
    if (text.length > LONGEST_CUT) return holdsKey(text) ? REMOVED : text
    const ranges = [...find(read(text))]
    if (ranges.length === 0) return text
    const left = replaceRanges(text, ranges)
    return starred && holdsKey(left) ? REMOVED : left
  }
  return { redact, holdsKey, jsonHoldsKey }
}

type Range = readonly [start: number, end: number]

/** A text in lower case, without what is hidden in it. A visible character that is not in ASCII is `OTHER`: no key has one. */
interface Reading {
  text: string
  /** What was read, and with which escapes resolved; `null` if each character is where it was. */
  source: { of: Reading; escape: Replacement | null } | null
}

/** What is read as another character. */
interface Replacement {
  mark: number
  /** The character that the escape at a place of a text stands for, and the length of the escape; 0 if there is no escape. */
  at(this: void, text: string, start: number): number
}

interface Escape extends Replacement {
  /** Finds one: most texts have none, and need no second reading. */
  any: RegExp
  /** What the end of an escape may be: the start of a key that stands right behind the rest of one is read as this. */
  tail: RegExp
}

/** One number, because millions of objects would take too long. */
const pack = (code: number, length: number) => (code < 0 ? 0 : (code << 4) | length)

const JSON_ESCAPE: Escape = {
  mark: 0x5c,
  any: /\\(?:["'/\\bfnrt]|u[0-9a-f]{4}|x[0-9a-f]{2})/,
  at(text, start) {
    const next = text.charCodeAt(start + 1)
    if (next === 0x75) return pack(hexAt(text, start + 2, 4), 6)
    if (next === 0x78) return pack(hexAt(text, start + 2, 2), 4)
    return pack(SINGLE[next] ?? -1, 2)
  },
  tail: /^(?:u?[0-9a-f]{1,4}|x[0-9a-f]{2}|["'/\\bfnrt])$/,
}

/** In texts that are in lower case. */
const ESCAPES: readonly Escape[] = [
  JSON_ESCAPE,
  {
    mark: 0x25,
    any: /%[0-9a-f]{2}/,
    at: (text, start) => pack(hexAt(text, start + 1, 2), 3),
    tail: /^[0-9a-f]{1,2}$/,
  },
  {
    mark: 0x26,
    any: /&(?:#[0-9]{1,8}|#x[0-9a-f]{1,8}|amp|lt|gt|quot|apos);/,
    at: referenceAt,
    tail: /^#?x?[0-9a-z]{0,8};$/,
  },
]

/** What a backslash makes of one character, by its code; a control character is hidden, whichever it is. */
const SINGLE = new Int8Array(256).fill(-1)
for (const character of `"'/\\`) SINGLE[character.charCodeAt(0)] = character.charCodeAt(0)
for (const character of 'bfnrt') SINGLE[character.charCodeAt(0)] = 0

const NAMED = [
  ['amp;', '&'],
  ['lt;', '<'],
  ['gt;', '>'],
  ['quot;', '"'],
  ['apos;', "'"],
] as const

function referenceAt(text: string, start: number): number {
  const next = text.charCodeAt(start + 1)
  if (next === 0x23) return numericAt(text, start)
  // Other first letters are the most common case by far.
  if (next !== 0x61 && next !== 0x67 && next !== 0x6c && next !== 0x71) return 0
  const found = NAMED.find(([name]) => text.startsWith(name, start + 1))
  return found === undefined ? 0 : pack(found[1].charCodeAt(0), found[0].length + 1)
}

function numericAt(text: string, start: number): number {
  const hex = text.charCodeAt(start + 2) === 0x78
  const from = start + (hex ? 3 : 2)
  let value = 0
  for (let at = from; at <= from + LONGEST_NUMBER; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x3b) return value <= 0x10ffff && at > from ? pack(value, at + 1 - start) : 0
    const digit = digitOf(code)
    if (digit === -1 || (digit > 9 && !hex)) return 0
    value = value * (hex ? 16 : 10) + digit
  }
  return 0
}

/** Digits of a character reference, zeros before it included. */
const LONGEST_NUMBER = 8

/** @returns -1 if there are not so many digits. */
function hexAt(text: string, start: number, digits: number): number {
  let value = 0
  for (let at = start; at < start + digits; at += 1) {
    const digit = digitOf(text.charCodeAt(at))
    if (digit === -1) return -1
    value = value * 16 + digit
  }
  return value
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1
}

/** Characters that take no room or turn the direction of a text, and line ends. */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2028\u2029]/u
const NOT_PLAIN = /[^\u0020-\u007e]/
/** What is known of each code point: 0 nothing, 1 it is shown, 2 it is hidden. */
const known = new Uint8Array(0x110000)

function isHidden(code: number): boolean {
  const is = known[code]
  if (is !== 0) return is === 2
  const hidden = HIDDEN.test(String.fromCodePoint(code))
  known[code] = hidden ? 2 : 1
  return hidden
}

function read(text: string): Reading {
  const source: Reading = { text, source: null }
  return NOT_PLAIN.test(text) ? reread(source, null) : { text: text.toLowerCase(), source: null }
}

/** Resolves escapes, once. @returns the same reading if it has none. */
function resolve(reading: Reading, escape: Escape): Reading {
  return escape.any.test(reading.text) ? reread(reading, escape) : reading
}

/** Read as control characters, which are hidden. */
const SEPARATORS = [0x20, 0x3a].map((mark): Replacement => ({ mark, at: () => pack(0, 1) }))

function reread(of: Reading, escape: Replacement | null): Reading {
  const bytes = Buffer.allocUnsafe(of.text.length)
  const length = decode(of.text, escape, bytes, null)
  return { text: bytes.toString('latin1', 0, length).toLowerCase(), source: { of, escape } }
}

/** U+00B7, a visible character of Latin-1. */
const OTHER = 0xb7

interface Places {
  starts: Uint32Array
  ends: Uint32Array
}

/** @returns how many characters it wrote. */
function decode(text: string, escape: Replacement | null, bytes: Uint8Array, places: Places | null): number {
  const mark = escape?.mark ?? -1
  let length = 0
  for (let at = 0; at < text.length;) {
    const start = at
    let code = text.charCodeAt(at)
    at += 1
    const packed = code === mark && escape !== null ? escape.at(text, start) : 0
    if (packed !== 0) {
      code = packed >> 4
      at = start + (packed & 15)
    } else if (code >= 0xd800) {
      code = text.codePointAt(start) ?? 0
      if (code > 0xffff) at += 1
    }
    if (code < 0x20 || code > 0x7e) {
      if (isHidden(code)) continue
      code = OTHER
    }
    bytes[length] = code
    if (places !== null) {
      places.starts[length] = start
      places.ends[length] = at
    }
    length += 1
  }
  return length
}

/** Where each character of a reading starts and ends in what was read. Few readings hold a key, so this is found out late. */
const placesOf = new WeakMap<Reading, Places>()

function placesIn(reading: Reading, { of, escape }: NonNullable<Reading['source']>): Places {
  let places = placesOf.get(reading)
  if (places === undefined) {
    const { length } = of.text
    places = { starts: new Uint32Array(length), ends: new Uint32Array(length) }
    decode(of.text, escape, new Uint8Array(length), places)
    placesOf.set(reading, places)
  }
  return places
}

function lowerCase(text: string): string {
  return read(text).text
}

/** @param before characters that stand right before the range in what was read. */
function inSource(reading: Reading, [start, end]: Range, before = 0): Range {
  if (reading.source === null) return [start, end]
  const { starts, ends } = placesIn(reading, reading.source)
  return inSource(reading.source.of, [(starts[start] ?? 0) - before, ends[end - 1] ?? 0])
}

interface Needle {
  text: string
  /** What follows the text when it goes on as it began, in its smallest period. */
  period: string
  /** What stands right before the text in the source of the reading. */
  before: string
}

function needle(text: string, before = ''): Needle {
  let period = 1
  while (!text.endsWith(text.slice(0, -period))) period += 1
  return { text, period: text.slice(-period), before }
}

/** A key whose start is read as the end of an escape, because the start of one stands before it. */
function swallowed(key: string, { tail }: Escape): Needle[] {
  return [1, 2, 3, 4, 5, 6, 7, 8]
    .filter((length) => length < key.length && tail.test(key.slice(0, length)))
    .map((length) => needle(key.slice(length), key.slice(0, length)))
}

/** Every match, overlapping ones too: of two keys that overlap both must go. A text that repeats is one match, not millions. */
function* search(reading: Reading, { text, period, before }: Needle): Iterable<Range> {
  let at = reading.text.indexOf(text)
  while (at !== -1) {
    let end = at + text.length
    while (reading.text.startsWith(period, end)) end += period.length
    if (before === '' || standsBefore(reading, at, before)) yield inSource(reading, [at, end], before.length)
    at = reading.text.indexOf(text, end - text.length + 1)
  }
}

function standsBefore(reading: Reading, at: number, text: string): boolean {
  if (reading.source === null) return false
  return reading.source.of.text.endsWith(text, placesIn(reading, reading.source).starts[at])
}

/** Ranges that touch or overlap leave one mark. */
function replaceRanges(text: string, ranges: readonly Range[]): string {
  const taken = new Uint8Array(text.length)
  for (const [start, end] of ranges) taken.fill(1, start, end)
  let cleaned = ''
  let from = 0
  for (let start = taken.indexOf(1); start !== -1; start = taken.indexOf(1, from)) {
    cleaned += text.slice(from, start) + REMOVED
    from = taken.indexOf(0, start)
    if (from === -1) return cleaned
  }
  return cleaned + text.slice(from)
}

const unique = (texts: string[], shortest = SHORTEST) =>
  [...new Set(texts)].filter((text) => text.length >= shortest)

/** Inside a longer base64 text the secret begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
