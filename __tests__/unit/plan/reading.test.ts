import { describe, expect, test } from '@jest/globals'
import type { PinOutcome } from '../../../src/pin/outcome.ts'
import { readRecords, readNotPinned, type ReadingOptions } from '../../../src/plan/reading.ts'
import type { PinRead } from '../../../src/service/judge.ts'
import type { Page, PageRequest, PinService } from '../../../src/service/service.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { failed, many, pinIdOf, recordOf, stayed } from '../../support/outcome.ts'

const NOW = Date.UTC(2026, 10, 6)
const MINUTE = 60_000
const ID = many(9, pinIdOf)
const row = (n: number, fields: object = {}) => recordOf({ id: ID[n], ...fields }, n).raw
function page(all: unknown[], date: number | null = null): Page {
  return { kind: 'rows', rows: all, total: all.length, bytes: 1, date }
}
const rows = (numbers: number[]): Page => page(numbers.map((n) => row(n)))
function unreadable(stops: 'unauthorized' | 'told-to-wait' | null = null): Page {
  return { kind: 'unreadable', why: 'No.', stops }
}
const end = (outcome: PinOutcome): PinRead => ({ kind: 'ended', outcome, cause: 'why' })
const no = (n: number, more: object = {}) => end(failed(n, 'Not unpinned: no.', more))
/** All other pins are missing. */
const HAS: Record<number, PinRead> = Object.fromEntries(
  [1, 2, 3].map((n) => [n, { kind: 'record', record: recordOf({ id: ID[n] }) }]),
)

/** A service that answers so, what is asked of it, and what is said. */
function world(pages: Page[] = [], reads = HAS, signal = new AbortController().signal) {
  const asked: string[] = []
  const said: string[] = []
  const service = {
    page: ({ pinned, offset }: PageRequest) => {
      asked.push(`list ${pinned}`)
      const next = pages.length > 1 ? pages.shift() : pages[0]
      return Promise.resolve(next?.kind === 'rows' ? { ...next, rows: next.rows.slice(offset) } : next)
    },
    pin: (id: string) => ({
      read: () => {
        asked.push(`pin ${ID.indexOf(id)}`)
        return Promise.resolve(reads[ID.indexOf(id)] ?? end(stayed(ID.indexOf(id), 'missing', 'x', null)))
      },
    }),
  } as unknown as PinService
  const log = (text: string) => void said.push(text)
  const warn = (text: string) => log(`warning: ${text}`)
  const onProgress = (done: number, of: number, noun: string) => log(`${done} of ${of} ${noun}s`)
  return { asked, said, options: { service, signal, now: NOW, log, warn, onProgress } satisfies ReadingOptions }
}

type Needs = Parameters<typeof readRecords>[0]
const LIVE: Partial<Needs> = { protect: [{ text: 'live', id: null, cid: null }] }
const DRY = { dryRun: true }
const VERIFY = { verify: true }
const SELECTION: Needs['target'] = { kind: 'selection', criteria: criteriaOf({}), selects: [], limits: [] }
function needs(pins: number[] | null, more: Partial<Needs> = {}): Needs {
  const target: Needs['target'] = pins === null ? SELECTION : { kind: 'ids', pinIds: pins.map(pinIdOf) }
  const words = { onUnusedProtect: 'fail', onMissing: 'warn', dryRun: false, verify: false } as const
  return { target, protect: [], ...words, ...more }
}

const LIST = ['list true', 'list true']
const unpinned = { 1: end(stayed(1, 'missing')) }
test.each<[string, Needs, reads: Record<number, PinRead>, asked: string[], byId: number[]]>([
  ['a selection', needs(null, { ...DRY, ...VERIFY }), HAS, LIST, []],
  ['IDs alone', needs([1, 2]), HAS, [], []],
  ['no IDs', needs([], { ...DRY, ...LIVE }), HAS, [], []],
  ['IDs and `protect`', needs([3, 1, 2], LIVE), HAS, [...LIST, 'pin 3', 'pin 2'], [3, 2]],
  ['IDs and `dry-run`', needs([1, 2], DRY), HAS, ['pin 1', 'pin 2'], [1, 2]],
  ['IDs and `verify`, up to the first record', needs([4, 2, 1], VERIFY), HAS, ['pin 4', 'pin 2'], [4, 2]],
  ['IDs and `verify`, where the first is already unpinned', needs([1, 2], VERIFY), unpinned, ['pin 1'], [1]],
])('for %s, planning reads no more than it needs', async (_, wants, reads, expected, byId) => {
  const { asked, options } = world([rows([1])], reads)
  const readings = await readRecords(wants, options)
  expect([asked, [...readings.byId.keys()]]).toEqual([expected, byId.map(pinIdOf)])
  expect(readings).toMatchObject({ problem: null, now: NOW })
  expect(readings.account === null).toBe(!expected.includes('list true'))
})

