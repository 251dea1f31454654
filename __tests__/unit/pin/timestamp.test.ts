import { expect, test } from '@jest/globals'
import { newestFirst, parseEnd, parseTimestamp } from '../../../src/pin/timestamp.ts'

const NOON = Date.UTC(2023, 5, 7, 12)

test.each([
  ['2023-06-07T12:00:00.641031Z', NOON + 641, 641_031_000],
  ['2023-06-07t12:00:00.6z', NOON + 600, 600_000_000],
  ['2023-06-07T12:00:00.641031999Z', NOON + 641, 641_031_999],
  ['2023-06-07T14:00:00+02:00', NOON, 0],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29), 0],
  ['2024-01-31T00:00:00Z', Date.UTC(2024, 0, 31), 0],
])('%s is a date, and as the end of a pin it has passed at that moment', (text, ms, nanos) =>
  expect([parseTimestamp(text), parseEnd(` ${text}\n`)]).toEqual([{ ms, nanos }, ms]),
)

const NO_TIMES =
  '|yesterday|20230607T041639Z|2023-06-07T04:16:39|2023-06-07 04:16:39Z|2023-06-07T04:16Z|x2023-06-07T04:16:39Z|' +
  '2023-06-07T04:16:39Zx|2023-13-07T04:16:39Z|2023-13-31T04:16:39Z|2024-02-30T04:16:39Z|2023-02-29T04:16:39Z|' +
  '2023-04-31T04:16:39Z|2023-06-00T04:16:39Z|2023-06-07T25:16:39Z|2023-06-07T04:16:39.1234567890Z|2023-06-07T04:16:39.Z'
const NOT_SET = '0001-01-01T00:00:00Z|0001-01-01T08:05:43+08:05|0000-12-31T19:03:58-04:56|1970-01-01T00:00:00Z'
test.each([...NO_TIMES.split('|'), ...NOT_SET.split('|')])('%j is neither a date nor the end of a pin', (text) =>
  expect([parseTimestamp(text), parseEnd(text)]).toEqual([null, null]),
)

test.each<unknown>(['2023-06-07', ' 2023-06-07T12:00:00Z', NOON, null, undefined, {}, ['2023-06-07T12:00:00Z']])(
  '%j is not a date of a record',
  (value) => expect(parseTimestamp(value)).toBeNull(),
)

test('a day is the end of a pin that has passed when the day has ended in UTC', () => {
  const ends = ['2026-12-31', ' 2024-02-29 ', '1970-01-02'].map(parseEnd)
  expect(ends).toEqual([Date.UTC(2027, 0, 1), Date.UTC(2024, 2, 1), Date.UTC(1970, 0, 3)])
  const none = '2023-02-29 2026-13-01 2026-00-10 2026-12-31x x2026-12-31 1970-01-01 0001-01-01'.split(' ')
  expect(none.map(parseEnd)).toEqual(none.map(() => null))
})

test('moments are ordered by their nanoseconds, the newest first', () => {
  const seconds = '2023-06-07T12:00:01Z 2023-06-07T12:00:00.0000021Z 2023-06-07T12:00:00.000002Z 2023-06-07T12:00:00Z'
  const moments = seconds.split(' ').map((text) => parseTimestamp(text) ?? { ms: NaN, nanos: NaN })
  expect([...moments].reverse().sort(newestFirst)).toEqual(moments)
})
