import { afterAll, describe, expect, test } from '@jest/globals'
import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type Page,
  type PinRecord,
  type ReceivedRequest,
  type Service,
  type ServiceOptions,
} from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { pinIdOf } from '../support/outcome.ts'
import { answer, endProcesses, errorsOf, type Inputs, onMethod, runStep } from '../support/step.ts'
import { select, type Selected, warningsOf } from '../support/step.ts'
import { leaksOf } from './leaks.ts'

afterAll(endProcesses)

const at = (minute: number): string => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString()

/** The pin at this place in the list; every tenth is a preview. */
const pinAt = (index: number, more: Partial<PinRecord['metadata']> = {}): PinRecord => {
  const name = `${index % 10 === 0 ? 'preview' : 'release'}-${index}`
  return makePin({ metadata: { name, ...more }, date_pinned: at(index) }, index)
}
const account = (count: number, more: Partial<PinRecord['metadata']> = {}): PinRecord[] =>
  Array.from({ length: count }, (_, index) => pinAt(index, more))
const LARGE = { text: 'x'.repeat(700_000) }

const selectPreviews = (account: ServiceOptions, inputs: Inputs = {}): Promise<Selected> =>
  select(account, { name: 'preview-*', ...inputs })

const page = (pins: readonly unknown[], files: number): Fault =>
  answer(200, { status: 'success', data: { totals: { files, size: 1 }, pins } })

describe('the whole list is read before the first pin is removed', () => {
  test.concurrent.each([
    [2, 31],
    [7, 205],
    [1000, 205],
  ])('from a service that gives up to %i rows at once', async (largestPage, count) => {
    const { result, service, pages } = await selectPreviews({ pins: account(count), largestPage })
    expect([result.conclusion, result.outputs['unpinned-count']]).toEqual(['success', `${Math.ceil(count / 10)}`])
    const methods = service.requests.map(({ method }) => method)
    expect(methods.indexOf('DELETE')).toBeGreaterThan(methods.lastIndexOf('GET'))
    const offsets = [0, Math.min(100, largestPage) - 1]
    const asked = offsets.map((offset) => `offset=${offset}&limit=100&pinned=true&sortBy=created_at&sortOrder=ASC`)
    expect(pages.slice(0, 2)).toEqual(asked)
  })

  test.concurrent('with the progress in the log, where it takes long', async () => {
    const fault = onMethod('GET', { kind: 'delay', ms: 700 })
    const { result } = await selectPreviews({ pins: account(91), largestPage: 11, fault })
    expect(result.conclusion).toBe('success')
    expect(result.log).toMatch(/^The list of pins: \d+ of 91 rows read$/m)
  })

  test.concurrent('in a body of nearly 8 MiB', async () => {
    const { result } = await selectPreviews({ pins: account(11, LARGE) })
    expect(result.outputs['unpinned-count']).toBe('2')
  })
})

describe('while another client changes the list', () => {
  /** @param act what the other client does before the second page is answered. */
  async function selectWhile(pins: readonly PinRecord[], act: (service: Service) => void): Promise<Service> {
    const fault = (request: ReceivedRequest): undefined => {
      if (request === service.requests[1]) act(service)
    }
    const service: Service = await start({ pins, fault })
    await runStep(service.url, [], { 'pin-id': '(none)', name: 'preview-*' })
    return service
  }

  test.concurrent('a pin that is removed between two pages does not hide another pin', async () => {
    const pins = account(250)
    const service = await selectWhile(pins, (changed) => {
      changed.remove(pins[5]?.id ?? '')
      changed.add(pinAt(999))
    })
    expect(service.requests.filter(({ removed }) => removed)).toHaveLength(25)
    expect(service.requests.some(({ path }) => path.includes('pinned=all'))).toBe(true)
  })

  test.concurrent('a matching pin that is added at the end is selected, too', async () => {
    const service = await selectWhile(account(100), (changed) => changed.add(pinAt(990)))
    expect(service.holds(pinAt(990).id)).toBe(false)
  })
})

