import { afterAll, describe, expect, test } from '@jest/globals'
import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type PinRecord,
  type ServiceOptions,
} from '../../testing/service/index.ts'
import { spellingsOf } from '../support/selection-accounts.ts'
import { posixTest } from '../support/posix.ts'
import {
  answer,
  countResults,
  endProcesses,
  errorsOf,
  type Inputs,
  onMethod,
  pins as makePins,
  select,
  type Selected,
  type StepOptions,
  warningsOf,
} from '../support/step.ts'
import { expectNoLeak, KEYS } from './leaks.ts'

afterAll(endProcesses)

const DAY_MS = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS - 60_000).toISOString()

let seed = 100

/** A pin of this name, or with this metadata, and this age in days. */
function aged(
  days: number,
  named: string | PinRecord['metadata'],
  fields: Partial<PinRecord> = {},
): PinRecord {
  seed += 1
  const metadata = typeof named === 'string' ? { name: named } : named
  return makePin({ date_pinned: ago(days), metadata, ...fields }, seed)
}

const run = (
  pins: readonly PinRecord[],
  inputs: Inputs,
  account: ServiceOptions = {},
  step: StepOptions = {},
): Promise<Selected> => select({ pins, ...account }, inputs, step)

const previews = (): PinRecord[] => [
  aged(10, 'preview/3'),
  aged(40, 'preview/1'),
  aged(1, 'preview/4'),
  aged(400, 'release'),
  aged(20, 'preview/2'),
]

