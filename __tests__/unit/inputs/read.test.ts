import { afterEach, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readKeys } from '../../../src/inputs/read.ts'
import { canonicalCid } from '../../../src/pin/ids.ts'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { inputVariable } from '../../../testing/runner/environment.ts'
import { PIN_ID as ID } from '../../support/outcome.ts'
import { posixTest } from '../../support/posix.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'
import { beginStep, endSteps } from '../../support/step.ts'
import { type Given, KEYS, problemsOf, read } from './reading.ts'

afterEach(endSteps)

const [V0 = '', V1 = ''] = spellingsOf(1)
const SELECTS = { cid: `${V0},${V1}`, name: 'a, b\r\n\n  c/*', keyvalues: 'branch=main\n pr = 7' }
const NARROWS = { 'older-than': '30 Days', 'expired-by': 'keyvalues.end date', 'keep-latest': '3' }
const LIMITS = { 'group-by': 'keyvalues.branch name', 'max-unpins': '1000000', 'on-too-many': 'oldest-first' }
const WORDS = { 'on-unused-protect': 'ignore', 'on-missing': 'fail', 'dry-run': 'true', verify: 'TRUE' }
const REACH = { 'api-url': 'http://localhost:1/api/', 'requests-per-minute': '6000', 'timeout-seconds': '3600' }

describe('inputs that are right are read', () => {
  test('with the defaults of action.yml for what is left out', () => {
    const words = { onMissing: 'warn', onUnusedProtect: 'fail', dryRun: false, verify: false }
    const lists = { protect: [], warnings: [] }
    const reach = { ...lists, apiBase: 'https://api-ipfs.attoaioz.cyou', requestsPerMinute: 180, timeoutSeconds: 120 }
    expect(read({ 'pin-id': ID })).toEqual({ ...words, ...reach, target: { kind: 'ids', pinIds: [ID] } })
    const none = { cids: null, keyvalues: [], expiredBy: null, olderThan: null, groupBy: null }
    const criteria = { ...none, names: ['main'], keepLatest: 0, maxUnpins: 25, onTooMany: 'fail' }
    const target = { kind: 'selection', criteria, selects: [['name', ['main']]], limits: [['max-unpins', ['25']]] }
    expect(read({ name: 'main' })).toEqual({ ...words, ...reach, target })
  })

  test('with every input of a selection, and with what selects and what limits, each value once', () => {
    const { target, ...rest } = read({ ...SELECTS, ...NARROWS, ...LIMITS, ...WORDS, ...REACH, protect: 'live\nold' })
    const words = { onUnusedProtect: 'ignore', onMissing: 'fail', dryRun: true, verify: true, warnings: [] }
    const reach = { apiBase: 'http://localhost:1', requestsPerMinute: 6000, timeoutSeconds: 3600 }
    const protect = ['live', 'old'].map((text) => ({ text, id: null, cid: null }))
    expect(rest).toEqual({ ...words, ...reach, protect })
    const keyvalues = [['branch', 'main'], ['pr', '7']] // prettier-ignore
    const which = { cids: new Map([[canonicalCid(V0), V0]]), names: ['a, b', 'c/*'], keyvalues, expiredBy: 'end date' }
    const limits = { olderThan: { ms: 30 * 86_400_000, text: '30 Days' }, keepLatest: 3, maxUnpins: 1_000_000 }
    const groups = { groupBy: 'keyvalues.branch name', onTooMany: 'oldest-first' }
    const lines = { cid: [V0], name: which.names, keyvalues: ['branch=main', 'pr=7'] }
    const given = { 'older-than': ['30 Days'], 'keep-latest': ['3'], 'group-by': [groups.groupBy] }
    const more = { 'on-too-many': ['oldest-first'], protect: ['live', 'old'], 'max-unpins': ['1000000'] }
    expect(target).toEqual({
      kind: 'selection',
      criteria: { ...which, ...limits, ...groups },
      selects: Object.entries({ ...lines, 'expired-by': ['keyvalues.end date'] }),
      limits: Object.entries({ ...given, ...more }),
    })
    const byName = read({ name: 'x', 'keep-latest': '1', 'group-by': 'name' })
    expect(byName.target).toMatchObject({ criteria: { groupBy: 'name' } })
  })

  test('and both keys are masked before anything else is printed, each trimmed, an empty one not at all', () => {
    const step = beginStep({ 'pinning-api-key': '  padded key  ', 'pinning-secret-key': ' ' })
    expect(readKeys()).toEqual({ api: 'padded key', secret: '' })
    expect(step.lines()).toMatchObject([{ name: 'add-mask', message: 'padded key' }])
  })
})

