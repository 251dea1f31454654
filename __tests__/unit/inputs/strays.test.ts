import { expect, test } from '@jest/globals'
import { findStrays } from '../../../src/inputs/strays.ts'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { inputVariable } from '../../../testing/runner/environment.ts'

const known = [...readActionMetadata().inputs.keys()]
const strays = (names: readonly string[], ignoreCase = false): ReturnType<typeof findStrays> =>
  findStrays(Object.fromEntries(names.map((name) => [inputVariable(name), 'x'])), known, ignoreCase)

test('an input of action.yml is no stray', () => {
  expect(strays(known)).toEqual({ misspelt: [], others: [] })
})

test.each([
  ['protects', 'protect'],
  ['protected', 'protect'],
  ['protection', 'protect'],
  ['portect', 'protect'],
  ['older_than', 'older-than'],
  ['older than', 'older-than'],
  ['older-then', 'older-than'],
  ['older-than-days', 'older-than'],
  ['older', 'older-than'],
  ['dryrun', 'dry-run'],
  ['dry_run', 'dry-run'],
  ['dry', 'dry-run'],
  ['max-unpin', 'max-unpins'],
  ['max-pins', 'max-unpins'],
  ['keepLatest', 'keep-latest'],
  ['keep-last', 'keep-latest'],
  ['keep', 'keep-latest'],
  ['groupby', 'group-by'],
  ['pinid', 'pin-id'],
  ['pin-ids', 'pin-id'],
  ['cids', 'cid'],
  ['names', 'name'],
  ['key-values', 'keyvalues'],
  ['keyvalue', 'keyvalues'],
  ['verfy', 'verify'],
  ['onmissing', 'on-missing'],
  ['timeout', 'timeout-seconds'],
  ['timeout-second', 'timeout-seconds'],
  ['request-per-minute', 'requests-per-minute'],
])('`%s` is near `%s`', (name, meant) => {
  expect(strays([name])).toMatchObject({ misspelt: [{ meant }], others: [] })
})

test.each([
  'token',
  'repo-token',
  'node-version',
  'path',
  'working-directory',
  'url',
  'file-name',
  'artifact-name',
  'id',
  'environment',
  'version',
  'verbose',
  'debug',
  'branch',
  'key',
  'fetch-depth',
])('`%s` may belong to another action', (name) => {
  expect(strays([name])).toEqual({ misspelt: [], others: [name] })
})

test('variables that are not inputs do not count', () => {
  expect(
    findStrays(
      { PATH: 'x', INPUT: 'x', INPUT_: 'x', MY_INPUT_PROTECTS: 'x', input_protects: 'x' },
      known,
      false,
    ),
  ).toEqual({
    misspelt: [],
    others: [],
  })
})

test('on Windows, variables are the same in upper and lower case', () => {
  expect(findStrays({ 'Input_Pin-Id': 'x', Input_Protects: 'x' }, known, true)).toEqual({
    misspelt: [{ name: 'protects', variable: 'Input_Protects', meant: 'protect' }],
    others: [],
  })
})
