import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import { leaksOf } from './leaks.ts'
import {
  clearStage,
  entriesOf,
  errorsOf,
  type Inputs,
  pin,
  pins,
  runStep,
  serve,
  type StepOptions,
  warningsOf,
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const { apiKey, secretKey } = DEFAULT_KEYS
const { inputs: declared, outputs } = readActionMetadata()
const CID = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'

/** What every refusal has in common: it fails before any request, with one message and every output set. */
function expectRefused(result: ActionResult): void {
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', problems: [], stderr: '' })
  expect(result.annotations).toMatchObject({ errors: [{}], warnings: [], notices: [] })
  const counts = ['unpinned', 'missing', 'failed', 'matched', 'protected', 'kept']
  expect(result.outputs).toEqual({
    ...Object.fromEntries([...outputs.keys()].map((name) => [name, ''])),
    ...Object.fromEntries(counts.map((name) => [`${name}-count`, '0'])),
    results: '[]',
  })
  expect(result.summary).toMatch(/nothing was unpinned/i)
}

/** Runs the step with these inputs over good ones, expects that no request is sent, and returns the one message. */
async function refusal(inputs: Inputs, options: StepOptions = {}): Promise<string> {
  const service = await serve({ pins: [pin] })
  const result = await runStep(service.url, [pin.id], inputs, options)
  expectRefused(result)
  expect(service.requests).toEqual([])
  expect(leaksOf(result, [apiKey, secretKey])).toEqual([])
  return errorsOf(result)
}

describe('an input is refused before any request', () => {
  test.concurrent.each([
    ['on-missing', 'Warn', /is "Warn"; it takes `warn`, `ignore` or `fail`/],
    ['dry-run', 'yes', /is "yes"; it takes `true` or `false`/],
    ['verify', '1', /is "1"; it takes `true` or `false`/],
    ['requests-per-minute', '6001', /is "6001"; it takes a whole number from 1 to 6000/],
    ['timeout-seconds', '2 minutes', /is "2 minutes"; it takes a whole number from 1 to 3600/],
    ['pin-id', `${pin.id}\nnonsense`, /holds "nonsense"; it takes pin IDs/],
    ['pin-id', `${pin.id}/../${pin.id}`, /it takes pin IDs/],
    ['pin-id', `["${pin.id}"]`, /Write the IDs without quotes and brackets/],
    [
      'pin-id',
      CID,
      new RegExp(`holds "${CID}"; .*\`id\` of the pin's record\\. To select by CID, use .*\`cid\``),
    ],
    ['pin-id', '(none)', /`pin-id` or one of `cid`, `name` and `keyvalues` is needed; none of them is given/],
    ['api-url', 'http://api.example.test', /is plain `http` .*; it takes an `https` URL/],
    [
      'api-url',
      'https://api.example.test/api/pinning',
      /Leave that part off: "https:\/\/api\.example\.test"/,
    ],
  ])('%s: %j, naming the input, the value and what is allowed', async (name, value, expected) => {
    const message = await refusal({ [name]: value })
    expect(message).toMatch(new RegExp(`^\`${name}\` `))
    expect(message).toMatch(expected)
  })

  test.concurrent('an API URL is quoted without what may be a password', async () => {
    for (const url of [
      'https://user:sesame@api.example.test',
      'https://user:sesame',
      'https://a.test/?t=sesame',
    ]) {
      const message = await refusal({ 'api-url': url })
      expect(message).toMatch(/^`api-url` is "https:/)
      expect(message).not.toContain('sesame')
    }
  })

  test.concurrent.each(['all empty', 'all blank', 'all without a variable'])(
    '%s: no default is used',
    async (how) => {
      const names = [...declared.keys()]
      const message = await (how === 'all without a variable'
        ? refusal(
            {},
            { env: Object.fromEntries(names.map((name) => [`INPUT_${name.toUpperCase()}`, undefined])) },
          )
        : refusal(Object.fromEntries(names.map((name) => [name, how === 'all blank' ? ' \t\n' : '']))))
      const lines = message.split('\n')
      expect(new Set(lines.map((line) => /^`([\w-]+)` is empty; it takes /.exec(line)?.[1]))).toEqual(
        new Set(names),
      )
      expect(lines).toHaveLength(names.length)
      for (const line of lines) {
        expect(line).toMatch(
          line.startsWith('`pinning-')
            ? /Is the secret set .* fork .*Dependabot/
            : /Was the variable or output .* set\?/,
        )
      }
    },
  )

  test.concurrent('and all problems of all inputs are in one message, one line each', async () => {
    const message = await refusal({
      'pin-id': 'nonsense',
      'pinning-api-key': '',
      'pinning-secret-key': 'short',
      'api-url': 'http://api.example.test',
      'on-missing': 'maybe',
      'dry-run': '',
      'requests-per-minute': 'many',
      'timeout-seconds': '-5',
      cid: '',
      name: '',
      keyvalues: '',
      'older-than': '',
      'keep-latest': 'some',
      'group-by': '',
      protect: '',
      'max-unpins': '0',
      verify: 'yes',
    })
    const named = message.split('\n').map((line) => /^`([\w-]+)`/.exec(line)?.[1])
    expect(new Set(named)).toEqual(new Set(declared.keys()))
    expect(named).toHaveLength(declared.size)
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
  ])('a key of %s, which is not shown', async (_, key, expected) => {
    const service = await serve({ pins: [pin] })
    // The same text in another input is not shown either.
    const result = await runStep(service.url, [pin.id], { 'pinning-secret-key': key, 'dry-run': `x ${key}` })
    expectRefused(result)
    expect(errorsOf(result)).toMatch(/^`pinning-secret-key` /m)
    expect(errorsOf(result)).toMatch(expected)
    for (const line of key.split('\n')) expect(errorsOf(result) + result.summary).not.toContain(line)
  })

  test.concurrent('a value with a command or markup in it stays a value', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], {
      'on-missing':
        '##[error]x\n::set-output name=result::unpinned\r::add-mask::x | <script>alert(1)</script> [a](b)',
      'pin-id': '::stop-commands::x ##[set-output name=cid]y <b>|',
    })
    const known = result.commands.filter((command) => command.known).map(({ name }) => name)
    expect(known).toEqual(['add-mask', 'add-mask', 'error'])
    expect(result.log).not.toContain('##[')
    expect(result.summary).not.toMatch(/<script|<b>|\]\(/)
  })
})

