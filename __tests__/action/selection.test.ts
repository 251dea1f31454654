import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type PinRecord,
  type Service,
  type ServiceOptions,
} from '../../testing/service/index.ts'
import { spellingsOf } from '../support/selection-accounts.ts'
import { leaksOf } from './leaks.ts'
import {
  answer,
  clearStage,
  entriesOf,
  type Entry,
  errorsOf,
  type Inputs,
  runStep,
  serve,
  warningsOf,
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const DAY_MS = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS - 60_000).toISOString()

type Metadata = PinRecord['metadata']

let seed = 100

/** A pin of this name, or with this metadata, that is this many days old. */
function aged(days: number, named: string | Metadata, fields: Partial<PinRecord> = {}): PinRecord {
  seed += 1
  const metadata = typeof named === 'string' ? { name: named } : named
  return makePin({ date_pinned: ago(days), metadata, ...fields }, seed)
}

interface Selected {
  service: Service
  result: ActionResult
  entries: (Entry & { reason: string })[]
  /** `name result`, in the order of `results`. */
  told: string[]
}

async function run(
  pins: readonly PinRecord[],
  inputs: Inputs,
  options: ServiceOptions = {},
): Promise<Selected> {
  const service = await serve({ pins, ...options })
  const result = await runStep(service.url, [], { 'pin-id': '(none)', ...inputs })
  expect(result).toMatchObject({ problems: [], stderr: '' })
  const entries = result.outputs['results-file'] === '' ? [] : (entriesOf(result) as Selected['entries'])
  return { service, result, entries, told: entries.map(({ name, result }) => `${name} ${result}`) }
}

const deletes = ({ service }: Selected): string[] =>
  service.requests.flatMap(({ method, pinId }) => (method === 'DELETE' ? [pinId ?? ''] : []))

const previews = (): PinRecord[] => [
  aged(10, 'preview/3'),
  aged(40, 'preview/1'),
  aged(1, 'preview/4'),
  aged(400, 'release'),
  aged(20, 'preview/2'),
]

/** The text of the summary, its character references read. */
const readable = (summary: string): string =>
  summary.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

describe('cid', () => {
  test.concurrent.each(spellingsOf(1).filter((_, index) => index % 4 === 0))(
    'selects in any spelling: %s',
    async (cid) => {
      const spelt = spellingsOf(1)
      const pins = [
        aged(2, 'v0', { cid: spelt[0] ?? '' }),
        aged(1, 'v1', { cid: spelt[6] ?? '' }),
        aged(3, 'other'),
      ]
      const { result, told } = await run(pins, { cid })
      expect(result.conclusion).toBe('success')
      expect(told).toEqual(['v0 unpinned', 'v1 unpinned'])
    },
  )

  test.concurrent('takes several', async () => {
    const pins = [aged(3, 'a'), aged(2, 'b'), aged(1, 'c')]
    const { told } = await run(pins, { cid: `${pins[0]?.cid},\n ${pins[2]?.cid}` })
    expect(told).toEqual(['a unpinned', 'c unpinned'])
  })
})

describe('name', () => {
  test.concurrent.each([
    ['release', ['release']],
    ['preview/*', ['preview/1', 'preview/2', 'preview/3', 'preview/4']],
    ['*/1\n*/3', ['preview/1', 'preview/3']],
    ['Preview/*', []],
    ['preview', []],
    ['*e*', ['release', 'preview/1', 'preview/2', 'preview/3', 'preview/4']],
  ])('%j', async (name, expected) => {
    const { told } = await run(previews(), { name })
    expect(told).toEqual(expected.map((one) => `${one} unpinned`))
  })

  test.concurrent.each([
    'feature/a.b',
    'fix(ui)+[x]^$|?',
    'feat/{a,b}',
    String.raw`dependabot/npm_and_yarn/@types\d`,
    'user/#123',
    'release 1.0, final',
    'ünï/☂️-分支',
    'it\'s-"quoted"',
    '$(rm -rf /)`x`',
    '__proto__',
  ])('a branch name is taken as it is: %j', async (name) => {
    const near = name.replace(/[^\w]/u, 'x')
    const pins = [aged(2, `${name}-1`), aged(1, name), ...(near === name ? [] : [aged(3, near)])]
    const { told, result } = await run(pins, { name: `${name}*` })
    expect(told).toEqual([`${name}-1 unpinned`, `${name} unpinned`])
    expect(result.outputs['name']).toBe(`${name}-1\n${name}`)
  })
})

