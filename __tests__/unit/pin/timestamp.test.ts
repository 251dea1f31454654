import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { newestFirst, parseTimestamp, type Timestamp } from '../../../src/pin/timestamp.ts'

test.each([
  ['2023-06-07T04:16:39.641031Z', Date.UTC(2023, 5, 7, 4, 16, 39, 641), 641_031_000],
  ['2023-06-07T04:16:39Z', Date.UTC(2023, 5, 7, 4, 16, 39), 0],
  ['2023-06-07T04:16:39.6Z', Date.UTC(2023, 5, 7, 4, 16, 39, 600), 600_000_000],
  ['2023-06-07T04:16:39.641031999Z', Date.UTC(2023, 5, 7, 4, 16, 39, 641), 641_031_999],
  ['2023-06-07T06:16:39+02:00', Date.UTC(2023, 5, 7, 4, 16, 39), 0],
  ['2023-06-06T23:16:39.5-05:00', Date.UTC(2023, 5, 7, 4, 16, 39, 500), 500_000_000],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29), 0],
  ['2024-01-31T00:00:00Z', Date.UTC(2024, 0, 31), 0],
])('the date %s is read', (text, ms, nanos) => expect(parseTimestamp(text)).toEqual({ ms, nanos }))

const NO_DATES =
  '|yesterday|20230607T041639Z|2023-06-07|2023-06-07T04:16:39|2023-06-07 04:16:39Z| 2023-06-07T04:16:39Z|' +
  '2023-06-07T04:16:39Z\n|2023-13-07T04:16:39Z|2023-13-31T04:16:39Z|2024-02-30T04:16:39Z|2023-02-29T04:16:39Z|' +
  '2023-04-31T04:16:39Z|2023-06-00T04:16:39Z|2023-06-07T25:16:39Z|2023-06-07T04:16:39.1234567890Z'
const YEAR_ONE =
  '0001-01-01T00:00:00Z|0001-01-01T00:00:00.000000Z|0001-01-01T08:05:43+08:05|0000-12-31T19:03:58-04:56|1970-01-01T00:00:00Z'
const NO_TEXTS = [1_686_111_399_641, null, undefined, {}, ['2023-06-07T04:16:39Z']]

test.each<unknown>([...NO_DATES.split('|'), ...YEAR_ONE.split('|'), ...NO_TEXTS])(
  '%j is not a date',
  (value) => expect(parseTimestamp(value)).toBeNull(),
)

test('any two moments are ordered by their nanoseconds', () => {
  const moment = fc.record({
    second: fc.oneof(fc.constant(1_700_000_000), fc.integer({ min: 1, max: 2_000_000_000 })),
    nanos: fc.oneof(fc.nat(3), fc.nat(999_999_999)),
  })
  type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never
  const written = ({ second, nanos }: Moment): string =>
    `${new Date(second * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      const at = (moment: Moment): Timestamp => parseTimestamp(written(moment)) ?? { ms: NaN, nanos: NaN }
      const expected = Math.sign(b.second - a.second || b.nanos - a.nanos)
      expect(Math.sign(newestFirst(at(a), at(b)))).toBe(expected)
    }),
    { numRuns: 1000 },
  )
})
