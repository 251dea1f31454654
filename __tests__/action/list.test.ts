import { afterAll, describe, expect, test } from '@jest/globals'
import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type PinRecord,
  type ReceivedRequest,
  type Service,
  type ServiceOptions,
} from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import {
  answer,
  endProcesses,
  errorsOf,
  type Inputs,
  onMethod,
  runStep,
  select,
  type Selected,
} from '../support/step.ts'

afterAll(endProcesses)

const at = (minute: number): string => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString()

/** Pins in the order of the list; every tenth is a preview. */
const account = (count: number, metadata: Partial<PinRecord['metadata']> = {}): PinRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `${index % 10 === 0 ? 'preview' : 'release'}-${index}`
    return makePin({ metadata: { name, ...metadata }, date_pinned: at(index) }, index)
  })

const SELECTING = { 'pin-id': '(none)', name: 'preview-*' }

const selectPreviews = (account: ServiceOptions, inputs: Inputs = {}): Promise<Selected> =>
  select(account, { ...SELECTING, ...inputs })

/** Does this to the request for the page of this number, from 1. */
function onPage(
  number: number,
  fault: (request: ReceivedRequest) => Fault | undefined,
): NonNullable<ServiceOptions['fault']> {
  let pages = 0
  return (request) => {
    if (!request.path.includes('/pins/?')) return undefined
    pages += 1
    return pages === number ? fault(request) : undefined
  }
}

const page = (pins: readonly unknown[], files: number): Fault =>
  answer(200, { status: 'success', data: { totals: { files, size: 1 }, pins } })

const offsetOf = ({ path }: ReceivedRequest): number => Number(/offset=(\d+)/.exec(path)?.[1])

describe('the whole list is read before the first pin is removed', () => {
  test.concurrent.each([1, 2, 7, 1000])(
    'from a service that gives up to %i rows at once',
    async (largestPage) => {
      const { result, service } = await selectPreviews({
        pins: account(largestPage < 3 ? 31 : 205),
        largestPage,
      })
      expect(result.conclusion).toBe('success')
      const left = [...service.records.values()].filter(
        ({ pinned, metadata }) => pinned && metadata.name?.startsWith('preview') === true,
      )
      expect(left).toEqual([])
      const methods = service.requests.map(({ method }) => method)
      expect(methods.indexOf('DELETE')).toBeGreaterThan(methods.lastIndexOf('GET'))
    },
  )

  test.concurrent('by pages that overlap by one row, oldest first', async () => {
    const { pages } = await selectPreviews({ pins: account(150) })
    const rest = 'limit=100&pinned=true&sortBy=created_at&sortOrder=ASC'
    expect(pages).toEqual([`offset=0&${rest}`, `offset=99&${rest}`, `offset=149&${rest}`])
  })

  test.concurrent.each<[string, Fault]>([
    ['a 429', answer(429, '', { 'Retry-After': '1' })],
    ['a 500', answer(500)],
    ['a page that is cut', { kind: 'cut' }],
    ['HTML', answer(200, '<html>')],
  ])('also where %s comes in between', async (_, fault) => {
    const { result } = await selectPreviews({ pins: account(105), fault: onPage(2, () => fault) })
    expect(errorsOf(result)).toBe('')
    expect(result.outputs['unpinned-count']).toBe('11')
  })

  test.concurrent('with the progress in the log, where it takes long', async () => {
    const fault = onMethod('GET', { kind: 'delay', ms: 700 })
    const { result } = await selectPreviews({ pins: account(91), largestPage: 11, fault })
    expect(result.conclusion).toBe('success')
    expect(result.log).toMatch(/^The list of pins: \d+ of 91 rows read$/m)
  })
})

describe('a page of over 1 MiB', () => {
  test.concurrent.each([
    [60, 40_000, ['limit=100', 'limit=50', 'limit=25']],
    [
      11,
      700_000,
      ['limit=100', 'limit=50', 'limit=25', 'limit=13', 'limit=7', 'limit=4', 'limit=2', 'limit=1'],
    ],
  ])('is asked for with fewer rows: %i rows of %i bytes', async (count, size, limits) => {
    const { result, pages } = await selectPreviews({ pins: account(count, { text: 'x'.repeat(size) }) })
    expect(result.outputs['unpinned-count']).toBe(String(Math.ceil(count / 10)))
    expect(pages.slice(0, limits.length).map((one) => /limit=\d+/.exec(one)?.[0])).toEqual(limits)
  })

  test.concurrent('of one row fails the step with words', async () => {
    const large = makePin({ metadata: { text: 'x'.repeat(1_100_000) }, date_pinned: at(99) }, 99)
    const { result, pages } = await selectPreviews({ pins: [...account(2), large] })
    expect(errorsOf(result)).toMatch(/a record of over 1 MiB, at row 3\. .* Nothing was unpinned/)
    expect(pages.length).toBeLessThan(20)
  })

  test.concurrent('is not confused with a service that is down', async () => {
    const fault = onPage(1, () => answer(503, { text: 'x'.repeat(1_100_000) }))
    expect((await selectPreviews({ pins: account(2), fault })).result.conclusion).toBe('success')
  })
})

