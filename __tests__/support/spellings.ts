import * as fc from 'fast-check'

const NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }
/** What PHP escapes too with ENT_HTML5, of what keys hold. */
const HTML_5: Readonly<Record<string, string>> = { ...NAMES, '+': 'plus', '/': 'sol', '=': 'equals', _: 'lowbar' }
const json = (text: string): string => JSON.stringify(text).slice(1, -1)
const unicode = (mark: string): string => String.raw`\u00${mark.charCodeAt(0).toString(16)}`
const base64 = (text: string, before = '', after = ''): string => Buffer.from(before + text + after).toString('base64')

/** The ways in which programs give a text by accident, as the contract lists them. */
export const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  'as a form writes it': (text) => new URLSearchParams({ k: text }).toString().slice(2),
  'as JSON': json,
  'as PHP writes JSON': (text) => json(text).replaceAll('/', String.raw`\/`),
  'as Go writes JSON': (text) => json(text).replace(/[<>&]/g, unicode),
  'as .NET writes JSON': (text) => text.replace(/["&'+<>\\`]/g, unicode),
  'as HTML': (text) => text.replace(/[&<>"']/g, (mark) => `&${NAMES[mark]};`),
  'as Mustache writes HTML': (text) =>
    text.replace(/[&<>"'/`=]/g, (mark) => `&${NAMES[mark] ?? `#x${mark.charCodeAt(0).toString(16).toUpperCase()}`};`),
  'as PHP writes HTML': (text) => text.replace(/[&<>"'+/=_]/g, (mark) => `&${HTML_5[mark]};`),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in upper-case hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in base64': (text) => base64(text),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64 behind one character': (text) => base64(text, 'u', ';x'),
  'in base64 behind two characters': (text) => base64(text, 'k:'),
}

/** A key in one of the spellings, in any letter case. */
export const spelt = (key: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...Object.values(SPELLINGS)), fc.constantFrom('as it is', 'in upper case', 'in lower case'))
    .map(([spell, letters]) => SPELLINGS[letters]?.(spell(key)) ?? '')

/**
 * Is a key in a text, in one of the spellings? Written apart from what it tests: each kind of escape is resolved once in the whole
 * text.
 */
export function isIn(text: string, key: string): boolean {
  const code = (digits: string, radix = 16): string => String.fromCodePoint(Number.parseInt(digits, radix))
  const marks = new Map(Object.entries(HTML_5).map(([mark, name]) => [name, mark]))
  const percent = /%([0-9a-f]{2})/gi
  const readings = [
    text,
    text.replace(percent, (_, digits: string) => code(digits)),
    text.replaceAll('+', ' ').replace(percent, (_, digits: string) => code(digits)),
    text.replace(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, digits: string, mark?: string) => mark ?? code(digits)),
    text.replace(
      /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(amp|lt|gt|quot|plus|sol|equals|lowbar));/gi,
      (_, decimal?: string, digits?: string, name = '') =>
        marks.get(String(name).toLowerCase()) ?? (decimal === undefined ? code(digits ?? '') : code(decimal, 10)),
    ),
  ].map((reading) => reading.toLowerCase())
  const bytes = Buffer.from(key)
  // Of each group of three bytes that lies whole within the key, at each of the places where a group may start.
  const groups = [0, 1, 2].map((from) =>
    bytes.subarray(from, bytes.length - ((bytes.length - from) % 3)).toString('base64'),
  )
  const base = text.replaceAll('-', '+').replaceAll('_', '/')
  return (
    [key.toLowerCase(), bytes.toString('hex')].some((form) => readings.some((reading) => reading.includes(form))) ||
    groups.some((group) => base.includes(group))
  )
}

/** A key as the service makes it: 32 bytes in base64. */
export const serviceKey: fc.Arbitrary<string> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))

/** Keys of which some spelling looks like something else. */
export const NASTY_KEYS = [
  ['abcd efgh ijkl', 'ab::cdefgh', 'abcd##[efgh', 'abc"defghi', '\\'.repeat(32), 'ends-in-backslash\\'],
  ['%41%42%43%44', '&amp;&lt;&gt;&quot;', '&amp;x&y<zzzz', '&#38;&#38;&#38;', String.raw`\u0041\u0042xyz`],
  [String.raw`C:\new\table"x"`, '1234567890', 'aaaaaaaa', 'abababababab', 'ab***cdef', 'b64+/text==', 'r>abcdefg'],
].flat()

const PIECES = ['%\\&;#:"<>+/=*[] 4aFux'.split(''), '%41', String.raw`\u0041`, '&amp;', '&#65;', '::'].flat()
const piece = fc.oneof(fc.string({ unit: 'grapheme-ascii', maxLength: 6 }), fc.constantFrom(...PIECES))

/** Any key that the inputs accept, as they leave it: no blanks at its ends. Many look like escapes in part. */
export const anyKey: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...NASTY_KEYS),
    fc.array(piece, { maxLength: 24 }).map((parts) => parts.join('').slice(0, 64)),
  )
  .filter((key) => key.trim() === key && key.length >= 8)
