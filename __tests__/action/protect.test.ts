import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makePin, type PinRecord, type ReceivedRequest } from '../../testing/service/index.ts'
import { spellingsOf } from '../support/selection-accounts.ts'
import { answer, endProcesses, errorsOf, type Inputs, nodeArgsFor, select, type Selected } from '../support/step.ts'
import { warningsOf } from '../support/step.ts'

afterAll(endProcesses)

const [V0 = '', V1 = '', V1_CAPITALS = '', K = ''] = spellingsOf(7)

const named = (name: unknown, seed: number, fields: Partial<PinRecord> = {}): PinRecord =>
  makePin({ metadata: { name: name as string }, ...fields }, seed)

const live = named('production', 1, { cid: V0 })
const old = named('preview/1', 2)

/** Selects every pin of the account: one that the line is meant to protect, and `old`. */
const runWith = (protect: string, stored: unknown = 'production', inputs: Inputs = {}): Promise<Selected> =>
  select({ pins: [old, named(stored, 1, { cid: V0 })] }, { name: '(any)', protect, ...inputs })

/** The 46 slips: lines that protect nothing, and lines that protect the pin with the name beside them. */
const STOPPING = `"production"|'production'|\`production\`|“production”|production"|- production|-production|• production
1. production|production, staging|production,staging|production staging|production; staging|production,|# production
production # the live site|production // the live site|[production]|["production"]|{production,staging}|<production>
^production$|/production/|prod.+|production\\|staging|productio?|prod%|name=production|name: production|prodution|staging`
const SLIPS: [line: string, stored: unknown, result: string][] = [
  ...STOPPING.split(/(?<!\\)[|\n]/).map((line): [string, string, string] => [line, 'production', 'not-attempted']),
  ...[
    'PRODUCTION',
    'Production',
    'ｐｒｏｄｕｃｔｉｏｎ',
    'produc\u200btion',
    'produc\u00adtion',
    '\ufeffproduction',
  ].map((line): [string, string, string] => [line, 'production', 'protected']),
  ...['produc\u2060tion', 'production\n', 'production\r', ' production '].map((stored): [string, string, string] => [
    'production',
    stored,
    'protected',
  ]),
  ['cafe\u0301', 'café', 'protected'],
  ['café', 'cafe\u0301', 'protected'],
  ['my\u00a0site', 'my site', 'protected'],
  ['my  site', 'my site', 'protected'],
  ['2024', 2024, 'protected'],
]

describe('a line that protects no pin stops the run before the first DELETE', () => {
  test.concurrent.each(SLIPS)('%j where a pin is named %j: %s', async (line, stored, expected) => {
    const { deleted, entries, result } = await runWith(line.replace('\\|', '|'), stored)
    expect(entries.find(({ pinId }) => pinId === live.id)?.result).toBe(expected)
    if (expected === 'protected') {
      expect([deleted, result.conclusion, warningsOf(result)]).toEqual([[old.id], 'success', ''])
    } else {
      expect([deleted, result.conclusion]).toEqual([[], 'failure'])
      const how = /without quotes, commas, dashes or comments.*Nothing was unpinned.*`on-unused-protect: warn`/
      expect(errorsOf(result)).toMatch(new RegExp(`\`protect\`.*no pin.*${how.source}`))
    }
  })

  test.concurrent.each<Inputs>([{ name: '(none)', 'pin-id': old.id }, { 'dry-run': 'true' }])(
    'also with %j',
    async (inputs) => {
      const { deleted, result } = await runWith('- production', 'production', inputs)
      expect([deleted, result.conclusion]).toEqual([[], 'failure'])
      expect(errorsOf(result)).toMatch(/`protect`.*no pin.*- production/)
    },
  )
})