describe('keyvalues', () => {
  test.concurrent('text, numbers and booleans, in `keyvalues` and at the top; all must hold', async () => {
    const pins = [
      aged(5, { name: 'inside', keyvalues: { pr: 7, live: false, branch: 'a, b=c' } }),
      aged(4, { name: 'top', pr: 7, live: false, branch: 'a, b=c' }),
      aged(3, { name: 'text', keyvalues: { pr: '7', live: 'false', branch: 'a, b=c' } }),
      aged(2, { name: 'other', keyvalues: { pr: 8, live: false, branch: 'a, b=c' } }),
      aged(1, { name: 'part', keyvalues: { pr: 7 } }),
      aged(0, 'none'),
    ]
    const { told, entries } = await run(pins, { keyvalues: 'pr=7\nlive = false\nbranch=a, b=c' })
    expect(told).toEqual(['inside unpinned', 'top unpinned', 'text unpinned'])
    expect(entries[0]?.reason).toBe('matched by pr=7 and live=false and branch=a, b=c')
  })

  test.concurrent('together with name and cid: all must match', async () => {
    const pins = [aged(1, { name: 'a', pr: 1 }), aged(2, { name: 'a', pr: 2 }), aged(3, { name: 'b', pr: 1 })]
    const { result } = await run(pins, {
      name: 'a',
      keyvalues: 'pr=1',
      cid: pins.map(({ cid }) => cid).join(' '),
    })
    expect(result.outputs['pin-ids']).toBe(pins[0]?.id)
  })
})

describe('what narrows', () => {
  test.concurrent.each([
    [{ 'older-than': '15d' }, ['1 unpinned', '2 unpinned', '3 kept', '4 kept']],
    [{ 'older-than': '2w' }, ['1 unpinned', '2 unpinned', '3 kept', '4 kept']],
    [{ 'older-than': '24h' }, ['1 unpinned', '2 unpinned', '3 unpinned', '4 unpinned']],
    [{ 'older-than': '10m' }, ['1 unpinned', '2 unpinned', '3 unpinned', '4 unpinned']],
    [{ 'older-than': '41d' }, ['1 kept', '2 kept', '3 kept', '4 kept']],
    [{ 'keep-latest': '1' }, ['1 unpinned', '2 unpinned', '3 unpinned', '4 kept']],
    [{ 'keep-latest': '3', 'older-than': '30d' }, ['1 unpinned', '2 kept', '3 kept', '4 kept']],
    [{ 'keep-latest': '9' }, ['1 kept', '2 kept', '3 kept', '4 kept']],
    [{ protect: 'preview/1' }, ['1 protected', '2 unpinned', '3 unpinned', '4 unpinned']],
    [{ protect: '*/4', 'keep-latest': '1' }, ['1 unpinned', '2 unpinned', '3 unpinned', '4 protected']],
    [{ protect: '*', 'older-than': '15d' }, ['1 protected', '2 protected', '3 protected', '4 protected']],
  ] as [Inputs, string[]][])('%j', async (narrowing, expected) => {
    const { result, told } = await run(previews(), { name: 'preview/*', ...narrowing })
    expect(told).toEqual(expected.map((one) => `preview/${one}`))
    expect(result.conclusion).toBe('success')
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    const count = (word: string) => String(expected.filter((one) => one.endsWith(word)).length)
    expect(result.outputs).toMatchObject({
      'matched-count': '4',
      'unpinned-count': count('unpinned'),
      'protected-count': count('protected'),
      'kept-count': count('kept'),
      'failed-count': '0',
    })
  })

  test.concurrent(
    'protect takes pin IDs, CIDs and names; two pins of a protected CID both stay',
    async () => {
      const [v0 = '', ...v1] = spellingsOf(2)
      const pins = [
        aged(5, 'twin-1', { cid: v0 }),
        aged(4, 'twin-2', { cid: v1[5] ?? '' }),
        aged(3, 'by-id'),
        aged(2, 'by name, really'),
        aged(1, 'gone'),
      ]
      const protect = `${v1[0]}\n${pins[2]?.id.toUpperCase()}\nby name, *`
      const selected = await run(pins, { name: '*', protect })
      expect(selected.told).toEqual([
        'twin-1 protected',
        'twin-2 protected',
        'by-id protected',
        'by name, really protected',
        'gone unpinned',
      ])
      expect(deletes(selected)).toEqual([pins[4]?.id])
    },
  )
})

