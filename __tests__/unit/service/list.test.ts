import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/json.ts'
import { readList, readWholeList } from '../../../src/service/list.ts'
import type { Page, PageRequest } from '../../../src/service/service.ts'
import { makePin } from '../../../testing/service/index.ts'
import { many, pinIdOf } from '../../support/outcome.ts'

type Server = (request: PageRequest, index: number) => Page

const rows = (count: number, from = 0): JsonObject[] => many(count, (index) => ({ ...makePin({}, from + index) }))
const page = (some: unknown[], total: number, bytes = 1, date: number | null = null): Page => {
  return { kind: 'rows', rows: some, total, bytes, date }
}
/** A server of these rows that gives as many as asked for, and no more than the largest page. */
const honest =
  (all: unknown[], total = all.length, largest = 1000): Server =>
  ({ offset, limit }) =>
    page(all.slice(offset, offset + Math.min(limit, largest)), total)

/** @returns also each request, as `pinned offset+limit`, and the progress that was reported. */
async function read(server: Server, reader = readList) {
  const requests: string[] = []
  const progress: number[][] = []
  const readPage = async (request: PageRequest): Promise<Page> => {
    requests.push(`${request.pinned} ${request.offset}+${request.limit}`)
    return server(request, requests.length - 1)
  }
  const reading = await reader({ readPage, onProgress: (...seen) => progress.push(seen) })
  const problem = reading.kind === 'failed' ? reading.problem : ''
  return { reading, requests, progress, problem, ids: reading.kind === 'failed' ? [problem] : idsOf(reading.pinned) }
}

const idsOf = (records: readonly { id?: unknown }[]): unknown[] => records.map(({ id }) => id)
const all = rows(250)
const other = rows(3, 900)
const withRow = (row: unknown, place = 7): unknown[] => [...all.slice(0, place), row, ...all.slice(place + 1)]

test('the list is read by pages that overlap by one row, and the progress is reported', async () => {
  const { reading, ...seen } = await read(({ offset }, index) => page(all.slice(offset, offset + 100), 250, 1, index))
  const requests = ['true 0+100', 'true 99+100', 'true 198+100', 'true 249+100']
  const progress = [100, 199, 250, 250].map((known) => [known, 250])
  expect(seen).toEqual({ ids: idsOf(all), requests, progress, problem: '' })
  expect(reading).toMatchObject({ kind: 'complete', notPinned: null, requests: 4, date: 0 })
})

test('the list is whole, whatever number of rows the service gives at once, and if a pin is added meanwhile', async () => {
  for (const count of [0, 1, 100, 103]) {
    const some = all.slice(0, count)
    for (const largest of [2, 99, 1000]) expect((await read(honest(some, count, largest))).ids).toEqual(idsOf(some))
  }
  const grown = await read((request, index) => honest(all.slice(0, index === 0 ? 100 : 101))(request, 0))
  expect([grown.ids, grown.requests.join().includes('all')]).toEqual([idsOf(all.slice(0, 101)), false])
})

test('the records that are not pinned are told apart, whatever the service does with the filter', async () => {
  const [a, b, c] = rows(3).map((row, index) => ({ ...row, pinned: index === 1 }))
  expect((await read(honest([a, b, c]))).reading).toMatchObject({ pinned: [{ raw: b }], notPinned: null })
  const { requests, reading } = await read(honest([a, b, c]), readWholeList)
  expect([requests[0], reading]).toMatchObject([
    'all 0+100',
    { pinned: [{ raw: b }], notPinned: [{ raw: a }, { raw: c }] },
  ])
})

