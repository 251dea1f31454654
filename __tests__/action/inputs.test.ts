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
const [V0 = ''] = spellingsOf(1)

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
  const all = Object.fromEntries([...outputs.keys()].map((name) => [name, /-count$|^total-/.test(name) ? '0' : '']))
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

const HIDDEN = 'for-no-eyes'

/** One or two for each input, and what does not go together. Unit tests have the others. */
const WRONG: [input: string, value: string, words: RegExp][] = [
  ['pin-id', V0, /names content, not a pin.*use the input `cid`\.$/],
  ['pin-id', '(none)', /^Nothing says which pins to unpin.*`pin-id`, `plan-file`.*`cid`, `name` and `keyvalues`\.$/],
  ['plan-file', 'absent', /cannot be read.*\nUse either `pin-id` or `plan-file`, not both\.$/],
  ['cid', pin.id, /A UUID is a pin ID.*use the input `pin-id`\.$/],
  ['name', 'main\n**', /line 2, is only `\*`.*Was the variable next to the `\*` set\?.*write `\(any\)`/],
  ['keyvalues', 'a=\n\n=b', /line 1, is "a=".*\n.*line 2, is empty.*\n.*line 3, is "=b"/],
  ['older-than', '3m', /Write `3min` for minutes or `3mo` for months\.$/],
  ['expired-by', 'expires', /Allowed: `keyvalues\.KEY`\.$/],
  ['expired-by', 'keyvalues.end', /^Nothing says which pins to unpin.*For all pins, write `name: \(any\)`\.$/],
  ['keep-latest', '6mo', /is "6mo"\. Allowed: a whole number from 0 to/],
  ['group-by', 'pr', /Allowed: `name` or `keyvalues\.KEY`\.$/],
  ['group-by', 'name', /needs `keep-latest`/],
  ['max-unpins', '0', /a whole number from 1 to 1000000\.$/],
  ['on-too-many', 'newest', /Allowed: `fail` or `oldest-first`\.$/],
  ['on-unused-protect', 'ignore', /needs `protect`/],
  ['protect', `a\n\u200b${pin.id}`, /line 2, holds an invisible character/],
  ['protect', 'x\n'.repeat(10_001), /has 10001 lines.*At most 10000/],
  ['api-url', `https://a.test/?${HIDDEN}`, new RegExp(`Allowed: an \`https\` URL(?!.*${HIDDEN})`)],
  ['pinning-api-key', 'k'.repeat(513), /is longer than 512 characters/],
]

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
    const lines = (await refusal(wrong, { env: { INPUT_PROTECTS: 'x' } })).split('\n')
    for (const name of Object.keys(wrong)) expect(lines).toContainEqual(expect.stringContaining(`\`${name}\``))
    expect(lines).toContainEqual(expect.stringMatching(/^`protects` is not an input; did you mean `protect`\?/))
    expect(lines).toHaveLength(Object.keys(wrong).length + 1)
  })

  test.concurrent.each(
    WRONG.map(([input, value, words]) => [input, JSON.stringify(value).slice(0, 60), value, words] as const),
  )('because of `%s` with %s', async (input, _, value, words) => {
    const selects = ['cid', 'name', 'keyvalues'].includes(input)
    const narrows = !selects && !/^p|^api-url$|protect$/.test(input) && !words.source.startsWith('^Nothing')
    const others: Inputs = {
      ...((selects || narrows || input === 'expired-by') && { 'pin-id': '(none)' }),
      ...(narrows && { name: 'x' }),
      ...(value === 'pr' && { 'keep-latest': '1' }),
    }
    const message = await refusal({ ...others, [input]: value })
    expect(message).toMatch(words)
    if (!words.source.startsWith('^')) expect(message.startsWith(`\`${input}\``)).toBe(true)
  })

  const everyInput = (value: string): Inputs => Object.fromEntries(names.map((name) => [name, value]))

  test.concurrent.each<[string, Inputs, StepOptions]>([
    ['all inputs are empty', everyInput(''), {}],
    ['all inputs are blank', everyInput(' \t\n'), {}],
    ['inputs have no variable', { 'dry-run': '' }, without(names.filter((name) => name !== 'dry-run'))],
  ])('and no default is used where %s', async (_, inputs, options) => {
    const lines = (await refusal(inputs, options)).split('\n')
    const named = lines.map((line) => /^`([\w-]+)` is empty. Allowed: /.exec(line)?.[1])
    expect([named.length, new Set(named)]).toEqual([names.length, new Set(names)])
    const cause = (line: string) =>
      line.startsWith('`pinning-') ? /Is the secret set .* fork .*Dependabot/ : /Was the .* set\?/
    for (const line of lines) expect(line).toMatch(cause(line))
  })

  test.concurrent('and one sentence says that a shell has dropped all inputs with a dash', async () => {
    const message = await refusal({}, without(names.filter((name) => name.includes('-'))))
    expect(message).toMatch(/^All inputs with a dash in their name are absent\. Some shells drop such variables.*$/)
  })

  test.concurrent.each(['pin-id', 'plan-file'])('because nothing of a selection goes with `%s`', async (name) => {
    const narrowing = { 'older-than': '30d', 'expired-by': 'keyvalues.expires', 'keep-latest': '1', 'group-by': 'name' }
    const inputs = {
      cid: V0,
      name: 'x',
      keyvalues: 'a=b',
      ...narrowing,
      'max-unpins': '24',
      'on-too-many': 'oldest-first',
    }
    const lines = (await refusal({ 'pin-id': '(none)', [name]: pin.id, ...inputs })).split('\n')
    for (const other of Object.keys(inputs))
      expect(lines).toContain(`Use either \`${name}\` or \`${other}\`, not both.`)
  })

  test.concurrent('because a variable is nearly that of an input, which would have had no effect', async () => {
    const near = { 'keep-last': 'keep-latest', protected: 'protect', older: 'older-than', dryrun: 'dry-run' }
    const env = Object.fromEntries(Object.keys(near).map((name) => [inputVariable(name), 'x']))
    const message = await refusal({}, { env })
    for (const [name, meant] of Object.entries(near))
      expect(message).toContain(`\`${name}\` is not an input; did you mean \`${meant}\`?`)
  })

  test.concurrent.each([
    ['seven characters', 'zQ7!x_9', /8 characters/],
    ['two lines', 'first-half-of\nthe-secret', /ASCII/],
  ])('because a key has %s; it is not shown, also where another input has it', async (_, key, words) => {
    const message = await refusal({ 'pinning-secret-key': key, 'dry-run': `x ${key}` }, {}, key.split('\n'))
    expect(message).toMatch(new RegExp(`^\`pinning-secret-key\` .*${words.source}`, 'm'))
  })

  test.concurrent('and a command or markup in a value stays a part of it', async () => {
    const text = '##[error]x\n::set-output name=result::unpinned\r::add-mask::x | <script>alert(1)</script> [a](b)'
    const inputs = { 'on-missing': text, 'pin-id': '::stop-commands::x ##[set-output name=cid]y <b>|' }
    const result = await runStep((await start()).url, [], inputs)
    const known = result.commands.filter((command) => command.known).map(({ name }) => name)
    expect(known).toEqual(['add-mask', 'add-mask', 'error'])
    expect(result.log).not.toContain('##[')
    expect(result.summary).not.toMatch(/<script|<b>|\]\(/)
  })
})