describe('protect beside pin-id', () => {
  const live = aged(1, 'live')
  const other = aged(2, 'other')

  test.concurrent('reads each record first, leaves what is protected and warns of it', async () => {
    const selected = await run([live, other], { 'pin-id': `${live.id} ${other.id}`, protect: live.cid })
    expect(selected.told).toEqual(['live protected', 'other unpinned'])
    expect(deletes(selected)).toEqual([other.id])
    for (const { id } of [live, other]) {
      expect(selected.service.requests.find(({ pinId }) => pinId === id)?.method).toBe('GET')
    }
    expect(selected.result.conclusion).toBe('success')
    expect(warningsOf(selected.result)).toMatch(
      new RegExp(`Pin ${live.id}: Not unpinned: protected by its CID`),
    )
    expect(selected.result.outputs).toMatchObject({
      'matched-count': '2',
      'protected-count': '1',
      'unpinned-count': '1',
      'pin-ids': other.id,
    })
  })

  test.concurrent('removes nothing where the record cannot be read', async () => {
    const fault = ({ method }: { method: string }): Fault | undefined =>
      method === 'GET' ? answer(400, { message: 'no' }) : undefined
    const selected = await run([live], { 'pin-id': live.id, protect: 'live' }, { fault })
    expect(selected.told).toEqual(['null failed'])
    expect(selected.result.conclusion).toBe('failure')
    expect(deletes(selected)).toEqual([])
  })

  test.concurrent('removes nothing where the answer is another pin’s record', async () => {
    const fault = ({ method }: { method: string }): Fault | undefined =>
      method === 'GET' ? { kind: 'wrong-record' } : undefined
    const selected = await run([live, other], { 'pin-id': live.id, protect: 'live' }, { fault })
    expect(selected.result.conclusion).toBe('failure')
    expect(deletes(selected)).toEqual([])
  })

  test.concurrent('a pin that is not there is missing', async () => {
    const selected = await run([live], { 'pin-id': other.id, protect: 'live', 'on-missing': 'fail' })
    expect(selected.entries[0]).toMatchObject({ result: 'missing', attempts: 0 })
    expect(selected.result.conclusion).toBe('failure')
    expect(deletes(selected)).toEqual([])
  })
})

describe('dry-run', () => {
  test.concurrent('reads and chooses exactly what the real run does, with the same reasons', async () => {
    const pins = previews()
    const inputs = { name: '*', 'keep-latest': '1', 'older-than': '15d', protect: 'release' }
    const dry = await run(pins, { ...inputs, 'dry-run': 'true' })
    const real = await run(pins, inputs)
    const reasons = ({ entries }: Selected) => entries.map(({ pinId, reason }) => [pinId, reason])
    expect(reasons(dry)).toEqual(reasons(real))
    expect(dry.told).toEqual([
      'release protected',
      'preview/1 would-unpin',
      'preview/2 would-unpin',
      'preview/3 kept',
      'preview/4 kept',
    ])
    expect(dry.entries.map(({ reason }) => reason)).toEqual([
      'protected by the name "release"',
      'matched by the name "*"',
      'matched by the name "*"',
      'younger than 15d',
      'among the 1 newest of all that matched',
    ])
    const reads = ({ service }: Selected) =>
      service.requests.filter(({ method }) => method === 'GET').map(({ path }) => path)
    expect(reads(dry)).toEqual(reads(real))
    expect(deletes(dry)).toEqual([])
    expect(dry.result.outputs['pin-ids']).toBe(real.result.outputs['pin-ids'])
    expect(deletes(real)).toEqual(real.result.outputs['pin-ids']?.split('\n'))
    expect(dry.result.outputs['unpinned-count']).toBe('0')
    expect(dry.result.summary).toMatch(/dry run, 2 pins would be unpinned/)
    expect(dry.result.log).toMatch(/Nothing was unpinned\./)
  })

  test.concurrent('with pin-id reads each record, and says what would become of it', async () => {
    const [live, other, gone] = [aged(1, 'live'), aged(2, 'other'), aged(3, 'gone')]
    const inputs = {
      'pin-id': [live, other, gone].map(({ id }) => id).join(),
      protect: 'live',
      'dry-run': 'true',
    }
    const selected = await run([live, other], inputs)
    expect(selected.told).toEqual(['live protected', 'other would-unpin', 'null missing'])
    expect(deletes(selected)).toEqual([])
    expect(selected.result.conclusion).toBe('success')
    expect(warningsOf(selected.result)).toMatch(new RegExp(`${live.id}: Not unpinned: protected`))
    expect(warningsOf(selected.result)).toMatch(new RegExp(`${gone.id}: The service does not have this pin`))
  })
})

