import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { count, formatAge, formatDuration, formatSize } from '../../src/format.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1.00 KiB'],
  [2_883_584, '2.75 MiB'],
  [1024 ** 2 - 1, '1.00 MiB'],
  [1024 ** 3, '1.00 GiB'],
  [Number.MAX_SAFE_INTEGER, '8.00 PiB'],
  [2n ** 80n, '1048576.00 EiB'],
])('%p bytes read %s', (bytes, text) => expect(formatSize(bytes)).toBe(text))

test('a size never reads 1024 of a unit that has a larger one', () =>
  fc.assert(
    fc.property(fc.maxSafeNat(), (bytes) => expect(Number.parseFloat(formatSize(bytes))).toBeLessThan(1024)),
  ))

test.each([
  [0, '0.0 s'],
  [230, '0.2 s'],
  [12_500, '12.5 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min'],
  [125_000, '2 min 5 s'],
  [3_599_600, '1 h'],
  [3_780_000, '1 h 3 min'],
])('%i ms read %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

test.each([
  [-60_000, '0 minutes'],
  [59_999, '0 minutes'],
  [60_000, '1 minute'],
  [119 * 60_000, '119 minutes'],
  [120 * 60_000, '2 hours'],
  [48 * 3_600_000 - 1, '47 hours'],
  [48 * 3_600_000, '2 days'],
  [1000 * 86_400_000, '1000 days'],
])('an age of %i ms reads %s', (ms, text) => expect(formatAge(ms)).toBe(text))

test('one pin is a pin, and all else are pins', () =>
  expect([0, 1, 2].map((number) => count(number, 'pin'))).toEqual(['0 pins', '1 pin', '2 pins']))
