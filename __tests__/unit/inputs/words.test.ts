import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parseAge, parseBoolean, parseInteger } from '../../../src/inputs/words.ts'

test('a whole number within its bounds is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), (number) => {
      expect(parseInteger(String(number), 1, 6000)).toBe(number)
    }),
  )
})

test.each(['', '0', '6001', '-1', '+1', '1.0', '1e3', '0x10', ' 1', '1 ', '1_000', '9999999999', '١', 'NaN'])(
  '"%s" is no number from 1 to 6000',
  (text) => {
    expect(parseInteger(text, 1, 6000)).toBeNull()
  },
)

test.each([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])('%s is the boolean %p', (text, value) => {
  expect(parseBoolean(text)).toBe(value)
})

test('no other word is a boolean', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('', '0', '1', 'yes', 'no', 'on', 'off', 'tRUE', 'true\n', 'y')),
      (text) => {
        fc.pre(!['true', 'false'].includes(text.toLowerCase()))
        expect(parseBoolean(text)).toBeNull()
      },
    ),
  )
})

test.each([
  ['90m', 90 * 60_000],
  ['12h', 12 * 3_600_000],
  ['30d', 30 * 86_400_000],
  ['8w', 8 * 604_800_000],
  ['999999w', 999_999 * 604_800_000],
])('%s is an age', (text, ms) => {
  expect(parseAge(text)).toBe(ms)
})

test.each([
  '',
  '0d',
  '030d',
  '-1d',
  '+1d',
  '1.5d',
  '1e3d',
  '30',
  'd',
  '30 d',
  '30D',
  '30s',
  '30y',
  '1d12h',
  '1000000d',
  '30d\n',
  '٣d',
])('%j is no age', (text) => {
  expect(parseAge(text)).toBeNull()
})

test.each(['xtrue', 'truex', 'untrue', 'notfalse', 'falsey', 'tRUE', 'yes', '1', ''])(
  '"%s" is no boolean',
  (text) => {
    expect(parseBoolean(text)).toBeNull()
  },
)