describe('max-unpins', () => {
  test.concurrent.each(['false', 'true'])(
    'exceeded with dry-run: %s sends nothing and fails',
    async (dryRun) => {
      const inputs = {
        name: '*',
        'max-unpins': '2',
        'keep-latest': '1',
        protect: 'release',
        'dry-run': dryRun,
      }
      const selected = await run(previews(), inputs)
      const { result } = selected
      expect(deletes(selected)).toEqual([])
      expect(result.conclusion).toBe('failure')
      expect(result.annotations.errors).toHaveLength(1)
      expect(errorsOf(result)).toMatch(/^3 pins are chosen, more than the 2 that `max-unpins` allows/)
      expect(selected.told).toEqual([
        'release protected',
        'preview/1 not-attempted',
        'preview/2 not-attempted',
        'preview/3 not-attempted',
        'preview/4 kept',
      ])
      expect(result.outputs).toMatchObject({
        'matched-count': '5',
        'failed-count': '0',
        'unpinned-count': '0',
        'pin-ids': selected.entries
          .slice(1, 4)
          .map(({ pinId }) => pinId)
          .join('\n'),
      })
      expect(result.summary).toMatch(/nothing was unpinned/)
      expect(readable(result.summary)).toContain('3 pins are chosen, more than the 2')
      for (const { pinId } of selected.entries.slice(1, 4)) {
        expect(result.summary).toMatch(new RegExp(`${pinId}</code> \\| not-attempted`))
      }
    },
  )

  test.concurrent('not exceeded by what stays, nor by exactly as many', async () => {
    const { result } = await run(previews(), {
      name: '*',
      'max-unpins': '3',
      'keep-latest': '1',
      protect: 'release',
    })
    expect(result.conclusion).toBe('success')
    expect(result.outputs['unpinned-count']).toBe('3')
  })

  test.concurrent('is 25 where nothing is said', async () => {
    const many = Array.from({ length: 26 }, (_, index) => aged(index, `many-${index}`))
    expect(errorsOf((await run(many, { name: 'many-*' })).result)).toMatch(
      /^26 pins are chosen, more than the 25/,
    )
    expect((await run(many.slice(1), { name: 'many-*' })).result.outputs['unpinned-count']).toBe('25')
  })
})

