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
import { pinIdOf } from '../support/outcome.ts'
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

const page = (pins: readonly unknown[], files: number): Fault =>
  answer(200, { status: 'success', data: { totals: { files, size: 1 }, pins } })

describe('the whole list is read before the first pin is removed', () => {
  test.concurrent.each([1, 7, 1000])(
    'from a service that gives up to %i rows at once',
    async (largestPage) => {
      const { result, service } = await selectPreviews({
        pins: account(largestPage === 1 ? 31 : 205),
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

  test.concurrent('with the progress in the log, where it takes long', async () => {
    const fault = onMethod('GET', { kind: 'delay', ms: 700 })
    const { result } = await selectPreviews({ pins: account(91), largestPage: 11, fault })
    expect(result.conclusion).toBe('success')
    expect(result.log).toMatch(/^The list of pins: \d+ of 91 rows read$/m)
  })
})

test.concurrent('a page of over 1 MiB is asked for with fewer rows, down to one', async () => {
  const { result, pages } = await selectPreviews({ pins: account(11, { text: 'x'.repeat(700_000) }) })
  expect(result.outputs['unpinned-count']).toBe('2')
  const limits = pages.map((page) => Number(/limit=(\d+)/.exec(page)?.[1]))
  expect(limits.slice(0, 8)).toEqual([100, 50, 25, 13, 7, 4, 2, 1])
})

describe('while another client changes the list', () => {
  /** @param act what the other client does before the second page is answered. */
  async function selectWhile(pins: readonly PinRecord[], act: (service: Service) => void): Promise<Service> {
    const fault = (request: ReceivedRequest): undefined => {
      if (request === service.requests[1]) act(service)
    }
    const service: Service = await start({ pins, fault })
    await runStep(service.url, [], SELECTING)
    return service
  }

  test.concurrent('a pin that is removed between two pages does not hide another pin', async () => {
    const pins = account(250)
    const service = await selectWhile(pins, (changed) => {
      changed.remove(pins[5]?.id ?? '')
      changed.add(makePin({ date_pinned: at(999) }, 999))
    })
    expect(service.requests.filter(({ removed }) => removed)).toHaveLength(25)
    expect(service.requests.some(({ path }) => path.includes('pinned=all'))).toBe(true)
  })

  test.concurrent('a matching pin that is added at the end is selected, too', async () => {
    const added = makePin({ metadata: { name: 'preview-new' }, date_pinned: at(999) }, 999)
    const service = await selectWhile(account(100), (changed) => changed.add(added))
    expect(service.holds(added.id)).toBe(false)
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
      'if the ID of a row is a path',
      (_, index) => (index === 1 ? page([rows[99], { ...rows[100], id: '../keys' }], 250) : undefined),
      /row without a valid `id`/,
    ],
    ['if every page is cut', () => ({ kind: 'cut' }), /within the 3 s of `timeout-seconds`/],
    [
      'if a redirect leads to another part of the list',
      ({ path }) => ({ kind: 'redirect', location: path.replace('limit=100', 'limit=10') }),
      /to another endpoint/,
    ],
    ['if `api-url` is wrong', () => answer(404, '<html>'), /Check `api-url`/],
    ['if the key may not list', () => answer(403, {}), /HTTP 403.*`data\.pin_list`/],
    [
      'if the keys are refused later',
      (_, index) => (index === 1 ? answer(401, {}) : undefined),
      /Check both keys/,
    ],
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

  test.concurrent('if a date is needed and missing', async () => {
    const undated = makePin({ metadata: { name: 'preview-x' }, date_pinned: '0001-01-01T00:00:00Z' }, 999)
    const { result, deleted } = await selectPreviews(
      { pins: [...account(5), undated] },
      { 'keep-latest': '1' },
    )
    expect(errorsOf(result)).toMatch(new RegExp(`${undated.id}.*Nothing was unpinned`))
    expect(deleted).toEqual([])
  })

  test.concurrent('if the service makes up rows as it goes, after a bounded number', async () => {
    let made = 0
    const { result, pages } = await selectPreviews({
      fault: () => {
        // The last row of the page before, and new ones.
        const from = Math.max(1, made)
        made = from + 1000
        const rows = Array.from({ length: 1001 }, (_, index) => ({ id: pinIdOf(from + index), pinned: true }))
        return page(rows, made + 1000)
      },
    })
    expect(errorsOf(result)).toMatch(/The list of pins is too large/)
    expect(pages.length).toBeLessThanOrEqual(102)
  })

  test.concurrent('if an ID in the list is the value of a key, which is not shown', async () => {
    const [pin] = account(1) as [PinRecord]
    const keys = [{ apiKey: pin.id, secretKey: DEFAULT_KEYS.secretKey, scopes: ['admin'] as const }]
    const { result, service } = await selectPreviews({ pins: [pin], keys }, { 'pinning-api-key': pin.id })
    expect(errorsOf(result)).toMatch(/an ID that contains the value of a key/)
    expect(service.holds(pin.id)).toBe(true)
    expect(result.summary).not.toContain(pin.id)
  })
})