describe('the list is read once more, from nothing and with all records,', () => {
  const ghost = { ...pinAt(900), metadata: { name: 'preview-ghost' } }
  const spoilt = (pins: readonly PinRecord[], fields: object): object[] => pins.with(11, { ...pinAt(110), ...fields })
  /** What comes in place of the second page, by what is wrong with it. */
  const SPOILT: Record<string, (page: Page) => unknown> = {
    'a seam does not match': ({ totals, pins }) => ({ totals, pins: [ghost, ...pins.slice(1)] }),
    'there are fewer rows than the total': ({ totals, pins }) => ({ totals: { ...totals, files: 252 }, pins }),
    'the total has become less': ({ totals, pins }) => ({ totals: { ...totals, files: 249 }, pins: [...pins, ghost] }),
    'one ID has two contents': ({ totals, pins }) => ({ totals, pins: pins.toSpliced(5, 0, { ...pinAt(0), size: 1 }) }),
    'an ID is a path': ({ totals, pins }) => ({ totals, pins: spoilt(pins, { id: '../keys' }) }),
    'a row has no `pinned`': ({ totals, pins }) => ({ totals, pins: spoilt(pins, { pinned: null }) }),
    'the `pinned` of a row is a word': ({ totals, pins }) => ({ totals, pins: spoilt(pins, { pinned: 'true' }) }),
    'there are no more rows': ({ totals }) => ({ totals, pins: null }),
  }

  test.concurrent.each(Object.entries(SPOILT))('where %s', async (_, change) => {
    const pins = [...account(250), { ...pinAt(990), pinned: false, status: 'unpinNormally' }]
    const fault = ({ path }: ReceivedRequest): Fault | undefined =>
      /offset=[1-9]\d*.*pinned=true/.test(path) ? { kind: 'change', page: change } : undefined
    const { result, entries, pages } = await selectPreviews({ pins, fault })
    expect([result.conclusion, result.outputs['unpinned-count']]).toEqual(['success', '25'])
    expect(entries.map(({ pinId }) => pinId)).not.toContain(ghost.id)
    const second = pages.flatMap((page) => /^offset=(\d+).*pinned=all/.exec(page)?.[1] ?? [])
    expect(second).toEqual(['0', '99', '198', '250'])
  })

  test.concurrent('and rows of the first pass use no line of `protect`', async () => {
    const fault = ({ path }: ReceivedRequest): Fault | undefined =>
      path.includes('pinned=true') ? page([ghost], 2) : undefined
    const { result, deleted } = await selectPreviews({ pins: account(9), fault }, { protect: '*-ghost' })
    expect([result.conclusion, deleted]).toEqual(['failure', []])
    expect(errorsOf(result)).toMatch(/`protect`.*no pin.*-ghost/)
  })
})

