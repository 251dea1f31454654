import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createRedactor } from '../../src/secrets.ts'
import { growth } from '../support/growth.ts'
import { anyKey, isIn, NASTY_KEYS, serviceKey, SPELLINGS, spelt } from '../support/spellings.ts'

const SERVICE_KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json())
const inText = (key: fc.Arbitrary<string>) =>
  key.chain((made) => fc.tuple(fc.constant(made), text, spelt(made), text))

test.each([
  ['of the service’s form', serviceKey],
  ['of any form', anyKey],
])('a key %s is removed from any text, in any spelling', (_, keys) =>
  fc.assert(
    fc.property(inText(keys), ([key, before, spelling, after]) => {
      const { redact, holdsKey } = createRedactor([key])
      const whole = `${before} ${spelling} ${after}`
      expect(holdsKey(whole)).toBe(true)
      expect(isIn(redact(whole), key)).toBe(false)
      expect(holdsKey(redact(whole))).toBe(false)
    }),
    { numRuns: 500 },
  ),
)

describe.each([
  ...[SERVICE_KEY, ...NASTY_KEYS].map((key) => [key, key] as const),
  ['of 4 KiB', Buffer.alloc(3072, '?>a>~').toString('base64')] as const,
])('the key %s goes', (_, key) => {
  const { redact } = createRedactor([key])
  test.each(Object.entries(SPELLINGS))('%s, and what stands beside it stays', (_, spell) =>
    expect(redact(`key: ${spell(key)} (bad)`)).toMatch(/^key: \S{0,4}\*\*\*[\s\S]{0,6} \(bad\)$/),
  )
})

test.each([
  ['%', '41ab+wsb3M8Jk'],
  ['%4', '1ab2+wsb3M8Jk'],
  ['\\', 'u0041sb3M8Jk+'],
  ['\\x', '41b2+wsb3M8Jk'],
  ['\\', 'nab2+wsb3M8Jk'],
  ['&#', '65;swsb3M8Jk+'],
  ['&', 'amp;wsb3M8Jk'],
])('right behind %s, the start of an escape, the key %s goes as it is and escaped in part', (before, key) => {
  const { redact } = createRedactor([key])
  for (const [mark, escape] of [
    ['%', '%2B'],
    ['\\', '\\u002b'],
    ['&', '&#43;'],
  ] as const) {
    expect(redact(`wrong: ${before}${key}.`)).toBe(`wrong: ${before}***.`)
    if (before.startsWith(mark)) {
      const spelling = key.slice(0, -1) + escape
      expect(createRedactor([`${key.slice(0, -1)}+`]).redact(`wrong: ${before}${spelling}.`)).toBe(
        `wrong: ${before}***.`,
      )
    }
  }
})

test('a text without a key stays as it is', () =>
  fc.assert(
    fc.property(serviceKey, serviceKey, text, (api, secret, text) =>
      expect(createRedactor([api, secret]).redact(text)).toBe(text),
    ),
  ))

test('both keys are removed everywhere, even if they touch, overlap or contain each other', () => {
  const { redact } = createRedactor(['abcdefgh', 'efghijkl'])
  expect(redact('<abcdefgh> <efghijkl> <ABCDEFGH>')).toBe('<***> <***> <***>')
  expect(redact('abcdefghijkl')).toBe('***')
  expect(redact('<abcdefghefghijkl>')).toBe('<***>')
  expect(createRedactor(['abcdefgh', 'abcdefghijkl']).redact('<abcdefghijkl> <abcdefghi>')).toBe(
    '<***> <***i>',
  )
})

test('a key that overlaps itself is removed completely', () => {
  expect(createRedactor(['aaaaaaaa']).redact('x aaaaaaaaaaa y')).toBe('x *** y')
  expect(createRedactor(['aabaabaa']).redact('x aabaabaabaabaa y')).toBe('x *** y')
  expect(createRedactor(['abcdXabcd']).redact('x abcdXabcdXabcdYabcd y')).toBe('x ***Yabcd y')
})

test.each([
  ['behind a backslash, with its start escaped', 'C:\\keys\\\\u002bswsb3M8Jk'],
  ['escaped twice for a URL', '%252Bswsb3M8Jk'],
  ['escaped twice in JSON', '\\\\u002bswsb3M8Jk'],
  ['escaped twice for HTML', '&amp;#43;swsb3M8Jk'],
])('a key goes %s', (_, text) =>
  expect(createRedactor(['+swsb3M8Jk']).redact(`bad ${text}`)).toMatch(/^bad \S{0,8}\*\*\*$/),
)

test.each([
  ['a part of it', 'abcdefg'],
  ['it with a letter of another alphabet inside, beside an escape', 'abcüdefgh %41'],
])('what is not the key stays: %s', (_, text) => expect(createRedactor(['abcdefgh']).redact(text)).toBe(text))

test('a key shorter than eight characters is not removed, because ordinary words may contain it', () =>
  expect(createRedactor(['', 'a', '1234567']).redact('a 1234567')).toBe('a 1234567'))

test('letters whose lower case is longer do not shift what is taken out', () =>
  expect(createRedactor(['abcdefgh']).redact('İİİ ABCDEFGH İ')).toBe('İİİ *** İ'))

test('a key that the *** of another one completes is removed as well', () =>
  expect(createRedactor(['ab***cdef']).redact('abab***cdefcdef')).toBe('***'))

test('a very long text that contains a key becomes ***', () => {
  const { redact } = createRedactor(['abcdefgh'])
  expect(redact('abcdefgh '.padEnd(64 * 1024, '-'))).toMatch(/^\*\*\* -/)
  expect(redact('abcdefgh '.padEnd(64 * 1024 + 1, '-'))).toBe('***')
  expect(redact('-'.repeat(100_000))).toBe('-'.repeat(100_000))
})

const LONG_TEXTS = {
  ampersands: '&',
  'percent signs': '%',
  backslashes: '\\',
  references: '&amp;',
  'percent escapes': '%25',
  'zero-width spaces': '\u200b',
  'the key itself': SERVICE_KEY,
  'the first half of the key': SERVICE_KEY.slice(0, 22),
  'the key but for its first character': SERVICE_KEY.slice(1),
  'a period of the other key': 'aa',
  'a mixture': '+%73\u00adw&amp;\\u0041ü',
}
test.each(Object.entries(LONG_TEXTS))('time grows in proportion to a text of %s', (_, piece) => {
  const { redact } = createRedactor([SERVICE_KEY, 'aaaaaaaa'])
  expect(growth(200_000, (size) => redact(piece.repeat(Math.ceil(size / piece.length))))).toBeLessThan(30)
})