test.concurrent('inputs that may belong to another action are warned of once', async () => {
  const { result } = await unpinOne(undefined, {}, { env: { INPUT_TOKEN: 'x', INPUT_BRANCH: 'x' } })
  expect(result).toMatchObject({ conclusion: 'success', annotations: { warnings: [{}] } })
  expect(warningsOf(result)).toMatch(/no effect: (`token`, `branch`|`branch`, `token`)\./)
})

describe('a key in another input', () => {
  const others = names.filter((name) => !/^pinning-|^name$/.test(name))

  test.concurrent.each<[string, string]>([
    ['within a word', `x${apiKey}y`],
    ['in upper case', secretKey.toUpperCase()],
  ])('is not shown: %s', async (_, value) => {
    const lines: Inputs = { keyvalues: `x\n${value}`, protect: `(any)\n${value}` }
    const message = await refusal(Object.fromEntries(others.map((name) => [name, lines[name] ?? value])))
    for (const name of others) expect(message).toMatch(new RegExp(`^\`${name}\``, 'm'))
  })

  const { href } = new URL(encodeURIComponent('abcdef+0123456789'), 'https://a.example.test/')
  test.concurrent.each<[string, string, Inputs]>([
    ['a pin ID, which is a part of the URL', pin.id, { 'pin-id': pin.id.toUpperCase() }],
    ['the path of `api-url`, percent-encoded', 'abcdef+0123456789', { 'api-url': href }],
    ['the host of `api-url`', 'abcdef-0123456789', { 'api-url': 'https://abcdef-0123456789.example.test/' }],
  ])('is refused in %s', async (_, key, inputs) => {
    const message = await refusal({ 'pinning-api-key': key, ...inputs }, {}, [key])
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

const MOMENTS = `90min = 2024-03-01 10:30; 1 Minute = 2024-03-01 11:59; 12H = 2024-03-01 00:00; 1 hour = 2024-03-01 11:00;
  30d = 2024-01-31 12:00; 2 DAYS = 2024-02-28 12:00; 2w = 2024-02-16 12:00; 1 week = 2024-02-23 12:00;
  6mo = 2023-09-03 12:00; 1months = 2024-01-31 12:00; 1y = 2023-03-02 12:00; 100 years = 1924-03-26 12:00`
test.concurrent.each(MOMENTS.split(/;\s+/).map((pair) => pair.split(' = ')))(
  'the log says that `older-than: %s` means pinned before %s UTC',
  async (age = '', moment = '') => {
    const now = (): number => Date.UTC(2024, 2, 1, 12)
    const { result } = await select({ pins: [pin], now }, { name: 'release-1', 'older-than': age })
    expect(result.log).toContain(`pinned before ${moment} UTC`)
  },
)

test.concurrent('the log says what `older-than` means also where the names are many', async () => {
  const inputs = { name: `release-1\n${'x'.repeat(1000)}*`, 'older-than': '1d' }
  const { result } = await select({ pins: [pin] }, inputs)
  expect(result.log).toMatch(/pinned before 20\d\d-/)
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