describe('verify', () => {
  const lies = (): Fault => ({ kind: 'keep' })

  test.concurrent('a service that lies is caught, by ID and by selection', async () => {
    const pin = aged(1, 'kept-by-the-service')
    const fault: ServiceOptions['fault'] = ({ method }) => (method === 'DELETE' ? lies() : undefined)
    for (const inputs of [{ name: 'kept-*' }, { 'pin-id': pin.id }] as Inputs[]) {
      const believed = await run([pin], inputs, { fault })
      expect(believed.told).toEqual(['kept-by-the-service unpinned'])
      const verified = await run([pin], { ...inputs, verify: 'true' }, { fault })
      expect(verified.told).toEqual(['kept-by-the-service unconfirmed'])
      expect(verified.result.conclusion).toBe('failure')
      expect(errorsOf(verified.result)).toMatch(/read again it is still there/)
      expect(verified.result.outputs).toMatchObject({
        'unpinned-count': '0',
        'failed-count': '1',
        'total-size': '0',
      })
    }
  })

  test.concurrent('a service that tells the truth passes, however it says that the pin is gone', async () => {
    const pin = aged(1, 'truly')
    const after =
      (fault: Fault): ServiceOptions['fault'] =>
      ({ method, path }) =>
        method === 'GET' && path.endsWith(pin.id) ? fault : undefined
    for (const fault of [
      undefined,
      after(answer(404, { message: 'record not found' })),
      after(answer(500, { message: 'record not found' })),
      after(answer(410, {})),
    ]) {
      const { told, result } = await run(
        [pin],
        { name: 'truly', verify: 'true' },
        fault === undefined ? {} : { fault },
      )
      expect(told).toEqual(['truly unpinned'])
      expect(result.conclusion).toBe('success')
    }
  })

  test.concurrent.each<[string, Fault]>([
    ['another status', answer(400, { message: 'no' })],
    ['a 404 of something else', answer(404, '<html>')],
    ['a record that does not say', answer(200, { status: 'success', data: { id: 'ID' } })],
    ['`pinned` as text', answer(200, { status: 'success', data: { id: 'ID', pinned: 'false' } })],
    ['another pin’s record', { kind: 'wrong-record' }],
    ['no right to read', answer(403, {})],
  ])('what cannot be seen to be gone is unconfirmed: %s', async (_, fault) => {
    const pin = aged(1, 'doubtful')
    const own: Fault =
      fault.kind === 'answer'
        ? { ...fault, body: JSON.parse(JSON.stringify(fault.body).replace('"ID"', `"${pin.id}"`)) as unknown }
        : fault
    const { told, result } = await run(
      [pin],
      { 'pin-id': pin.id, verify: 'true' },
      { fault: ({ method }) => (method === 'GET' ? own : undefined) },
    )
    expect(told).toEqual(['doubtful unconfirmed'])
    expect(result.conclusion).toBe('failure')
  })
})

describe('no match', () => {
  test.concurrent.each([
    ['warn', 'success', 0, 1],
    ['ignore', 'success', 0, 0],
    ['fail', 'failure', 1, 0],
  ])('on-missing: %s', async (onMissing, conclusion, errors, warnings) => {
    for (const dryRun of ['false', 'true']) {
      const inputs = { name: 'nothing-*', 'on-missing': onMissing, 'dry-run': dryRun }
      const selected = await run(previews(), inputs)
      expect(selected.result.conclusion).toBe(conclusion)
      expect(selected.result.annotations.errors).toHaveLength(errors)
      expect(selected.result.annotations.warnings).toHaveLength(warnings)
      expect(errorsOf(selected.result) + warningsOf(selected.result)).toMatch(
        onMissing === 'ignore' ? /^$/ : /No pin matches the selection\. Check `cid`, `name` and `keyvalues`/,
      )
      expect(selected.result.outputs).toMatchObject({
        'matched-count': '0',
        'failed-count': '0',
        'pin-ids': '',
        results: '[]',
      })
      expect(deletes(selected)).toEqual([])
    }
  })

  test.concurrent('matches that all stay are matches', async () => {
    const { result } = await run(previews(), { name: 'release', 'keep-latest': '1', 'on-missing': 'fail' })
    expect(result.conclusion).toBe('success')
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
  })
})

