import { describe, expect, test } from '@jest/globals'
import { type ListReading, type PageRequest, readList } from '../../../src/client/list.ts'
import type { Body } from '../../../src/http/body.ts'
import type { Reply } from '../../../src/http/origin.ts'
import type { JsonObject } from '../../../src/types.ts'
import { makePin } from '../../../testing/service/index.ts'
import { answered, replyOf } from '../../support/reply.ts'

/** The list of an account as a page at a time, and whatever a server may make of it. */

const rows = (count: number, from = 0): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ ...makePin({}, from + index) }))

const page = (pins: unknown, files: unknown): Reply =>
  answered(200, { object: { status: 'success', data: { totals: { files, size: 1 }, pins } } })

/** A server of this many rows that tells the truth. */
const honest =
  (all: readonly JsonObject[], largest = 1000) =>
  ({ offset, limit }: PageRequest): Reply =>
    page(all.slice(offset, offset + Math.min(limit, largest)), all.length)

interface Read {
  reading: ListReading
  requests: PageRequest[]
}

async function read(
  server: (request: PageRequest, index: number) => Reply,
  matters: (record: JsonObject) => boolean = () => true,
): Promise<Read> {
  const requests: PageRequest[] = []
  const reading = await readList(
    async (request) => {
      requests.push(request)
      return server(request, requests.length - 1)
    },
    matters,
    120,
  )
  return { reading, requests }
}

const idsIn = ({ reading }: Read): unknown[] => {
  if ('problem' in reading) throw new Error(reading.problem)
  return reading.records.map(({ id }) => id)
}
const idsOf = (records: readonly JsonObject[]): unknown[] => records.map(({ id }) => id)
const problemIn = ({ reading }: Read): string => ('problem' in reading ? reading.problem : '')
const offsets = ({ requests }: Read): string[] => requests.map(({ pinned, offset }) => `${pinned} ${offset}`)

describe('the list is read to its end', () => {
  test('asking for pages of pins that are there, by the number of rows received', async () => {
    const all = rows(250)
    const seen = await read(honest(all))
    expect(idsIn(seen)).toEqual(idsOf(all))
    expect(seen.requests[0]).toEqual({ offset: 0, limit: 100, pinned: 'true' })
    expect(offsets(seen)).toEqual(['true 0', 'true 100', 'true 200', 'true 250'])
  })

  test.each([1, 7, 99, 100])('from a server that gives no more than %i rows at once', async (largest) => {
    const all = rows(103)
    expect(idsIn(await read(honest(all, largest)))).toEqual(idsOf(all))
  })

  test('from a server that gives more rows than asked for, and pages of changing length', async () => {
    const all = rows(300)
    const lengths = [150, 1, 20, 129]
    const seen = await read(({ offset }, index) =>
      page(all.slice(offset, offset + (lengths[index] ?? 0)), 300),
    )
    expect(idsIn(seen)).toEqual(idsOf(all))
  })

  test.each([0, 1, 100, 200])('with %i pins', async (count) => {
    const all = rows(count)
    const seen = await read(honest(all))
    expect(idsIn(seen)).toEqual(idsOf(all))
    expect(new Set(seen.requests.map(({ pinned }) => pinned))).toEqual(new Set(['true']))
  })

  test('from a server that counts along with the rows, and so counts nothing beyond the end', async () => {
    const all = rows(120)
    const counting = (claimed: number) =>
      read(({ offset }) => page(all.slice(offset, offset + 100), offset < all.length ? claimed : 0))
    const seen = await counting(120)
    expect(idsIn(seen)).toEqual(idsOf(all))
    expect(offsets(seen)).toEqual(['true 0', 'true 100', 'true 120'])
    // It still has to give as many rows as it counted before.
    expect(problemIn(await counting(121))).toMatch(/could not be completed/)
  })

  test.each([null, undefined, []])('where an empty list is written as %j', async (empty) => {
    const all = rows(2)
    expect(idsIn(await read(() => page(empty, 0)))).toEqual([])
    expect(idsIn(await read(({ offset }) => page(offset === 0 ? all : empty, 2)))).toEqual(idsOf(all))
  })

  test('where rows come twice: each counts once, in whatever case its ID is written', async () => {
    const all = rows(4)
    const twice = [
      ...all.slice(0, 3),
      { ...all[0], id: String(all[0]?.['id']).toUpperCase() },
      ...all.slice(2),
    ]
    const seen = await read(({ offset }) => page(twice.slice(offset, offset + 2), 4))
    expect(idsIn(seen)).toEqual(idsOf(all))
  })

  test('keeping only what matters, while all rows count', async () => {
    const all = rows(120)
    const wanted = all[110]?.['id']
    expect(idsIn(await read(honest(all), ({ id }) => id === wanted))).toEqual([wanted])
  })

  test('leaving out what is not pinned, though the server’s filter let it through', async () => {
    const all: JsonObject[] = rows(6).map((row, index) => ({
      ...row,
      pinned: [true, false, 'true', 1, null, undefined][index],
    }))
    expect(idsIn(await read(honest(all)))).toEqual([all[0]?.['id']])
  })
})

