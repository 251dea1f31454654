import { afterEach, describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { needsSelection, readKeys, type Target } from '../../../src/inputs/read.ts'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { Criteria } from '../../../src/selection/criteria.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { beginStep, endSteps } from '../../support/step.ts'
import { type Given, KEYS, problemsOf, read } from './reading.ts'

afterEach(endSteps)

const ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
const V0 = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const V1 = 'bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34'
const HIDDEN = '(not shown: it holds the value of a key)'

const { inputs: declared } = readActionMetadata()
function select(given: Given): Criteria & { maxUnpins: number } {
  const { target } = read(given)
  if (target.kind !== 'selection') throw new Error('It is not a selection')
  return { ...target.criteria, maxUnpins: target.maxUnpins }
}

describe('inputs that are right are read', () => {
  test('with a pin ID and the keys alone, the defaults of action.yml hold', () =>
    expect(read({ 'pin-id': ID })).toEqual({
      target: { kind: 'ids', pinIds: [ID] } satisfies Target,
      protect: [],
      apiBase: 'https://api-ipfs.attoaioz.cyou',
      onMissing: 'warn',
      dryRun: false,
      verify: false,
      requestsPerMinute: 180,
      timeoutSeconds: 120,
      warnings: [],
    }))

  test('pin IDs are read in lower case, each once, in the order given, whatever separates them', () => {
    const [first, second, third] = ['b', 'a', 'c'].map((end) => ID.slice(0, -1) + end)
    const given = ` ,\n${first} ${second?.toUpperCase()},${third}\r\n${second} ,\t, ${first},\n`
    expect(read({ 'pin-id': given }).target).toEqual({ kind: 'ids', pinIds: [first, second, third] })
  })

  test('with a name alone, nothing else selects or narrows', () => {
    const names = { kind: 'patterns', patterns: ['main'] } as const
    const criteria = criteriaOf({ names, given: [['name', 'main']] })
    expect(select({ name: 'main' })).toEqual({ ...criteria, maxUnpins: 25 })
  })

  test('every selecting input is read, and reported as the workflow wrote it', () => {
    const given = {
      cid: ` ${V0},${V1}\n${V0} `,
      name: 'release 1.0, final\r\n\n  preview/*  \n(none) of it',
      keyvalues: 'branch=main\n pr = 7 \nquery=a=b=c\n__proto__=x',
      'older-than': '30d',
      'keep-latest': '3',
      'group-by': 'keyvalues.branch name',
      'max-unpins': '1000000',
      protect: ID,
    }
    expect(select(given)).toEqual({
      cids: new Set([canonicalCid(V0)]),
      names: { kind: 'patterns', patterns: ['release 1.0, final', 'preview/*', '(none) of it'] },
      keyvalues: [
        ['branch', 'main'],
        ['pr', '7'],
        ['query', 'a=b=c'],
        ['__proto__', 'x'],
      ],
      olderThan: { ms: 30 * 86_400_000, text: '30d' },
      keepLatest: 3,
      groupBy: { kind: 'keyvalue', key: 'branch name' },
      maxUnpins: 1_000_000,
      given: ['cid', 'name', 'keyvalues', 'older-than', 'keep-latest', 'group-by', 'protect'].map((name) => [
        name,
        given[name as keyof typeof given].trim(),
      ]),
    })
  })

  test('the words that an input may hold are read', () => {
    expect(select({ name: 'x-*', 'keep-latest': '1', 'group-by': 'name' }).groupBy).toEqual({ kind: 'name' })
    expect(select({ name: ' (any)\n' }).names).toEqual({ kind: 'any-pin' })
    expect(problemsOf({ name: 'x', 'pinning-secret-key': ' 8 chars! ' })).toEqual([])
    for (const word of ['warn', 'ignore', 'fail'])
      expect(read({ name: 'x', 'on-missing': word }).onMissing).toBe(word)
  })

  test('both keys are masked before anything else is printed, each trimmed, an empty one not at all', () => {
    const step = beginStep({ 'pinning-api-key': '  padded key  ', 'pinning-secret-key': ' ' })
    expect(readKeys()).toEqual({ api: 'padded key', secret: '' })
    expect(step.lines()).toMatchObject([{ name: 'add-mask', message: 'padded key' }])
  })

  test('CIDs, names, key-values and `protect` need the code for selections', () => {
    const given = ['pin-id', 'cid', 'name', 'keyvalues', 'protect'].filter((name) => {
      beginStep({ [name]: 'x' })
      return needsSelection()
    })
    expect(given).toEqual(['cid', 'name', 'keyvalues', 'protect'])
  })
})

describe('an empty input', () => {
  test.each<[string, 'win32' | 'linux', string]>([
    ['verify', 'linux', 'Was the variable or output that it comes from set?'],
    ['pin-id', 'linux', 'Was the variable or output that it comes from set?'],
    ['pin-id', 'win32', 'Windows passes at most 32,766 characters (885 IDs) in one input;'],
    ['pinning-api-key', 'linux', 'Runs for a fork or for Dependabot get no secrets.'],
    ['pinning-secret-key', 'linux', 'Runs for a fork or for Dependabot get no secrets.'],
  ])('%s on %s is refused with its likely cause: %s', (name, platform, cause) => {
    for (const empty of ['', ' \n\t']) {
      const problems = problemsOf({ name: 'x', [name]: empty }, { platform })
      expect(problems).toEqual([expect.stringContaining(cause)])
      expect(problems[0]).toMatch(new RegExp(`^\`${name}\` is empty; it takes `))
    }
  })

  test.each([
    ['protect', '\nmain-*', 1],
    ['protect', 'main-*\n\nlive', 2],
    ['protect', 'main-*\r\n \t\r\nlive', 2],
    ['protect', 'main-*\n\n', 2],
    ['protect', 'main-*\n\u200b', 2],
    ['protect', 'main-*\rlive\r\r', 3],
    ['keyvalues', 'pr=7\n\nbranch=main', 2],
    ['keyvalues', 'pr=7\n\n', 2],
    ['keyvalues', ' \npr=7', 1],
  ])('line in %s: %j is refused with its number', (name, value, line) =>
    expect(problemsOf({ name: 'x', [name]: value })).toEqual([
      expect.stringMatching(
        new RegExp(`^\`${name}\`, line ${line}, is empty; it takes .* Was the variable on this line set\\?`),
      ),
    ]),
  )

  test('line at the very end is the line end of YAML', () =>
    expect(read({ keyvalues: 'pr=7\r\n', protect: 'main-*\nlive\n' })).toMatchObject({
      protect: [{ text: 'main-*' }, { text: 'live' }],
    }))
})

describe('an input that is wrong is refused', () => {
  test.each([
    ['pin-id', 'nonsense', /holds "nonsense"; it takes pin IDs .* line ends\.$/],
    ['pin-id', 'a b c d e f g', /holds "a", "b", "c", "d", "e" and 2 more; it takes pin IDs/],
    ['pin-id', ' ,\n, ', /holds only separators; it takes pin IDs/],
    ['pin-id', 'w'.repeat(37), /"w{36}…"/],
    ['pin-id', V0, new RegExp(`holds "${V0}"; .* names content, not a pin\\. .* use the input \`cid\``)],
    ['pin-id', `nonsense ${V0}`, /use the input `cid`/],
    ['pin-id', `["${ID}"]`, /holds "\["e5c4.{30}…"; .*Write the IDs without quotes and brackets\.$/],
    ['cid', 'main', /holds "main"; it takes CIDs, v0 or v1, separated by .* or line ends\.$/],
    ['cid', `${V0} ${V0.slice(0, -1)}`, /it takes CIDs/],
    ['cid', ID, /A UUID is a pin ID\. For pin IDs, use the input `pin-id`\.$/],
    ['cid', `ipfs://${V0}`, new RegExp(`Write only the CID: "${V0}"\\.$`)],
    ['cid', `https://example.org/ipfs/${V0}?x`, new RegExp(`Write only the CID: "${V0}"\\.$`)],
    ['name', '*', /, line 1, is only `\*`; it takes .* Was the variable before it set\? .* write `\(any\)`/],
    ['name', 'main\n**', /, line 2, is only `\*`/],
    ['name', 'main\n(any)', /holds `\(any\)` and other lines; .* must be the only line/],
    ['keyvalues', 'pr=7\nbranch', /, line 2, is "branch"; it takes lines `key=value`, neither .*\.$/],
    ['keyvalues', 'branch=', /is "branch="/],
    ['keyvalues', '=main', /is "=main"/],
    ['keyvalues', 'branch=main\u2028-old', /neither of them empty/],
    ['older-than', '30', /is "30"; it takes an age such as `90m`, `12h`, `30d` or `8w`\.$/],
    ['older-than', '30 days', /is "30 days"; .* Write `30d`\.$/],
    ['keep-latest', '-1', /is "-1"; it takes a whole number from 0 to 1000000\.$/],
    ['max-unpins', '0', /a whole number from 1 to 1000000\.$/],
    ['group-by', 'branch', /is "branch"; it takes `name` or `keyvalues\.KEY`\.$/],
    ['group-by', 'keyvalues.', /is "keyvalues\."/],
    ['on-missing', 'Warn', /is "Warn"; it takes `warn`, `ignore` or `fail`\.$/],
    ['dry-run', 'yes', /is "yes"; it takes `true` or `false`\.$/],
    ['verify', 'x'.repeat(61), /is "x{60}…"; it takes `true` or `false`\.$/],
    ['requests-per-minute', '6001', /a whole number from 1 to 6000\.$/],
    ['timeout-seconds', '1.5', /a whole number from 1 to 3600\.$/],
    ['api-url', 'example.org', /is "example\.org", which is not a URL .*; it takes an `https` URL/],
    ['pinning-api-key', 'first-half\nsecond-half', /printable ASCII/],
    ['pinning-api-key', 'the-sécret-key', /printable ASCII/],
    ['pinning-api-key', 'zero\u200bwidth', /printable ASCII; .* Store the secret again\.$/],
    ['pinning-secret-key', '1234567', /is shorter than 8 characters/],
  ])('%s: %j', (name, value, expected) => {
    const others = name === 'pin-id' ? {} : { name: 'x', 'keep-latest': '1' }
    const problems = problemsOf({ ...others, [name]: value })
    expect(problems).toEqual([expect.stringMatching(expected)])
    expect(problems[0]).toMatch(new RegExp(`^\`${name}\``))
  })

  test('with five lines of `protect` at most, and the number of the others', () =>
    expect(problemsOf({ name: 'x', protect: `${'\n'.repeat(7)}x` }).at(-1)).toMatch(
      /^`protect` has 2 more such lines; it takes/,
    ))
})

const PAIRS = { cid: V0, name: 'main', keyvalues: 'pr=7' }
const NARROWING = { 'older-than': '30d', 'keep-latest': '1', 'group-by': 'name', 'max-unpins': '24' }

test('inputs that do not go together are refused, each with the reason', () => {
  expect(problemsOf({ 'older-than': '30d' })).toEqual([
    '`pin-id` or one of `cid`, `name` and `keyvalues` is needed; none of them is given.',
  ])
  for (const [name, value] of Object.entries(PAIRS)) {
    const problem = `\`${name}\` selects pins, and \`pin-id\` names them; use one or the other.`
    expect(problemsOf({ 'pin-id': ID, [name]: value })).toEqual([problem])
  }
  for (const [name, value] of Object.entries(NARROWING)) {
    const problem = `\`${name}\` is for a selection and does not go with \`pin-id\`; remove one of the two.`
    expect(problemsOf({ 'pin-id': ID, [name]: value })).toEqual([problem])
  }
  expect(problemsOf({ name: 'x', 'group-by': 'name' })).toEqual([
    '`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.',
  ])
})

describe('a key in another input', () => {
  test('is not shown, neither in parts, where it holds blanks or is cut, nor where it is too short', () => {
    const given = { 'pinning-api-key': 'abcd efgh,ijkl', 'pinning-secret-key': 'z'.repeat(60) }
    const parts = problemsOf({ ...given, 'pin-id': 'abcd efgh,ijkl' })
    expect(parts).toEqual([expect.stringContaining(`holds ${HIDDEN}, ${HIDDEN}, ${HIDDEN};`)])
    const long = problemsOf({ ...given, name: 'x', 'dry-run': `x${'Z'.repeat(60)}` })
    expect(long).toEqual([expect.stringContaining(`is ${HIDDEN};`)])
    const problems = problemsOf({ 'pinning-api-key': 'tiny', 'dry-run': 'is TINY too', name: 'x' })
    expect(problems.join('\n').toLowerCase()).not.toContain('tiny')
  })

  test('is refused where it would be part of a URL', () => {
    const given = { 'pinning-api-key': ID.slice(0, 13), 'pin-id': ID, 'api-url': `https://example.org/${ID}` }
    const problem = (name: string) =>
      expect.stringMatching(`^\`${name}\` holds the value of a key, and keys must`)
    expect(problemsOf(given)).toEqual([problem('pin-id'), problem('api-url')])
  })
})

describe('an input that action.yml does not declare', () => {
  test('is refused where it is near a declared one', () =>
    expect(problemsOf({ name: 'x' }, { env: { INPUT_PROTECTS: '', INPUT_TOKEN: 'x' } })).toEqual([
      '`protects` is not an input; did you mean `protect`? ' +
        'If the workflow does not set it, remove `INPUT_PROTECTS` from the environment.',
    ]))

  test('causes a warning otherwise', () => {
    const names = ['TOKEN', 'BRANCH', 'C1', 'C2', 'C3', 'C4']
    const env = Object.fromEntries(names.map((name) => [`INPUT_${name}`, 'x']))
    expect(read({ name: 'x' }, { env: { INPUT_TOKEN: 'x' } }).warnings).toEqual([
      '`token` is not an input of this action and has no effect.',
    ])
    expect(read({ name: 'x' }, { env }).warnings).toEqual([
      '`token`, `branch`, `c1`, `c2`, `c3` and 1 more are not inputs of this action and have no effect.',
    ])
  })

  test('is reported without a key in its name', () => {
    const env = { [`INPUT_${KEYS.api.toUpperCase()}`]: 'x' }
    expect(read({ name: 'x' }, { env }).warnings.join('').toLowerCase()).not.toContain(KEYS.api)
  })
})

test('the default of `max-unpins` in action.yml is the one that counts as not set', () => {
  const byDefault = declared.get('max-unpins')?.default ?? ''
  expect(problemsOf({ 'pin-id': ID, 'max-unpins': byDefault })).toEqual([])
})