describe('what is written down', () => {
  test.concurrent('outputs: one line for each pin that matched, oldest first', async () => {
    const pins = previews()
    const { result, entries } = await run(pins, {
      name: 'preview/*',
      'keep-latest': '1',
      protect: 'preview/1',
    })
    const inOrder = [1, 4, 0, 2].map((place) => pins[place] as PinRecord)
    expect(result.outputs).toMatchObject({
      name: 'preview/1\npreview/2\npreview/3\npreview/4',
      cid: inOrder.map(({ cid }) => cid).join('\n'),
      size: inOrder.map(({ size }) => size).join('\n'),
      result: 'protected\nunpinned\nunpinned\nkept',
      'matched-count': '4',
      'protected-count': '1',
      'kept-count': '1',
      'unpinned-count': '2',
      'total-size': String((inOrder[1]?.size ?? 0) + (inOrder[2]?.size ?? 0)),
      'pin-ids': `${inOrder[1]?.id}\n${inOrder[2]?.id}`,
    })
    expect(JSON.parse(result.outputs['results'] ?? '')).toEqual(result.resultsFile)
    expect(entries.map(({ pinId }) => pinId)).toEqual(inOrder.map(({ id }) => id))
    expect(entries.map(({ reason }) => reason)).toEqual([
      'protected by the name "preview/1"',
      'matched by the name "preview/*"',
      'matched by the name "preview/*"',
      'among the 1 newest of all that matched',
    ])
    for (const [index, { record }] of entries.entries())
      expect(record).toMatchObject({ id: inOrder[index]?.id })
  })

  test.concurrent('summary: the criteria, and each pin with name, CID, size, age and result', async () => {
    const inputs = {
      name: 'preview/*\nother',
      'older-than': '15d',
      'keep-latest': '1',
      protect: 'preview/1',
      keyvalues: '(none)',
    }
    const pins = previews()
    const { result } = await run(pins, inputs)
    const summary = readable(result.summary)
    for (const criterion of [
      '<code>name</code>: preview/* other',
      '<code>older-than</code>: 15d',
      '<code>keep-latest</code>: 1',
      '<code>protect</code>: preview/1',
    ]) {
      expect(summary).toContain(criterion)
    }
    expect(summary).not.toContain('<code>keyvalues</code>')
    const row = (name: string) => summary.split('\n').find((line) => line.includes(`| ${name} |`)) ?? ''
    expect(row('preview/1')).toMatch(/\| protected \|.*\| 40 days \|.*protected by the name "preview\/1"/)
    expect(row('preview/2')).toMatch(/\| unpinned \|.*\| 20 days \|.*matched by the name "preview\/\*"/)
    expect(row('preview/3')).toMatch(/\| kept \|.*\| 10 days \|.*younger than 15d/)
    expect(row('preview/4')).toMatch(/\| kept \|.*\| 24 hours \|.*newest/)
    for (const { cid, id } of pins.filter(({ metadata }) => metadata.name !== 'release')) {
      expect(summary).toContain(cid)
      expect(summary).toContain(id)
    }
    expect(row('preview/2')).toMatch(/\| [\d.]+ MiB \|/)
  })

  test.concurrent('log: a line for each pin that matched, with its result and reason', async () => {
    const { result } = await run(previews(), { name: 'preview/*', 'keep-latest': '1' })
    expect(result.log).toMatch(/Matching pins: 4, chosen of them: 3/)
    expect(result.log).toMatch(/: unpinned, Qm\w+, .*"preview\/1".*matched by the name "preview\/\*"/)
    expect(result.log).toMatch(/: kept, Qm\w+, .*"preview\/4".*among the 1 newest/)
  })

  test.concurrent('hostile names are harmless in log, summary and outputs', async () => {
    const hostile = [
      'x\n::set-output name=pin-ids::forged',
      '##[error]forged',
      '::error::forged',
      '</td></table><script>alert(1)</script>',
      'a | b | c |\n| forged |',
      '[click](https://evil.example.test)',
      '\u001b[2J\u202eforged',
      DEFAULT_KEYS.apiKey,
    ]
    const pins = hostile.map((name, index) => aged(index, { name, keyvalues: { run: 1 } }))
    const { result } = await run(pins, { keyvalues: 'run=1', protect: '*forged*\n*evil*' })
    expect(result.conclusion).toBe('success')
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    expect(result.commands.filter(({ known, name }) => known && name !== 'add-mask')).toEqual([])
    expect(result.outputs['pin-ids']).not.toContain('forged')
    expect(result.outputs['name']?.split('\n')).toHaveLength(hostile.length)
    expect(result.summary).not.toMatch(/<script|\]\(https|\u202e|\u001b/)
    expect(result.summary.split('\n').filter((line) => line.startsWith('| <code>'))).toHaveLength(
      hostile.length,
    )
    expect(leaksOf(result, [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey])).toEqual([])
  })

  test.concurrent('hostile selectors are harmless in log, summary and outputs', async () => {
    const name =
      '</code><script>x</script>\n::error::forged\n##[error]forged\n[a](https://evil.example.test) *'
    const pins = [
      aged(1, '::error::forged'),
      aged(2, '##[error]forged'),
      aged(3, '</code><script>x</script>'),
    ]
    const { result, told } = await run(pins, { name })
    expect(told).toHaveLength(3)
    expect(result.commands.filter(({ known, name }) => known && name !== 'add-mask')).toEqual([])
    expect(result.summary).not.toMatch(/<script|\]\(https/)
  })

  test.concurrent('keys are nowhere, though selectors, names and key-values hold them', async () => {
    const { apiKey, secretKey } = DEFAULT_KEYS
    const pins = [aged(1, `n-${apiKey}`), aged(2, { name: 'k', keyvalues: { [secretKey]: apiKey } })]
    for (const inputs of [
      { name: `n-${apiKey}` },
      { name: `*${apiKey}*`, protect: `*${secretKey}*\nk` },
      { keyvalues: `x=${apiKey}` },
      { keyvalues: `x=${secretKey}`, 'dry-run': 'true' },
      { name: '*', 'max-unpins': '1' },
    ] as Inputs[]) {
      const { result } = await run(pins, inputs)
      expect(leaksOf(result, [apiKey, secretKey])).toEqual([])
    }
  })
})