describe('an input that action.yml does not declare', () => {
  test.concurrent.each([
    ['INPUT_PROTECTS', 'protects', 'protect'],
    ['INPUT_OLDER_THAN', 'older_than', 'older-than'],
    ['INPUT_DRYRUN', 'dryrun', 'dry-run'],
  ])('is refused where it is near a declared one: %s', async (variable, name, meant) => {
    expect(await refusal({}, { env: { [variable]: 'x' } })).toContain(
      `\`${name}\` is not an input; did you mean \`${meant}\`?`,
    )
  })

  test.concurrent('causes a warning if it may belong to another action', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], {}, { env: { INPUT_TOKEN: 'x' } })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
    expect(warningsOf(result)).toBe('`token` is not an input of this action and has no effect.')
  })
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

  test.concurrent('is refused as a pin ID, which is a part of the URL', async () => {
    const id = pin.id
    const service = await serve({ pins: [pin], keys: [{ apiKey: id, secretKey, scopes: ['admin'] }] })
    const result = await runStep(service.url, [id.toUpperCase()], { 'pinning-api-key': id })
    expectRefused(result)
    expect(service.requests).toEqual([])
    expect(leaksOf(result, [id])).toEqual([])
  })

  test.concurrent.each([
    ['the path', 'abcdef+0123456789', (key: string) => `https://api.example.test/${key}`],
    [
      'the path, percent-encoded',
      'abcdef+0123456789',
      (key: string) => `https://api.example.test/${encodeURIComponent(key)}`,
    ],
    ['the host', 'abcdef-0123456789', (key: string) => `https://${key}.example.test/`],
  ])('is refused in %s of `api-url`', async (_, key, url) => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], { 'pinning-api-key': key, 'api-url': url(key) })
    expectRefused(result)
    expect(errorsOf(result)).toContain('`api-url` holds the value of a key')
    expect(leaksOf(result, [key])).toEqual([])
  })
})