/** The text of the summary as a person reads it. */
const readable = (summary: string): string =>
  summary
    .replaceAll('<wbr>', '')
    .replaceAll('&nbsp;', ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

describe('a pin is selected', () => {
  test.concurrent('by its CID in any spelling, and by any of several', async () => {
    const [v0 = '', ...v1] = spellingsOf(1)
    const pins = [aged(4, 'v0', { cid: v0 }), aged(3, 'v1', { cid: v1[3] ?? '' }), aged(2, 'a'), aged(1, 'b')]
    const { told } = await run(pins, { cid: `${v1[5]},\n ${pins[2]?.cid}` })
    expect(told).toEqual(['v0 unpinned', 'v1 unpinned', 'a unpinned'])
  })

  test.concurrent.each([
    ['preview/*', ['preview/1', 'preview/2', 'preview/3', 'preview/4']],
    ['*/1\n*/3', ['preview/1', 'preview/3']],
    ['Preview/*', []],
    ['preview', []],
    ['(any)', ['release', 'preview/1', 'preview/2', 'preview/3', 'preview/4', 'null']],
  ])('by the name %j: %j', async (name, expected) => {
    const { told } = await run([...previews(), aged(0, {})], { name })
    expect(told).toEqual(expected.map((one) => `${one} unpinned`))
  })

  test.concurrent('by a branch name as it is, whatever characters it has', async () => {
    const names = [
      'fix(ui)+[x]^$|?',
      String.raw`dependabot/npm_and_yarn/@types\d`,
      'user/#123, {a,b}',
      'ünï/☂️-分支',
      'it\'s-"quoted"',
      '$(rm -rf /)`x`',
      '__proto__',
    ]
    const near = names.map((name) => name.replace(/\W/u, 'x')).filter((name) => !names.includes(name))
    const pins = [...names.flatMap((name) => [name, `${name}-1`]), ...near].map((name, age) =>
      aged(100 - age, name),
    )
    const { result } = await run(pins, { name: names.map((name) => `${name}*`).join('\n') })
    expect(result.outputs['name']).toBe(names.flatMap((name) => [name, `${name}-1`]).join('\n'))
  })

  test.concurrent('by all of its key-values, in both places, also numbers and booleans', async () => {
    const values = { pr: 7, live: false, branch: 'a, b=c' }
    const pins = [
      aged(5, { name: 'inside', keyvalues: values }),
      aged(4, { name: 'top', ...values }),
      aged(3, { name: 'text', keyvalues: { ...values, pr: '7' } }),
      aged(2, { name: 'other', keyvalues: { ...values, pr: 8 } }),
      aged(1, { name: 'part', keyvalues: { pr: 7 } }),
      aged(0, 'none'),
    ]
    const { told, entries } = await run(pins, { keyvalues: 'pr=7\nlive = false\nbranch=a, b=c' })
    expect(told).toEqual(['inside unpinned', 'top unpinned', 'text unpinned'])
    expect(entries[0]?.reason).toBe('matched by pr=7 and live=false and branch=a, b=c')
  })
})

/** The results of the matches, in the order of `results`. */
const resultsIn = ({ entries }: Selected): string => entries.map(({ result }) => result).join(' ')
const QUIET = { conclusion: 'success', annotations: { errors: [], warnings: [], notices: [] } }

describe('a match stays', () => {
  test.concurrent.each<[Inputs, string]>([
    [{ 'older-than': '15d' }, 'unpinned unpinned kept kept'],
    [{ 'keep-latest': '3', 'older-than': '30d' }, 'unpinned kept kept kept'],
    [{ 'keep-latest': '9' }, 'kept kept kept kept'],
    [{ protect: '*/4', 'keep-latest': '1' }, 'unpinned unpinned unpinned protected'],
    [{ protect: '*', 'older-than': '15d' }, 'protected protected protected protected'],
  ])('with %j: %s', async (narrowing, expected) => {
    const selected = await run(previews(), { name: 'preview/*', ...narrowing })
    expect(resultsIn(selected)).toBe(expected)
    expect(selected.result).toMatchObject(QUIET)
    const count = (word: string): string => String(expected.split(word).length - 1)
    expect(selected.result.outputs).toMatchObject({
      'matched-count': '4',
      'unpinned-count': count('unpinned'),
      'protected-count': count('protected'),
      'kept-count': count('kept'),
      'failed-count': '0',
    })
  })

  test.concurrent('with `group-by`, if it is the newest of its group or has no value', async () => {
    const pins = [
      aged(40, { name: 'preview-b', pr: 2 }),
      aged(30, { name: 'preview-a', pr: 1 }),
      aged(20, { name: 'preview-c' }),
      aged(10, { name: 'preview-b', pr: 1 }),
    ]
    const inputs = { name: 'preview-*', 'keep-latest': '1', 'group-by': 'keyvalues.pr' }
    expect(resultsIn(await run(pins, inputs))).toBe('kept unpinned kept kept')
  })

  test.concurrent('with `protect` by ID, by name, and every pin of a CID', async () => {
    const [v0 = '', ...v1] = spellingsOf(2)
    const pins = [
      aged(6, 'twin-1', { cid: v0 }),
      aged(5, 'twin-2', { cid: v1[5] ?? '' }),
      aged(4, 'by-id'),
      aged(3, 'by name, really'),
      aged(2, { name: 7 as unknown as string, run: 1 }),
      aged(1, 'gone'),
    ]
    const protect = `${v1[0]}\n${pins[2]?.id.toUpperCase()}\nby name, *\n7\nunused`
    const { deleted, result } = await run(pins, { name: '(any)', protect })
    expect([deleted, result.outputs['protected-count']]).toEqual([[pins[5]?.id], '5'])
    const warning = '`protect`: no pin of this run was protected by "unused". Check the spelling.'
    expect(warningsOf(result)).toBe(warning)
  })
})

describe('`protect` with `pin-id`', () => {
  const live = aged(1, 'live')
  const other = aged(2, 'other')

  test.concurrent('reads each record first, and warns about each protected pin', async () => {
    const inputs = { 'pin-id': `${live.id} ${other.id}`, protect: live.cid }
    const { told, deleted, service, result } = await run([live, other], inputs)
    expect(told).toEqual(['live protected', 'other unpinned'])
    expect(deleted).toEqual([other.id])
    for (const { id } of [live, other])
      expect(service.requests.find(({ pinId }) => pinId === id)?.method).toBe('GET')
    expect(warningsOf(result)).toMatch(`Pin ${live.id}: Not unpinned: protected by its CID`)
    const outputs = { 'protected-count': '1', 'unpinned-count': '1', 'pin-ids': other.id }
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })

  test.concurrent.each<[string, Fault]>([
    ['the record cannot be read', answer(400, { message: 'no' })],
    ['the record of another pin comes', { kind: 'wrong-record' }],
  ])('removes nothing if %s', async (_, fault) => {
    const inputs = { 'pin-id': live.id, protect: 'live' }
    const selected = await run([live, other], inputs, { fault: onMethod('GET', fault) })
    expect([selected.deleted, resultsIn(selected), selected.result.conclusion]).toEqual([
      [],
      'failed',
      'failure',
    ])
  })
})

describe('a dry run', () => {
  test.concurrent('reads and chooses what the real run does, with the same reasons', async () => {
    const pins = previews()
    const inputs = { name: '*e*', 'keep-latest': '1', 'older-than': '15d', protect: 'release' }
    const dry = await run(pins, { ...inputs, 'dry-run': 'true' })
    const real = await run(pins, inputs)
    const reasons = ({ entries }: Selected) => entries.map(({ pinId, reason }) => [pinId, reason])
    expect(reasons(dry)).toEqual(reasons(real))
    expect(resultsIn(dry)).toBe('protected would-unpin would-unpin kept kept')
    const reads = ({ service }: Selected) =>
      service.requests.flatMap(({ method, path }) => (method === 'GET' ? path : []))
    expect(reads(dry)).toEqual(reads(real))
    expect(dry.deleted).toEqual([])
    expect(real.deleted).toEqual(dry.result.outputs['pin-ids']?.split('\n'))
    const counts = { 'unpinned-count': '0', 'total-size': '0', 'failed-count': '0' }
    expect(dry.result.outputs).toMatchObject(counts)
    expect(dry.result.summary).toMatch(/would be unpinned/)
    expect(dry.result.log).toMatch(/Nothing was unpinned\./)
  })

  test.concurrent('with `pin-id` reads each record and says what would happen', async () => {
    const [live, other, gone] = [aged(1, 'live'), aged(2, 'other'), aged(3, 'gone')]
    const ids = [live, other, gone].map(({ id }) => id).join()
    const inputs = { 'pin-id': ids, protect: 'live', 'dry-run': 'true' }
    const { told, deleted, result, entries } = await run([live, other], inputs)
    expect(told).toEqual(['live protected', 'other would-unpin', 'null missing'])
    expect(entries[1]).toMatchObject({ attempts: 0, record: { id: other.id } })
    expect([deleted, result.conclusion]).toEqual([[], 'success'])
    expect(warningsOf(result)).toMatch(`${live.id}: Not unpinned: protected`)
    expect(warningsOf(result)).toMatch(`${gone.id}: The service does not have this pin`)
  })
})

describe('`max-unpins`', () => {
  test.concurrent.each(['false', 'true'])('fails the step before any DELETE; dry run: %s', async (dryRun) => {
    const inputs = { name: '*e*', 'max-unpins': '2', 'keep-latest': '1', protect: 'release' }
    const selected = await run(previews(), { ...inputs, 'dry-run': dryRun })
    const { result, deleted, entries } = selected
    expect([deleted, result.conclusion, result.annotations.errors.length]).toEqual([[], 'failure', 1])
    expect(errorsOf(result)).toMatch(/^3 pins would be unpinned, more than the 2 that `max-unpins` allows/)
    expect(resultsIn(selected)).toBe('protected not-attempted not-attempted not-attempted kept')
    const chosen = entries.slice(1, 4).map(({ pinId }) => pinId)
    const outputs = { 'matched-count': '5', 'failed-count': '0', 'pin-ids': chosen.join('\n') }
    expect(result.outputs).toMatchObject(outputs)
    expect(readable(result.summary).match(/3 pins would be unpinned, more than the 2/g)).toHaveLength(1)
    for (const id of chosen) expect(result.summary).toContain(id)
  })

  test.concurrent('is 25 by default, and exactly as many may go', async () => {
    const many = Array.from({ length: 26 }, (_, index) => aged(index, `many-${index}`))
    const over = await run(many, { name: 'many-*' })
    expect(errorsOf(over.result)).toMatch(/^26 pins would be unpinned, more than the 25/)
    expect((await run(many.slice(1), { name: 'many-*' })).deleted).toHaveLength(25)
  })
})

test.concurrent('`verify` detects a service that lies, by ID and by selection', async () => {
  const pin = aged(1, 'kept-by-the-service')
  const fault = onMethod('DELETE', { kind: 'keep' })
  for (const inputs of [{ name: 'kept-*' }, { 'pin-id': pin.id }] as Inputs[]) {
    expect((await run([pin], inputs, { fault })).told).toEqual(['kept-by-the-service unpinned'])
    const { told, result } = await run([pin], { ...inputs, verify: 'true' }, { fault })
    expect([told, result.conclusion]).toEqual([['kept-by-the-service unconfirmed'], 'failure'])
    expect(errorsOf(result)).toMatch(/still there when read again/)
    expect(result.outputs).toMatchObject({ 'unpinned-count': '0', 'failed-count': '1', 'total-size': '0' })
  }
})

test.concurrent.each([
  ['warn', 'success', /No pin matches `name`\./],
  ['ignore', 'success', /^$/],
  ['fail', 'failure', /No pin matches `name`\./],
])('a selection without a match and with `on-missing: %s` is a %s', async (onMissing, conclusion, words) => {
  const { result, deleted } = await run(previews(), { name: 'nothing-*', 'on-missing': onMissing })
  expect([result.conclusion, deleted]).toEqual([conclusion, []])
  expect(conclusion === 'failure' ? errorsOf(result) : warningsOf(result)).toMatch(words)
  const outputs = { 'matched-count': '0', 'failed-count': '0', 'pin-ids': '', results: '[]' }
  expect(result.outputs).toMatchObject(outputs)
})

describe('what is written about a selection', () => {
  test.concurrent('is one line for each match, oldest first, with the reason', async () => {
    const inputs = { name: 'preview/*', 'keep-latest': '1', protect: 'preview/1', keyvalues: '(none)' }
    const { result, entries } = await run(previews(), inputs)
    expect(entries.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'preview/1 protected by the name "preview/1"',
      'preview/2 matched by the name "preview/*"',
      'preview/3 matched by the name "preview/*"',
      'preview/4 one of the 1 newest matches',
    ])
    const chosen = entries.slice(1, 3).map(({ pinId }) => pinId)
    expect(result.outputs['pin-ids']).toBe(chosen.join('\n'))
    expect(result.log).toMatch(/Matching pins: 4\. Chosen to be unpinned: 2/)
    expect(result.log).toMatch(/: unpinned, Qm\w+, .*"preview\/2".*matched by the name "preview\/\*"/)
    const summary = readable(result.summary)
    const shown = entries.flatMap(({ pinId, cid }) => [pinId, cid ?? 'no CID'])
    for (const text of ['preview/*', 'keep-latest', '20 days', ...shown]) expect(summary).toContain(text)
    expect(summary).not.toContain('keyvalues')
  })

  test.concurrent('holds no commands and no markup of names and selectors', async () => {
    const hostile = [
      'x\n::set-output name=pin-ids::forged',
      '##[error]forged',
      '::error::forged',
      '</td></table><script>alert(1)</script>',
      'a | b | c |\n| forged |',
      '[click](https://evil.example.test)',
      '\u001b[2J\u202eforged',
    ]
    const pins = hostile.map((name, index) => aged(index, { name, keyvalues: { run: 1 } }))
    const name = `*${hostile.slice(1, 4).join('*\n*')}*\n*forged*`
    for (const inputs of [{ keyvalues: 'run=1', protect: '*forged*' }, { name }]) {
      const { result } = await run(pins, inputs)
      expect(result).toMatchObject({ conclusion: 'success', annotations: { errors: [], notices: [] } })
      expect(result.commands.filter((command) => command.known && command.name !== 'add-mask')).toEqual([])
      expect(result.outputs['name']?.split('\n')).toHaveLength(Number(result.outputs['matched-count']))
      expect(result.summary).not.toMatch(/<script|\]\(https|\u202e|\u001b/)
    }
  })

  test.concurrent('holds no keys of names, key-values and selectors', async () => {
    const [apiKey, secretKey] = KEYS
    const pins = [aged(1, `n-${apiKey}`), aged(2, { name: 'k', keyvalues: { [secretKey]: apiKey } })]
    for (const inputs of [
      { name: `*${apiKey}*`, protect: `*${secretKey}*\nk` },
      { keyvalues: `x=${apiKey}\ny=${secretKey}`, 'dry-run': 'true' },
      { name: '(any)', 'max-unpins': '1' },
    ] as Inputs[]) {
      expectNoLeak((await run(pins, inputs)).result)
    }
  })
})