describe('rights', () => {
  const keys = [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin' as const] }]

  test.concurrent('a 403 on the list names `data.pin_list`, and nothing is removed', async () => {
    const selected = await run(previews(), { name: '*' }, { keys })
    expect(selected.result.conclusion).toBe('failure')
    expect(errorsOf(selected.result)).toMatch(/HTTP 403.*`data\.pin_list`.*Nothing was unpinned/)
    expect(deletes(selected)).toEqual([])
    expect(selected.result.outputs).toMatchObject({ results: '[]', 'matched-count': '0', 'results-file': '' })
  })

  test.concurrent.each([{ protect: 'live' }, { 'dry-run': 'true' }] as Inputs[])(
    'a 403 on a record names it as well, and stops the run: %j',
    async (inputs) => {
      const pins = Array.from({ length: 20 }, (_, index) => aged(index, `n-${index}`))
      const selected = await run(pins, { 'pin-id': pins.map(({ id }) => id).join(), ...inputs }, { keys })
      expect(errorsOf(selected.result)).toContain('`data.pin_list`')
      expect(deletes(selected)).toEqual([])
      expect(selected.told.filter((one) => one.endsWith('not-attempted')).length).toBeGreaterThan(0)
    },
  )

  test.concurrent(
    'with verify, a key that may not read does not go on removing what it cannot prove',
    async () => {
      const pins = Array.from({ length: 30 }, (_, index) => aged(index, `n-${index}`))
      const selected = await run(
        pins,
        { 'pin-id': pins.map(({ id }) => id).join(), verify: 'true' },
        { keys },
      )
      expect(selected.result.conclusion).toBe('failure')
      expect(errorsOf(selected.result)).toContain('`data.pin_list`')
      expect(deletes(selected).length).toBeLessThan(30)
    },
  )

  test.concurrent('a key that may do just what is needed is enough', async () => {
    const scopes = ['pinning.unpin' as const, 'data.pin_list' as const]
    const { result } = await run(
      previews(),
      { name: 'preview/*', verify: 'true' },
      { keys: [{ ...DEFAULT_KEYS, scopes }] },
    )
    expect(result.conclusion).toBe('success')
  })
})

describe('a selection is cancelled', () => {
  test.concurrent('while the list is read: nothing is removed, and outputs are set', async () => {
    const service = await serve({ pins: previews(), fault: () => ({ kind: 'hang', effect: 'before' }) })
    const result = await runStep(
      service.url,
      [],
      { 'pin-id': '(none)', name: '*' },
      { signalAfter: { signal: 'SIGINT', text: 'Reading the list' } },
    )
    expect(result.conclusion).toBe('failure')
    expect(errorsOf(result)).toMatch(/the run was stopped first.*Nothing was unpinned/)
    expect(result.outputs).toMatchObject({ results: '[]', 'matched-count': '0' })
    expect(result.durationMs).toBeLessThan(5000)
  })

  test.concurrent('while pins are removed: every pin that matched has its line', async () => {
    const fault: ServiceOptions['fault'] = ({ method }) =>
      method === 'DELETE' ? { kind: 'hang', effect: 'after' } : undefined
    const service = await serve({ pins: previews(), fault })
    const result = await runStep(
      service.url,
      [],
      { 'pin-id': '(none)', name: '*', protect: 'release' },
      { signalAfter: { signal: 'SIGTERM', text: 'Unpinning' } },
    )
    expect(result.conclusion).toBe('failure')
    const results = entriesOf(result).map(({ result }) => result)
    expect(results[0]).toBe('protected')
    expect(results).toHaveLength(5)
    for (const one of results.slice(1)) expect(['unconfirmed', 'not-attempted']).toContain(one)
  })
})
