import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { adviseOnAge, parseAge, parseBoolean, parseInteger } from '../../../src/inputs/words.ts'

test('a whole number within its bounds is read', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), (number) =>
      expect(parseInteger(String(number), 1, 6000)).toBe(number),
    ),
  ))

test.each(['', '0', '6001', '-1', '+1', '1.0', '1e3', '0x10', ' 1', '1 ', '1_000', '9999999999', '١', 'NaN'])(
  '"%s" is not a whole number from 1 to 6000',
  (text) => expect(parseInteger(text, 1, 6000)).toBeNull(),
)

test('three spellings of true and of false are booleans, and no other text is', () => {
  const texts = 'true True TRUE false False FALSE'.split(' ')
  expect(texts.map(parseBoolean)).toEqual([true, true, true, false, false, false])
  const others = ['', '0', '1', 'yes', 'no', 'on', 'off', 'tRUE', 'true\n', 'xtrue', 'untrue', 'falsey']
  for (const text of others) expect(parseBoolean(text)).toBeNull()
})

test.each([
  ['90m', 90 * 60_000],
  ['12h', 12 * 3_600_000],
  ['30d', 30 * 86_400_000],
  ['8w', 8 * 604_800_000],
  ['999999w', 999_999 * 604_800_000],
])('%s is an age', (text, ms) => expect(parseAge(text)).toEqual({ ms, text }))

test.each([
  '',
  '30 d',
  '30d\n',
  ...'0d 030d -1d +1d 1.5d 1e3d 30 d 30D 30s 30y 1d12h 1000000d ٣d'.split(' '),
])('%j is not an age', (text) => expect(parseAge(text)).toBeNull())

test.each([
  ['30d', ['30 days', '30D', '30 d']],
  ['1d', ['1 day']],
  ['1w', ['1 week', '1weeks', '1W']],
  ['12h', ['12 hours', '12hr', '12H']],
  ['90m', ['90 minutes', '90 mins', '90 m']],
])('`%s` is advised instead of each of %j', (age, texts) => {
  for (const text of texts) expect(adviseOnAge(text)).toBe(`Write \`${age}\`.`)
})

test.each(['1 month', '3M', '1 year', '0 days', '1.5 days', 'a day', '30', '1d 12h'])(
  'instead of "%s", nothing is advised',
  (text) => expect(adviseOnAge(text)).toBeUndefined(),
)