describe('the list', () => {
  test('is announced, and gives the account', async () => {
    const { said, options } = world([rows([1, 2])])
    const { account } = await readRecords(needs(null), options)
    const complete = 'The list is complete: 2 pins, read in 2 requests'
    expect(said).toEqual(['Reading the list of pins', '2 of 2 rows', '2 of 2 rows', complete])
    expect([account?.pinned.map(({ id }) => id), account?.notPinned]).toEqual([[ID[1], ID[2]], null])
  })

  test.each([needs(null), needs([1], LIVE)])('that cannot be read ends planning: %#', async (wants) => {
    const { asked, options } = world([unreadable()])
    const problem = 'The list of pins could not be read: No. Nothing was unpinned.'
    expect([await readRecords(wants, options), asked]).toMatchObject([{ account: null, problem }, ['list true']])
  })

  test.each([
    [-5, -5, null],
    [-6, -6, '6 minutes ahead of'],
    [60, 0, '60 minutes behind'],
    [5, 0, null],
  ])('gives the earlier of two clocks, where the other is %i min later', async (later, earlier, words) => {
    const { said, options } = world([page([row(1)], NOW + later * MINUTE)])
    expect((await readRecords(needs(null), options)).now).toBe(NOW + earlier * MINUTE)
    const warned = said.filter((text) => text.startsWith('warning: The clock of this runner is'))
    expect(warned).toEqual(words === null ? [] : [expect.stringContaining(` is ${words} the service's. Ages are`)])
  })

  const all = page([row(1), row(2, { pinned: false, status: 'QUEUED' })])
  test.each([
    ['and it can be', all, null, true],
    ['and where it cannot be, the plan stays', unreadable(), null, false],
    ['and nothing is unpinned after a 401', unreadable('unauthorized'), 'problem', false],
    ['and nothing is unpinned where it must wait too long', unreadable('told-to-wait'), 'problem', false],
  ] as const)('is read again with the records that are not pinned, %s', async (_, answer, stopped, readable) => {
    const { asked, said, options } = world([answer])
    const base = { byId: new Map(), problem: null, now: 7 }
    const before = { account: { pinned: [recordOf()], notPinned: null }, ...base }
    const { account, ...rest } = await readNotPinned(before, options)
    const problem = stopped && 'The list of pins could not be read: No. Nothing was unpinned.'
    expect(rest).toEqual({ ...base, problem })
    expect([asked[0], account?.pinned]).toEqual(['list all', before.account.pinned])
    expect(account?.notPinned?.map(({ id }) => id)).toEqual(readable ? [ID[2]] : undefined)
    expect(said[0]).toMatch(/^Reading the list again, with the records that are not pinned/)
    const warned = /^warning: The records that are not pinned could not be read, .* could not be read: No\.$/
    expect(warned.test(said.at(-1) ?? '')).toBe(!readable && stopped === null)
  })
})

describe('a read that fails', () => {
  test.each<[Partial<Needs>, also: string]>([
    [DRY, ' Only the dry run needs to read the pin: a real run would not.'],
    [{ ...DRY, ...VERIFY }, ''],
    [{ ...DRY, ...LIVE }, ''],
    [VERIFY, ''],
  ])('ends its own pin, and with %j it says: %s', async (more, also) => {
    const { options } = world([rows([])], { 1: unpinned[1], 2: no(2, { stops: 'forbidden' }), 3: no(3) })
    const verifies = more === VERIFY
    const { byId, problem } = await readRecords(needs(verifies ? [3, 1] : [1, 2, 3], more), options)
    const messages = [...byId.values()].map((read) => read.kind === 'ended' && read.outcome.message)
    const gone = 'Not unpinned: a reason.'
    const no2 = [`Not unpinned: no.${also}`, 'Not unpinned: no.']
    expect([messages, problem]).toEqual([verifies ? [no2[1], gone] : [gone, ...no2], null])
  })

  test.each<[Partial<Needs>, stops: 'unauthorized' | 'forbidden']>([
    [DRY, 'unauthorized'],
    [VERIFY, 'forbidden'],
  ])('stops planning with %j where the rule says so: %s', async (more, stops) => {
    const read = no(1, { stops })
    const { asked, options } = world([], { 1: read })
    const { byId, problem } = await readRecords(needs([1, 2, 3], more), options)
    expect([asked, [...byId]]).toEqual([['pin 1'], [[ID[1], read]]])
    expect(read).toMatchObject({ outcome: { message: 'Not unpinned: no.' } })
    expect(problem).toMatch(/^Nothing was unpinned\. While the pins were read: .*\(HTTP 40\d\)\.$/)
  })

  test('stops nothing after a record was read, and progress is shown', async () => {
    const { said, options } = world([], { ...HAS, 2: no(2, { stops: 'forbidden' }) })
    const { byId, problem } = await readRecords(needs([1, 2, 3], DRY), options)
    expect([[...byId.keys()], problem]).toEqual([ID.slice(1, 4), null])
    expect(said).toEqual(['Reading 3 pins by ID', ...[1, 2, 3].map((n) => `${n} of 3 pins`)])
    const afterList = world([rows([1])], { 2: no(2, { stops: 'forbidden' }) })
    expect(await readRecords(needs([2, 3], LIVE), afterList.options)).toMatchObject({ problem: null })
    const stopped = world([], HAS, AbortSignal.abort())
    const { problem: why } = await readRecords(needs([1], VERIFY), stopped.options)
    const words = 'Nothing was unpinned. While the pins were read: the run was stopped.'
    expect([stopped.asked, why]).toEqual([[], words])
  })
})