test.concurrent.each<[string, string, PinRecord]>([
  ['its ID in capitals', live.id.toUpperCase(), live],
  ['its CID in capitals', V1_CAPITALS, live],
  ['its CID in base36', K, named('x', 1, { cid: V1 })],
  ['a pattern in another letter case', 'PROD*ion', live],
  ['what stands between two `*`', '*tion*', named('x ÷\n production (old)', 1)],
  ['its name, which is a boolean', 'TRUE', named(true, 1)],
  ['its name, which is a list with a comment', 'a, "b" [c]; #d', named('a, "b" [c]; #d', 1)],
  ['its name, which begins like a CID', 'bafza', named('bafza', 1)],
  ['its name, which holds a pin ID', `copilot/fix-${old.id}`, named(`copilot/fix-${old.id}`, 1)],
  ['`*`, although it has no name', '*', makePin({ metadata: {} }, 1)],
  ['any name, as its own cannot be read', 'x', named(['production'], 1)],
  ['any name, as its own is too long', 'x', named('x'.repeat(1025), 1)],
  ['any CID, as its own cannot be read', V0, named('production', 1, { cid: 'unknown' })],
])('a pin is protected by %s', async (how, protect, pin) => {
  const { told, result } = await select({ pins: [pin] }, { name: '(any)', protect })
  expect(told).toEqual([expect.stringMatching(/ protected$/)])
  // Where a line may match, but nobody can tell, a person should know it.
  const doubtful = /cannot be read|too long/.test(how) ? 1 : 0
  expect(result.conclusion).toBe('success')
  expect(result.annotations.warnings).toHaveLength(doubtful)
})

describe('`on-unused-protect`', () => {
  test.concurrent('with `warn` says so before the first DELETE and in the summary', async () => {
    const { deleted, result } = await runWith('- production', 'x', { 'on-unused-protect': 'warn' })
    expect([deleted.length, result.conclusion]).toEqual([2, 'success'])
    expect(result.log).toMatch(/^::warning::.*`protect`.*no pin.*- production[^]* unpinned, /m)
    expect(result.summary).toMatch(/no pin.*production/)
  })

  test.concurrent('with `ignore` says so of a pin ID and a CID only', async () => {
    const { id } = makePin({}, 9)
    const lines = { protect: `gone-*\n${V1}\n${id}`, 'on-unused-protect': 'ignore' }
    const { deleted, result, pages } = await select({ pins: [old] }, { name: '(any)', ...lines })
    expect([deleted.length, result.conclusion]).toEqual([1, 'success'])
    expect(warningsOf(result)).toMatch(new RegExp(`no pin.*"${V1}", "${id}"`))
    expect(warningsOf(result)).not.toContain('gone-')
    expect(pages.join()).not.toContain('pinned=all')
  })

  test.concurrent('with `fail` only warns where nothing is chosen', async () => {
    const { result } = await runWith('production\n- staging', 'production', { name: 'prod*' })
    expect([result.conclusion, errorsOf(result)]).toEqual(['success', ''])
    expect(warningsOf(result)).toContain('- staging')
  })
})

describe('a line is used', () => {
  test.concurrent.each<[string, string, Inputs]>([
    ['by a pin outside the selection', 'production', { name: 'preview/*' }],
    ['by a pin that is not among those of `pin-id`', live.id, { 'pin-id': old.id, name: '(none)' }],
    ['where another line is the same name', 'Production\nPRODUCTION', {}],
    ['where another line is the same pin ID', `${live.id}\n${live.id.toUpperCase()}`, {}],
    ['where another line is the same CID', `${V0}\n${V1}`, {}],
    ['where another line is the CID of the same pin', `production\n${V1}`, {}],
  ])('%s, and nothing is said', async (_, protect, inputs) => {
    const { deleted, result, pages } = await runWith(protect, 'production', inputs)
    expect([deleted, result.conclusion, warningsOf(result)]).toEqual([[old.id], 'success', ''])
    expect(pages.join()).not.toContain('pinned=all')
  })

  const retrieved = named('production', 1, { pinned: false, status: 'RETRIEVAL' })
  const gone = named('production', 1, { pinned: false, status: 'unpinNormally' })

  test.concurrent.each<[string, string, PinRecord, boolean]>([
    ['by a pin that is still retrieved', 'production', retrieved, true],
    ['by the ID of a pin that is still retrieved', retrieved.id, retrieved, true],
    ['not by a pin that was unpinned before', 'production', gone, false],
  ])('%s', async (_, protect, pin, used) => {
    for (const how of [{ name: '(any)' }, { 'pin-id': old.id }] as Inputs[]) {
      const { deleted, pages, result } = await select({ pins: [pin, old] }, { protect, ...how })
      expect(pages.some((page) => page.includes('pinned=all'))).toBe(true)
      expect([deleted, result.conclusion]).toEqual(used ? [[old.id], 'success'] : [[], 'failure'])
    }
  })
})