describe('while others add and remove pins', () => {
  test('one that is added at the end meanwhile is read as well', async () => {
    const all = rows(101)
    const seen = await read((request, index) => honest(index === 0 ? all.slice(0, 100) : all)(request))
    expect(idsIn(seen)).toEqual(idsOf(all))
  })

  test('one that is removed moves others past the reader, so all is read again where none moves', async () => {
    const all = rows(250)
    const gone = all[5]
    const now = all.map((row) => (row === gone ? { ...row, pinned: false } : row))
    const seen = await read((request, index) => {
      if (request.pinned === 'all') return honest(now)(request)
      return honest(index === 0 ? all : all.filter((row) => row !== gone))(request)
    })
    expect(idsIn(seen)).toEqual(idsOf(all.filter((row) => row !== gone)))
    expect(offsets(seen)).toContain('all 0')
  })

  test('one removed and one added between two pages hides a row from the totals: none is made up for it', async () => {
    const all = rows(150)
    const shifted = [...all.slice(1), ...rows(1, 900)]
    const seen = await read((request, index) => honest(index === 0 ? all : shifted)(request))
    expect(new Set(idsIn(seen)).size).toBe(150)
    expect(idsOf([...all, ...shifted])).toEqual(expect.arrayContaining(idsIn(seen)))
    expect(idsIn(seen)).not.toContain(all[100]?.['id'])
  })

  test('a total that counts the unpinned as well leads to a second reading, filtered here', async () => {
    const pinned = rows(3)
    const all = [...pinned, ...rows(2, 50).map((row) => ({ ...row, pinned: false }))]
    const seen = await read(({ pinned: filter, offset }) =>
      page((filter === 'true' ? pinned : all).slice(offset), 5),
    )
    expect(idsIn(seen)).toEqual(idsOf(pinned))
    expect(offsets(seen)).toEqual(['true 0', 'true 3', 'all 0', 'all 5'])
    expect(seen.reading).toMatchObject({ requests: 4 })
  })
})

