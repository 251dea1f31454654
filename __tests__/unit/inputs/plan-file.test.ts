import { afterAll, afterEach, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinRealms } from '../../support/one-realm.ts'
import { PIN_ID as ID, pinIdOf } from '../../support/outcome.ts'
import { endSteps } from '../../support/step.ts'
import { problemsOf, read } from './reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-plan-'))
const path = join(folder, 'plan.json')
joinRealms()
afterEach(endSteps)
afterAll(() => rmSync(folder, { recursive: true }))

test('a plan file has the pins that the dry run would unpin, each once, in lower case and in their order', () => {
  const results = ['kept', 'would-unpin', 'protected', 'missing', 'would-unpin', 'would-unpin']
  const ids = [0, 2, 3, 4, 1, 2].map((number) => pinIdOf(number).toUpperCase())
  const entries = results.map((result, index) => ({ result, pinId: ids[index], more: 'x' }))
  const pinsIn = (content: unknown) => {
    writeFileSync(path, JSON.stringify(content))
    return read({ 'plan-file': path }).target
  }
  expect(pinsIn(entries)).toEqual({ kind: 'ids', pinIds: [2, 1].map(pinIdOf) })
  expect(pinsIn([])).toEqual({ kind: 'ids', pinIds: [] })
})

const NO_ARRAY = /is not a JSON array. Allowed: the path of the results file of a dry run that succeeded\.$/
const NO_PLAN = /whose element 2 has no pin ID, or another result than .*Make a new plan/
const kept = { pinId: ID, result: 'kept' }
const second = (fields: unknown): [string, RegExp] => [JSON.stringify([kept, fields]), NO_PLAN]
test.each<[content: string, problem: RegExp]>([
  ...['', '{"secret-text": []}', '[secret-text', 'null'].map((text): [string, RegExp] => [text, NO_ARRAY]),
  ...['unpinned', 'failed', 'unconfirmed', 'not-attempted', null].map((result) => second({ ...kept, result })),
  ...['secret-text', 7, [ID]].map((pinId) => second({ ...kept, pinId })),
  second('secret-text'),
  [JSON.stringify([kept, { ...kept, result: 'would-unpin' }]), /has one pin with two results/],
])('a plan file with %s is refused, and not quoted', (content, problem) => {
  writeFileSync(path, content)
  const problems = problemsOf({ 'plan-file': path })
  expect(problems).toEqual([expect.stringMatching(problem)])
  expect(problems[0]).not.toContain('secret-text')
})

test.each(['zQ7!x_9', 'half\nthe-other'])('a plan file whose path holds the key %j is not named', (key) => {
  const problems = problemsOf({ 'plan-file': join(folder, key, 'no'), 'pinning-secret-key': key })
  expect(problems.join()).toMatch(/cannot be read: \(not shown: it holds the value of a key\) \(ENOENT\)/)
})

test('a plan file must be a regular file that can be read, of at most 256 MiB', () => {
  writeFileSync(path, '')
  truncateSync(path, 256 * 1024 ** 2 + 1)
  const problems = [path, folder, join(folder, 'no')].flatMap((file) => problemsOf({ 'plan-file': file }))
  const unread =
    /names a file that cannot be read: ".*no" \(ENOENT\)\. .* Was the artifact downloaded, and to this path\?$/
  const words = [/names a file of over 256 MiB/, /does not name a regular file/, unread]
  expect(problems).toEqual(words.map((text) => expect.stringMatching(text)))
})
