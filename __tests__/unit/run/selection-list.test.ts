import { afterEach, describe, expect, test } from '@jest/globals'
import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type PinRecord,
  type ReceivedRequest,
} from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { expectNothingDone, select } from '../../support/selection-run.ts'
import { endSteps } from '../../support/step.ts'

afterEach(async () => {
  endSteps()
  await closeServices()
})

const at = (minute: number): string => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString()

/** Pins in the order of the list; every tenth is a preview. */
const pins = (count: number): PinRecord[] =>
  Array.from({ length: count }, (_, index) =>
    makePin(
      {
        metadata: { name: index % 10 === 0 ? `preview-${index}` : `release-${index}` },
        date_pinned: at(index),
      },
      index,
    ),
  )

const isList = ({ path }: ReceivedRequest): boolean => path.includes('/pins/?')
const namesOf = (results: readonly { name: string | null }[]): (string | null)[] =>
  results.map(({ name }) => name)
const PREVIEWS = { name: 'preview-*' }

/** Does something to the nth reading of a page, from 1. */
function onPage(
  number: number,
  fault: () => Fault | undefined,
): (request: ReceivedRequest) => Fault | undefined {
  let pages = 0
  return (request) => {
    if (!isList(request)) return undefined
    pages += 1
    return pages === number ? fault() : undefined
  }
}

const changed = (
  page: (totals: { files: number; size: number }, rows: unknown[]) => unknown,
  rows: unknown[],
  files: number,
): Fault => ({
  kind: 'answer',
  status: 200,
  body: { status: 'success', data: page({ files, size: 1 }, rows) },
})

describe('a selection reads the whole list first, then removes', () => {
  test.each([7, 100, 1000])('over pages of at most %i', async (largestPage) => {
    const service = await start({ pins: pins(205), largestPage })
    const run = await select(service, PREVIEWS)
    expect(run.succeeded).toBe(true)
    expect(namesOf(run.results)).toEqual(Array.from({ length: 21 }, (_, index) => `preview-${index * 10}`))
    expect(run.results.every(({ result }) => result === 'unpinned')).toBe(true)
    const methods = service.requests.map(({ method }) => method)
    expect(methods.indexOf('DELETE')).toBeGreaterThan(methods.lastIndexOf('GET'))
    expect([...service.records.values()].filter(({ pinned }) => !pinned)).toHaveLength(21)
  })

  test('asking as the documents say: pins that are there, oldest first', async () => {
    const service = await start({ pins: pins(3) })
    await select(service, PREVIEWS)
    expect(service.requests[0]).toMatchObject({
      method: 'GET',
      path: '/api/pinning/pins/?offset=0&limit=100&pinned=true&sortBy=created_at&sortOrder=ASC',
    })
  })

  test('a pin that another client removes between two pages hides none from it', async () => {
    const all = pins(250)
    const service = await start({
      pins: all,
      fault: onPage(2, () => {
        service.remove(all[5]?.id ?? '')
        return undefined
      }),
    })
    const run = await select(service, PREVIEWS)
    expect(run.succeeded).toBe(true)
    expect(run.outputs['unpinned-count']).toBe('25')
    expect(
      [...service.records.values()].filter(
        ({ metadata, pinned }) => pinned && metadata.name?.startsWith('preview'),
      ),
    ).toEqual([])
    expect(service.requests.some(({ path }) => path.includes('pinned=all'))).toBe(true)
  })

  test('a matching pin that another client removes meanwhile is missing, and no failure', async () => {
    const all = pins(250)
    const service = await start({
      pins: all,
      fault: (request) => {
        if (request.method === 'DELETE') service.remove(all[240]?.id ?? '')
        return undefined
      },
    })
    const run = await select(service, PREVIEWS)
    expect(run.results.at(-1)).toMatchObject({ name: 'preview-240', result: 'missing' })
    expect(run.succeeded).toBe(true)
  })

  test('a pin that another client adds between two pages is seen as well', async () => {
    const service = await start({
      pins: pins(100),
      fault: onPage(2, () => {
        service.add(makePin({ metadata: { name: 'preview-new' }, date_pinned: at(999) }, 999))
        return undefined
      }),
    })
    const run = await select(service, PREVIEWS)
    expect(namesOf(run.results)).toContain('preview-new')
    expect(run.succeeded).toBe(true)
  })

  test.each<[string, Fault]>([
    ['a 429', { kind: 'answer', status: 429, headers: { 'Retry-After': '1' } }],
    ['a 429 without a word', { kind: 'answer', status: 429 }],
    ['a 503', { kind: 'answer', status: 503, headers: { 'Retry-After': '1' } }],
    ['a 500', { kind: 'answer', status: 500 }],
    ['a page that is cut', { kind: 'cut' }],
    ['a reset', { kind: 'reset', effect: 'before' }],
    ['HTML', { kind: 'answer', status: 200, body: '<html>' }],
    [
      'a redirect within the origin',
      {
        kind: 'redirect',
        location: '?offset=100&limit=100&pinned=true&sortBy=created_at&sortOrder=ASC',
        status: 308,
      },
    ],
  ])('%s in the middle of it costs time only', async (_, fault) => {
    const service = await start({ pins: pins(205), fault: onPage(2, () => fault) })
    const run = await select(service, PREVIEWS)
    expect(run.errors).toEqual([])
    expect(run.succeeded).toBe(true)
    expect(run.outputs['unpinned-count']).toBe('21')
  })

  test('a server that redirects to a list without its slash, and from there back, is followed', async () => {
    const service = await start({
      pins: pins(11),
      fault: onPage(1, () => ({
        kind: 'redirect',
        location: '/api/pinning/pins?offset=0&limit=100&pinned=true&sortBy=created_at&sortOrder=ASC',
        status: 308,
      })),
    })
    expect((await select(service, PREVIEWS)).outputs['unpinned-count']).toBe('2')
  })
})

