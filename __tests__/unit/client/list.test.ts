import { describe, expect, test } from '@jest/globals'
import { type ListReading, readList } from '../../../src/client/list.ts'
import type { Page } from '../../../src/client/page.ts'
import type { PageRequest } from '../../../src/client/service.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { PinRecord } from '../../../src/pin/record.ts'
import { makePin } from '../../../testing/service/index.ts'
import { many, pinIdOf } from '../../support/outcome.ts'

const rows = (count: number, from = 0): JsonObject[] =>
  many(count, (index) => ({ ...makePin({}, from + index) }))

const page = (some: readonly unknown[], total: number): Page => ({ kind: 'rows', rows: [...some], total })

type Server = (request: PageRequest, index: number) => Page

/** A server of these rows that gives as many as asked for, and no more than the largest page. */
const honest =
  (all: readonly JsonObject[], largest = 1000, total = all.length): Server =>
  ({ offset, limit }) =>
    page(all.slice(offset, offset + Math.min(limit, largest)), total)

interface Read {
  reading: ListReading
  requests: string[]
  progress: [rows: number, ofRows: number][]
}

async function read(
  server: Server,
  matters: (record: PinRecord) => boolean = () => true,
  bytes = 0,
): Promise<Read> {
  const requests: string[] = []
  const progress: Read['progress'] = []
  const reading = await readList({
    async readPage(request) {
      requests.push(`${request.pinned} ${request.offset}+${request.limit}`)
      return server(request, requests.length - 1)
    },
    keep: (record) => (matters(record) ? { record, bytes } : null),
    onProgress: (seen, ofRows) => progress.push([seen, ofRows]),
  })
  return { reading, requests, progress }
}

const idsIn = ({ reading }: Read): unknown[] => {
  if (reading.kind === 'failed') throw new Error(reading.problem)
  return reading.records.map(({ id }) => id)
}
const idsOf = (records: readonly JsonObject[]): unknown[] => records.map(({ id }) => id)
const problemIn = ({ reading }: Read): string => (reading.kind === 'failed' ? reading.problem : '')

describe('the list is read to its end', () => {
  test('by pages that overlap by one row, and the progress is reported', async () => {
    const all = rows(250)
    const seen = await read(honest(all))
    expect(idsIn(seen)).toEqual(idsOf(all))
    expect(seen.requests).toEqual(['true 0+100', 'true 99+100', 'true 198+100', 'true 249+100'])
    expect(seen.reading).toMatchObject({ requests: 4 })
    expect(seen.progress).toEqual([
      [100, 250],
      [199, 250],
      [250, 250],
      [250, 250],
    ])
  })

  test.each([1, 2, 7, 99, 100])('from a server that gives %i rows at once', async (largest) => {
    const all = rows(103)
    const seen = await read(honest(all, largest))
    expect(idsIn(seen)).toEqual(idsOf(all))
    expect(seen.requests.every((request) => request.startsWith('true'))).toBe(true)
  })

  test('from a server that gives more rows than asked for, in pages of changing length', async () => {
    const all = rows(300)
    const lengths = [150, 2, 20, 131]
    const seen = await read(({ offset }, index) =>
      page(all.slice(offset, offset + (lengths[index] ?? 1)), 300),
    )
    expect(idsIn(seen)).toEqual(idsOf(all))
  })

  test.each([0, 1, 100, 200])('with %i pins', async (count) =>
    expect(idsIn(await read(honest(rows(count))))).toEqual(idsOf(rows(count))),
  )

  test('where rows come twice: each counts once, in any letter case', async () => {
    const all = rows(4)
    const capitals = { ...all[0], id: String(all[0]?.['id']).toUpperCase() }
    const seen = await read(honest([...all.slice(0, 3), capitals, ...all.slice(2)], 4, 4))
    expect(idsIn(seen)).toEqual(idsOf(all))
  })

  test('keeping only what matters and is pinned, while all rows count', async () => {
    const pinned = [true, false, 'true', 1, null, undefined, true]
    const all: JsonObject[] = rows(7).map((row, index) => ({ ...row, pinned: pinned[index] }))
    const wanted = all[6]?.['id']
    expect(idsIn(await read(honest(all)))).toEqual([all[0]?.['id'], wanted])
    expect(idsIn(await read(honest(all), ({ id }) => id === wanted))).toEqual([wanted])
  })
})

describe('a page that is too large', () => {
  /** No page of more rows than this fits. */
  const heavy =
    (all: readonly JsonObject[], most: number): Server =>
    (request) =>
      Math.min(request.limit, all.length - request.offset) > most
        ? { kind: 'too-large' }
        : honest(all)(request, 0)

  test('is asked for with half the rows', async () => {
    const all = rows(60)
    const seen = await read(heavy(all, 30))
    expect(idsIn(seen)).toEqual(idsOf(all))
    expect(seen.requests).toEqual([
      'true 0+100',
      'true 0+50',
      'true 0+25',
      'true 24+25',
      'true 48+25',
      'true 59+25',
    ])
  })

  test('of one row only ends the list, and the row is named', async () => {
    const seen = await read(({ offset, limit }) =>
      offset + limit > 3 ? { kind: 'too-large' } : honest(rows(9))({ offset, limit, pinned: 'true' }, 0),
    )
    expect(problemIn(seen)).toBe(
      'The list of pins holds a record of over 1 MiB, at row 4. Use `pin-id` instead of a selection.',
    )
  })
})

