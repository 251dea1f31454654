import { afterAll, describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import {
  endProcesses,
  entriesOf,
  errorsOf,
  type Inputs,
  pin,
  pins,
  runStep,
  type StepOptions,
  unpinOne,
  warningsOf,
} from '../support/step.ts'
import { leaksOf } from './leaks.ts'

afterAll(endProcesses)

const { apiKey, secretKey } = DEFAULT_KEYS
const { inputs: declared, outputs } = readActionMetadata()
const CID = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'

/**
 * Runs the step with these inputs over good ones, and expects what every refusal has in common: it fails before any request, shows no key,
 * and sets every output.
 *
 * @returns the one message, a line for each problem
 */
async function refusal(
  inputs: Inputs,
  options: StepOptions = {},
  keys = [apiKey, secretKey],
): Promise<string> {
  const service = await start({ pins: [pin] })
  const result = await runStep(service.url, [pin.id], inputs, options)
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', problems: [], stderr: '' })
  expect(result.annotations).toMatchObject({ errors: [{}], warnings: [], notices: [] })
  const counts = ['unpinned', 'missing', 'failed', 'matched', 'protected', 'kept']
  expect(result.outputs).toEqual({
    ...Object.fromEntries([...outputs.keys()].map((name) => [name, ''])),
    ...Object.fromEntries(counts.map((name) => [`${name}-count`, '0'])),
    results: '[]',
  })
  expect(result.summary).toMatch(/nothing was unpinned/i)
  expect(service.requests).toEqual([])
  expect(leaksOf(result, keys)).toEqual([])
  return errorsOf(result)
}

type Refused = [name: string, value: string, words: RegExp]

/** All problems of a run are told together, so rows share a run, each input once in each. */
function sharedRuns(table: readonly Refused[]): Refused[][] {
  const runs: Refused[][] = []
  for (const row of table) {
    const free = runs.find((rows) => rows.every(([name]) => name !== row[0]))
    if (free === undefined) runs.push([row])
    else free.push(row)
  }
  return runs
}

async function expectRefused(table: readonly Refused[], others: Inputs = {}): Promise<void> {
  const runs = sharedRuns(table).map(async (rows) => {
    const message = await refusal({ ...others, ...Object.fromEntries(rows) })
    for (const [name, value, words] of rows) {
      const problem = message.split('\n').find((line) => line.startsWith(`\`${name}\``))
      expect({ value, problem }).toEqual({ value, problem: expect.stringMatching(words) })
    }
  })
  await Promise.all(runs)
}

describe('an input is refused before any request', () => {
  test.concurrent('is a wrong value, and the message names the input, the value and what is allowed', () =>
    expectRefused([
      ['on-missing', 'Warn', /is "Warn"; it takes `warn`, `ignore` or `fail`/],
      ['dry-run', 'yes', /is "yes"; it takes `true` or `false`/],
      ['verify', '1', /is "1"; it takes `true` or `false`/],
      ['requests-per-minute', '6001', /is "6001"; it takes a whole number from 1 to 6000/],
      ['timeout-seconds', '2 minutes', /is "2 minutes"; it takes a whole number from 1 to 3600/],
      ['pin-id', `${pin.id}\nnonsense`, /holds "nonsense"; it takes pin IDs/],
      ['pin-id', `${pin.id}/../${pin.id}`, /it takes pin IDs/],
      ['pin-id', `["${pin.id}"]`, /Write the IDs without quotes and brackets/],
      ['pin-id', CID, new RegExp(`holds "${CID}"; .*\`id\` of the pin's record\\. .*by CID, use .*\`cid\``)],
      [
        'pin-id',
        '(none)',
        /^`pin-id` or one of `cid`, `name` and `keyvalues` is needed; none of them is given/,
      ],
      ['api-url', 'http://api.example.test', /is plain `http` .*; it takes an `https` URL/],
      ['api-url', 'https://a.example.test/api/pinning', /Leave that part off: "https:\/\/a\.example\.test"/],
    ]),
  )

  test.concurrent.each([
    'https://user:sesame@api.example.test',
    'https://user:sesame',
    'https://a.test/?t=sesame',
  ])('an API URL is quoted without what may be a password: %s', async (url) => {
    const message = await refusal({ 'api-url': url })
    expect(message).toMatch(/^`api-url` is "https:/)
    expect(message).not.toContain('sesame')
  })

  const names = [...declared.keys()]
  const everyInput = (value: string): Inputs => Object.fromEntries(names.map((name) => [name, value]))

  test.concurrent.each<[string, Inputs, StepOptions]>([
    ['all inputs are empty', everyInput(''), {}],
    ['all inputs are blank', everyInput(' \t\n'), {}],
    [
      'no input has a variable',
      {},
      { env: Object.fromEntries(names.map((name) => [`INPUT_${name.toUpperCase()}`, undefined])) },
    ],
  ])('no default is used where %s', async (_, inputs, options) => {
    const lines = (await refusal(inputs, options)).split('\n')
    const named = lines.map((line) => /^`([\w-]+)` is empty; it takes /.exec(line)?.[1])
    expect([named.length, new Set(named)]).toEqual([names.length, new Set(names)])
    for (const line of lines) {
      const cause = line.startsWith('`pinning-')
        ? /Is the secret set .* fork .*Dependabot/
        : /Was the variable or output .* set\?/
      expect(line).toMatch(cause)
    }
  })

  test.concurrent('many bad words are counted, not all shown', async () => {
    const words = Array.from({ length: 500 }, (_, index) => `word-${index}`)
    const message = await refusal({ 'pin-id': words.join(' ') })
    expect(message).toMatch(/word-0.*and 495 more/)
    expect(message.length).toBeLessThan(4096)
  })

  test.concurrent.each([
    ['seven characters', 'zQ7!x_9', /8 characters/],
    ['a line end within', 'first-half-of\nthe-secret', /ASCII/],
    ['a letter beyond ASCII', 'the-sécret-key', /ASCII/],
    ['a zero-width space', 'the-secret-key\u200b', /ASCII/],
    ['a control character', 'the-secret\u0001key', /ASCII/],
  ])('a key of %s is refused and not shown, also where another input has it', async (_, key, expected) => {
    const message = await refusal({ 'pinning-secret-key': key, 'dry-run': `x ${key}` }, {}, key.split('\n'))
    expect(message).toMatch(/^`pinning-secret-key` /m)
    expect(message).toMatch(expected)
  })

  test.concurrent('a value with a command or markup in it stays a value', async () => {
    const service = await start()
    const result = await runStep(service.url, [], {
      'on-missing':
        '##[error]x\n::set-output name=result::unpinned\r::add-mask::x | <script>alert(1)</script> [a](b)',
      'pin-id': '::stop-commands::x ##[set-output name=cid]y <b>|',
    })
    const known = result.commands.filter((command) => command.known).map(({ name }) => name)
    expect(known).toEqual(['add-mask', 'add-mask', 'error'])
    expect(result.log).not.toContain('##[')
    expect(result.summary).not.toMatch(/<script|<b>|\]\(/)
  })

  test.concurrent(
    'an input that is near a declared one was misspelt, and the message names both',
    async () => {
      const env = { INPUT_PROTECTS: 'x', INPUT_OLDER_THAN: 'x', INPUT_DRYRUN: 'x' }
      const message = await refusal({}, { env })
      for (const [name, meant] of [
        ['protects', 'protect'],
        ['older_than', 'older-than'],
        ['dryrun', 'dry-run'],
      ])
        expect(message).toContain(`\`${name}\` is not an input; did you mean \`${meant}\`?`)
    },
  )
})

test.concurrent('an input that may belong to another action is warned of', async () => {
  const { result } = await unpinOne(undefined, {}, { env: { INPUT_TOKEN: 'x' } })
  expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  expect(warningsOf(result)).toBe('`token` is not an input of this action and has no effect.')
})

describe('a key in another input', () => {
  const others = [...declared.keys()].filter((name) => !/^pinning-|^name$/.test(name))

  test.concurrent.each<[string, string]>([
    ['as it is', apiKey],
    ['the other one', secretKey],
    ['within a word', `x${apiKey}y`],
    ['in upper case', secretKey.toUpperCase()],
  ])('is not shown: %s', async (_, value) => {
    const lines: Inputs = { keyvalues: `x\n${value}`, protect: `- ${pin.id} ${value}` }
    const message = await refusal(Object.fromEntries(others.map((name) => [name, lines[name] ?? value])))
    for (const name of others) expect(message).toMatch(new RegExp(`^\`${name}\``, 'm'))
  })

  test.concurrent.each<[string, string, (key: string) => Inputs]>([
    ['a pin ID, which is a part of the URL', pin.id, (key) => ({ 'pin-id': key.toUpperCase() })],
    ['the path of `api-url`', 'abcdef+0123456789', (key) => ({ 'api-url': `https://a.example.test/${key}` })],
    [
      'the path of `api-url`, percent-encoded',
      'abcdef+0123456789',
      (key) => ({ 'api-url': `https://a.example.test/${encodeURIComponent(key)}` }),
    ],
    ['the host of `api-url`', 'abcdef-0123456789', (key) => ({ 'api-url': `https://${key}.example.test/` })],
  ])('is refused in %s', async (_, key, inputs) => {
    const message = await refusal({ 'pinning-api-key': key, ...inputs(key) }, {}, [key])
    expect(message).toMatch(/^`(?:api-url|pin-id)` holds .*a key/)
  })
})

describe('an input is accepted', () => {
  test.concurrent('are pin IDs separated by blanks, commas and line ends in any mixture', async () => {
    const six = pins(6)
    const service = await start({ pins: six })
    const [a, b, c, d, e, f] = six.map(({ id }) => id)
    const result = await runStep(service.url, [` ,\n${a} ${b},${c}\n${d}\r\n${e} ,\t\r\n, ${f},\n`])
    expect(result.conclusion).toBe('success')
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual([a, b, c, d, e, f])
  })

  test.concurrent('are repeats, which count once in any letter case, and the order given stays', async () => {
    const [first, second] = pins(2).map(({ id }) => id) as [string, string]
    const service = await start({ pins: pins(2) })
    const result = await runStep(service.url, [second.toUpperCase(), first, second, first.toUpperCase()])
    expect(result).toMatchObject({ conclusion: 'success', outputs: { 'unpinned-count': '2' } })
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual([second, first])
    expect(service.requests.map(({ path }) => path).sort()).toEqual(
      [first, second].map((id) => `/api/pinning/unpin/${id}`).sort(),
    )
  })

  test.concurrent.each([
    ['true', 'would-unpin'],
    ['True', 'would-unpin'],
    ['TRUE', 'would-unpin'],
    ['false', 'unpinned'],
    [' False\n', 'unpinned'],
  ])('is `dry-run` as %j, and the pin is `%s`', async (value, outcome) => {
    const { result, service } = await unpinOne(undefined, { 'dry-run': value })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: outcome } })
    expect(service.holds(pin.id)).toBe(outcome === 'would-unpin')
  })

  test.concurrent.each<Inputs>([
    { 'requests-per-minute': '1', 'timeout-seconds': '3600', 'on-missing': ' ignore ' },
    { 'requests-per-minute': '6000', 'on-missing': 'fail' },
    { 'requests-per-minute': ' 0180 ' },
  ])('is %j', async (inputs) => {
    expect((await unpinOne(undefined, inputs)).result.conclusion).toBe('success')
  })

  test.concurrent('is a key pair of eight characters each', async () => {
    const keys = { apiKey: 'aB3$ 6,8', secretKey: '"\'`\\|<>&', scopes: ['admin'] as const }
    const service = await start({ pins: [pin], keys: [keys] })
    const inputs = { 'pinning-api-key': keys.apiKey, 'pinning-secret-key': keys.secretKey }
    expect((await runStep(service.url, [pin.id], inputs)).conclusion).toBe('success')
  })

  test.concurrent.each([
    ['several trailing slashes', '', '///'],
    ['/api', '', '/api'],
    ['a path prefix and /api/', '/ipfs/v2', '/api/'],
    ['a prefix that ends in api', '/my-api', ''],
    ['blanks around', '', ' \n'],
  ])('is `api-url` with %s', async (_, prefix, ending) => {
    const service = await start({ pins: [pin], prefix })
    expect((await runStep(service.url + ending, [pin.id])).conclusion).toBe('success')
    expect(service.requests.map(({ path }) => path)).toEqual([`${prefix}/api/pinning/unpin/${pin.id}`])
  })

  test.concurrent.each(['LOCALHOST', '127.1', '0x7f.1', '2130706433'])(
    'is plain http to %s',
    async (host) => {
      const service = await start({ pins: [pin] })
      expect((await runStep(`http://${host}:${service.port}`, [pin.id])).conclusion).toBe('success')
      expect(service.requests).toHaveLength(1)
    },
  )

  test.concurrent('are the defaults of action.yml', async () => {
    const defaults = [...declared].flatMap(([name, { default: text }]) =>
      text === undefined || name === 'api-url' || name === 'pin-id' ? [] : [[name, text]],
    )
    const { result } = await unpinOne(undefined, Object.fromEntries(defaults) as Inputs)
    expect(result.conclusion).toBe('success')
    expect(result.log).toContain('at most 180 requests a minute')
  })
})