describe('`protect` with `pin-id`', () => {
  const queued = named('queued', 3, { pinned: false, status: 'queued' })
  const pins = [live, old, queued]
  const given = pins.map(({ id }) => id).join('\n')

  test.concurrent('keeps what the list says, and reads only the pins that are not in it', async () => {
    const inputs = { 'pin-id': given, protect: 'production\nQUEUED' }
    const { told, deleted, service, result } = await select({ pins }, inputs)
    expect(told).toEqual(['production protected', 'preview/1 unpinned', 'queued protected'])
    const reads = service.requests.filter(({ method, pinId }) => method === 'GET' && pinId !== undefined)
    expect([deleted, reads.map(({ pinId }) => pinId)]).toEqual([[old.id], [queued.id]])
    expect(warningsOf(result)).toMatch(`Pin ${live.id}: Not unpinned: protected by`)
    const outputs = { 'protected-count': '2', 'unpinned-count': '1', 'pin-ids': old.id, 'chosen-count': '1' }
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })

  test.concurrent.each([
    ['the list cannot be read', '/pins/', ['not-attempted', 'not-attempted', 'not-attempted'], []],
    ['a pin that is not in it cannot be read', queued.id, ['protected', 'unpinned', 'failed'], [old.id]],
  ])('fails where %s', async (_, part, results, expected) => {
    const fault = ({ path }: ReceivedRequest) => (path.includes(part) ? answer(400, { message: 'no' }) : undefined)
    const { entries, deleted, result } = await select({ pins, fault }, { 'pin-id': given, protect: 'production' })
    expect([entries.map((entry) => entry.result), deleted]).toEqual([results, expected])
    expect([result.conclusion, result.outputs['pin-ids']]).toEqual(['failure', expected.join()])
  })
})

test.concurrent('a warning says that records could not be read that might use a line, and the plan stays', async () => {
  const fault = ({ path }: ReceivedRequest) => (path.includes('pinned=all') ? answer(400, {}) : undefined)
  const inputs = { name: '(any)', protect: 'production\nstaging', 'on-unused-protect': 'warn' }
  const { deleted, result } = await select({ pins: [live, old], fault }, inputs)
  expect([deleted, result.conclusion]).toEqual([[old.id], 'success'])
  expect(warningsOf(result)).toMatch(/not pinned.*could not be read/)
})

test.concurrent('10,000 lines with `*` over 7,000 pins take less than 5 s of CPU', async () => {
  const program = `import { writeFileSync } from 'node:fs'
    process.on('exit', () => writeFileSync('cpu', String(process.cpuUsage().user)))`
  const pins = Array.from({ length: 7000 }, (_, index) => named(`preview/${index}`, index + 10))
  const protect = Array.from({ length: 10_000 }, (_, index) => `*x${index}*`).join('\n')
  const inputs = { name: '(any)', protect, 'on-unused-protect': 'warn', 'max-unpins': '7000', 'dry-run': 'true' }
  const { result } = await select({ pins }, inputs, { nodeArgs: nodeArgsFor(program) })
  expect(result.conclusion).toBe('success')
  expect(Number(readFileSync(join(result.workspace, 'cpu'), 'utf8')) / 1e6).toBeLessThan(5)
})