describe('nothing is removed and the step fails', () => {
  const rows = account(250)
  const clamped = ({ totals, pins }: Page): unknown => ({ totals, pins: pins.slice(0, 2) })
  type Faults = (request: ReceivedRequest, index: number) => Fault | undefined

  test.concurrent.each<[string, Faults, RegExp]>([
    ['the service counts more pins than it lists', () => page([], 3), /0 .*rows.* 3/],
    ['no pass says whether a row is pinned', () => page([{ ...rows[0], pinned: null }], 1), /whether it is pinned/],
    [
      'later pages have fewer rows than the first, after a bounded number of them',
      (_, index) => (index === 0 ? undefined : { kind: 'change', page: clamped }),
      /more than twice as many requests/,
    ],
    ['a body is larger than 8 MiB', () => page(account(13, LARGE), 13), /over 8 MiB/],
    ['every page is cut', () => ({ kind: 'cut' }), /3 s.*`timeout-seconds`/],
    [
      'a redirect leads to another part of the list',
      ({ path }) => ({ kind: 'redirect', location: path.replace('limit=100', 'limit=10') }),
      /redirect/,
    ],
    ['`api-url` is wrong', () => answer(404, '<html>'), /`api-url`/],
    ['the key may not list', () => answer(403, {}), /HTTP 403.*`data\.pin_list`/],
    ['the keys are refused later', (_, index) => (index === 1 ? answer(401, {}) : undefined), /HTTP 401.*both keys/],
  ])('where %s', async (_, faults, words) => {
    let index = 0
    const fault = (request: ReceivedRequest): Fault | undefined => faults(request, index++)
    const { result, pages, service } = await selectPreviews({ pins: rows, fault }, { 'timeout-seconds': '3' })
    expect([result.conclusion, service.requests.length]).toEqual(['failure', pages.length])
    expect(pages.length).toBeLessThan(10)
    expect(result.annotations).toMatchObject({ errors: [{}], warnings: [] })
    expect(errorsOf(result)).toMatch(words)
    expect(errorsOf(result)).toMatch(/Nothing was unpinned/)
    const outputs = { results: '[]', 'results-file': '', 'matched-count': '0', result: '', 'pin-ids': '' }
    expect(result.outputs).toMatchObject(outputs)
  })

  const byAge: Inputs[] = [{ 'keep-latest': '1' }, { 'older-than': '1d' }, { 'on-too-many': 'oldest-first' }]
  test.concurrent.each(byAge)('where a match has no date, and age matters: %j', async (inputs) => {
    const undated = { ...pinAt(990), date_pinned: '0001-01-01T00:00:00Z' }
    const { result, deleted } = await selectPreviews({ pins: [...account(5), undated] }, inputs)
    expect([result.conclusion, deleted]).toEqual(['failure', []])
    expect(errorsOf(result)).toMatch(new RegExp(`${undated.id}.*Nothing was unpinned`))
  })

  test.concurrent('where the service makes up rows as it goes, after a bounded number', async () => {
    let made = 0
    const fault = (): Fault => {
      // The last row of the page before, and new ones.
      const from = Math.max(1, made)
      made = from + 1000
      const rows = Array.from({ length: 1001 }, (_, index) => ({ id: pinIdOf(from + index), pinned: true }))
      return page(rows, 1_000_000)
    }
    const { result, pages } = await selectPreviews({ fault })
    expect(errorsOf(result)).toMatch(/too large/)
    expect(pages.length).toBeLessThanOrEqual(102)
  })

  test.concurrent('where an ID in the list is the value of a key, which is not shown', async () => {
    const pin = pinAt(0)
    const keys = [{ apiKey: pin.id, secretKey: DEFAULT_KEYS.secretKey, scopes: ['admin'] as const }]
    const { result, service, pages } = await selectPreviews({ pins: [pin], keys }, { 'pinning-api-key': pin.id })
    expect([result.conclusion, service.requests.length]).toEqual(['failure', pages.length])
    expect(leaksOf(result, [pin.id])).toEqual([])
  })
})

describe('ages are counted by the earlier of two clocks', () => {
  const minutesFromNow = (minutes: number): Date => new Date(Date.now() + minutes * 60_000)

  test.concurrent.each<[string, number | null, string, RegExp]>([
    ['the runner is an hour ahead', -60, 'kept', /clock.*60 minutes ahead/],
    ['the runner is an hour behind', 60, 'unpinned', /clock.*60 minutes behind/],
    ['the two are four minutes apart', -4, 'unpinned', /^$/],
    ['the service does not say its time', null, 'unpinned', /^$/],
  ])('where %s', async (_, minutes, expected, words) => {
    const pins = [{ ...pinAt(0), date_pinned: minutesFromNow(-90).toISOString() }]
    const headers = { Date: minutes === null ? undefined : minutesFromNow(minutes).toUTCString() }
    const { told, result } = await selectPreviews({ pins, headers }, { 'older-than': '1h' })
    expect(told).toEqual([`preview-0 ${expected}`])
    expect(warningsOf(result)).toMatch(words)
  })
})