describe('in a selection', () => {
  const selecting: Inputs = { 'pin-id': '(none)', name: 'release-1' }

  test.concurrent('a slip is refused before any request', () =>
    expectRefused(
      [
        ['protect', `main-*\n- ${pin.id}`, /, line 2, is "- .*Write only ".*" on a line/],
        ['protect', `"${pin.cid}"`, /, line 1, is .*which is almost a pin ID or a CID/],
        ['protect', `ipfs://${pin.cid}`, /, line 1, is/],
        ['protect', pin.id.slice(1), /, line 1, is .*Is a character missing, wrong or extra\?/],
        ['protect', 'bafyshort', /, line 1, is "bafyshort"/],
        ['protect', 'main-*\n\nlive', /, line 2, is empty; .*Was the variable on this line set\?/],
        ['protect', 'main-*\n\n', /, line 2, is empty/],
        ['keyvalues', '\npr=7', /, line 1, is empty/],
        ['keyvalues', 'pr=7\nbranch', /, line 2, is "branch"; it takes lines `key=value`/],
        ['name', '*', /, line 1, is only `\*`; .*write `\(any\)`/],
        ['name', 'x\n(any)', / holds `\(any\)` and other lines/],
        ['cid', pin.id, / holds .*For pin IDs, use the input `pin-id`/],
        ['cid', `ipfs://${CID}`, new RegExp(` holds .*Write only the CID: "${CID}"`)],
        ['older-than', '30 days', / is "30 days"; .*Write `30d`/],
        ['group-by', 'name', / needs `keep-latest` of 1 or more/],
      ],
      selecting,
    ),
  )

  test.concurrent('no other input that selects or narrows goes with `pin-id`', () =>
    expectRefused([
      ['cid', pin.cid, /`pin-id`/],
      ['name', 'main', /`pin-id`/],
      ['keyvalues', 'pr=7', /`pin-id`/],
      ['older-than', '30d', /`pin-id`/],
      ['keep-latest', '3', /`pin-id`/],
      ['group-by', 'name', /`pin-id`/],
      ['max-unpins', '100', /`pin-id`/],
    ]),
  )

  test.concurrent('"(none)" means left out, for every input with this default', async () => {
    const leavable = [...declared].filter(([, { default: text }]) => text === '(none)').map(([name]) => name)
    const leftOut = Object.fromEntries(leavable.map((name) => [name, '(none)']))
    const { result } = await unpinOne(undefined, { ...leftOut, ...selecting })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  })

  test.concurrent('`(any)` selects a pin without a name, and `*` protects it', async () => {
    const service = await start({ pins: [makePin({ metadata: {} }, 2)] })
    const inputs = { 'pin-id': '(none)', name: '(any)' }
    const all = await runStep(service.url, [], { ...inputs, protect: '*' })
    expect(all.outputs).toMatchObject({ 'matched-count': '1', 'protected-count': '1' })
    const result = await runStep(service.url, [], inputs)
    expect(result.outputs).toMatchObject({ 'matched-count': '1', 'unpinned-count': '1' })
  })
})