const BOTH = 'Use either `pin-id` or `plan-file`, not both.'
const NOTHING =
  'Nothing says which pins to unpin. Give `pin-id`, `plan-file`, or at least one of `cid`, `name` and `keyvalues`.'
const GROUPS = '`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.'
const UNUSED = '`on-unused-protect` needs `protect`. Add `protect`, or remove `on-unused-protect`.'
const SELECTION = { ...SELECTS, ...NARROWS, ...LIMITS }
const WRONG: Record<string, [value: string, problem: RegExp]> = {
  name: ['', /is empty. Allowed: names, .* Was the variable or output that it comes from set\?$/],
  'older-than': ['30s', /is "30s". Allowed: an age such as `90min`, .*, up to 100 years\.$/],
  'expired-by': ['x.keyvalues.a', /is "x\.keyvalues\.a". Allowed: `keyvalues\.KEY`\.$/],
  'keep-latest': ['(none)', /is "\(none\)". Allowed: a whole number from 0 to 1000000\.$/],
  'group-by': ['keyvalues.', /is "keyvalues\.". Allowed: `name` or `keyvalues\.KEY`\.$/],
  protect: [' \n\t', /is empty. Allowed: pin IDs, CIDs or names, one a line\. Was the/],
  'max-unpins': ['0', /a whole number from 1 to 1000000\.$/],
  'on-too-many': ['x', /Allowed: `fail` or `oldest-first`\.$/],
  'on-missing': ['warn\u200b', /is "warn\u200b" \(with U\+200B\)\. Allowed: `warn`, `ignore` or `fail`\.$/],
  'on-unused-protect': ['x', /Allowed: `fail`, `warn` or `ignore`\.$/],
  'dry-run': ['x'.repeat(60), /is "x{60}". Allowed: `true` or `false`\.$/],
  verify: ['x'.repeat(61), /is "x{60}…". Allowed: `true` or `false`\.$/],
  'pinning-api-key': ['', /is empty. Allowed: the API key of .* Runs for a fork or for Dependabot get no secrets\.$/],
  'pinning-secret-key': ['', /is empty. Allowed: the secret key of .* Is the secret set for this/],
  'api-url': ['x', /is not an allowed URL .*. Allowed: an `https` URL/],
  'requests-per-minute': ['0', /a whole number from 1 to 6000\.$/],
  'timeout-seconds': ['0', /a whole number from 1 to 3600\.$/],
}

test('inputs that are wrong are refused together, each with what was wrong and what is allowed', () => {
  const given = Object.fromEntries(Object.entries(WRONG).map(([name, [value]]) => [name, value]))
  const words = Object.entries(WRONG).map(([name, [, { source }]]) => expect.stringMatching(`^\`${name}\` .*${source}`))
  expect(problemsOf(given)).toEqual(words)
})

test.each<[given: Given, problems: (string | RegExp)[]]>([
  [{ 'pin-id': '' }, [/^`pin-id` is empty. .* an input of over 32,766 characters \(885 IDs\) arrives empty\.$/]],
  [{}, [NOTHING]],
  [{ 'older-than': '30d' }, [NOTHING]],
  [{ 'expired-by': 'keyvalues.end' }, [`${NOTHING} For all pins, write \`name: (any)\`.`]],
  [{ 'pin-id': ID, 'plan-file': ' /absent ' }, [/cannot be read/, BOTH]],
  [{ 'pin-id': ID, ...SELECTION }, Object.keys(SELECTION).map((name) => BOTH.replace('plan-file', name))],
  [{ 'plan-file': '/absent', name: 'x' }, [/cannot be read/, 'Use either `plan-file` or `name`, not both.']],
  [{ 'pin-id': ID, 'max-unpins': '25', 'keep-latest': '0', 'on-too-many': 'fail', 'on-unused-protect': 'fail' }, []],
  [{ 'pin-id': ID, 'on-unused-protect': 'warn' }, [UNUSED]],
  [{ name: 'x', 'on-unused-protect': '' }, [/^`on-unused-protect` is empty/]],
  [{ name: 'x', protect: '', 'on-unused-protect': 'warn' }, [/^`protect` is empty/]],
  [{ name: 'x', 'group-by': 'name' }, [GROUPS]],
])('of %j, these are the problems: %#', (given, problems) =>
  expect(problemsOf(given)).toEqual(
    problems.map((words) => (typeof words === 'string' ? words : expect.stringMatching(words))),
  ),
)

