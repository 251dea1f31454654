/** What is read as another character. */
export interface Replacement {
  /** The code of the character that it begins with. */
  mark: number
  /** The character that stands for the one at this place of a text in lower case, see `packed`; 0 if nothing is to be replaced. */
  at(this: void, text: string, start: number): number
}

/** One way in which programs escape characters. */
export interface Escape extends Replacement {
  /** Finds one: most texts have none, and need no second reading. */
  any: RegExp
  /** What the end of an escape may be. */
  tail: RegExp
}

/**
 * A character's code and the length of what it replaces, in one number: millions of objects would take too long.
 *
 * @param code -1 where nothing is to be replaced.
 */
const packed = (code: number, length: number) => (code < 0 ? 0 : (code << 4) | length)

export const codeIn = (replaced: number): number => replaced >> 4
export const lengthIn = (replaced: number): number => replaced & 15

/** `\"`, `\n`, `\u002b`, and `\x2b` as JavaScript has it. */
export const JSON_ESCAPE: Escape = {
  mark: 0x5c,
  any: /\\(?:["'/\\bfnrt]|u[0-9a-f]{4}|x[0-9a-f]{2})/,
  at(text, start) {
    const next = text.charCodeAt(start + 1)
    if (next === 0x75) return packed(hexAt(text, start + 2, 4), 6)
    if (next === 0x78) return packed(hexAt(text, start + 2, 2), 4)
    return packed(SINGLE[next] ?? -1, 2)
  },
  tail: /^(?:u?[0-9a-f]{1,4}|x[0-9a-f]{2}|["'/\\bfnrt])$/,
}

/** The escapes of JSON, URLs, and HTML or XML. */
export const ESCAPES: readonly Escape[] = [
  JSON_ESCAPE,
  {
    mark: 0x25,
    any: /%[0-9a-f]{2}/,
    at: (text, start) => packed(hexAt(text, start + 1, 2), 3),
    tail: /^[0-9a-f]{1,2}$/,
  },
  {
    mark: 0x26,
    any: /&(?:#[0-9]{1,8}|#x[0-9a-f]{1,8}|amp|lt|gt|quot|apos);/,
    at: referenceAt,
    tail: /^#?x?[0-9a-z]{0,8};$/,
  },
]

/** What a backslash makes of one character, by its code; 0 for any control character. */
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
  return found === undefined ? 0 : packed(found[1].charCodeAt(0), found[0].length + 1)
}

function numericAt(text: string, start: number): number {
  const hex = text.charCodeAt(start + 2) === 0x78
  const from = start + (hex ? 3 : 2)
  let value = 0
  for (let at = from; at <= from + LONGEST_NUMBER; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x3b) return value <= 0x10ffff && at > from ? packed(value, at + 1 - start) : 0
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
