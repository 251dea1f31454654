import * as fc from 'fast-check'

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0')
const each = (spell: (character: string) => string) => (text: string) => text.split('').map(spell).join('')
const NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

/** The ways in which servers and encoders commonly spell a text of printable ASCII. */
export const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'percent-encoded where needed': encodeURIComponent,
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'percent-encoded throughout': each((character) => `%${hex(character)}`),
  'percent-encoded twice throughout': each((character) => `%25${hex(character).toUpperCase()}`),
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'as JSON within JSON': (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  'as PHP writes JSON': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', String.raw`\/`),
  'as Go writes JSON': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[<>&]/g, (mark) => String.raw`\u00` + hex(mark)),
  'in JSON escapes throughout': each((character) => String.raw`\u00` + hex(character)),
  'in JavaScript escapes throughout': each((character) => String.raw`\x` + hex(character)),
  'in decimal references': each((character) => `&#${character.charCodeAt(0)};`),
  'in hexadecimal references': each((character) => `&#x${hex(character).toUpperCase()};`),
  'with named references': each((character) => (character in NAMES ? `&${NAMES[character]};` : character)),
  'with named references twice': each((character) =>
    character in NAMES ? `&amp;${NAMES[character]};` : character,
  ),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in upper-case hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64 behind a name': (text) => Buffer.from(`k:${text}`).toString('base64'),
  'in base64 behind and before others': (text) => Buffer.from(`u${text};x`).toString('base64'),
  'with soft hyphens': each((character) => `${character}\u00ad`),
  'with zero-width spaces': each((character) => `${character}\u200b`),
  'broken by line ends': (text) => text.replace(/.{3}/g, '$&\r\n'),
}

/** A key as the service hands it out: 32 bytes in base64. */
export const serviceKey: fc.Arbitrary<string> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))

/** Any key that the inputs accept, as they leave it: no blanks at its ends. */
export const anyKey: fc.Arbitrary<string> = fc
  .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 60 })
  .filter((key) => key.trim() === key)
