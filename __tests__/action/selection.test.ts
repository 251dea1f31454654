import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, makePin, type PinRecord, type ServiceOptions } from '../../testing/service/index.ts'
import { posixTest } from '../support/posix.ts'
import { spellingsOf } from '../support/selection-accounts.ts'
import { answer, endProcesses, errorsOf, type Inputs, nodeArgsFor, pins as makePins } from '../support/step.ts'
import { readable, select, type Selected, type StepOptions, warningsOf } from '../support/step.ts'
import { expectNoLeak, KEYS } from './leaks.ts'

afterAll(endProcesses)

const DAY_MS = 86_400_000
let seed = 100

/** A pin of this name, or with this metadata, and this age in days. */
function aged(days: number, named: string | PinRecord['metadata'], fields: Partial<PinRecord> = {}): PinRecord {
  const metadata = typeof named === 'string' ? { name: named } : named
  const date_pinned = new Date(Date.now() - days * DAY_MS - 60_000).toISOString()
  return makePin({ date_pinned, metadata, ...fields }, (seed += 1))
}

const run = (pins: readonly PinRecord[], inputs: Inputs, account: ServiceOptions = {}, step: StepOptions = {}) =>
  select({ pins, ...account }, inputs, step)

const previews = (): PinRecord[] => {
  const ages = { 'preview/3': 10, 'preview/1': 40, 'preview/4': 1, release: 400, 'preview/2': 20 }
  return Object.entries(ages).map(([name, days]) => aged(days, name))
}

/** The results of the matches, in the order of `results`. */
const resultsIn = ({ entries }: Selected): string => entries.map(({ result }) => result).join(' ')

describe('a pin is selected', () => {
  test.concurrent('by its CID in any spelling, and by any of several', async () => {
    const [v0 = '', v1 = '', v1Capitals, k = '', kCapitals] = spellingsOf(1)
    const cids = [v0, v1, k, spellingsOf(2)[0] ?? '']
    const pins = [...cids.map((cid, index) => aged(9 - index, `${index}`, { cid })), aged(0, 'other')]
    for (const spelling of [kCapitals, v1Capitals]) {
      const { told } = await run(pins, { cid: `${spelling},\n ${cids[3]}` })
      expect(told).toEqual(['0 unpinned', '1 unpinned', '2 unpinned', '3 unpinned'])
    }
  })

  test.concurrent.each([
    ['preview/*', 'preview/1 preview/2 preview/3 preview/4'],
    ['*/1\n\n*/3', 'preview/1 preview/3'],
    ['Preview/*\npreview', ''],
    ['2024\ntrue', 'true 2024'],
    ['20*', '2024'],
    ['(any)', 'release preview/1 preview/2 preview/3 preview/4 true 2024 null'],
  ])('by the name %j: %s', async (name, expected) => {
    const others = [true, 2024, undefined].map((name, index) => aged(0.3 - index / 10, { name: name as never }))
    const { entries } = await run([...previews(), ...others], { name })
    expect(entries.map((entry) => entry.name ?? 'null').join(' ')).toBe(expected)
    expect(new Set(entries.map(({ result }) => result))).toEqual(new Set(expected === '' ? [] : ['unpinned']))
  })

  test.concurrent('by a branch name as it is, whatever characters it has', async () => {
    const names = [
      'fix(ui)+[x]^$|?',
      String.raw`npm/@types\d`,
      '#123, {a,b}',
      'ünï/☂️-分支',
      '-"q" $(rm)`x`',
      '__proto__',
    ]
    const near = names.map((name) => name.replace(/\W/u, 'x')).filter((name) => !names.includes(name))
    const meant = names.flatMap((name) => [name, `${name}-1`])
    const pins = [...meant, ...near].map((name, age) => aged(100 - age, name))
    const { result } = await run(pins, { name: names.map((name) => `${name}*`).join('\n') })
    expect(result.outputs['name']).toBe(meant.join('\n'))
    const spaced = await run([aged(2, 'main'), aged(1, 'main\u3000')], { name: 'main\u3000' })
    expect(spaced.result.outputs['name']).toBe('main\u3000')
  })

  test.concurrent('by all of its key-values, in both places, also numbers and booleans', async () => {
    const values = { pr: 7, live: false, branch: 'a, b=c' }
    const pins = [
      aged(5, { name: 'inside', keyvalues: values }),
      aged(4, { name: 'top', ...values }),
      aged(3, { name: 'text', keyvalues: { ...values, pr: '7' } }),
      aged(2, { name: 'other', keyvalues: { ...values, pr: 8 }, pr: 7 }),
      aged(1, { name: 'part', keyvalues: { pr: 7 } }),
    ]
    const { told, entries } = await run(pins, { keyvalues: 'pr=7\nlive = false\nbranch=a, b=c' })
    expect(told).toEqual(['inside unpinned', 'top unpinned', 'text unpinned'])
    expect(entries[0]?.reason).toBe('matched by pr=7 and live=false and branch=a, b=c')
  })
})