describe('a list that cannot be completed is no list', () => {
  const INCOMPLETE = /could not be completed.*Run the step again/

  test.each([
    ['more than there are', 4],
    ['fewer than there are', 2],
    ['none', 0],
  ])('the service counts %s, twice', async (_, files) => {
    const all = rows(3)
    const seen = await read(({ offset }) => page(all.slice(offset), files))
    expect(problemIn(seen)).toMatch(INCOMPLETE)
    expect(problemIn(seen)).toMatch(new RegExp(`3 different rows where the service counts ${files}`))
    expect(offsets(seen)).toEqual(['true 0', 'true 3', 'all 0', 'all 3'])
  })

  test('the total falls on every page', async () => {
    const all = rows(400)
    const seen = await read(({ offset, limit }) =>
      page(all.slice(offset, offset + limit), 400 - offset / 100),
    )
    expect(problemIn(seen)).toMatch(/pins were removed while it was read/)
    expect(seen.requests).toHaveLength(4)
  })

  test('the total falls to nothing on a page that has rows', async () => {
    const all = rows(150)
    const seen = await read(({ offset }) => page(all.slice(offset, offset + 100), offset === 0 ? 150 : 0))
    expect(problemIn(seen)).toMatch(/pins were removed while it was read/)
  })

  test('the second reading fails', async () => {
    const seen = await read(({ pinned }) =>
      pinned === 'true' ? page(rows(3), 4) : answered(401, { object: {} }),
    )
    expect(problemIn(seen)).toMatch(/refused the key pair/)
  })

  test('the total falls on the last, empty page', async () => {
    const all = rows(3)
    const seen = await read(({ offset }) => page(all.slice(offset), offset === 0 ? 4 : 3))
    expect(problemIn(seen)).toMatch(INCOMPLETE)
  })

  test('a server that ignores the offset gives the same page for ever', async () => {
    const all = rows(250)
    const seen = await read(() => page(all.slice(0, 100), 250))
    expect(problemIn(seen)).toMatch(/100 different rows where the service counts 250/)
    expect(seen.requests).toHaveLength(4)
  })

  test('a server that ends too early', async () => {
    const all = rows(250)
    const seen = await read(({ offset }) => page(offset === 0 ? all.slice(0, 100) : [], 250))
    expect(problemIn(seen)).toMatch(INCOMPLETE)
  })

  test('a server that makes up rows as it goes is left after a bounded number of them', async () => {
    let made = 0
    const seen = await read(() => {
      const fresh = Array.from({ length: 1000 }, () => {
        made += 1
        return { id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`, pinned: true }
      })
      return page(fresh, made + 1)
    })
    expect(problemIn(seen)).toMatch(/larger than this action can act on/)
    expect(seen.requests.length).toBeLessThanOrEqual(102)
  })

  test('records that together are too large are not piled up', async () => {
    let made = 0
    const seen = await read(() => {
      made += 1
      const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`
      return page([{ id, pinned: true, metadata: { name: 'x'.repeat(1_000_000) } }], made + 1)
    })
    expect(problemIn(seen)).toMatch(/larger than this action can act on/)
    expect(seen.requests.length).toBeLessThan(80)
  })
})

describe('a row that names no pin spoils the list', () => {
  test.each<unknown>([
    null,
    7,
    'row',
    [],
    {},
    { id: null },
    { id: 7 },
    { id: '' },
    { id: 'e5c4456d' },
    { id: 'e5c4456d-5e5c-465d-a02a-3a536fc6e71' },
    { id: ' e5c4456d-5e5c-465d-a02a-3a536fc6e718' },
    { id: '../unpin/x' },
    { id: ['e5c4456d-5e5c-465d-a02a-3a536fc6e718'] },
  ])('%j', async (row) => {
    const all = rows(3)
    expect(problemIn(await read(() => page([...all, row], 4)))).toMatch(/row without a valid `id`/)
    expect(problemIn(await read(({ offset }) => page(offset === 0 ? all : [row], 4)))).toMatch(/valid `id`/)
  })

  test('even where it is said not to be pinned', async () => {
    expect(problemIn(await read(() => page([{ pinned: false }], 1)))).toMatch(/valid `id`/)
  })
})

describe('an answer that is not the documented one is no page', () => {
  const object = (value: JsonObject): Body => ({ object: value })
  const good = { totals: { files: 1, size: 1 }, pins: rows(1) }

  test.each<[string, Reply, RegExp]>([
    ['no envelope', answered(200, object(good)), /not the documented one. Check `api-url`/],
    [
      'an envelope that is no success',
      answered(200, object({ status: 'error', data: good })),
      /Check `api-url`/,
    ],
    ['no data', answered(200, object({ status: 'success' })), /Check `api-url`/],
    ['data that is a list', answered(200, object({ status: 'success', data: rows(1) })), /Check `api-url`/],
    ['no totals', answered(200, object({ status: 'success', data: { pins: rows(1) } })), /Check `api-url`/],
    ['pins that are no list', page({ 0: rows(1)[0] }, 1), /Check `api-url`/],
    ['a total that is text', page(rows(1), '1'), /Check `api-url`/],
    ['a total that is no whole number', page(rows(1), 1.5), /Check `api-url`/],
    ['a total below zero', page(rows(1), -1), /Check `api-url`/],
    ['a total beyond counting', page(rows(1), 1e300), /Check `api-url`/],
    ['no total', page(rows(1), null), /Check `api-url`/],
    ['206', answered(206, object({ status: 'success', data: good })), /HTTP 206/],
    [
      'a body that is not JSON',
      answered(404, { problem: 'HTML or XML in place of JSON' }),
      /HTTP 404.*`api-url`/,
    ],
    ['`record not found`', answered(404, object({ message: 'record not found' })), /HTTP 404/],
    ['401', answered(401, object({ message: 'no' })), /refused the key pair \(HTTP 401\)/],
    ['403', answered(403, object({ message: 'no' })), /`data.pin_list`/],
    [
      'nothing in time',
      replyOf({ ending: 'time-used-up', why: 'ECONNRESET' }),
      /within the 120 s.*ECONNRESET/,
    ],
    ['a wait too long', replyOf({ ending: 'told-to-wait', status: 429 }), /longer wait than the 120 s/],
    [
      'another origin',
      replyOf({ ending: 'refused', status: 302, why: 'a redirect' }),
      /a redirect\. Check `api-url`/,
    ],
    ['an untrusted certificate', replyOf({ ending: 'refused', why: 'untrusted' }), /NODE_EXTRA_CA_CERTS/],
    ['a stop', replyOf({ ending: 'interrupted' }), /the run was stopped first/],
  ])('%s, on the first page or a later one', async (_, reply, expected) => {
    for (const bad of [0, 1]) {
      const seen = await read((request, index) => (index === bad ? reply : honest(rows(250))(request)))
      expect(problemIn(seen)).toMatch(/^The list of pins could not be read: /)
      expect(problemIn(seen)).toMatch(expected)
      expect(seen.requests).toHaveLength(bad + 1)
    }
  })
})
