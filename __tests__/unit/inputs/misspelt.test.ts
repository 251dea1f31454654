import { expect, test } from '@jest/globals'
import { findStrays } from '../../../src/inputs/misspelt.ts'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { inputVariable } from '../../../testing/runner/environment.ts'

const known = [...readActionMetadata().inputs.keys()]
const strays = (names: readonly string[]) =>
  findStrays(Object.fromEntries(names.map((name) => [inputVariable(name), 'x'])), known)

const NEAR = `protect: protects protected protection portect, older-than: older_than older-then older-than-days older,
  dry-run: dryrun dry_run dry, max-unpins: max-unpin max-pins, keep-latest: keepLatest keep-last keep, group-by: groupby,
  pin-id: pinid pin-ids, plan-file: planfile plan, cid: cids, name: names, keyvalues: key-values keyvalue, verify: verfy,
  expired-by: expire-by expired, on-too-many: on-to-many, on-missing: onmissing, on-unused-protect: on-unused,
  timeout-seconds: timeout timeout-second, requests-per-minute: request-per-minute`
test.each(NEAR.split(/,\s+/).map((row) => row.split(': ')))('`%s` is meant by each of %s', (meant, near = '') => {
  for (const name of near.split(' ')) {
    const misspelt = [{ name: name.toLowerCase(), variable: inputVariable(name), meant }]
    expect(strays([name])).toEqual({ misspelt, others: [] })
  }
})

test('inputs that may belong to another action are others', () => {
  const others =
    `token repo-token node-version path working-directory url file-name artifact-name id environment version
    verbose debug branch key fetch-depth namespace`.split(/\s+/)
  expect(strays(others)).toEqual({ misspelt: [], others })
})

test('inputs of this action, and variables of anything else, are no strays', () => {
  expect(strays(known)).toEqual({ misspelt: [], others: [] })
  const variables = { PATH: 'x', INPUT: 'x', INPUT_: 'x', MY_INPUT_PROTECTS: 'x' }
  expect(findStrays(variables, known)).toEqual({ misspelt: [], others: [] })
})

test('a variable in small letters is read on Windows only, so elsewhere it is misspelt', () => {
  const { platform } = process
  const found = ['win32', 'linux'].map((value) => {
    Object.defineProperty(process, 'platform', { value })
    return findStrays({ 'Input_Pin-Id': 'x', Input_Protects: 'x' }, known).misspelt.map(({ meant }) => meant)
  })
  Object.defineProperty(process, 'platform', { value: platform })
  expect(found).toEqual([['protect'], ['pin-id', 'protect']])
})
