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
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const { apiKey, secretKey } = DEFAULT_KEYS
const CID = 'Qmc1135ziMvmFG534i75E8HpJoLqzLzgKBxfjBV9cBsMAs'

/** What every refusal has in common: red before any request, one message, every output set. */
function expectRefused(result: ActionResult): void {
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', problems: [], stderr: '' })
  expect(result.annotations.errors).toHaveLength(1)
  expect(result.annotations.warnings).toEqual([])
  const empty = Object.fromEntries([...readActionMetadata().outputs.keys()].map((name) => [name, '']))
  expect(result.outputs).toEqual({
    ...empty,
    'unpinned-count': '0',
    'missing-count': '0',
    'failed-count': '0',
    'matched-count': '0',
    'protected-count': '0',
    'kept-count': '0',
    results: '[]',
  })
  expect(result.summary).toMatch(/nothing was unpinned/)
}

/** Runs the step with these inputs over good ones, and expects that no request is sent. */
async function refusal(
  inputs: Inputs,
  options: StepOptions = {},
): Promise<{ result: ActionResult; message: string }> {
  const service = await serve({ pins: [pin] })
  const result = await runStep(service.url, [pin.id], inputs, options)
  expectRefused(result)
  expect(service.requests).toEqual([])
  expect(service.holds(pin.id)).toBe(true)
  return { result, message: errorsOf(result) }
}

