import { expect, test } from '@jest/globals'
import { count, formatAge, formatDate, formatDuration, formatSize, quoted, quoteSome } from '../../src/format.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.each([
  [formatSize, [0, 1, 1023], ['0 bytes', '1 byte', '1023 bytes']],
  [formatSize, [1024, 2_883_584, 1024 ** 3], ['1.00 KiB', '2.75 MiB', '1.00 GiB']],
  // 1024.00 of a unit that has a larger one would be wrong.
  [formatSize, [1024 ** 2 - 6, 1024 ** 2 - 5], ['1023.99 KiB', '1.00 MiB']],
  [formatSize, [Number.MAX_SAFE_INTEGER, 2n ** 80n], ['8.00 PiB', '1048576.00 EiB']],
  [formatDuration, [0, 230, 59_949], ['0.0 s', '0.2 s', '59.9 s']],
  [formatDuration, [59_950, 125_000, HOUR - 501], ['1 min', '2 min 5 s', '59 min 59 s']],
  [formatDuration, [HOUR - 500, HOUR + 3 * MINUTE, 25 * HOUR], ['1 h', '1 h 3 min', '25 h']],
  [formatAge, [-MINUTE, MINUTE - 1, MINUTE], ['0 minutes', '0 minutes', '1 minute']],
  [formatAge, [2 * HOUR - 1, 2 * HOUR, 48 * HOUR - 1], ['119 minutes', '2 hours', '47 hours']],
  [formatAge, [48 * HOUR, 24_000 * HOUR], ['2 days', '1000 days']],
  [
    quoted,
    ['main é👍', 'a\u00a0c\t', '\u007f', '\u200b'],
    ['"main é👍"', '"a\u00a0c\t" (with U+00A0)', '"\u007f" (with U+007F)', '"\u200b" (with U+200B)'],
  ],
  [quoted, ['\u{e0001}'], ['"\u{e0001}" (with U+E0001)']],
  [formatDate, [Date.UTC(2026, 9, 26, 20, 51, 59, 999)], ['2026-10-26 20:51 UTC']],
])('%p writes %j as %j', (format: (value: never) => string, values, texts) =>
  expect(values.map((value) => format(value as never))).toEqual(texts),
)

test('one pin is a pin, and all else are pins', () =>
  expect([0, 1, 2].map((number) => count(number, 'pin'))).toEqual(['0 pins', '1 pin', '2 pins']))

test('of many texts five are quoted, and the others are counted', () => {
  const five = '"a", "b", "c", "d", "e"'
  expect(quoteSome('abcde'.split(''))).toBe(five)
  expect(quoteSome('abcdefg'.split(''))).toBe(`${five} and 2 more`)
  expect([quoteSome([]), quoteSome(['a'], (text) => `<${text}>`)]).toEqual(['', '<a>'])
})
