import * as fc from 'fast-check'

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0')
const NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

/** Writes characters of a text as escapes: those that `must` be, and of the others those that `chosen` says. */
const inPart =
  (must: string, escape: (character: string, at: number) => string) =>
  (text: string, chosen: (at: number) => boolean): string =>
    text
      .split('')
      .map((character, at) => (must.includes(character) || chosen(at) ? escape(character, at) : character))
      .join('')

/** Each program that escapes characters also escapes the character that starts its escapes. */
const ESCAPED = {
  'percent-encoded': inPart('%', (character) => `%${hex(character)}`),
  'in JSON escapes': inPart('\\"', (character, at) =>
    '\\"/'.includes(character) && at % 2 === 0 ? `\\${character}` : String.raw`\u00` + hex(character),
  ),
  'in JavaScript escapes': inPart('\\', (character) => String.raw`\x` + hex(character)),
  'in decimal references': inPart('&', (character) => `&#${character.charCodeAt(0)};`),
  'in hexadecimal references': inPart('&', (character) => `&#x${hex(character).toUpperCase()};`),
  'with named references': inPart('&', (character) =>
    character in NAMES ? `&${NAMES[character]};` : character,
  ),
}

const all = (): boolean => true
const base64 = (text: string, before = '', after = ''): string =>
  Buffer.from(before + text + after).toString('base64')

/** The ways in which programs commonly spell a text of printable ASCII. */
export const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'percent-encoded where needed': encodeURIComponent,
  'as a form writes it': (text) => new URLSearchParams({ k: text }).toString().slice(2),
  'as a URL writes it': (text) => new URL(`https://example.org/?${text}`).href.slice(21),
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'as PHP writes JSON': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', String.raw`\/`),
  'as HTML that keeps what looks like a reference': (text) =>
    text.replace(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)|[<>"']/gi, (mark) => `&${NAMES[mark]};`),
  ...Object.fromEntries(
    Object.entries(ESCAPED).flatMap(([name, spell]) => [
      [`${name} throughout`, (text: string) => spell(text, all)],
      [`${name}, every other character`, (text: string) => spell(text, (at) => at % 2 === 0)],
    ]),
  ),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in upper-case hex with colons': (text) => text.split('').map(hex).join(':').toUpperCase(),
  'in hex with blanks': (text) => text.split('').map(hex).join(' '),
  'in base64': (text) => base64(text),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64 behind one character': (text) => base64(text, 'u', ';x'),
  'in base64 behind two characters': (text) => base64(text, 'k:'),
  'in base64 with line ends': (text) => base64(text).replace(/.{5}/g, '$&\r\n'),
  'with soft hyphens': (text) => text.split('').join('\u00ad'),
  'with zero-width spaces': (text) => text.split('').join('\u200b'),
  'with language tags': (text) => text.split('').join('\u{e0041}'),
  'broken by line ends': (text) => text.replace(/.{3}/g, '$&\r\n'),
}

/** A key in one of the spellings, with letters in any case and hidden characters anywhere. */
export function spelt(key: string): fc.Arbitrary<string> {
  const chosen = fc.array(fc.boolean(), { minLength: key.length, maxLength: key.length })
  const escaped = fc
    .tuple(fc.constantFrom(...Object.values(ESCAPED)), chosen)
    .map(([spell, which]) => spell(key, (at) => which[at] ?? false))
  const whole = fc.constantFrom(...Object.values(SPELLINGS)).map((spell) => spell(key))
  const hidden = fc.constantFrom('\u200b', '\u00ad', '\n', '\r\n', '\u2028', '\u0007', '\u{e0041}', '\ufe0f')
  const disguised = fc
    .tuple(
      fc.constantFrom(key, key.toUpperCase()),
      fc.array(fc.oneof(fc.constant(''), hidden), { minLength: key.length, maxLength: key.length }),
    )
    .map(([text, marks]) =>
      text
        .split('')
        .map((character, at) => character + marks[at])
        .join(''),
    )
  return fc.oneof(escaped, whole, disguised)
}

/**
 * Is a key in a text, in one of the spellings? Written apart from what it tests: each kind of escape is resolved once in the
 * whole text.
 */
export function isIn(text: string, key: string): boolean {
  const visible = text.replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2028\u2029]/gu, '')
  const code = (digits: string, radix: number): string => String.fromCodePoint(Number.parseInt(digits, radix))
  const byName = Object.fromEntries(Object.entries(NAMES).map(([mark, name]) => [name, mark]))
  const readings = [
    text,
    visible,
    visible.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => code(digits, 16)),
    visible.replace(
      /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["'\\/]))/gi,
      (_, four?: string, two?: string, mark?: string) => mark ?? code(four ?? two ?? '', 16),
    ),
    visible.replace(
      /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(amp|lt|gt|quot|apos));/gi,
      (_, decimal?: string, hexadecimal?: string, name = '') =>
        byName[String(name).toLowerCase()] ??
        (decimal === undefined ? code(hexadecimal ?? '', 16) : code(decimal, 10)),
    ),
  ].map((reading) => reading.toLowerCase())
  const bytes = Buffer.from(key)
  // Of each group of three bytes that lies whole within the key, at each of the places where a group may start.
  const groups = [0, 1, 2].map((from) =>
    bytes.subarray(from, bytes.length - ((bytes.length - from) % 3)).toString('base64'),
  )
  const base = visible.replaceAll('-', '+').replaceAll('_', '/')
  return (
    readings.some((reading) => reading.includes(key.toLowerCase())) ||
    groups.some((group) => base.includes(group)) ||
    visible.toLowerCase().replaceAll(/[ :]/g, '').includes(bytes.toString('hex'))
  )
}

/** A key as the service hands it out: 32 bytes in base64. */
export const serviceKey: fc.Arbitrary<string> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))

/** Keys of which some spelling looks like something else. */
export const NASTY_KEYS = [
  'abcd efgh ijkl',
  'ab::cdefgh',
  'abcd##[efgh',
  'abc"defghi',
  '\\'.repeat(32),
  '%41%42%43%44',
  '%41%42xyzabc/<>&',
  '&amp;&lt;&gt;&quot;',
  '&amp;x&y<zzzz',
  '\\u0041\\u0042xyz',
  'C:\\new\\table"x"',
  '1234567890',
  'aaaaaaaa',
  'abababababab',
  'ab***cdef',
  'ends-in-backslash\\',
  'b64+/text==',
  'r>abcdefg',
  '&#38;&#38;&#38;',
]

const piece = fc.constantFrom(
  ...'%\\&;#:"<>+/=*[] 4aFux'.split(''),
  '%41',
  '\\u0041',
  '\\n',
  '&amp;',
  '&#65;',
  '::',
)

/** Any key that the inputs accept, as they leave it: no blanks at its ends. Many look like escapes in part. */
export const anyKey: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...NASTY_KEYS),
    fc
      .array(fc.oneof({ weight: 2, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 6 }) }, piece), {
        maxLength: 24,
      })
      .map((parts) => parts.join('').slice(0, 64)),
  )
  .filter((key) => key.trim() === key && key.length >= 8)
