import { afterEach, describe, expect, test } from '@jest/globals'
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

function read(inputs: Record<string, string>): Inputs {
  beginStep({ ...GOOD, ...inputs })
  return readInputs(readKeys())
}

function problems(inputs: Record<string, string>): readonly string[] {
  try {
    read(inputs)
  } catch (error) {
    if (error instanceof RefusedError) return error.problems
    throw error
  }
  return []
}

test('with nothing but pin and keys, the defaults of action.yml hold', () => {
  expect(read({})).toEqual({
    pinIds: [PIN],
    keys: { api: GOOD['pinning-api-key'], secret: GOOD['pinning-secret-key'] },
    apiBase: 'https://api-ipfs.attoaioz.cyou',
    onMissing: 'warn',
    dryRun: false,
    requestsPerMinute: 180,
    timeoutSeconds: 120,
  })
})

test('every input is read', () => {
  expect(
    read({
      'pin-id': `${PIN.toUpperCase()}\n00000000-0000-0000-0000-000000000000`,
      'api-url': 'http://localhost:8080/ipfs/api/',
      'on-missing': 'fail',
      'dry-run': 'TRUE',
      'requests-per-minute': '6000',
      'timeout-seconds': '3600',
    }),
  ).toMatchObject({
    pinIds: [PIN, '00000000-0000-0000-0000-000000000000'],
    apiBase: 'http://localhost:8080/ipfs',
    onMissing: 'fail',
    dryRun: true,
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

test('all problems of all inputs are told at once, each by its input', () => {
  const all = problems({
    'pin-id': '',
    'pinning-api-key': '',
    'pinning-secret-key': 'short',
    'api-url': 'http://example.org',
    'on-missing': 'error',
    'dry-run': 'yes',
    'requests-per-minute': '0',
    'timeout-seconds': '1.5',
  })
  const names = all.map((problem) => /^`([a-z-]+)`/.exec(problem)?.[1])
  expect(names).toEqual([
    'pin-id',
    'pinning-api-key',
    'pinning-secret-key',
    'api-url',
    'on-missing',
    'dry-run',
    'requests-per-minute',
    'timeout-seconds',
  ])
})

test.each(['api-url', 'on-missing', 'dry-run', 'requests-per-minute', 'timeout-seconds'])(
  'an empty %s is refused and never taken for its default',
  (name) => {
    expect(problems({ [name]: '' })).toEqual([expect.stringMatching(`^\`${name}\` is empty; it takes`)])
  },
)

describe('what is wrong is quoted', () => {
  test('with what is allowed', () => {
    expect(problems({ 'on-missing': 'Warn' })).toEqual([
      '`on-missing` is "Warn"; it takes `warn`, `ignore` or `fail`.',
    ])
    expect(problems({ 'api-url': 'example.org' })[0]).toMatch(
      '`api-url` is "example.org", which is not a URL (is `https://` missing?); it takes an `https` URL',
    )
  })

  test('cut, where it is long', () => {
    expect(problems({ 'dry-run': 'x'.repeat(61) })[0]).toMatch(`"${'x'.repeat(60)}…"`)
    expect(problems({ 'pin-id': 'w'.repeat(25) })[0]).toMatch(`"${'w'.repeat(24)}…"`)
  })

  test('five words of `pin-id` at most, the rest counted', () => {
    const [problem] = problems({ 'pin-id': 'a b c d e f g' })
    expect(problem).toMatch('`pin-id` holds "a", "b", "c", "d", "e" and 2 more; it takes pin IDs such as')
  })

  test('a CID whole, with the word that what is wanted is the pin’s `id`', () => {
    const [problem] = problems({ 'pin-id': CID })
    expect(problem).toMatch(`"${CID}"`)
    expect(problem).toMatch(/A CID names content, not a pin: what is wanted is the `id`/)
  })

  test('but never where it holds a key, in whatever case, however short the key', () => {
    const key = GOOD['pinning-api-key']
    expect(problems({ 'pin-id': key.toUpperCase() })[0]).toMatch('(not shown: it holds the value of a key)')
    for (const inputs of [
      { 'api-url': `https://example.org/?k=${key}` },
      { 'dry-run': key },
      { 'on-missing': `x${key}` },
      { 'pinning-api-key': 'tiny', 'dry-run': 'is TINY too' },
    ] as Record<string, string>[]) {
      const told = problems(inputs).join('\n')
      expect(told).toMatch('not shown')
      expect(told.toLowerCase()).not.toContain((inputs['pinning-api-key'] ?? key).toLowerCase())
    }
  })
})

test('a key is never part of a URL, so a pin ID or an API URL that holds one is refused', () => {
  expect(problems({ 'pinning-api-key': PIN.slice(0, 13) })).toEqual([
    expect.stringMatching(/^`pin-id` holds the value of a key/),
  ])
  expect(problems({ 'pinning-api-key': PIN.slice(0, 13), 'api-url': `https://example.org/${PIN}` })).toEqual([
    expect.stringMatching(/^`pin-id` holds the value of a key/),
    expect.stringMatching(/^`api-url` holds the value of a key/),
  ])
})

test('a key that is too short does not make every other input look as if it held it', () => {
  expect(problems({ 'pinning-api-key': 'e' })).toEqual([
    expect.stringMatching(/^`pinning-api-key` is shorter/),
  ])
})
