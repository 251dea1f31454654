import { afterAll, describe, expect, test } from '@jest/globals'
import { makePin, type PinRecord } from '../../testing/service/index.ts'
import { spellingsOf } from '../support/selection-accounts.ts'
import {
  answer,
  endProcesses,
  errorsOf,
  type Inputs,
  onMethod,
  select,
  type Selected,
  warningsOf,
} from '../support/step.ts'

afterAll(endProcesses)

const [V0 = '', V1 = '', V1_CAPITALS = '', K = ''] = spellingsOf(7)

const named = (name: unknown, seed: number, fields: Partial<PinRecord> = {}): PinRecord =>
  makePin({ metadata: { name: name as string }, ...fields }, seed)

const live = named('production', 1, { cid: V0 })
const old = named('preview/1', 2)

/** Selects every pin of the account: `live`, which the line is meant to protect, and `old`. */
const runWith = (protect: string, stored: unknown = 'production', inputs: Inputs = {}): Promise<Selected> =>
  select(
    { pins: [old, { ...live, metadata: { name: stored as string } }] },
    { name: '(any)', protect, ...inputs },
  )

/** Slips, each with what it makes of the line, and of the name as it is stored. */
const SLIPS: Record<string, [line: string, stored?: unknown]> = {
  'in double quotes': ['"production"'],
  'in single quotes': ["'production'"],
  'in backticks': ['`production`'],
  'in curly quotes': ['“production”'],
  'with a quote at one end': ['production"'],
  'behind a dash': ['- production'],
  'behind a dash without a blank': ['-production'],
  'behind a bullet': ['• production'],
  'behind a number': ['1. production'],
  'in a list with commas': ['production, staging'],
  'in a list with commas and no blanks': ['production,staging'],
  'in a list with blanks': ['production staging'],
  'in a list with semicolons': ['production; staging'],
  'with a comma behind it': ['production,'],
  'with a comment behind it': ['production # the live site'],
  'with a C comment behind it': ['production // the live site'],
  'as a comment': ['# production'],
  'in square brackets': ['[production]'],
  'as a JSON list': ['["production"]'],
  'in braces': ['{production,staging}'],
  'in angle brackets': ['<production>'],
  'as a regular expression': ['^production$'],
  'as a regular expression with slashes': ['/production/'],
  'as a regular expression for any end': ['prod.+'],
  'as alternatives': ['production|staging'],
  'with a question mark': ['productio?'],
  'with an SQL pattern': ['prod%'],
  'as a key-value': ['name=production'],
  'as YAML': ['name: production'],
  'with a letter wrong': ['prodution'],
  'of another pin': ['staging'],
  'in capitals': ['PRODUCTION'],
  'with a capital': ['Production'],
  'in full width': ['ｐｒｏｄｕｃｔｉｏｎ'],
  'decomposed': ['cafe\u0301', 'café'],
  'composed': ['café', 'cafe\u0301'],
  'with an invisible character': ['produc\u200btion'],
  'with a soft hyphen': ['produc\u00adtion'],
  'behind a byte order mark': ['\ufeffproduction'],
  'with an invisible character in the stored name': ['production', 'produc\u2060tion'],
  'with a line end in the stored name': ['production', 'production\n'],
  'with a carriage return in the stored name': ['production', 'production\r'],
  'with blanks in the stored name': ['production', ' production '],
  'with a no-break space': ['my\u00a0site', 'my site'],
  'with two blanks': ['my  site', 'my site'],
  'with a number in place of text': ['2024', 2024],
}

const UNUSED = /`protect`.*no pin.*production.*without quotes, commas, dashes or comments/i

describe('a line that protects no pin stops the run before the first DELETE', () => {
  test.concurrent.each(Object.entries(SLIPS))('unless it protects its pin: %s', async (_, [line, stored]) => {
    const { deleted, entries, result } = await runWith(line, stored)
    const { result: ofLive } = entries.find(({ pinId }) => pinId === live.id) ?? {}
    if (result.conclusion === 'success') {
      expect([ofLive, deleted]).toEqual(['protected', [old.id]])
      expect(result.annotations).toMatchObject({ warnings: [] })
    } else {
      expect([ofLive, deleted]).toEqual(['not-attempted', []])
      expect(errorsOf(result)).toMatch(/`protect`.*no pin.*Nothing was unpinned.*`on-unused-protect: warn`/)
    }
  })

  test.concurrent.each<[string, Inputs]>([
    ['with `pin-id`', { name: '(none)', 'pin-id': old.id }],
    ['in a dry run', { 'dry-run': 'true' }],
  ])('also %s', async (_, inputs) => {
    const { deleted, result } = await runWith('- production', 'production', inputs)
    expect([deleted, result.conclusion]).toEqual([[], 'failure'])
    expect(errorsOf(result)).toMatch(UNUSED)
  })
})