describe('a match stays', () => {
  test.concurrent.each<[Inputs, string]>([
    [{ 'older-than': '15d' }, 'unpinned unpinned kept kept'],
    [{ 'keep-latest': '3', 'older-than': '30d' }, 'unpinned kept kept kept'],
    [{ 'keep-latest': '9' }, 'kept kept kept kept'],
    [{ protect: '*/4', 'keep-latest': '1' }, 'unpinned unpinned unpinned protected'],
    [{ protect: '*', 'older-than': '15d' }, 'protected protected protected protected'],
    [{ 'max-unpins': '3', 'on-too-many': 'oldest-first' }, 'unpinned unpinned unpinned kept'],
  ])('with %j: %s', async (narrowing, expected) => {
    const selected = await run(previews(), { name: 'preview/*', ...narrowing })
    expect([resultsIn(selected), selected.result.conclusion]).toEqual([expected, 'success'])
    expect(selected.result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    const { outputs } = selected.result
    const counted = ['unpinned', 'chosen', 'protected', 'kept'].map((name) => Number(outputs[`${name}-count`]))
    const count = (word: string): number => expected.split(word).length - 1
    expect(counted).toEqual([count('unpinned'), count('unpinned'), count('protected'), count('kept')])
    expect([outputs['matched-count'], outputs['failed-count']]).toEqual(['4', '0'])
  })

  test.concurrent('with `keep-latest`, where ages are equal, by its ID', async () => {
    const twins = makePins(4).map((pin) => ({ ...pin, date_pinned: '2024-01-01T00:00:00Z' }))
    const { deleted } = await run(twins, { name: '(any)', 'keep-latest': '2' })
    const ids = twins.map(({ id }) => id).sort()
    expect(deleted.sort()).toEqual(ids.slice(2))
  })

  test.concurrent.each([
    ['keyvalues.pr', 'kept unpinned kept kept'],
    ['name', 'unpinned kept kept kept'],
  ])('with `group-by: %s`, if it is the newest of its group or has no value', async (groupBy, expected) => {
    const pins = [
      aged(40, { name: 'preview-b', pr: 2 }),
      aged(30, { name: 'preview-a', pr: 1 }),
      aged(20, { name: 'preview-c' }),
      aged(10, { name: 'preview-b', pr: 1 }),
    ]
    const selected = await run(pins, { name: 'preview-*', 'keep-latest': '1', 'group-by': groupBy })
    expect(resultsIn(selected)).toBe(expected)
  })
})

test.concurrent('`expired-by` unpins what has a date that has passed, and warns once of what is no date', async () => {
  const PASSED = ['2024-06-14', '2024-06-15T12:00:00Z', '2024-06-15T13:59:59+02:00', '2024-06-15T11:59:59.9Z']
  const AHEAD = ['2024-06-15', '2024-06-15T12:00:01Z', '2024-06-15T14:00:01+02:00', '2024-06-16']
  const NO_DATE = ['2024-06-14T00:00:00', '2024-02-30', 20240614, 'soon', '']
  const ends = [...PASSED, ...AHEAD, ...NO_DATE]
  const pins = ends.map((end, index) =>
    aged(99 - index, index % 2 === 0 ? { keyvalues: { 'ends at': end } } : { 'ends at': end }),
  )
  const inputs = { name: '(any)', 'expired-by': 'keyvalues.ends at' }
  const now = (): number => Date.UTC(2024, 5, 15, 12)
  const selected = await run([...pins, aged(0, 'for ever')], inputs, { now })
  expect(resultsIn(selected)).toBe(ends.map((end) => (PASSED.includes(`${end}`) ? 'unpinned' : 'kept')).join(' '))
  // The other warning is about the clock.
  expect(selected.result).toMatchObject({ conclusion: 'success', annotations: { warnings: [{}, {}] } })
  expect(warningsOf(selected.result)).toMatch(/5 pins.*`ends at` is not a date.*2026-12-31T18:00:00Z/)
})

describe('where more pins than `max-unpins` are chosen,', () => {
  const inputs = { name: '*e*', 'max-unpins': '2', 'keep-latest': '1', protect: 'release' }

  test.concurrent.each(['false', 'true'])('the plan is refused before any DELETE; dry run: %s', async (dryRun) => {
    const selected = await run(previews(), { ...inputs, 'dry-run': dryRun })
    const { result, deleted, entries } = selected
    expect([deleted, result.conclusion, result.annotations.errors.length]).toEqual([[], 'failure', 1])
    expect(errorsOf(result)).toMatch(/^3 pins would be unpinned.* 2 .*`max-unpins`.*`on-too-many: oldest-first`/)
    expect(resultsIn(selected)).toBe('protected not-attempted not-attempted not-attempted kept')
    const counts = { 'matched-count': '5', 'chosen-count': '3', 'failed-count': '3', 'waiting-count': '0' }
    expect(result.outputs).toMatchObject({ ...counts, 'pin-ids': '', 'total-size': '0' })
    const summary = readable(result.summary)
    for (const text of ['3 pins would be unpinned', ...entries.map(({ pinId }) => pinId)])
      expect(summary).toContain(text)
  })

  test.concurrent('with `oldest-first` the newest of them wait for the next run', async () => {
    const { told, result, entries } = await run(previews(), { ...inputs, 'on-too-many': 'oldest-first' })
    expect(told.slice(1)).toEqual(['preview/1 unpinned', 'preview/2 unpinned', 'preview/3 kept', 'preview/4 kept'])
    expect(result.outputs).toMatchObject({ 'chosen-count': '2', 'waiting-count': '1', 'kept-count': '2' })
    expect(entries[3]?.reason).toMatch(/next run/)
    expect(result.summary).toMatch(/next run.*1 pin/)
  })

  test.concurrent('the most by default is 25, and exactly as many may go', async () => {
    const many = Array.from({ length: 26 }, (_, index) => aged(index, `many-${index}`))
    const { deleted, result } = await run(many, { name: 'many-*' })
    expect([deleted, result.conclusion]).toEqual([[], 'failure'])
    expect((await run(many.slice(1), { name: 'many-*' })).deleted).toHaveLength(25)
  })
})

describe('a line that matches no pin', () => {
  test.concurrent.each([
    ['warn', 'success', 2],
    ['ignore', 'success', 2],
    ['fail', 'failure', 0],
  ])('is told although others match, with `on-missing: %s`: %s', async (how, conclusion, removed) => {
    const inputs = { name: 'preview/1\npreview/2\npreview/7\nx*', 'on-missing': how }
    const { deleted, entries, result } = await run(previews(), inputs)
    expect([result.conclusion, deleted.length, entries.length]).toEqual([conclusion, removed, 2])
    const said = errorsOf(result) + warningsOf(result)
    expect(said).toMatch(how === 'ignore' ? /^$/ : /`name` "preview\/7"\. The account has 5 pins/)
    if (how === 'fail')
      expect(result.outputs).toMatchObject({ 'chosen-count': '2', 'failed-count': '2', 'pin-ids': '' })
  })

  test.concurrent('is one of `cid` as well; pins that stay count, and all criteria together', async () => {
    const pins = [aged(9, { name: 'a', pr: 1 }), aged(5, { name: 'b', pr: 1 }), aged(1, { name: 'c', pr: 2 })]
    const cids = [...pins.map(({ cid }) => cid), spellingsOf(77)[0] ?? '']
    const inputs = { cid: cids.join('\n'), name: 'a\nb\nc', keyvalues: 'pr=1', 'older-than': '7d', protect: 'a' }
    const { result } = await run(pins, inputs)
    const told = warningsOf(result)
    expect(cids.map((cid) => told.includes(cid))).toEqual([false, false, true, true])
    expect(told).toMatch(/`name` "c"/)
    expect(told).not.toMatch(/"[ab]"/)
  })
})

describe('a selection without a match', () => {
  test.concurrent.each([
    ['warn', 'success', ['true', 'all']],
    ['ignore', 'success', ['true']],
    ['fail', 'failure', ['true', 'all']],
  ])('ends as `on-missing: %s` says: %s', async (how, conclusion, lists) => {
    const { result, deleted, pages } = await run(previews(), { name: 'none-*\nnothing', 'on-missing': how })
    expect([result.conclusion, deleted]).toEqual([conclusion, []])
    expect([...new Set(pages.map((page) => /pinned=(\w+)/.exec(page)?.[1]))]).toEqual(lists)
    const said = errorsOf(result) + warningsOf(result)
    expect(said).toMatch(how === 'ignore' ? /^$/ : /`name` "none-\*", "nothing"\. The account has 5 pins/)
    const outputs = { 'matched-count': '0', 'failed-count': '0', 'pin-ids': '', results: '[]' }
    expect(result.outputs).toMatchObject(outputs)
  })

  test.concurrent.each<[string, Inputs, RegExp]>([
    ['what is queued', { name: 'soon' }, /not pinned: 1 \(status queued/],
    ['what was unpinned before', { name: 'gone' }, /not pinned: 1 \(status unpinned/],
    [
      'what has another CID',
      { name: 'preview/*', cid: spellingsOf(5)[0] ?? '' },
      /such a name, but another CID .*: 4\./,
    ],
    ['what has another key-value', { name: 'release', keyvalues: 'pr=7' }, /such a name.* key-value .*: 1\./],
    ['what is invisible', { name: 'rel\u200bease' }, /"release" \(with U\+200B\)/],
  ])('says %s', async (_, inputs, words) => {
    const waiting = aged(1, 'soon', { pinned: false, status: 'queued' })
    const gone = aged(1, 'gone', { pinned: false, status: 'unpinNormally' })
    const { result } = await run([...previews(), waiting, gone], inputs)
    expect(warningsOf(result)).toMatch(words)
    expect(readable(result.summary)).toMatch(words)
  })
})

describe('a dry run', () => {
  test.concurrent('reads and chooses what the real run does, with the same reasons', async () => {
    const pins = previews()
    const inputs = { name: '*e*', 'keep-latest': '1', 'older-than': '15d', protect: 'release' }
    const dry = await run(pins, { ...inputs, 'dry-run': 'true' })
    const real = await run(pins, inputs)
    const planned = ({ entries, pages }: Selected) => [entries.map(({ pinId, reason }) => [pinId, reason]), pages]
    expect(planned(dry)).toEqual(planned(real))
    expect(resultsIn(dry)).toBe('protected would-unpin would-unpin kept kept')
    expect([dry.deleted, real.deleted]).toEqual([[], dry.result.outputs['pin-ids']?.split('\n')])
    const bytes = dry.entries.slice(1, 3).reduce((sum, { size }) => sum + (size ?? 0), 0)
    const counts = { 'unpinned-count': '0', 'chosen-count': '2', 'total-size': `${bytes}`, 'failed-count': '0' }
    expect(dry.result.outputs).toMatchObject(counts)
    expect(dry.result.summary).toMatch(/would be unpinned/)
    expect(dry.result.log).toMatch(/would unpin 2 pins.*a minute or less.*\n[^]*Nothing was unpinned/)
    expect(real.result.log).toMatch(/^Unpinning 2 pins.*a minute or less/m)
  })

  test.concurrent('with `pin-id` reads each record and says what would happen', async () => {
    const [live, other, gone] = [aged(1, 'live'), aged(2, 'other'), aged(3, 'gone')]
    const inputs = { 'pin-id': [live, other, gone].map(({ id }) => id).join(), 'dry-run': 'true' }
    const { told, service, result, entries } = await run([live, other], inputs)
    expect([told, result.conclusion]).toEqual([['live would-unpin', 'other would-unpin', 'null missing'], 'success'])
    expect(entries[1]).toMatchObject({ attempts: 0, record: { id: other.id } })
    expect(service.requests.map(({ method, pinId }) => `${method} ${pinId}`)).toEqual(
      [live, other, gone].map(({ id }) => `GET ${id}`),
    )
    expect(warningsOf(result)).toMatch(`${gone.id}: The service does not have this pin`)
  })
})

describe('a run by ID', () => {
  const pins = Array.from({ length: 30 }, (_, index) => aged(index, `n-${index}`))
  const ids = pins.map(({ id }) => id)
  const keys = [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin' as const] }]

  test.concurrent.each<[Inputs, boolean]>([
    [{ protect: 'live' }, false],
    [{ verify: 'true' }, false],
    [{ 'dry-run': 'true' }, true],
    [{ 'dry-run': 'true', verify: 'true' }, false],
  ])(
    'whose key may not read, but must, ends while nothing is lost, and names the scope: %j',
    async (inputs, dryOnly) => {
      const { result, service } = await run(pins, { 'pin-id': ids.join(), ...inputs }, { keys })
      expect([result.conclusion, service.requests.map(({ method }) => method)]).toEqual(['failure', ['GET']])
      expect(errorsOf(result)).toContain('`data.pin_list`')
      expect(/real run (?:would|does) not/.test(errorsOf(result))).toBe(dryOnly)
      expect(result.outputs).toMatchObject({ 'pin-ids': '', 'chosen-count': '0', 'failed-count': '30' })
    },
  )

  test.concurrent.each([
    [3, 'failed failed unpinned', 3],
    [2, 'failed failed', 2],
  ])(
    'with `verify` reads until a record comes, and unpins nothing before: %i pins, %s',
    async (count, results, reads) => {
      const fault = ({ method, pinId }: { method: string; pinId?: string }) =>
        method === 'GET' && pinId !== ids[2] ? answer(400, {}) : undefined
      const selected = await run(pins, { 'pin-id': ids.slice(0, count).join(), verify: 'true' }, { fault })
      expect([resultsIn(selected), selected.result.conclusion]).toEqual([results, 'failure'])
      const { requests } = selected.service
      const read = requests.slice(0, reads).map(({ method, pinId }) => `${method} ${pinId}`)
      expect(read).toEqual(ids.slice(0, reads).map((id) => `GET ${id}`))
      expect(requests.slice(reads).map(({ method }) => method)).toEqual(count === 3 ? ['DELETE', 'GET'] : [])
    },
  )
})

test.concurrent('a dry run that reads many pins by their ID shows how far it is', async () => {
  const pins = makePins(60)
  const inputs = { 'pin-id': pins.map(({ id }) => id).join(), 'dry-run': 'true' }
  const { result } = await run(pins, inputs, { fault: () => ({ kind: 'delay', ms: 900 }) })
  expect(result.log).toMatch(/\b60 pins?\b[^]*would unpin 60 pins/)
})

describe('what is written about a selection', () => {
  test.concurrent('is one line for each match, oldest first, with the reason', async () => {
    const inputs = { name: 'preview/*', 'keep-latest': '2', protect: 'preview/1', keyvalues: '(none)' }
    const { result, entries } = await run(previews(), inputs)
    expect(entries.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'preview/1 protected by the name "preview/1"',
      'preview/2 matched by the name "preview/*"',
      expect.stringMatching(/^preview\/3 .*2 newest/),
      expect.stringMatching(/^preview\/4 .*2 newest/),
    ])
    expect(result.log).toMatch(/Matching pins: 4\. Chosen to be unpinned: 1/)
    expect(result.log).toMatch(/: unpinned, Qm\w+, .*"preview\/2".*matched by the name "preview\/\*"/)
    const summary = readable(result.summary)
    const shown = entries.flatMap(({ pinId, cid }) => [pinId, cid ?? 'no CID'])
    for (const text of ['preview/*', '20 days', ...shown]) expect(summary).toContain(text)
    expect(summary).not.toContain('keyvalues')
  })

  test.concurrent('holds no command, no markup and no key of names, key-values and selectors', async () => {
    const [apiKey, secretKey] = KEYS
    const hostile = `x\n::set-output name=pin-ids::forged%##[error]forged%::error::forged%</td></table><script>forged%
      a | b |\n| forged |%[click](https://evil.example.test) forged%\u001b[2J\u202eforged%forged-${apiKey}`.split('%')
    const keyvalues = { run: 1, [secretKey]: apiKey }
    const pins = hostile.map((name, index) => aged(index, { name, keyvalues }))
    const name = `*${hostile.slice(1, 4).join('*\n*')}*\n*forged*\n*${secretKey}*`
    for (const inputs of [{ keyvalues: 'run=1', protect: '*forged*' }, { name }, { name, 'max-unpins': '1' }]) {
      const { result } = await run(pins, inputs)
      expectNoLeak(result)
      const commands = result.commands.filter(({ known, name }) => known && !/^(?:add-mask|warning)$/.test(name))
      expect(commands.map(({ name }) => name)).toEqual('max-unpins' in inputs ? ['error'] : [])
      expect(result.outputs['name']?.split('\n')).toHaveLength(8)
      expect(result.summary).not.toMatch(/<script|\]\(https|\u202e|\u001b/)
    }
  })
})

posixTest('a selection that is cancelled while the list is read removes nothing, and sets all outputs', async () => {
  const fault = () => ({ kind: 'hang', effect: 'before' }) as const
  const signalAfter = { signal: 'SIGINT', text: 'Reading the list' } as const
  const { result } = await run(previews(), { name: '*e*' }, { fault }, { signalAfter })
  expect(errorsOf(result)).toMatch(/stopped.*Nothing was unpinned/)
  expect(result.outputs).toMatchObject({ results: '[]', 'matched-count': '0' })
})

posixTest('a selection that is cancelled while the rest of the list is read has no `pin-ids`', async () => {
  const fault = ({ path }: { path: string }) =>
    path.includes('pinned=all') ? ({ kind: 'hang', effect: 'before' } as const) : undefined
  const signalAfter = { signal: 'SIGINT', text: / again/ } as const
  const inputs = { name: '(any)', protect: 'gone', 'on-unused-protect': 'warn' }
  const selected = await run(previews(), inputs, { fault }, { signalAfter })
  expect(new Set(resultsIn(selected).split(' '))).toEqual(new Set(['not-attempted']))
  expect(selected.result.outputs).toMatchObject({ 'pin-ids': '', 'failed-count': '5' })
})

// Windows counts the memory of a process in another way.
posixTest('10,000 pins that match take less than 200 MiB', async () => {
  const program = `import { writeFileSync } from 'node:fs'
    process.on('exit', () => writeFileSync('rss', String(process.resourceUsage().maxRSS)))`
  const inputs = { name: '(any)', 'max-unpins': '10000', 'dry-run': 'true' }
  // On a busy machine the threads that collect garbage come late.
  const nodeArgs = [...nodeArgsFor(program), '--single-threaded-gc']
  const { result } = await run(makePins(10_000), inputs, {}, { nodeArgs })
  expect(result).toMatchObject({ exitCode: 0, outputs: { 'matched-count': '10000' } })
  expect(Number(readFileSync(join(result.workspace, 'rss'), 'utf8')) / 1024).toBeLessThan(200)
})
