import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parseBoolean, parseInteger } from '../../../src/inputs/words.ts'

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
