import { expect, test } from '@jest/globals'
import { findStrays } from '../../../src/inputs/strays.ts'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { inputVariable } from '../../../testing/runner/environment.ts'

const known = [...readActionMetadata().inputs.keys()]
const strays = (names: readonly string[], ignoreCase = false): ReturnType<typeof findStrays> =>
  findStrays(Object.fromEntries(names.map((name) => [inputVariable(name), 'x'])), known, ignoreCase)

test('an input of action.yml is no stray', () => expect(strays(known)).toEqual({ misspelt: [], others: [] }))

test.each([
  ['protect', 'protects|protected|protection|portect'],
  ['older-than', 'older_than|older than|older-then|older-than-days|older'],
  ['dry-run', 'dryrun|dry_run|dry'],
  ['max-unpins', 'max-unpin|max-pins'],
  ['keep-latest', 'keepLatest|keep-last|keep'],
  ['group-by', 'groupby'],
  ['pin-id', 'pinid|pin-ids'],
  ['cid', 'cids'],
  ['name', 'names'],
  ['keyvalues', 'key-values|keyvalue'],
  ['verify', 'verfy'],
  ['on-missing', 'onmissing'],
  ['timeout-seconds', 'timeout|timeout-second'],
  ['requests-per-minute', 'request-per-minute'],
])('`%s` is meant by each of %s', (meant, near) => {
  for (const name of near.split('|'))
    expect(strays([name])).toMatchObject({ misspelt: [{ meant }], others: [] })
})

const OTHERS =
  'token repo-token node-version path working-directory url file-name artifact-name id environment version ' +
  'verbose debug branch key fetch-depth'
test.each(OTHERS.split(' '))('`%s` may belong to another action', (name) =>
  expect(strays([name])).toEqual({ misspelt: [], others: [name] }),
)

test('variables that are not inputs do not count', () => {
  const variables = { PATH: 'x', INPUT: 'x', INPUT_: 'x', MY_INPUT_PROTECTS: 'x', input_protects: 'x' }
  expect(findStrays(variables, known, false)).toEqual({ misspelt: [], others: [] })
})

test('on Windows, variables are the same in upper and lower case', () =>
  expect(findStrays({ 'Input_Pin-Id': 'x', Input_Protects: 'x' }, known, true)).toEqual({
    misspelt: [{ name: 'protects', variable: 'Input_Protects', meant: 'protect' }],
    others: [],
  }))