describe('a key that may only unpin', () => {
  const keys = [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin' as const] }]

  test.concurrent.each<Inputs>([{ protect: 'live' }, { 'dry-run': 'true' }, { verify: 'true' }])(
    'ends a run that must read, and the scope is named: %j',
    async (inputs) => {
      const pins = Array.from({ length: 30 }, (_, index) => aged(index, `n-${index}`))
      const ids = pins.map(({ id }) => id).join()
      const { result, deleted } = await run(pins, { 'pin-id': ids, ...inputs }, { keys })
      expect(errorsOf(result)).toContain('`data.pin_list`')
      expect(deleted.length).toBeLessThanOrEqual(inputs['verify'] === 'true' ? 16 : 0)
      expect(countResults(result)['not-attempted']).toBeGreaterThan(0)
      expect(countResults(result)['unconfirmed'] ?? 0).toBe(deleted.length)
      expect(result.conclusion).toBe('failure')
    },
  )

  test.concurrent('and list may do everything', async () => {
    const scopes = ['pinning.unpin' as const, 'data.pin_list' as const]
    const inputs = { name: 'preview/*', verify: 'true' }
    const { result } = await run(previews(), inputs, { keys: [{ ...DEFAULT_KEYS, scopes }] })
    expect(result.conclusion).toBe('success')
  })
})

posixTest(
  'a selection that is cancelled while the list is read removes nothing, and all outputs are set',
  async () => {
    const { result } = await run(
      previews(),
      { name: '*e*' },
      { fault: () => ({ kind: 'hang', effect: 'before' }) },
      { signalAfter: { signal: 'SIGINT', text: 'Reading the list' } },
    )
    expect(errorsOf(result)).toMatch(/the run was stopped first.*Nothing was unpinned/)
    expect(result.outputs).toMatchObject({ results: '[]', 'matched-count': '0' })
  },
)

test.concurrent.each<[string, Inputs, number]>([
  ['one pin is selected', { name: 'release-7777' }, 1],
  ['all of them match', { name: '(any)', 'max-unpins': '10000', 'dry-run': 'true' }, 10_000],
])('an account of 10,000 pins fits into 32 MiB of memory where %s', async (_, inputs, matched) => {
  // More ends the process. How much it takes where it may have more depends on the machine.
  const nodeArgs = ['--max-old-space-size=32']
  const { result } = await run(makePins(10_000), inputs, {}, { nodeArgs })
  expect(result).toMatchObject({ exitCode: 0, outputs: { 'matched-count': String(matched) } })
})