test('one sentence says that a shell has dropped all inputs with a dash, and only where all are absent', () => {
  const dashed = [...readActionMetadata().inputs.keys()].filter((name) => name.includes('-')).map(inputVariable)
  const without = (names: string[]) =>
    problemsOf({ name: 'x' }, Object.fromEntries(names.map((name) => [name, undefined])))
  expect(without(dashed)).toEqual([expect.stringMatching(/^All inputs with a dash in their name are absent\./)])
  expect(without(dashed.slice(1)).length).toBeGreaterThan(5)
})

describe('a key in another input', () => {
  const HIDDEN = '(not shown: it holds the value of a key)'

  test('is not shown, neither in parts, where it holds blanks or is cut, nor where it is too short', () => {
    const keys = { 'pinning-api-key': 'abcd efgh,ijkl', 'pinning-secret-key': 'z'.repeat(60) }
    const parts = problemsOf({ ...keys, 'pin-id': 'abcd efgh,ijkl' })
    expect(parts).toEqual([expect.stringContaining(`holds ${HIDDEN}, ${HIDDEN}, ${HIDDEN}.`)])
    const long = problemsOf({ ...keys, name: 'x', 'dry-run': `x${'Z'.repeat(60)}` })
    expect(long).toEqual([expect.stringContaining(`is ${HIDDEN}.`)])
    const short = (key: string) => problemsOf({ 'pinning-api-key': key, 'dry-run': 'is TINY too', name: 'x' }).join()
    expect(short('tiny')).not.toMatch(/tiny/i)
    expect(short('')).toMatch('is "is TINY too"')
  })

  test('is refused where it would be part of a URL', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-'))
    writeFileSync(join(folder, 'plan'), JSON.stringify([{ pinId: ID, result: 'would-unpin' }]))
    const given = { 'pinning-api-key': ID.slice(0, 13).toUpperCase(), 'api-url': `https://example.org/${ID}` }
    for (const which of [{ 'pin-id': ID }, { 'plan-file': join(folder, 'plan') }]) {
      const words = [...Object.keys(which), 'api-url'].map((name) => `^\`${name}\` holds the value of a key\\.`)
      expect(problemsOf({ ...given, ...which })).toEqual(words.map((text) => expect.stringMatching(text)))
    }
    rmSync(folder, { recursive: true })
  })
})

test('an input that action.yml does not declare is refused where it is near a declared one, else warned of', () => {
  const key = KEYS.api.toUpperCase()
  const problems = problemsOf({ name: 'x' }, { INPUT_PROTECTS: '', [`INPUT_PROTECT${key}`]: 'x', INPUT_TOKEN: 'x' })
  expect(problems).toEqual([
    '`protects` is not an input; did you mean `protect`? ' +
      'If the workflow does not set it, remove `INPUT_PROTECTS` from the environment.',
    expect.stringMatching(/^`protect\*\*\*` is not .* remove `INPUT_PROTECT\*\*\*` from/),
  ])
  const env = Object.fromEntries(['TOKEN', key, 'C1', 'C2', 'C3', 'C4'].map((name) => [`INPUT_${name}`, 'x']))
  const words =
    'This action does not have these inputs, so they have no effect: `token`, `***`, `c1`, `c2`, `c3` and 1 more. ' +
    'Check their names.'
  expect(read({ name: 'x' }, env).warnings).toEqual([words])
})

posixTest('an input in small letters is not read, and the message says how to write it', () =>
  expect(problemsOf({ name: 'x' }, { 'INPUT_dry-run': 'x' })).toEqual([
    'The variable `INPUT_dry-run` must be in capitals: `INPUT_DRY-RUN`.',
  ]),
)
