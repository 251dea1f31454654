import { afterAll, describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { inputVariable } from '../../testing/runner/environment.ts'
import { start } from '../service/client.ts'
import { spellingsOf } from '../support/selection-accounts.ts'
import {
  endProcesses,
  entriesOf,
  errorsOf,
  type Inputs,
  pin,
  pins,
  runStep,
  select,
  type StepOptions,
  unpinOne,
  warningsOf,
} from '../support/step.ts'
import { KEYS, leaksOf } from './leaks.ts'

afterAll(endProcesses)

const [apiKey, secretKey] = KEYS
const { inputs: declared, outputs } = readActionMetadata()
const names = [...declared.keys()]
const [V0 = '', V1 = ''] = spellingsOf(1)

/**
 * Runs the step with these inputs over good ones, and expects what every refusal has in common: it fails before any request, shows no key,
 * and sets every output.
 *
 * @returns the one message, a line for each problem
 */
async function refusal(inputs: Inputs, options: StepOptions = {}, keys: readonly string[] = KEYS): Promise<string> {
  const service = await start({ pins: [pin] })
  const result = await runStep(service.url, [pin.id], inputs, options)
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', problems: [], stderr: '' })
  expect(result.annotations).toMatchObject({ errors: [{}], warnings: [], notices: [] })
  const empty = (name: string): string => (/-count$|^total-size$/.test(name) ? '0' : '')
  const all = Object.fromEntries([...outputs.keys()].map((name) => [name, empty(name)]))
  expect(result.outputs).toEqual({ ...all, results: '[]' })
  expect(result.summary).toMatch(/nothing was unpinned/)
  expect(service.requests).toEqual([])
  expect(leaksOf(result, keys)).toEqual([])
  return errorsOf(result)
}

/** No variable for these inputs, as a shell leaves it. */
const without = (some: readonly string[]): StepOptions => ({
  env: Object.fromEntries(some.map((name) => [inputVariable(name), undefined])),
})

describe('inputs are refused before any request', () => {
  test.concurrent('and one message names every input that is wrong', async () => {
    const wrong = {
      'pin-id': `${pin.id} nonsense`,
      'on-missing': 'Warn',
      'dry-run': 'yes',
      verify: '1',
      protect: `main-*\n\n${pin.id}`,
      'on-unused-protect': 'none',
      'max-unpins': '100',
      'requests-per-minute': '6001',
      'timeout-seconds': '1.5',
      'api-url': 'https://user:sesame@api.example.test',
    }
    const message = await refusal(wrong, { env: { INPUT_PROTECTS: 'x' } })
    for (const name of Object.keys(wrong)) expect(message).toMatch(new RegExp(`\`${name}\``))
    expect(message.split('\n')).toHaveLength(11)
    expect(message).toContain('`protects` is not an input; did you mean `protect`?')
    expect(message).not.toContain('sesame')
  })

  const everyInput = (value: string): Inputs => Object.fromEntries(names.map((name) => [name, value]))

  test.concurrent.each<[string, Inputs, StepOptions]>([
    ['all inputs are empty', everyInput(''), {}],
    ['all inputs are blank', everyInput(' \t\n'), {}],
    ['only `verify` has a variable, and it is empty', { verify: '' }, without(names.slice(0, -1))],
    ['inputs have no variable', {}, without(names.filter((name) => name !== 'dry-run'))],
  ])('and no default is used where %s', async (_, inputs, options) => {
    const lines = (await refusal(inputs, options)).split('\n')
    const named = lines.map((line) => /^`([\w-]+)` is empty; it takes /.exec(line)?.[1])
    for (const name of names) {
      const given = inputs[name] === undefined && options.env !== undefined && !(inputVariable(name) in options.env)
      expect([name, named.includes(name)]).toEqual([name, !given])
    }
    for (const line of lines) {
      const cause = line.startsWith('`pinning-')
        ? /Is the secret set .* fork .*Dependabot/
        : /Was the variable or output .* set\?/
      expect(line).toMatch(cause)
    }
  })

  test.concurrent('and one sentence says that a shell has dropped all inputs with a dash', async () => {
    const message = await refusal({}, without(names.filter((name) => name.includes('-'))))
    expect(message).toMatch(/^All inputs with a dash in their name are absent\. Some shells drop such variables/)
    expect(message.split('\n')).toHaveLength(1)
  })

  const NARROWING = {
    'older-than': '30d',
    'expired-by': 'keyvalues.expires',
    'keep-latest': '1',
    'group-by': 'name',
    'max-unpins': '24',
    'on-too-many': 'oldest-first',
  }
  const tooLong = 'x'.repeat(1025)
  const spoilt = (text: string, at = 9): string => `${text.slice(0, at)}\u200b${text.slice(at)}`
  const HIDDEN = 'for-no-eyes'
  const URLS = `http://${HIDDEN}.test https://${HIDDEN}@a.test https://a.test/?${HIDDEN} https://a.test/#${HIDDEN}
    https://[2001:db8::1]/${HIDDEN} ftp://${HIDDEN}.test https://a.test/api/pinning/${HIDDEN} ${HIDDEN}`.split(/\s+/)
  const AGES = ['0d', '-1d', '1.5h', '101y', '36501d', '1d2h', '3 fortnights', '999999999y']

  test.concurrent.each<[string, Inputs, RegExp]>([
    ['`pin-id` is a CID', { 'pin-id': V0 }, /names content, not a pin.*use the input `cid`\.$/],
    ['`pin-id` holds only separators', { 'pin-id': ' ,\n, ' }, /^`pin-id` holds only separators/],
    ['a pin ID has a wrong character', { 'pin-id': pin.id.replace(/.$/, 'g') }, /character 36, "g", is not one/],
    ['a pin ID is too short', { 'pin-id': pin.id.slice(1) }, /31 hexadecimal digits, and a pin ID has 32\.$/],
    ['pin IDs are written as JSON', { 'pin-id': `["${pin.id}"]` }, /without quotes and brackets\.$/],
    ['a pin ID is spoilt', { 'pin-id': spoilt(pin.id) }, /^`pin-id` holds an invisible character/],
    ['a CID is spoilt', { cid: spoilt(V1) }, /^`cid` holds an invisible character/],
    ['a pin ID in `protect` is spoilt', { protect: spoilt(pin.id) }, /line 1, holds an invisible character/],
    ['a CID in `protect` is spoilt', { protect: spoilt(V1) }, /line 1, holds an invisible character/],
    ['a CID is in base16', { cid: `f01701220${'ab'.repeat(32)}` }, /another base, convert it to base32/],
    ['a CID is in base64url', { cid: `uAXASI${'A'.repeat(43)}` }, /another base, convert it to base32/],
    ['`cid` is a pin ID', { cid: pin.id }, /A UUID is a pin ID.*use the input `pin-id`\.$/],
    ['a name is only `*`', { name: 'main\n**' }, /line 2, is only `\*`.*variable before it.*write `\(any\)`/],
    ['`(any)` is not alone', { name: 'main\n(any)' }, /^`name` holds `\(any\)` and other lines/],
    ['a line of `name` is too long', { name: `a\n${tooLong}` }, /line 2, is longer than 1024 characters/],
    ['a line of `keyvalues` is too long', { keyvalues: `k=${tooLong}` }, /line 1, is longer than 1024 char/],
    ['a line of `protect` is too long', { protect: tooLong }, /line 1, is longer than 1024 characters/],
    ['`keyvalues` is written as YAML', { keyvalues: 'pr: 7' }, /line 1, is .*Write `key=value`, with `=`/],
    ['`keyvalues` compares', { keyvalues: 'a<=5\nb>=5\nc!=5' }, /line 1,.*\n.*line 2,.*\n.*line 3, is "c!=5"/],
    ['`keyvalues` has gaps', { keyvalues: 'a=\n\n=b' }, /1, is "a=".*\n.*2, is empty.*\n.*3, is "=b"/],
    ['nothing selects', { 'pin-id': '(none)', 'older-than': '1d' }, /^Nothing says which pins.*`keyvalues`\.$/],
    ['an end selects', { 'pin-id': '(none)', 'expired-by': 'keyvalues.end' }, /all pins, write `name: \(any\)`/],
    ['pins are given twice', { 'plan-file': 'x' }, /cannot be read.*\nUse either `pin-id` or `plan-file`, not/],
    ['an age of 3m is of two kinds', { name: 'x', 'older-than': '3m' }, /Write `3min` for minutes or `3mo` for months\.$/],
    ['an age of 90 M is of two kinds', { name: 'x', 'older-than': '90 M' }, /`90min` for minutes or `90mo` for months\.$/],
    ['an age has no unit', { name: 'x', 'older-than': '30' }, /Write a unit, such as `30d` for days\.$/],
    ...AGES.map((age): [string, Inputs, RegExp] => [
      `${age} is no age`,
      { name: 'x', 'older-than': age },
      /^`older-than` is ".*up to 100 years\.$/,
    ]),
    ['`expired-by` is no key', { name: 'x', 'expired-by': 'end' }, /is "end"; it takes `keyvalues\.KEY`\.$/],
    ['a number has a unit', { name: 'x', 'keep-latest': '6mo' }, /Write the number alone, without a unit\.$/],
    ['`group-by` is no key', { name: 'x', 'keep-latest': '1', 'group-by': 'pr' }, /it takes `name` or `key/],
    ['groups keep nothing', { name: 'x', 'group-by': 'name' }, /^`group-by` needs `keep-latest`/],
    ['the most are none', { name: 'x', 'max-unpins': '0' }, /a whole number from 1 to 1000000\.$/],
    ['a word is unknown', { name: 'x', 'on-too-many': 'newest' }, /it takes `fail` or `oldest-first`\.$/],
    ['nothing is protected', { 'on-unused-protect': 'warn' }, /^`on-unused-protect` needs `protect`/],
    ['a line of `protect` is empty', { protect: 'a\n \u200b\nb' }, /line 2, is empty.*Was the variable on this/],
    ['`protect` is `(any)`', { protect: '(any)' }, /line 1, is `\(any\)`.*To protect every pin, write `\*`\.$/],
    ['`protect` is too long', { protect: 'x\n'.repeat(10_001) }, /^`protect` has 10001 lines.*At most 10000/],
    ...URLS.map((url): [string, Inputs, RegExp] => [`${url} is no API`, { 'api-url': url }, /^`api-url` is not/]),
    ['a key is too long', { 'pinning-api-key': 'k'.repeat(513) }, /is longer than 512 characters/],
  ])('because %s', async (_, inputs, words) => {
    const selects = ['cid', 'name', 'keyvalues'].some((name) => name in inputs)
    const message = await refusal(selects ? { 'pin-id': '(none)', ...inputs } : inputs)
    expect(message).toMatch(words)
    expect(message).not.toContain(HIDDEN)
  })

  test.concurrent.each(['pin-id', 'plan-file'])('because nothing of a selection goes with `%s`', async (name) => {
    const inputs = { cid: V0, name: 'x', keyvalues: 'a=b', ...NARROWING }
    const lines = (await refusal({ 'pin-id': '(none)', [name]: pin.id, ...inputs })).split('\n')
    for (const other of Object.keys(inputs))
      expect(lines).toContain(`Use either \`${name}\` or \`${other}\`, not both.`)
  })

  test.concurrent('because a variable is nearly that of an input, which would have had no effect', async () => {
    const near = { 'keep-last': 'keep-latest', protected: 'protect', older: 'older-than', dryrun: 'dry-run' }
    const message = await refusal(
      {},
      { env: Object.fromEntries(Object.keys(near).map((name) => [inputVariable(name), 'x'])) },
    )
    for (const [name, meant] of Object.entries(near))
      expect(message).toContain(`\`${name}\` is not an input; did you mean \`${meant}\`?`)
  })

  test.concurrent.each([
    ['seven characters', 'zQ7!x_9', /8 characters/],
    ['two lines', 'first-half-of\nthe-secret', /ASCII/],
  ])('because a key has %s; it is not shown, also where another input has it', async (_, key, words) => {
    const message = await refusal({ 'pinning-secret-key': key, 'dry-run': `x ${key}` }, {}, key.split('\n'))
    expect(message).toMatch(/^`pinning-secret-key` /m)
    expect(message).toMatch(words)
  })

  test.concurrent('and a command or markup in a value stays a part of it', async () => {
    const service = await start()
    const result = await runStep(service.url, [], {
      'on-missing': '##[error]x\n::set-output name=result::unpinned\r::add-mask::x | <script>alert(1)</script> [a](b)',
      'pin-id': '::stop-commands::x ##[set-output name=cid]y <b>|',
    })
    const known = result.commands.filter((command) => command.known).map(({ name }) => name)
    expect(known).toEqual(['add-mask', 'add-mask', 'error'])
    expect(result.log).not.toContain('##[')
    expect(result.summary).not.toMatch(/<script|<b>|\]\(/)
  })
})

test.concurrent('inputs that may belong to another action are warned of once', async () => {
  const { result } = await unpinOne(undefined, {}, { env: { INPUT_TOKEN: 'x', INPUT_BRANCH: 'x' } })
  expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  expect(warningsOf(result)).toBe('`token`, `branch` are not inputs of this action and have no effect.')
})

describe('a key in another input', () => {
  const others = names.filter((name) => !/^pinning-|^name$/.test(name))

  test.concurrent.each<[string, string]>([
    ['as it is', apiKey],
    ['the other one', secretKey],
    ['within a word', `x${apiKey}y`],
    ['in upper case', secretKey.toUpperCase()],
  ])('is not shown: %s', async (_, value) => {
    const lines: Inputs = { keyvalues: `x\n${value}`, protect: `(any)\n${value}` }
    const message = await refusal(Object.fromEntries(others.map((name) => [name, lines[name] ?? value])))
    for (const name of others) expect(message).toMatch(new RegExp(`^\`${name}\``, 'm'))
  })

  test.concurrent.each<[string, string, (key: string) => Inputs]>([
    ['a pin ID, which is a part of the URL', pin.id, (key) => ({ 'pin-id': key.toUpperCase() })],
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

test.concurrent('pin IDs may be separated in any way, and each counts once in any letter case', async () => {
  const six = pins(6)
  const service = await start({ pins: six })
  const [a = '', b, c, d, e, f] = six.map(({ id }) => id)
  const given = ` ,\n${a} ${b},${c}\n${d}\r\n${e} ,\t\r\n, ${f},${a.toUpperCase()} ${a}\n`
  const result = await runStep(service.url, [given])
  expect(result.conclusion).toBe('success')
  expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual([a, b, c, d, e, f])
  expect(service.requests).toHaveLength(6)
})

test.concurrent.each([
  ['90min', '2024-03-01 10:30'],
  ['1 Minute', '2024-03-01 11:59'],
  ['12H', '2024-03-01 00:00'],
  ['1 hour', '2024-03-01 11:00'],
  ['30d', '2024-01-31 12:00'],
  ['2 DAYS', '2024-02-28 12:00'],
  ['2w', '2024-02-16 12:00'],
  ['1 week', '2024-02-23 12:00'],
  ['6mo', '2023-09-03 12:00'],
  ['1 months', '2024-01-31 12:00'],
  ['1y', '2023-03-02 12:00'],
  ['100 years', '1924-03-26 12:00'],
])('the log says that `older-than: %s` means pinned before %s UTC', async (age, moment) => {
  const now = (): number => Date.UTC(2024, 2, 1, 12)
  const { result } = await select({ pins: [pin], now }, { name: 'release-1', 'older-than': age })
  expect(result).toMatchObject({ conclusion: 'success' })
  expect(result.log).toContain(`pinned before ${moment} UTC`)
})

test.concurrent('`api-url` may have a path prefix and end in /api/', async () => {
  const service = await start({ pins: [pin], prefix: '/ipfs/v2' })
  expect((await runStep(`${service.url}/api/`, [pin.id])).conclusion).toBe('success')
  expect(service.requests.map(({ path }) => path)).toEqual([`/ipfs/v2/api/pinning/unpin/${pin.id}`])
})

test.concurrent('keys may have eight characters and hold any printable ASCII', async () => {
  const keys = { apiKey: 'aB3$ 6,8', secretKey: '"\'`\\|<>&', scopes: ['admin'] as const }
  const service = await start({ pins: [pin], keys: [keys] })
  const inputs = { 'pinning-api-key': keys.apiKey, 'pinning-secret-key': keys.secretKey }
  expect((await runStep(service.url, [pin.id], inputs)).conclusion).toBe('success')
})