test.concurrent.each<[string, string, PinRecord]>([
  ['its ID in capitals', live.id.toUpperCase(), live],
  ['its CID in capitals', V1_CAPITALS, live],
  ['its CID in base36', K, named('x', 1, { cid: V1 })],
  ['a pattern in another letter case', 'PROD*ion', live],
  ['a part of its name with a `*`, whatever stands between', '*tion*', named('x ÷\n production (old)', 1)],
  ['its name, which is a boolean', 'TRUE', named(true, 1)],
  ['its name, which is a list', 'a, "b" [c]; #d', named('a, "b" [c]; #d', 1)],
  ['its name, which looks like a CID', 'bafzaa', named('bafzaa', 1)],
  ['its name, which holds a pin ID', `copilot/fix-${old.id}`, named(`copilot/fix-${old.id}`, 1)],
  ['`*`, although it has no name', '*', makePin({ metadata: {} }, 1)],
  ['any name, as its own cannot be read', 'x', named(['production'], 1)],
  ['any name, as its own is too long', 'x', named('x'.repeat(1025), 1)],
  ['any CID, as its own cannot be read', V0, named('production', 1, { cid: 'unknown' })],
])('a pin is protected by %s', async (_, protect, pin) => {
  // Its twin in a spelling of its own shows that it is the line that keeps it.
  const { told, result } = await select({ pins: [pin, old] }, { name: 'no*\npreview/*', cid: '(none)', protect })
  const kept = protect === '*' ? ['preview/1 protected'] : ['preview/1 unpinned']
  expect([told, result.conclusion, warningsOf(result)]).toEqual([kept, 'success', ''])
  const { told: all } = await select({ pins: [pin] }, { name: '(any)', protect })
  expect(all).toEqual([expect.stringMatching(/ protected$/)])
})

describe('`on-unused-protect`', () => {
  test.concurrent('with `warn` says so before the first DELETE and in the summary', async () => {
    const { deleted, result } = await runWith('- production', 'x', { 'on-unused-protect': 'warn' })
    expect([deleted.length, result.conclusion]).toEqual([2, 'success'])
    expect(warningsOf(result)).toMatch(UNUSED)
    const said = result.lines.map(({ text }) => (/::warning::/.test(text) ? 'warned' : / unpinned, /.test(text)))
    expect(said.indexOf('warned')).toBeLessThan(said.indexOf(true))
    expect(result.summary).toMatch(/no pin.*production/)
  })

  test.concurrent('with `ignore` says so of a pin ID and a CID only', async () => {
    const lines = { protect: `gone-*\n${V1}\n${makePin({}, 9).id}`, 'on-unused-protect': 'ignore' }
    const { deleted, result, pages } = await select({ pins: [old] }, { name: '(any)', ...lines })
    expect([deleted.length, result.conclusion]).toEqual([1, 'success'])
    expect(warningsOf(result)).toContain(V1)
    expect(warningsOf(result)).toContain(makePin({}, 9).id)
    expect(warningsOf(result)).not.toContain('gone-')
    expect(pages.join()).not.toContain('pinned=all')
  })

  test.concurrent('with `fail` only warns where nothing is chosen', async () => {
    const { result } = await runWith('production\n- staging', 'production', { name: 'prod*' })
    expect(result).toMatchObject({ conclusion: 'success', annotations: { errors: [] } })
    expect(warningsOf(result)).toContain('- staging')
  })
})

