import { afterEach, describe, expect, test } from '@jest/globals'
import { makePin, type PinRecord, type Service } from '../../testing/service/index.ts'
import { call, closeServices, list, start, unpin } from './client.ts'

interface PageSeen {
  totals: { files: number; size: number }
  pins: PinRecord[]
}

afterEach(closeServices)

async function page(service: Service, query: string): Promise<PageSeen> {
  const { status, json } = await list(service, query)
  expect(status).toBe(200)
  const { data } = json as { data: PageSeen }
  return data
}

const names = ({ pins }: PageSeen): (string | undefined)[] => pins.map(({ metadata }) => metadata.name)

const three = [
  makePin({ date_pinned: '2024-01-01T00:00:00.64Z', size: 30, metadata: { name: 'b' } }, 1),
  makePin({ date_pinned: '2024-01-01T00:00:00.641031Z', size: 10, metadata: { name: 'c' } }, 2),
  makePin({ date_pinned: '2024-01-01T00:00:00Z', size: 20, metadata: { name: 'a' } }, 3),
]

describe('the order', () => {
  test.each([
    ['', ['c', 'b', 'a']],
    ['?sortOrder=ASC', ['a', 'b', 'c']],
    ['?sortBy=size&sortOrder=ASC', ['c', 'a', 'b']],
    ['?sortBy=size', ['b', 'a', 'c']],
    ['?sortBy=name&sortOrder=ASC', ['a', 'b', 'c']],
  ])('of %p', async (query, order) => {
    const service = await start({ pins: three })
    expect(names(await page(service, query))).toEqual(order)
  })

  test('of pins of the same time is the order of their ids', async () => {
    const pins = Array.from({ length: 9 }, (_, seed) =>
      makePin({ date_pinned: '2024-01-01T00:00:00Z' }, seed),
    )
    const service = await start({ pins })
    const { pins: listed } = await page(service, '?sortOrder=ASC')
    expect(listed.map(({ id }) => id)).toEqual(pins.map(({ id }) => id).toSorted())
  })
})

describe('the pages', () => {
  const pins = Array.from({ length: 25 }, (_, seed) => makePin({ size: seed + 1 }, seed))

  test.each(['ASC', 'DESC'])('hold each pin once when read one after the other, %s', async (sortOrder) => {
    const service = await start({ pins })
    const all: PinRecord[] = []
    for (let offset = 0; offset < 35; offset += 7) {
      const { totals, pins: some } = await page(
        service,
        `?sortBy=size&sortOrder=${sortOrder}&limit=7&offset=${offset}`,
      )
      expect(totals).toEqual({ files: 25, size: 325 })
      all.push(...some)
    }
    expect(all).toEqual(sortOrder === 'ASC' ? pins : pins.toReversed())
  })

  test('hold ten unless told otherwise, and no more than the service gives', async () => {
    const service = await start({ pins, largestPage: 20 })
    expect((await page(service, '')).pins).toHaveLength(10)
    expect((await page(service, '?limit=9999')).pins).toHaveLength(20)
    expect((await page(service, '?limit=9999&offset=20')).pins).toHaveLength(5)
    expect((await page(service, '?offset=25')).pins).toHaveLength(0)
    expect((await page(service, '?offset=1000')).pins).toHaveLength(0)
  })

  test('shift when a pin of an earlier page is unpinned meanwhile', async () => {
    const service = await start({ pins })
    const query = '?pinned=true&sortBy=size&sortOrder=ASC&limit=5'
    const first = await page(service, query)
    await unpin(service, first.pins[0]?.id ?? '')
    expect((await page(service, `${query}&offset=5`)).pins).toEqual(pins.slice(6, 11))
  })

  test('show by the filter what is there, what is gone or both, and total accordingly', async () => {
    const service = await start({ pins: three })
    await unpin(service, three[1]?.id ?? '')
    const there = await page(service, '?pinned=true')
    expect(there.totals).toEqual({ files: 2, size: 50 })
    expect(names(there)).toEqual(['b', 'a'])
    const gone = await page(service, '?pinned=false')
    expect(gone.totals).toEqual({ files: 1, size: 10 })
    expect(gone.pins).toMatchObject([{ metadata: { name: 'c' }, pinned: false }])
    expect(await page(service, '?pinned=all')).toEqual(await page(service, ''))
    expect((await page(service, '')).totals).toEqual({ files: 3, size: 60 })
  })
})

describe('the parameters', () => {
  test.each([
    'offset=-1',
    'offset=x',
    'offset=1.5',
    'offset=99999999999999999999',
    'limit=0',
    'limit=',
    'limit=1e3',
    'pinned=yes',
    'pinned=TRUE',
    'sortBy=date',
    'sortBy=toString',
    'sortOrder=asc',
  ])('refuse %s', async (query) => {
    const service = await start({ pins: three })
    const { status, json } = await list(service, `?${query}`)
    expect(status).toBe(400)
    expect(json).toEqual({ status: 'error', message: expect.stringContaining(query.split('=')[0] ?? '') })
  })

  test('pass over a filter by metadata, which the service may not know', async () => {
    const service = await start({ pins: three })
    expect(names(await page(service, '?metadata=%7B%22a%22%3A%22b%22%7D'))).toHaveLength(3)
  })

  test('are kept when the path without its slash is redirected', async () => {
    const service = await start()
    const { status, headers } = await call(service, 'GET', '/api/pinning/pins?limit=5&pinned=true')
    expect(status).toBe(308)
    expect(headers.get('location')).toBe('/api/pinning/pins/?limit=5&pinned=true')
  })
})

test('ten thousand pins are read in a hundred pages within the time of a test', async () => {
  const service = await start({ pins: Array.from({ length: 10_000 }, (_, seed) => makePin({}, seed)) })
  const ids = new Set<string>()
  for (let offset = 0; offset < 10_000; offset += 100) {
    const { pins } = await page(service, `?pinned=true&limit=100&offset=${offset}`)
    for (const { id } of pins) ids.add(id)
  }
  expect(ids.size).toBe(10_000)
})