describe('while another client changes the list', () => {
  /** What another client does before the second page is answered. */
  async function selectWhile(
    pins: readonly PinRecord[],
    act: (service: Service) => void,
  ): Promise<{ outputs: Record<string, string>; service: Service }> {
    const fault = onPage(2, () => {
      act(service)
      return undefined
    })
    const service: Service = await start({ pins, fault })
    return { outputs: (await runStep(service.url, [], SELECTING)).outputs, service }
  }

  test.concurrent.each([
    ['removed', false],
    ['removed and another one added', true],
  ])('a pin %s between two pages does not hide another pin', async (_, isAdded) => {
    const pins = account(250)
    const { outputs, service } = await selectWhile(pins, (changed) => {
      changed.remove(pins[5]?.id ?? '')
      if (isAdded) changed.add(makePin({ date_pinned: at(999) }, 999))
    })
    expect(outputs['unpinned-count']).toBe('25')
    expect(service.requests.some(({ path }) => path.includes('pinned=all'))).toBe(true)
  })

  test.concurrent('a matching pin that is added at the end is selected, too', async () => {
    const added = makePin({ metadata: { name: 'preview-new' }, date_pinned: at(999) }, 999)
    const { outputs } = await selectWhile(account(100), (changed) => changed.add(added))
    expect(outputs['name']).toMatch(/preview-new$/)
  })
})

describe('nothing is removed and the step fails', () => {
  const rows = account(250)

  test.concurrent.each<[string, (request: ReceivedRequest, index: number) => Fault | undefined, RegExp]>([
    [
      'if the service counts more pins than it lists',
      () => page([], 3),
      /0 different rows, but the service counts 3/,
    ],
    [
      'if the service lists more pins than it counts',
      (request) => page(rows.slice(offsetOf(request), offsetOf(request) + 100), 150),
      /different rows, but the service counts 150/,
    ],
    [
      'if the service ignores the offset',
      () => page(rows.slice(0, 100), 250),
      /it changed while it was read/,
    ],
    [
      'if the ID of a row is a path',
      (_, index) => (index === 1 ? page([rows[99], { ...rows[100], id: '../keys' }], 250) : undefined),
      /row without a valid `id`/,
    ],
    ['if every page is cut', () => ({ kind: 'cut' }), /within the 3 s of `timeout-seconds`/],
    [
      'if the service asks for a long wait',
      (_, index) => (index === 1 ? answer(429, '', { 'Retry-After': '3600' }) : undefined),
      /asked for 3600 s \(1 h\), which is too long for the 3 s/,
    ],
    [
      'if a redirect leads to another origin',
      (_, index) => (index === 1 ? { kind: 'redirect', location: 'https://example.test/pins/' } : undefined),
      /another origin.*example\.test/,
    ],
    [
      'if a redirect leads to another part of the list',
      ({ path }) => ({ kind: 'redirect', location: path.replace('limit=100', 'limit=10') }),
      /to another endpoint/,
    ],
    ['if `api-url` is wrong', () => answer(404, '<html>'), /Check `api-url`/],
    [
      'if the keys are refused later',
      (_, index) => (index === 1 ? answer(401, {}) : undefined),
      /Check both keys/,
    ],
    ['if the envelope says that it failed', () => answer(200, { status: 'error' }), /Check `api-url`/],
  ])('%s', async (_, fault, words) => {
    let index = 0
    const { result, service } = await selectPreviews(
      { pins: rows, fault: (request) => fault(request, index++) },
      { 'timeout-seconds': '3' },
    )
    expect(service.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(result.conclusion).toBe('failure')
    expect(result.annotations).toMatchObject({
      errors: [{ message: expect.stringMatching(words) }],
      warnings: [],
    })
    expect(errorsOf(result)).toMatch(/Nothing was unpinned\.$/)
    expect(result.outputs).toMatchObject({
      results: '[]',
      'results-file': '',
      'matched-count': '0',
      result: '',
    })
  })

  test.concurrent('if the key may not list, and the scope is named', async () => {
    const { result } = await selectPreviews({
      pins: rows,
      keys: [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin'] }],
    })
    expect(errorsOf(result)).toMatch(/HTTP 403.*`data\.pin_list`.*Nothing was unpinned/)
  })

  test.concurrent.each([{ 'older-than': '1m' }, { 'keep-latest': '1' }])(
    'if a date is needed and missing: %j',
    async (narrowing) => {
      const undated = makePin({ metadata: { name: 'preview-x' }, date_pinned: '0001-01-01T00:00:00Z' }, 999)
      const { result } = await selectPreviews({ pins: [...account(5), undated] }, narrowing)
      expect(errorsOf(result)).toContain(undated.id)
      expect((await selectPreviews({ pins: [undated] })).result.conclusion).toBe('success')
    },
  )

  test.concurrent('if the service makes up rows as it goes, after a bounded number', async () => {
    let made = 0
    const row = (number: number) => ({
      id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      pinned: true,
    })
    const { result, pages } = await selectPreviews({
      fault: () => {
        const known = made === 0 ? [] : [row(made)]
        const fresh = Array.from({ length: 1000 }, () => row((made += 1)))
        return page([...known, ...fresh], made + 1000)
      },
    })
    expect(errorsOf(result)).toMatch(/The list of pins is too large/)
    expect(pages.length).toBeLessThanOrEqual(102)
  })

  test.concurrent('if an ID in the list is the value of a key, which is not shown', async () => {
    const [pin] = account(1) as [PinRecord]
    const keys = [{ apiKey: pin.id, secretKey: DEFAULT_KEYS.secretKey, scopes: ['admin'] as const }]
    const { result, service } = await selectPreviews({ pins: [pin], keys }, { 'pinning-api-key': pin.id })
    expect(errorsOf(result)).toBe(
      'The list of pins holds an ID that contains the value of a key. Check `api-url`. Nothing was unpinned.',
    )
    expect(service.holds(pin.id)).toBe(true)
    expect(result.summary).not.toContain(pin.id)
  })
})