describe('a line is used', () => {
  test.concurrent.each<[string, string, Inputs]>([
    ['by a pin outside the selection', 'production', { name: 'preview/*' }],
    ['by a pin that is not among those of `pin-id`', live.id, { 'pin-id': old.id, name: '(none)' }],
    ['twice', `Production\nPRODUCTION`, { name: '(any)' }],
    // FAILS: a second line with the same pin ID counts as unused.
    ['by a pin ID that is there twice', `${live.id}\n${live.id.toUpperCase()}`, { name: '(any)' }],
    // FAILS: a second line with the same CID counts as unused.
    ['by a CID in two spellings', `${V0}\n${V1}`, { name: '(any)' }],
    ['by a CID and the name of the same pin', `${V0}\nproduction`, { name: '(any)' }],
  ])('%s, and nothing is said', async (_, protect, inputs) => {
    const { deleted, result, pages } = await runWith(protect, 'production', inputs)
    expect([deleted, result.conclusion]).toEqual([[old.id], 'success'])
    expect(pages.join()).not.toContain('pinned=all')
    const { warnings } = result.annotations
    expect(warnings).toEqual([])
  })

  const pending = named('production', 1, { pinned: false, status: 'RETRIEVAL' })
  const gone = named('production', 1, { pinned: false, status: 'unpinNormally' })

  test.concurrent.each<[string, string, PinRecord, boolean]>([
    ['by a pin that is still retrieved', 'production', pending, true],
    ['by the ID of a pin that is still retrieved', pending.id, pending, true],
    ['not by a pin that was unpinned before', 'production', gone, false],
  ])('%s', async (_, protect, pin, used) => {
    const inputs = [{ name: '(any)' }, { 'pin-id': old.id, name: '(none)' }] as Inputs[]
    for (const how of inputs) {
      const { deleted, pages, result } = await select({ pins: [pin, old] }, { protect, ...how })
      expect(pages.some((page) => page.includes('pinned=all'))).toBe(true)
      expect([deleted, result.conclusion]).toEqual(used ? [[old.id], 'success'] : [[], 'failure'])
    }
  })
})

describe('`protect` with `pin-id`', () => {
  const pending = named('pending', 3, { pinned: false, status: 'queued' })
  const given = [live, old, pending].map(({ id }) => id).join('\n')

  test.concurrent('keeps what the list says, and reads only the pins that are not in it', async () => {
    const inputs = { 'pin-id': given, protect: 'production\nPENDING' }
    const { told, deleted, service, result } = await select({ pins: [live, old, pending] }, inputs)
    expect(told).toEqual(['production protected', 'preview/1 unpinned', 'pending protected'])
    expect(deleted).toEqual([old.id])
    const reads = service.requests.filter(({ method, pinId }) => method === 'GET' && pinId !== undefined)
    expect(reads.map(({ pinId }) => pinId)).toEqual([pending.id])
    expect(warningsOf(result)).toMatch(`Pin ${live.id}: Not unpinned: protected by`)
    const outputs = { 'protected-count': '2', 'unpinned-count': '1', 'pin-ids': old.id, 'chosen-count': '1' }
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })

  test.concurrent.each([
    ['the list cannot be read', (path: string) => path.includes('/pins/'), 'not-attempted not-attempted not-attempted'],
    ['a pin that is not in the list cannot be read', (path: string) => path.includes(pending.id), 'protected unpinned failed'],
  ])('fails the step where %s', async (_, isSpoilt, results) => {
    const fault = onMethod('GET', answer(400, { message: 'no' }))
    const { entries, deleted, result } = await select(
      { pins: [live, old, pending], fault: (request) => (isSpoilt(request.path) ? fault(request) : undefined) },
      { 'pin-id': given, protect: 'production' },
    )
    expect(entries.map(({ result }) => result).join(' ')).toBe(results)
    expect(deleted).toEqual(results.includes('unpinned') ? [old.id] : [])
    expect([result.conclusion, result.outputs['pin-ids']]).toEqual(['failure', deleted.join()])
  })
})

test.concurrent('where the records that are not pinned cannot be read, a warning says so and the plan stays', async () => {
  const fault = ({ path }: { path: string }) => (path.includes('pinned=all') ? answer(400, { message: 'no' }) : undefined)
  const inputs = { name: '(any)', protect: 'production\nstaging', 'on-unused-protect': 'warn' }
  const { told, result } = await select({ pins: [live, old], fault }, inputs)
  expect([told.sort(), result.conclusion]).toEqual([['preview/1 unpinned', 'production protected'], 'success'])
  expect(warningsOf(result)).toMatch(/records that are not pinned could not be read/)
})
