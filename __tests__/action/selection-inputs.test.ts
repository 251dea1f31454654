import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import { leaksOf } from './leaks.ts'
import { clearStage, errorsOf, type Inputs, runStep, serve } from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const pin = makePin({}, 1)
const { apiKey, secretKey } = DEFAULT_KEYS
const LEAVABLE = ['pin-id', 'cid', 'name', 'keyvalues', 'older-than', 'protect']

/** Runs the step with these inputs, expects that nothing at all is sent, and returns the one message. */
async function refusal(inputs: Inputs): Promise<string> {
  const service = await serve({ pins: [pin] })
  const result = await runStep(service.url, [], { 'pin-id': '(none)', ...inputs })
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', problems: [], stderr: '' })
  expect(result.annotations).toMatchObject({ errors: [{}], warnings: [], notices: [] })
  const counts = ['unpinned', 'missing', 'failed', 'matched', 'protected', 'kept']
  expect(result.outputs).toEqual({
    ...Object.fromEntries([...readActionMetadata().outputs.keys()].map((name) => [name, ''])),
    ...Object.fromEntries(counts.map((name) => [`${name}-count`, '0'])),
    results: '[]',
  })
  expect(result.summary).toMatch(/nothing was unpinned/)
  expect(service.requests).toEqual([])
  expect(leaksOf(result, [apiKey, secretKey])).toEqual([])
  return errorsOf(result)
}

test.concurrent.each(LEAVABLE)(
  '%s: "(none)" means left out, and an unset variable is refused',
  async (name) => {
    const service = await serve({ pins: [pin] })
    const other: Inputs = name === 'name' ? { cid: pin.cid } : { name: 'release-1' }
    const green = await runStep(service.url, [], { 'pin-id': '(none)', ...other, [name]: '(none)' })
    expect(green.conclusion).toBe('success')
    expect(service.holds(pin.id)).toBe(false)
    const message = await refusal({ ...other, [name]: '' })
    expect(message).toMatch(new RegExp(`^\`${name}\` is empty; it takes .*Was the variable`, 'm'))
  },
)

test.concurrent('what is left out altogether is left out', async () => {
  expect(await refusal({})).toMatch(/`pin-id` is not given, and neither is `cid`, `name` or `keyvalues`/)
})

describe('pin-id and a selection do not mix', () => {
  test.concurrent.each<[string, string, RegExp]>([
    ['cid', pin.cid, /selects pins, and `pin-id` names them/],
    ['name', '*', /selects pins, and `pin-id` names them/],
    ['keyvalues', 'pr=7', /selects pins, and `pin-id` names them/],
    ['older-than', '30d', /narrows a selection/],
    ['keep-latest', '3', /narrows a selection/],
    ['max-unpins', '100', /narrows a selection/],
  ])('%s', async (name, value, expected) => {
    const message = await refusal({ 'pin-id': pin.id, [name]: value })
    expect(message).toMatch(new RegExp(`^\`${name}\` `))
    expect(message).toMatch(expected)
  })
})

test.concurrent('a CID in pin-id is recognised, and the input that takes it is named', async () => {
  expect(await refusal({ 'pin-id': pin.cid })).toMatch(/A CID names content.*use the input `cid`/)
})

test.concurrent('everything that is wrong stands in one message', async () => {
  const message = await refusal({
    cid: 'release-1',
    name: '',
    keyvalues: 'pr',
    'older-than': 'a while',
    'keep-latest': 'some',
    protect: 'bafyshort',
    'max-unpins': 'all',
    verify: 'maybe',
    'on-missing': 'shrug',
    'dry-run': '',
  })
  const named = message.split('\n').map((line) => /^`([\w-]+)`/.exec(line)?.[1])
  expect(new Set(named)).toEqual(
    new Set([
      'cid',
      'name',
      'keyvalues',
      'older-than',
      'keep-latest',
      'protect',
      'max-unpins',
      'verify',
      'on-missing',
      'dry-run',
    ]),
  )
})

test.concurrent.each([
  'cid',
  'name',
  'keyvalues',
  'older-than',
  'protect',
  'keep-latest',
  'max-unpins',
  'verify',
])('a key in %s is not shown, neither refused nor used', async (name) => {
  const service = await serve({ pins: [pin] })
  const value = { protect: `bafy${apiKey}`, keyvalues: `x=${secretKey}` }[name] ?? apiKey
  const inputs = { 'pin-id': '(none)', keyvalues: 'none=such', [name]: value }
  const result = await runStep(service.url, [], inputs)
  expect(leaksOf(result, [apiKey, secretKey])).toEqual([])
  expect(service.holds(pin.id)).toBe(true)
})
