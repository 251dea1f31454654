import { codeIn, type Escape, lengthIn, type Replacement } from './escapes.ts'

/**
 * A text as a program may read it: in lower case, without what is hidden in it, and perhaps with escapes resolved. A visible character
 * that is not in ASCII is `OTHER`: no key has one.
 */
export interface Reading {
  text: string
  /** What was read, and with which escapes resolved; `null` if each character is where it was. */
  source: { of: Reading; escape: Replacement | null } | null
}

/** U+00B7, a visible character of Latin-1. */
const OTHER = 0xb7

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

/** Reads a text as it is. */
export function read(text: string): Reading {
  const source: Reading = { text, source: null }
  return NOT_PLAIN.test(text) ? reread(source, null) : { text: text.toLowerCase(), source: null }
}

/** Resolves escapes, once. @returns the same reading if it has none. */
export function resolve(reading: Reading, escape: Escape): Reading {
  return escape.any.test(reading.text) ? reread(reading, escape) : reading
}

/** Blanks and colons, which may stand between bytes in hex. They are read as control characters, and those are hidden. */
const SEPARATORS = [0x20, 0x3a].map((mark): Replacement => ({ mark, at: () => 1 }))

export function withoutSeparators(reading: Reading): Reading {
  return SEPARATORS.reduce(reread, reading)
}

function reread(of: Reading, escape: Replacement | null): Reading {
  const bytes = Buffer.allocUnsafe(of.text.length)
  const length = decode(of.text, escape, bytes, null)
  return { text: bytes.toString('latin1', 0, length).toLowerCase(), source: { of, escape } }
}

/** Where each character of a reading starts and ends in what was read. */
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
    const replaced = code === mark && escape !== null ? escape.at(text, start) : 0
    if (replaced !== 0) {
      code = codeIn(replaced)
      at = start + lengthIn(replaced)
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

/** Found out on demand: few readings hold a key. */
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

/** A part of a text, by the places of its characters. */
export type Range = readonly [start: number, end: number]

/**
 * Where a part of a reading stands in the text that was read first.
 *
 * @param before characters of its source that belong to it and stand right before it.
 */
export function inSource(reading: Reading, [start, end]: Range, before = 0): Range {
  if (reading.source === null) return [start, end]
  const { starts, ends } = placesIn(reading, reading.source)
  return inSource(reading.source.of, [(starts[start] ?? 0) - before, ends[end - 1] ?? 0])
}

/** Does a text stand in the source of a reading, right before what became its character `at`? */
export function standsBefore(reading: Reading, at: number, text: string): boolean {
  if (reading.source === null) return false
  return reading.source.of.text.endsWith(text, placesIn(reading, reading.source).starts[at])
}