describe('nothing is removed, and the step is red', () => {
  const rows = pins(250)

  test.each<[string, (request: ReceivedRequest, index: number) => Fault | undefined, RegExp]>([
    [
      'when the total never agrees with the rows',
      () => changed((totals, pins) => ({ totals, pins }), [], 3),
      /could not be completed: it has 0 different rows where the service counts 3/,
    ],
    [
      'when the offset is ignored',
      () => changed((totals, pins) => ({ totals, pins }), rows.slice(0, 100), 250),
      /100 different rows where the service counts 250/,
    ],
    [
      'when a row has no ID',
      (_, index) =>
        index === 1
          ? changed((totals, pins) => ({ totals, pins }), [{ ...rows[100], id: undefined }], 250)
          : undefined,
      /row without a valid `id`/,
    ],
    [
      'when a row’s ID is a path',
      (_, index) =>
        index === 1
          ? changed((totals, pins) => ({ totals, pins }), [{ ...rows[100], id: '../keys' }], 250)
          : undefined,
      /row without a valid `id`/,
    ],
    ['when every page is cut', () => ({ kind: 'cut' }), /within the 1 s of `timeout-seconds`/],
    [
      'when the service is down',
      () => ({ kind: 'answer', status: 503 }),
      /within the 1 s of `timeout-seconds`/,
    ],
    [
      'when the service asks for a long wait',
      (_, index) =>
        index === 1 ? { kind: 'answer', status: 429, headers: { 'Retry-After': '3600' } } : undefined,
      /longer wait than the 1 s/,
    ],
    [
      'when another origin is pointed to',
      (_, index) => (index === 1 ? { kind: 'redirect', location: 'https://example.test/pins/' } : undefined),
      /another origin.*example\.test/,
    ],
    [
      'when redirects go round',
      ({ path }) => ({ kind: 'redirect', location: path }),
      /more than 3 redirects/,
    ],
    ['when `api-url` is wrong', () => ({ kind: 'answer', status: 404, body: '<html>' }), /Check `api-url`/],
    [
      'when the keys are refused in the middle',
      (_, index) => (index === 1 ? { kind: 'answer', status: 401, body: {} } : undefined),
      /Check both keys/,
    ],
    [
      'when the envelope says that it failed',
      () => ({ kind: 'answer', status: 200, body: { status: 'error', message: 'no' } }),
      /Check `api-url`/,
    ],
  ])('%s', async (_, fault, expected) => {
    let index = 0
    const service = await start({ pins: rows, fault: (request) => fault(request, index++) })
    const run = await select(service, { ...PREVIEWS, 'timeout-seconds': '1' })
    expectNothingDone(service, run)
    expect(run.errors[0]).toMatch(expected)
  })

  test('when pins go faster than they can be listed', async () => {
    const service = await start({
      pins: rows,
      fault: ({ path }) => {
        const gone = rows.find(({ id }) => service.holds(id))
        if (path.includes('offset=0&')) return undefined
        if (path.includes('pinned=true')) service.remove(gone?.id ?? '')
        else return changed((totals, pins) => ({ totals, pins }), [], 1)
        return undefined
      },
    })
    expectNothingDone(service, await select(service, PREVIEWS))
  })

  test('when the key may not read, and the scope is named', async () => {
    const service = await start({ pins: rows, keys: [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin'] }] })
    const run = await select(service, PREVIEWS)
    expectNothingDone(service, run)
    expect(run.errors[0]).toContain('`data.pin_list`')
  })

  test.each([{ 'older-than': '1m' }, { 'keep-latest': '1' }])(
    'when a date is needed and missing: %j',
    async (narrowing) => {
      const undated = makePin({ metadata: { name: 'preview-x' }, date_pinned: '0001-01-01T00:00:00Z' }, 999)
      const service = await start({ pins: [...rows, undated] })
      const run = await select(service, { ...PREVIEWS, ...narrowing })
      expectNothingDone(service, run)
      expect(run.errors[0]).toContain(undated.id)
      expect((await select(service, { ...PREVIEWS, 'max-unpins': '30' })).succeeded).toBe(true)
    },
  )

  test('when the list never ends', async () => {
    let made = 0
    const service = await start({
      fault: () => {
        const fresh = Array.from({ length: 1000 }, () => {
          made += 1
          return { id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`, pinned: true }
        })
        return changed((totals, pins) => ({ totals, pins }), fresh, made + 1000)
      },
    })
    const run = await select(service, PREVIEWS)
    expectNothingDone(service, run)
    expect(run.errors[0]).toMatch(/larger than this action can act on/)
  })
})
