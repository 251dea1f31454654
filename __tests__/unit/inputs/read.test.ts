import { afterEach, describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { NOTHING_PROTECTED } from '../../../src/criteria.ts'
import { RefusedError } from '../../../src/errors.ts'
import { type Inputs, readInputs, readKeys } from '../../../src/inputs/read.ts'
import { beginStep, endSteps } from '../../support/step.ts'

const PIN = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
const CID = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const GOOD = {
  'pin-id': PIN,
  'pinning-api-key': 'api+key/of+a=pair=',
  'pinning-secret-key': 'secret/of+a+pair==',
}

afterEach(endSteps)

function read(inputs: Record<string, string>): Promise<Inputs> {
  beginStep({ ...GOOD, ...inputs })
  return readInputs(readKeys())
}

async function problems(inputs: Record<string, string>): Promise<readonly string[]> {
  try {
    await read(inputs)
  } catch (error) {
    if (error instanceof RefusedError) return error.problems
    throw error
  }
  return []
}

test('with nothing but pin and keys, the defaults of action.yml hold', async () => {
  expect(await read({})).toEqual({
    target: { pinIds: [PIN] },
    protect: NOTHING_PROTECTED,
    canonicalCid: expect.any(Function),
    keys: { api: GOOD['pinning-api-key'], secret: GOOD['pinning-secret-key'] },
    apiBase: 'https://api-ipfs.attoaioz.cyou',
    onMissing: 'warn',
    dryRun: false,
    verify: false,
    requestsPerMinute: 180,
    timeoutSeconds: 120,
  })
})

test('every input is read', async () => {
  expect(
    await read({
      'pin-id': `${PIN.toUpperCase()}\n00000000-0000-0000-0000-000000000000`,
      'api-url': 'http://localhost:8080/ipfs/api/',
      'on-missing': 'fail',
      'dry-run': 'TRUE',
      verify: 'True',
      protect: `${PIN}\nmain-*`,
      'requests-per-minute': '6000',
      'timeout-seconds': '3600',
    }),
  ).toMatchObject({
    target: { pinIds: [PIN, '00000000-0000-0000-0000-000000000000'] },
    protect: { pinIds: new Set([PIN]), cids: new Set(), names: ['main-*'] },
    apiBase: 'http://localhost:8080/ipfs',
    onMissing: 'fail',
    dryRun: true,
    verify: true,
    requestsPerMinute: 6000,
    timeoutSeconds: 3600,
  })
})

test('both keys are masked before anything else is printed, each trimmed', () => {
  const step = beginStep({ ...GOOD, 'pinning-api-key': '  padded key  ' })
  expect(readKeys()).toEqual({ api: 'padded key', secret: GOOD['pinning-secret-key'] })
  expect(step.lines()).toMatchObject([
    { name: 'add-mask', message: 'padded key' },
    { name: 'add-mask', message: GOOD['pinning-secret-key'] },
  ])
})

test('a key that is empty is not masked: that would mask nothing, or everything', () => {
  const step = beginStep({ ...GOOD, 'pinning-api-key': ' ', 'pinning-secret-key': '' })
  readKeys()
  expect(step.printed()).toBe('')
})

test('all problems of all inputs are told at once, each by its input', async () => {
  const all = await problems({
    'pin-id': '',
    'pinning-api-key': '',
    'pinning-secret-key': 'short',
    'api-url': 'http://example.org',
    'on-missing': 'error',
    'dry-run': 'yes',
    'requests-per-minute': '0',
    'timeout-seconds': '1.5',
    cid: '',
    name: '',
    keyvalues: '',
    'older-than': '',
    'keep-latest': '-1',
    protect: '',
    'max-unpins': '0',
    verify: 'yes',
  })
  const names = all.map((problem) => /^`([a-z-]+)`/.exec(problem)?.[1] ?? problem)
  expect(names.sort()).toEqual([...readActionMetadata().inputs.keys()].sort())
})

/** The inputs of action.yml by what stands for "not set". */
const inputsBy = (said: (standsFor: string) => boolean): string[] =>
  [...readActionMetadata().inputs].filter(([, input]) => said(input.default ?? '')).map(([name]) => name)

test.each(inputsBy((standsFor) => standsFor !== '' && standsFor !== '(none)'))(
  'an empty %s is refused and never taken for its default',
  async (name) => {
    expect(await problems({ [name]: '' })).toEqual([expect.stringMatching(`^\`${name}\` is empty; it takes`)])
  },
)

test.each(inputsBy((standsFor) => standsFor === '(none)'))(
  'an empty %s is refused and never taken for one that was left out',
  async (name) => {
    expect(await problems({ [name]: '' })).toEqual([
      expect.stringMatching(
        `^\`${name}\` is empty; it takes .+\\. Was the variable or output that it comes from set\\?`,
      ),
    ])
  },
)

describe('what is wrong is quoted', () => {
  test('with what is allowed', async () => {
    expect(await problems({ 'on-missing': 'Warn' })).toEqual([
      '`on-missing` is "Warn"; it takes `warn`, `ignore` or `fail`.',
    ])
    expect((await problems({ 'api-url': 'example.org' }))[0]).toMatch(
      '`api-url` is "example.org", which is not a URL (is `https://` missing?); it takes an `https` URL',
    )
  })

  test('cut, where it is long', async () => {
    expect((await problems({ 'dry-run': 'x'.repeat(60) }))[0]).toMatch(`"${'x'.repeat(60)}"`)
    expect((await problems({ 'dry-run': 'x'.repeat(61) }))[0]).toMatch(`"${'x'.repeat(60)}…"`)
    expect((await problems({ 'pin-id': 'w'.repeat(25) }))[0]).toMatch(`"${'w'.repeat(24)}…"`)
  })

  test('five words of `pin-id` at most, the rest counted', async () => {
    const [problem] = await problems({ 'pin-id': 'a b c d e f g' })
    expect(problem).toMatch('`pin-id` holds "a", "b", "c", "d", "e" and 2 more; it takes pin IDs such as')
    expect(problem).toMatch(/or line ends\.$/)
  })

  test('a `pin-id` that holds separators only, as one that holds no pin ID', async () => {
    expect(await problems({ 'pin-id': ' ,\n, ' })).toEqual([
      expect.stringMatching(/^`pin-id` holds only separators; it takes pin IDs/),
    ])
  })

  test('a CID whole, with the word that what is wanted is the pin’s `id`', async () => {
    const [problem] = await problems({ 'pin-id': CID })
    expect(problem).toMatch(`"${CID}"`)
    expect(problem).toMatch(/A CID names content, not a pin: what is wanted is the `id`/)
    expect(problem).toMatch(/to select by CID, use the input `cid`/)
  })

  test('also where a key is missing', async () => {
    expect(await problems({ 'pinning-api-key': '', 'dry-run': 'perhaps' })).toEqual([
      expect.stringMatching(/^`pinning-api-key` is empty/),
      expect.stringMatching(/^`dry-run` is "perhaps"/),
    ])
  })

  test('but never where it holds a key, in whatever case, however short the key', async () => {
    const key = GOOD['pinning-api-key']
    expect((await problems({ 'pin-id': key.toUpperCase() }))[0]).toMatch(
      '(not shown: it holds the value of a key)',
    )
    for (const inputs of [
      { 'api-url': `https://example.org/?k=${key}` },
      { 'dry-run': key },
      { 'on-missing': `x${key}` },
      { 'pinning-api-key': 'tiny', 'dry-run': 'is TINY too' },
    ] as Record<string, string>[]) {
      const told = (await problems(inputs)).join('\n')
      expect(told).toMatch('not shown')
      expect(told.toLowerCase()).not.toContain((inputs['pinning-api-key'] ?? key).toLowerCase())
    }
  })
})

test('a key is never part of a URL, so a pin ID or an API URL that holds one is refused', async () => {
  expect(await problems({ 'pinning-api-key': PIN.slice(0, 13) })).toEqual([
    expect.stringMatching(/^`pin-id` holds the value of a key/),
  ])
  expect(
    await problems({ 'pinning-api-key': PIN.slice(0, 13), 'api-url': `https://example.org/${PIN}` }),
  ).toEqual([
    expect.stringMatching(/^`pin-id` holds the value of a key/),
    expect.stringMatching(/^`api-url` holds the value of a key/),
  ])
})

test('a key that is too short does not make every other input look as if it held it', async () => {
  expect(await problems({ 'pinning-api-key': 'e' })).toEqual([
    expect.stringMatching(/^`pinning-api-key` is shorter/),
  ])
})