test.each<[string, Server, RegExp]>([
  ['rows and total disagree', honest(all, 251), /it has 250 different rows, but the service counts 251/],
  ['there are more rows than the total', honest(all, 150), /it has 199 different rows, but the service counts 150/],
  ['the total falls', (request, index) => honest(all, 250 - (index % 4))(request, 0), /pins were removed/],
  ['a page is empty', (request, index) => (index % 2 === 1 ? page([], 250) : honest(all)(request, 0)), /it changed/],
  ['the offset has no effect', () => page(all.slice(0, 100), 250), /it changed while it was read/],
  ['one ID has two contents', honest(withRow({ ...all[6], size: 1 })), /two different rows of/],
  ['a row has no valid `id`', honest(withRow({ ...all[7], id: '../keys' })), /a row without a valid `id`/],
  ['a row is null', honest(withRow(null, 150)), /a row without a valid `id`/],
  ['a row has no `pinned`', honest(withRow({ ...all[7], pinned: 'true' })), /does not say whether it is pinned/],
])(
  'the list is read once more, from nothing and with every record, if %s; the second time it fails',
  async (_, bad, why) => {
    const second = await read((request, index) => {
      const given = (request.pinned === 'true' ? bad : honest(other))(request, index)
      return given.kind === 'rows' ? { ...given, date: index } : given
    })
    // "Now" is the time of the first answer of all.
    expect([second.ids, second.reading]).toMatchObject([idsOf(other), { notPinned: [], date: 0 }])
    expect(second.requests.slice(-2)).toEqual(['all 0+100', 'all 2+100'])
    const { problem, requests } = await read(bad)
    expect(problem).toMatch(
      new RegExp(`^The list of pins could not be read to its end: .*${why.source}.*\\. Run the step again later\\.$`),
    )
    expect(requests.filter((request) => request.endsWith(' 0+100'))).toEqual(['true 0+100', 'all 0+100'])
  },
)

test.each<[string, unknown[]]>([
  ['a pin is removed and another is added', [...all.slice(1), ...rows(1, 900)]],
  ['another row is at the seam', withRow(other[0], 99)],
  ['the row at the seam has another content', withRow({ ...all[99], size: 1 }, 99)],
])('the list is read once more if between two pages %s', async (_, later) => {
  const { requests, ids } = await read((request, index) => honest(index === 0 ? all : later)(request, 0))
  expect([requests.includes('all 0+100'), ids]).toEqual([true, idsOf(later as JsonObject[])])
})

/** A service that makes up rows as it goes. */
function endless(rowsOfPage: number, total: (made: number) => number, bytes = 1): Server {
  return ({ offset }) => {
    const made = many(rowsOfPage, (place) => ({ id: pinIdOf(offset + place), pinned: true }))
    return page(made, total(offset + rowsOfPage), bytes)
  }
}
const unreadable: Page = { kind: 'unreadable', why: 'x. Do y.', stops: 'forbidden' }
const MIB = 1024 * 1024

test.each<[string, Server, words: RegExp, requests: number]>([
  ['its first page cannot be read', () => unreadable, /^The list of pins could not be read: x\. Do y\.$/, 1],
  ['another cannot be read', (request, index) => (index === 0 ? honest(all)(request, 0) : unreadable), /read: x\. /, 2],
  [
    'its second reading fails',
    (request) => (request.pinned === 'all' ? unreadable : honest(other, 4)(request, 0)),
    /x\. /,
    3,
  ],
  ['it has over 100,000 rows', endless(50_001, () => 200_000), /too large: reading stopped at row 100001\./, 2],
  ['it has over 128 MiB', endless(99, () => 900, 64 * MIB), /too large: reading stopped at row 295\./, 3],
  ['its total always grows', endless(100, (made) => made + 1), /more than twice as many requests/, 6],
  ['its pages become smaller', (request, index) => honest(all, 250, index === 0 ? 100 : 2)(request, 0), /twice/, 8],
])('the list fails at once if %s', async (_, server, words, requests) => {
  const seen = await read(server)
  const stops = words.source.includes('x\\. ') ? 'forbidden' : null
  expect(seen.reading).toEqual({ kind: 'failed', problem: expect.stringMatching(words), stops })
  expect(seen.requests).toHaveLength(requests)
})
