import { afterAll, describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
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
import { KEYS, leaksOf } from './leaks.ts'

afterAll(endProcesses)

const [apiKey, secretKey] = KEYS
const { inputs: declared, outputs } = readActionMetadata()

/**
 * Runs the step with these inputs over good ones, and expects what every refusal has in common: it fails before any request, shows no key,
 * and sets every output.
 *
 * @returns the one message, a line for each problem
 */
async function refusal(
  inputs: Inputs,
  options: StepOptions = {},
  keys: readonly string[] = KEYS,
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

describe('an input is refused before any request', () => {
  test.concurrent('and one message names every input that is wrong', async () => {
    const wrong = {
      'pin-id': `${pin.id} nonsense`,
      'on-missing': 'Warn',
      'dry-run': 'yes',
      verify: '1',
      protect: `main-*\n- ${pin.id}`,
      'max-unpins': '100',
      'requests-per-minute': '6001',
      'timeout-seconds': '2 minutes',
      'api-url': 'https://user:sesame@api.example.test',
    }
    const message = await refusal(wrong, { env: { INPUT_PROTECTS: 'x' } })
    for (const name of Object.keys(wrong)) expect(message).toMatch(new RegExp(`^\`${name}\``, 'm'))
    expect(message).toContain('`protects` is not an input; did you mean `protect`?')
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

  test.concurrent.each([
    ['seven characters', 'zQ7!x_9', /8 characters/],
    ['two lines', 'first-half-of\nthe-secret', /ASCII/],
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