describe('while other clients add and remove pins', () => {
  test.each([
    ['a pin is removed', []],
    ['a pin is removed and another is added, which the total does not show', rows(1, 900)],
  ])(
    'the list is read again if %s between two pages, where an unpinned pin keeps its place',
    async (_, added) => {
      const all = rows(250)
      const gone = all[5]
      const now = [...all.filter((row) => row !== gone), ...added]
      const withGone = [...all.map((row) => (row === gone ? { ...row, pinned: false } : row)), ...added]
      const seen = await read((request, index) => {
        if (request.pinned === 'all') return honest(withGone)(request, index)
        return honest(index === 0 ? all : now)(request, index)
      })
      expect(idsIn(seen)).toEqual(idsOf(now))
      expect(seen.requests).toContain('all 0+100')
    },
  )

  test('the same holds where the server gives one row at a time', async () => {
    const all = rows(6)
    const moved = [...all.slice(1), ...rows(1, 900)]
    const seen = await read((request, index) => {
      if (request.pinned === 'all') return honest([...all, ...rows(1, 900)], 1)(request, index)
      return honest(index < 6 ? all : moved, 1)(request, index)
    })
    expect(seen.requests).toContain('all 0+100')
    expect(idsIn(seen)).toHaveLength(7)
  })

  test('a total that counts unpinned pins too leads to a second reading, filtered here', async () => {
    const pinned = rows(3)
    const all = [...pinned, ...rows(2, 50).map((row) => ({ ...row, pinned: false }))]
    const seen = await read((request) => honest(request.pinned === 'true' ? pinned : all, 100, 5)(request, 0))
    expect(idsIn(seen)).toEqual(idsOf(pinned))
    expect(seen.reading).toMatchObject({ requests: seen.requests.length })
  })
})

describe('a list that cannot be completed fails', () => {
  const INCOMPLETE = /^The list of pins could not be completed: .*Run the step again/

  test.each([
    ['fewer rows than the service counts', 4],
    ['more rows than the service counts', 2],
    ['rows where the service counts none', 0],
    ['a server that ends too early', 250],
  ])('with %s, twice', async (_, total) => {
    const seen = await read(honest(rows(3), 100, total))
    expect(problemIn(seen)).toMatch(INCOMPLETE)
    expect(problemIn(seen)).toMatch(`3 different rows, but the service counts ${total}`)
  })

  test('at once when it holds more rows than the service counts', async () => {
    const seen = await read(honest(rows(1000), 100, 150))
    expect(problemIn(seen)).toMatch(INCOMPLETE)
    expect(seen.requests).toEqual(['true 0+100', 'true 99+100', 'all 0+100', 'all 99+100'])
  })

  test.each([
    ['on every page', 1],
    ['to nothing', 400],
  ])('when the total falls %s', async (_, by) => {
    const all = rows(400)
    const seen = await read((request, index) => honest(all, 100, 400 - (index % 2) * by)(request, index))
    expect(problemIn(seen)).toMatch(/pins were removed while it was read/)
    expect(seen.requests).toHaveLength(4)
  })

  test('when a server ignores the offset', async () => {
    const seen = await read(() => page(rows(100), 250))
    expect(problemIn(seen)).toMatch(/it changed while it was read/)
    expect(seen.requests).toHaveLength(4)
  })

  test('when the second reading cannot be read', async () => {
    const why = 'x. Check both keys.'
    const seen = await read((request) =>
      request.pinned === 'true' ? honest(rows(3), 9, 4)(request, 0) : { kind: 'unreadable', why },
    )
    expect(problemIn(seen)).toBe(`The list of pins could not be read: ${why}`)
  })

  test.each([0, 1])('when page %i cannot be read, without another request', async (bad) => {
    const seen = await read((request, index) =>
      index === bad ? { kind: 'unreadable', why: 'x.' } : honest(rows(250))(request, index),
    )
    expect(problemIn(seen)).toBe('The list of pins could not be read: x.')
    expect(seen.requests).toHaveLength(bad + 1)
  })

  test.each<unknown>([null, { pinned: false }, { id: '../unpin/x' }])('when a row is %j', async (row) => {
    const all = rows(3)
    expect(problemIn(await read(() => page([...all, row], 4)))).toMatch(/row without a valid `id`/)
    const seen = await read((_, index) => page(index === 0 ? all : [all[2], row], 4))
    expect(problemIn(seen)).toMatch(/row without a valid `id`/)
  })

  test.each([
    ['in memory', 1_000_000, 0],
    ['on disk', 1, 1_000_000],
  ])('when its records together are too large %s', async (_, length, bytes) => {
    let made = 0
    const record = (number: number) => ({
      id: pinIdOf(number),
      pinned: true,
      metadata: { name: 'x'.repeat(length) },
    })
    const seen = await read(
      () => {
        made += 1
        return page(made === 1 ? [record(1)] : [record(made - 1), record(made)], made + 1)
      },
      undefined,
      bytes,
    )
    expect(problemIn(seen)).toMatch(/The list of pins is too large/)
    expect(seen.requests.length).toBeLessThan(80)
  })
})