describe('refused before any request', () => {
  const ALLOWED: Record<string, RegExp> = {
    'on-missing': /`warn`, `ignore` or `fail`/,
    'dry-run': /`true` or `false`/,
    'requests-per-minute': /1 to 6000/,
    'timeout-seconds': /1 to 3600/,
    'pin-id': /pin IDs/,
    'api-url': /`https` URL/,
  }
  const DEFAULTED = Object.keys(ALLOWED).filter((name) => name !== 'pin-id')

  test.concurrent.each([
    ['on-missing', 'Warn'],
    ['on-missing', 'error'],
    ['dry-run', 'yes'],
    ['dry-run', '1'],
    ['dry-run', 'tRUE'],
    ['dry-run', 'null'],
    ['requests-per-minute', '0'],
    ['requests-per-minute', '6001'],
    ['requests-per-minute', '-1'],
    ['requests-per-minute', '1.5'],
    ['requests-per-minute', '1e3'],
    ['requests-per-minute', '0x10'],
    ['requests-per-minute', '180/min'],
    ['requests-per-minute', '１０'],
    ['timeout-seconds', '0'],
    ['timeout-seconds', '3601'],
    ['timeout-seconds', '99999999999999999999'],
    ['timeout-seconds', '2 minutes'],
    ['timeout-seconds', 'Infinity'],
    ['pin-id', 'not-a-uuid'],
    ['pin-id', `${pin.id}x`],
    ['pin-id', pin.id.replaceAll('-', '')],
    ['pin-id', `{${pin.id}}`],
    ['pin-id', `"${pin.id}"`],
    ['pin-id', `${pin.id}; ${makePin({}, 2).id}`],
    ['pin-id', `${pin.id}/../${pin.id}`],
    ['pin-id', '*'],
    ['api-url', 'api.example.test'],
    ['api-url', 'ftp://api.example.test'],
    ['api-url', 'http://api.example.test'],
    ['api-url', 'http://127.0.0.1.example.org'],
    ['api-url', 'http://localhost.example.org'],
    ['api-url', 'http://128.0.0.1'],
    ['api-url', 'http://0.0.0.0'],
    ['api-url', 'http://[::1]:8080'],
    ['api-url', 'https://[2001:db8::1]'],
    ['api-url', 'https://user@api.example.test'],
    ['api-url', 'https://user:word@api.example.test'],
    ['api-url', 'https://:word@api.example.test'],
    ['api-url', 'https://api.example.test/?x=1'],
    ['api-url', 'https://api.example.test?'],
    ['api-url', 'https://api.example.test/#x'],
    ['api-url', 'https://api.example.test#'],
    ['api-url', 'https://api.example.test\\x'],
    ['api-url', 'https://api.example.test/a b'],
    ['api-url', 'https://'],
    ['api-url', 'https:///'],
    ['api-url', 'javascript:alert(1)'],
  ])('%s: %j, naming the input, the value and what is allowed', async (name, value) => {
    const { message } = await refusal({ [name]: value })
    expect(message).toContain(`\`${name}\``)
    expect(message).toContain(value.slice(0, 8))
    expect(message).toMatch(ALLOWED[name] ?? /never/)
  })

  test.concurrent.each(DEFAULTED)('%s passed empty: an unset variable is no default', async (name) => {
    for (const value of ['', ' \t\n']) {
      const { message } = await refusal({ [name]: value })
      expect(message).toContain(`\`${name}\``)
      expect(message).toContain('empty')
      expect(message).toMatch(ALLOWED[name] ?? /never/)
    }
  })

  test.concurrent('pin-id passed empty: an unset variable is not an input left out', async () => {
    for (const value of ['', ' \t\n']) {
      const { message } = await refusal({ 'pin-id': value })
      expect(message).toMatch(
        /^`pin-id` is empty; it takes pin IDs.* Was the variable or output that it comes from set\?/,
      )
    }
  })

  test.concurrent('pin-id of nothing but separators is empty', async () => {
    expect((await refusal({ 'pin-id': ' , \n,\t' })).message).toMatch(
      /`pin-id` holds only separators; it takes pin IDs/,
    )
  })

  test.concurrent('pin-id left out and nothing that selects: what is needed is named', async () => {
    const { message } = await refusal({ 'pin-id': '(none)' })
    expect(message).toMatch(
      /^`pin-id` is not given, and neither is `cid`, `name` or `keyvalues`; one of them/,
    )
  })

  test.concurrent.each(Object.keys(ALLOWED))(
    '%s without its variable, as outside of a runner',
    async (name) => {
      const { message } = await refusal({}, { env: { [`INPUT_${name.toUpperCase()}`]: undefined } })
      expect(message).toContain(`\`${name}\``)
    },
  )

  test.concurrent.each(['pinning-api-key', 'pinning-secret-key'])(
    '%s empty, with the likely causes: secret not set, fork, Dependabot',
    async (name) => {
      for (const options of [{}, { env: { [`INPUT_${name.toUpperCase()}`]: undefined } }]) {
        const { message } = await refusal({ [name]: ' ' }, options)
        expect(message).toContain(`\`${name}\``)
        expect(message).toMatch(/secret/)
        expect(message).toMatch(/fork/)
        expect(message).toMatch(/Dependabot/)
      }
    },
  )

  test.concurrent.each(['pinning-api-key', 'pinning-secret-key'])(
    '%s of seven characters, unseen',
    async (name) => {
      const { result, message } = await refusal({ [name]: 'zQ7!x_9' })
      expect(message).toContain(`\`${name}\``)
      expect(message).toContain('8 characters')
      expect(leaksOf(result, ['zQ7!x_9'])).toEqual([])
    },
  )

  test.concurrent.each([
    ['a line end within', 'first-half-of\nthe-secret'],
    ['a letter beyond ASCII', 'the-sécret-key'],
    ['a zero-width space', 'the-secret-key\u200b'],
    ['a tab within', 'the-secret\tkey'],
    ['a NUL-like control', 'the-secret\u0001key'],
  ])('a key with %s, unseen', async (_, key) => {
    const { result, message } = await refusal({ 'pinning-secret-key': key })
    expect(message).toContain('`pinning-secret-key`')
    expect(message).toMatch(/ASCII/)
    for (const line of key.split('\n')) expect(message).not.toContain(line)
    for (const line of key.split('\n')) expect(result.summary).not.toContain(line)
  })

  test.concurrent(
    'a CID in place of a pin ID is recognised, and the id of the record asked for',
    async () => {
      for (const cid of [CID, 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi']) {
        const { message } = await refusal({ 'pin-id': cid })
        expect(message).toContain(cid)
        expect(message).toMatch(/CID/)
        expect(message).toMatch(/`id` of the pin's record/)
        expect(message).toMatch(/to select by CID, use the input `cid`/)
      }
    },
  )

  test.concurrent('what is no CID gets no hint about CIDs', async () => {
    expect((await refusal({ 'pin-id': 'nonsense' })).message).not.toMatch(/CID/)
  })

  test.concurrent('one bad word among good IDs: nothing is unpinned', async () => {
    await refusal({ 'pin-id': `${pin.id}\nnonsense` })
  })

  test.concurrent('many bad words are counted, not all shown', async () => {
    const words = Array.from({ length: 500 }, (_, index) => `word-${index}`)
    const { message } = await refusal({ 'pin-id': words.join(' ') })
    expect(message).toMatch(/word-0.*and 495 more/)
    expect(message.length).toBeLessThan(4096)
  })

  test.concurrent('all problems of all inputs in one message, one line each', async () => {
    const { message, result } = await refusal({
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
      protect: '',
      'max-unpins': '0',
      verify: 'yes',
    })
    const names = [...readActionMetadata().inputs.keys()]
    for (const name of names) {
      expect(message).toContain(`\`${name}\``)
      expect(result.summary).toContain(name)
    }
    expect(message.split('\n')).toHaveLength(names.length)
  })

  test.concurrent('a value with a command or markup in it stays a value', async () => {
    const { result } = await refusal({
      'on-missing':
        '##[error]x\n::set-output name=result::unpinned\r::add-mask::x | <script>alert(1)</script> [a](b)',
      'pin-id': '::stop-commands::x ##[set-output name=cid]y <b>|',
    })
    expect(result.commands.filter(({ known }) => known).map(({ name }) => name)).toEqual([
      'add-mask',
      'add-mask',
      'error',
    ])
    expect(result.log).not.toContain('##[')
    expect(result.summary).not.toMatch(/<script|<b>|\]\(/)
  })
})

describe('a key in another input', () => {
  const others = [
    'pin-id',
    'api-url',
    'on-missing',
    'dry-run',
    'requests-per-minute',
    'timeout-seconds',
    'keep-latest',
    'max-unpins',
    'verify',
  ]

  test.concurrent.each(others)('%s is refused without showing it', async (name) => {
    for (const value of [apiKey, secretKey, `x${apiKey}y`, apiKey.toUpperCase()]) {
      const { result } = await refusal({ [name]: value })
      expect(leaksOf(result, [apiKey, secretKey])).toEqual([])
      expect(errorsOf(result)).toContain(`\`${name}\``)
    }
  })

  test.concurrent.each(others)('%s does not show a key that is too short either', async (name) => {
    const { result, message } = await refusal({ 'pinning-api-key': 'zQ7!x_9', [name]: 'zQ7!x_9' })
    expect(message).not.toContain('zQ7!x_9')
    expect(result.summary).not.toContain('zQ7!x_9')
  })

  test.concurrent('a pin ID that is a key is refused: an ID goes into the URL', async () => {
    const id = pin.id
    const service = await serve({ pins: [pin], keys: [{ apiKey: id, secretKey, scopes: ['admin'] }] })
    const result = await runStep(service.url, [id.toUpperCase()], { 'pinning-api-key': id })
    expectRefused(result)
    expect(service.requests).toEqual([])
    expect(leaksOf(result, [id])).toEqual([])
  })

  test.concurrent.each([
    ['as its path', (key: string) => `https://api.example.test/${key}`],
    ['as its path, percent-encoded', (key: string) => `https://api.example.test/${encodeURIComponent(key)}`],
    ['as its host', (key: string) => `https://${key}.example.test/`],
  ])('api-url that holds it %s is refused', async (where, url) => {
    const key = where === 'as its host' ? 'abcdef-0123456789' : 'abcdef+0123456789'
    const { result, message } = await refusal({
      'pinning-api-key': key,
      'api-url': url(key),
      'timeout-seconds': '1',
    })
    expect(message).toContain('`api-url`')
    expect(leaksOf(result, [key])).toEqual([])
  })
})

describe('accepted', () => {
  test.concurrent.each([
    ['white space', ' '],
    ['commas', ','],
    ['line ends', '\n'],
    ['CRLF', '\r\n'],
    ['tabs and everything at once', ' ,\t\r\n, '],
  ])('pin IDs separated by %s', async (_, separator) => {
    const three = pins(3)
    const service = await serve({ pins: three })
    const ids = three.map(({ id }) => id)
    const result = await runStep(service.url, [`${separator}${ids.join(separator)}${separator}`])
    expect(result.conclusion).toBe('success')
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual(ids)
  })

  test.concurrent('repeats count once, case does not matter, and the order given stays', async () => {
    const [first, second] = pins(2).map(({ id }) => id) as [string, string]
    const service = await serve({ pins: pins(2) })
    const result = await runStep(service.url, [second.toUpperCase(), first, second, first.toUpperCase()])
    expect(result.conclusion).toBe('success')
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual([second, first])
    expect(service.requests.map(({ path }) => path).sort()).toEqual(
      [first, second].map((id) => `/api/pinning/unpin/${id}`).sort(),
    )
    expect(result.outputs['unpinned-count']).toBe('2')
  })

  test.concurrent.each(['true', 'True', 'TRUE'])('dry-run %s removes nothing', async (value) => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], { 'dry-run': value })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'would-unpin' } })
    expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
    expect(service.holds(pin.id)).toBe(true)
  })

  test.concurrent.each(['false', 'False', 'FALSE', ' false\n'])('dry-run %j removes', async (value) => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], { 'dry-run': value })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  })

  test.concurrent.each([
    ['requests-per-minute', '1'],
    ['requests-per-minute', '6000'],
    ['requests-per-minute', ' 0180 '],
    ['timeout-seconds', '1'],
    ['timeout-seconds', '3600'],
    ['on-missing', ' ignore '],
  ])('%s: %j', async (name, value) => {
    const service = await serve({ pins: [pin] })
    expect((await runStep(service.url, [pin.id], { [name]: value })).conclusion).toBe('success')
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
    ['a trailing slash', '', '/'],
    ['several trailing slashes', '', '///'],
    ['/api', '', '/api'],
    ['/api/', '', '/api/'],
    ['a path prefix', '/ipfs/v2', ''],
    ['a path prefix and a slash', '/ipfs', '/'],
    ['a path prefix and /api/', '/ipfs', '/api/'],
    ['a prefix that ends in api', '/my-api', ''],
    ['blanks around', '', ' \n'],
  ])('api-url with %s', async (_, prefix, ending) => {
    const service = await serve({ pins: [pin], prefix })
    const result = await runStep(service.url + ending, [pin.id])
    expect(result.conclusion).toBe('success')
    expect(service.requests.map(({ path }) => path)).toEqual([`${prefix}/api/pinning/unpin/${pin.id}`])
  })

  test.concurrent.each(['localhost', '127.1', '0x7f.1', '2130706433', '127.0.0.1', 'LOCALHOST'])(
    'plain http to %s',
    async (host) => {
      const service = await serve({ pins: [pin] })
      const result = await runStep(`http://${host}:${service.port}`, [pin.id])
      expect(result.conclusion).toBe('success')
      expect(service.requests).toHaveLength(1)
    },
  )

  test.concurrent('the defaults of action.yml', async () => {
    const service = await serve({ pins: [pin] })
    const defaults = [...readActionMetadata().inputs].flatMap(([name, { default: text }]) =>
      text === undefined || name === 'api-url' || name === 'pin-id' ? [] : [[name, text]],
    )
    const result = await runStep(service.url, [pin.id], Object.fromEntries(defaults))
    expect(result.conclusion).toBe('success')
    expect(result.log).toContain('at most 180 requests a minute')
  })
})