describe('an input is accepted', () => {
  test.concurrent.each([' ', ',', '\n', '\r\n', ' ,\t\r\n, '])(
    'pin IDs separated by %j',
    async (separator) => {
      const three = pins(3)
      const service = await serve({ pins: three })
      const ids = three.map(({ id }) => id)
      const result = await runStep(service.url, [`${separator}${ids.join(separator)}${separator}`])
      expect(result.conclusion).toBe('success')
      expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual(ids)
    },
  )

  test.concurrent('repeats count once, case does not matter, and the order given stays', async () => {
    const [first, second] = pins(2).map(({ id }) => id) as [string, string]
    const service = await serve({ pins: pins(2) })
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
    ['False', 'unpinned'],
    [' FALSE\n', 'unpinned'],
  ])('dry-run: %j, and the pin is `%s`', async (value, outcome) => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], { 'dry-run': value })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: outcome } })
    expect(service.holds(pin.id)).toBe(outcome === 'would-unpin')
  })

  test.concurrent.each([
    { 'requests-per-minute': '1', 'timeout-seconds': '1', 'on-missing': ' ignore ' },
    { 'requests-per-minute': '6000', 'timeout-seconds': '3600', 'on-missing': 'fail' },
    { 'requests-per-minute': ' 0180 ' },
  ])('%j', async (inputs) => {
    const service = await serve({ pins: [pin] })
    expect((await runStep(service.url, [pin.id], inputs as Inputs)).conclusion).toBe('success')
  })

  test.concurrent('a key pair of eight characters each', async () => {
    const keys = { apiKey: 'aB3$ 6,8', secretKey: '"\'`\\|<>&', scopes: ['admin'] as const }
    const service = await serve({ pins: [pin], keys: [keys] })
    const result = await runStep(service.url, [pin.id], {
      'pinning-api-key': keys.apiKey,
      'pinning-secret-key': keys.secretKey,
    })
    expect(result.conclusion).toBe('success')
  })

  test.concurrent.each([
    ['several trailing slashes', '', '///'],
    ['/api', '', '/api'],
    ['a path prefix and /api/', '/ipfs/v2', '/api/'],
    ['a prefix that ends in api', '/my-api', ''],
    ['blanks around', '', ' \n'],
  ])('api-url with %s', async (_, prefix, ending) => {
    const service = await serve({ pins: [pin], prefix })
    const result = await runStep(service.url + ending, [pin.id])
    expect(result.conclusion).toBe('success')
    expect(service.requests.map(({ path }) => path)).toEqual([`${prefix}/api/pinning/unpin/${pin.id}`])
  })

  test.concurrent.each(['LOCALHOST', '127.1', '0x7f.1', '2130706433'])('plain http to %s', async (host) => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(`http://${host}:${service.port}`, [pin.id])
    expect(result.conclusion).toBe('success')
    expect(service.requests).toHaveLength(1)
  })

  test.concurrent('the defaults of action.yml', async () => {
    const service = await serve({ pins: [pin] })
    const defaults = [...declared].flatMap(([name, { default: text }]) =>
      text === undefined || name === 'api-url' || name === 'pin-id' ? [] : [[name, text]],
    )
    const result = await runStep(service.url, [pin.id], Object.fromEntries(defaults) as Inputs)
    expect(result.conclusion).toBe('success')
    expect(result.log).toContain('at most 180 requests a minute')
  })
})

/** Selects the pin by name, and protects something else. */
const selecting: Inputs = { 'pin-id': '(none)', name: 'release-1' }

describe('in a selection', () => {
  test.concurrent.each([
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
  ])('%s: %j is refused before any request', async (name, value, expected) => {
    const message = await refusal({ ...selecting, [name]: value })
    expect(message).toMatch(new RegExp(`^\`${name}\`${expected.source}`))
  })

  test.concurrent.each([
    ['cid', pin.cid],
    ['name', 'main'],
    ['keyvalues', 'pr=7'],
    ['older-than', '30d'],
    ['keep-latest', '3'],
    ['group-by', 'name'],
    ['max-unpins', '100'],
  ])('%s does not go with `pin-id`', async (name, value) => {
    expect(await refusal({ [name]: value })).toMatch(new RegExp(`^\`${name}\` .*\`pin-id\``))
  })

  test.concurrent('"(none)" means left out, for every input with this default', async () => {
    const service = await serve({ pins: [makePin({}, 1)] })
    const leavable = [...declared].filter(([, { default: text }]) => text === '(none)').map(([name]) => name)
    const leftOut = Object.fromEntries(leavable.map((name) => [name, '(none)']))
    const result = await runStep(service.url, [], { ...leftOut, ...selecting })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  })

  test.concurrent('`(any)` selects a pin without a name, and `*` protects it', async () => {
    const unnamed = makePin({ metadata: {} }, 2)
    const service = await serve({ pins: [unnamed] })
    const inputs = { 'pin-id': '(none)', name: '(any)' }
    const all = await runStep(service.url, [], { ...inputs, protect: '*' })
    expect(all.outputs).toMatchObject({ 'matched-count': '1', 'protected-count': '1' })
    const result = await runStep(service.url, [], inputs)
    expect(result.outputs).toMatchObject({ 'matched-count': '1', 'unpinned-count': '1' })
  })
})
