import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { newestFirst, type PinnedAt, pinnedAtOf } from '../../src/pinned-at.ts'

const at = (text: string): PinnedAt => {
  const read = pinnedAtOf(text)
  if (read === null) throw new Error(`${text} is no date`)
  return read
}

describe('`date_pinned` is read', () => {
  test.each([
    ['2023-06-07T04:16:39.641031Z', Date.UTC(2023, 5, 7, 4, 16, 39, 641)],
    ['2023-06-07T04:16:39Z', Date.UTC(2023, 5, 7, 4, 16, 39)],
    ['2023-06-07T04:16:39.6Z', Date.UTC(2023, 5, 7, 4, 16, 39, 600)],
    ['2023-06-07T04:16:39.641031999Z', Date.UTC(2023, 5, 7, 4, 16, 39, 641)],
    ['2023-06-07T06:16:39+02:00', Date.UTC(2023, 5, 7, 4, 16, 39)],
    ['2023-06-06T23:16:39.5-05:00', Date.UTC(2023, 5, 7, 4, 16, 39, 500)],
  ])('%s', (text, ms) => {
    expect(pinnedAtOf(text)?.ms).toBe(ms)
  })
})

describe('is no date', () => {
  test.each<unknown>([
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00.000000Z',
    '0001-01-01T08:05:43+08:05',
    '',
    'yesterday',
    '2023-06-07',
    '2023-06-07T04:16:39',
    '2023-06-07 04:16:39Z',
    '2023-13-07T04:16:39Z',
    '2023-06-07T25:16:39Z',
    '2023-06-07T04:16:39.1234567890Z',
    ' 2023-06-07T04:16:39Z',
    '2023-06-07T04:16:39Z\n',
    '20230607T041639Z',
    1_686_111_399_641,
    null,
    undefined,
    {},
    ['2023-06-07T04:16:39Z'],
  ])('%j', (value) => {
    expect(pinnedAtOf(value)).toBeNull()
  })

  test('Go’s zero time, in whatever zone it is written', () => {
    expect(pinnedAtOf('0000-12-31T19:03:58-04:56')).toBeNull()
  })
})

describe('newest first', () => {
  test.each([
    ['2023-06-07T04:16:39.641032Z', '2023-06-07T04:16:39.641031Z'],
    ['2023-06-07T04:16:39.641031001Z', '2023-06-07T04:16:39.641031Z'],
    ['2023-06-07T04:16:39.7Z', '2023-06-07T04:16:39.641031Z'],
    ['2023-06-07T04:16:40Z', '2023-06-07T04:16:39.999999999Z'],
    ['2023-06-07T04:16:39Z', '2023-06-07T06:16:38.9+02:00'],
  ])('%s is before %s', (newer, older) => {
    expect(newestFirst(at(newer), at(older))).toBeLessThan(0)
    expect(newestFirst(at(older), at(newer))).toBeGreaterThan(0)
  })

  test('one moment is one moment, however many zeros its fraction has', () => {
    expect(newestFirst(at('2023-06-07T04:16:39.64Z'), at('2023-06-07T04:16:39.640000Z'))).toBe(0)
    expect(newestFirst(at('2023-06-07T04:16:39Z'), at('2023-06-07T06:16:39.0+02:00'))).toBe(0)
  })

  test('as the nanoseconds are, for any two moments', () => {
    const moment = fc.record({
      second: fc.integer({ min: 1, max: 2_000_000_000 }),
      nanos: fc.oneof(
        fc.nat(3),
        fc.nat(999_999_999),
        fc.nat(999).map((millis) => millis * 1_000_000),
      ),
    })
    const written = ({ second, nanos }: { second: number; nanos: number }): string =>
      `${new Date(second * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`
    const whole = ({ second, nanos }: { second: number; nanos: number }): bigint =>
      BigInt(second) * 1_000_000_000n + BigInt(nanos)
    const near = moment.chain((first) =>
      fc.tuple(
        fc.constant(first),
        fc.oneof(moment, fc.record({ second: fc.constant(first.second), nanos: fc.nat(999_999_999) })),
      ),
    )
    fc.assert(
      fc.property(near, ([a, b]) => {
        const order = Math.sign(newestFirst(at(written(a)), at(written(b))))
        const expected = whole(b) - whole(a)
        expect(order).toBe(expected === 0n ? 0 : expected > 0n ? 1 : -1)
      }),
      { numRuns: 1000 },
    )
  })
})
