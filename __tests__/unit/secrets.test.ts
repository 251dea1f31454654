import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createRedactor } from '../../src/secrets.ts'
import { growth } from '../support/growth.ts'
import { anyKey, isIn, NASTY_KEYS, serviceKey, SPELLINGS, spelt } from '../support/spellings.ts'

const SERVICE_KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json())

test.each([
  ['of the service’s form', serviceKey],
  ['of any form', anyKey],
])('a key %s is removed from any text, in any spelling', (_, keys) => {
  const inText = keys.chain((key) => fc.tuple(fc.constant(key), text, spelt(key), text))
  fc.assert(
    fc.property(inText, ([key, before, spelling, after]) => {
      const { redact, holdsKey } = createRedactor([key])
      const whole = `${before} ${spelling} ${after}`
      expect([holdsKey(whole), holdsKey(redact(whole)), isIn(redact(whole), key)]).toEqual([true, false, false])
    }),
    { numRuns: 500 },
  )
})

describe.each([SERVICE_KEY, ...NASTY_KEYS])('the key %s goes', (key) => {
  test.each(Object.entries(SPELLINGS))('%s, and what stands beside it stays', (_, spell) => {
    const cleaned = createRedactor([key]).redact(`key: ${spell(key)} (bad)`)
    expect(cleaned).toMatch(/^key: \S{0,4}\*\*\*[\s\S]{0,6} \(bad\)$/)
  })
})

test.each([
  ['+swsb3M8Jk/nHn=', '&#43;swsb3M8Jk/nHn='],
  ['abc"defghi', 'abc&#34;defghi'],
])('the key %s goes as Go writes HTML: %s', (key, spelling) =>
  expect(createRedactor([key]).redact(`bad ${spelling}`)).toBe('bad ***'),
)

test('both keys go each time, the longer one as a whole, and nothing that is shorter than eight characters', () => {
  const { redact, holdsKey } = createRedactor(['abcdefgh', 'abcdefghijkl', 'mnopqrst', '1234567', ''])
  expect(redact('<abcdefghijkl> <abcdefghi> İ <MNOPQRST> <abcdefghmnopqrst>')).toBe('<***> <***i> İ <***> <******>')
  expect(['abcdefgh', 'abcdefg', 'abcüdefgh', '1234567'].map(holdsKey)).toEqual([true, false, false, false])
  const none = createRedactor(['1234567'])
  expect([none.redact('1234567'), none.holdsKey('1234567')]).toEqual(['1234567', false])
})

test('base64 goes to its last character, in both of its alphabets', () =>
  expect(createRedactor(['>>>???>>>']).redact('Pj4+Pz8/Pj4+ Pj4-Pz8_Pj4-')).toBe('*** ***'))

test('a text goes as a whole if the *** of one key completes another', () =>
  expect(createRedactor(['ab***cdef']).redact('x abab***cdefcdef')).toBe('***'))

test('time grows in proportion to the length of a text', () => {
  const { redact } = createRedactor([SERVICE_KEY, 'aaaaaaaa'])
  for (const piece of ['%', '&amp;', 'aa', SERVICE_KEY.slice(0, 22), SERVICE_KEY.slice(1), '&#0', '\\'])
    expect(growth(20_000, (size) => redact(piece.repeat(Math.ceil(size / piece.length))))).toBeLessThan(30)
})
