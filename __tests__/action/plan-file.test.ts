import { afterAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePin } from '../../testing/service/index.ts'
import { pinIdOf } from '../support/outcome.ts'
import {
  countResults,
  endProcesses,
  errorsOf,
  type Inputs,
  pins,
  select,
  type Selected,
  warningsOf,
} from '../support/step.ts'

const root = mkdtempSync(join(tmpdir(), 'aioz-unpin-plans-'))
afterAll(async () => {
  await endProcesses()
  rmSync(root, { recursive: true })
})

const account = pins(4)
const [first, second, third] = account.map(({ id }) => id)

let files = 0
/** The path of a new file with this text, or with this value as JSON. */
function fileOf(content: unknown): string {
  const path = join(root, `${(files += 1)}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const apply = (content: unknown, inputs: Inputs = {}): Promise<Selected> =>
  select({ pins: account }, { 'plan-file': fileOf(content), ...inputs })

const planned = (result: string, pinId: unknown = first): object => ({ pinId, result })

test.concurrent('exactly the pins that a dry run would have unpinned are unpinned', async () => {
  const inputs = { name: 'release-*', 'keep-latest': '1', protect: 'release-2' }
  const dry = await select({ pins: account }, { ...inputs, 'dry-run': 'true' })
  const later = makePin({ metadata: { name: 'release-5' } }, 5)
  const plan = { 'plan-file': dry.result.outputs['results-file'] ?? '' }
  const real = await select({ pins: [...account, later] }, plan)
  expect(real.deleted).toHaveLength(2)
  expect(real.deleted).toEqual(dry.result.outputs['pin-ids']?.split('\n'))
  expect(real.result).toMatchObject({ conclusion: 'success', outputs: { 'unpinned-count': '2' } })
})

test.concurrent('a plan of 4,000 pins, more than `pin-id` could hold, is carried out', async () => {
  const many = pins(4000)
  const plan = fileOf(many.map(({ id }) => planned('would-unpin', id.toUpperCase())))
  const { result, service } = await select({ pins: many }, { 'plan-file': plan })
  expect([result.conclusion, countResults(result)]).toEqual(['success', { unpinned: 4000 }])
  expect(service.requests).toHaveLength(4000)
})

test.concurrent('`protect` holds for a plan as well', async () => {
  const plan = [planned('would-unpin'), planned('would-unpin', second), planned('protected', third)]
  const { told, deleted } = await apply(plan, { protect: 'release-1' })
  expect([told, deleted]).toEqual([['release-1 protected', 'release-2 unpinned'], [second]])
})

test.concurrent.each([
  ['warn', 'success', /no pin that would be unpinned/],
  ['ignore', 'success', /^$/],
  ['fail', 'failure', /no pin that would be unpinned/],
])('a plan without a pin to unpin ends as `on-missing: %s` says, without a request', async (how, conclusion, words) => {
  const plan = [planned('protected'), planned('kept', second), planned('missing', third)]
  const { result, service } = await apply(plan, { 'on-missing': how, protect: 'x' })
  expect([result.conclusion, service.requests]).toEqual([conclusion, []])
  expect(errorsOf(result) + warningsOf(result)).toMatch(words)
  expect(result.outputs).toMatchObject({ 'matched-count': '0', 'pin-ids': '', results: '[]' })
})

describe('a plan is refused before any request', () => {
  const MARK = 'text-of-the-file'
  const large = fileOf('[]')
  truncateSync(large, 256 * 1024 * 1024 + 1)

  test.concurrent.each<[string, string, RegExp]>([
    ['is not there', join(root, 'absent.json'), /cannot be read.*Was the artifact downloaded/],
    ['is a folder', root, /does not name a regular file/],
    ['has over 256 MiB', large, /over 256 MiB/],
    ['is no JSON', fileOf(`[{"pinId": ${MARK}`), /not.*JSON/],
    ['is empty', fileOf(''), /not.*JSON/],
    ['is no list', fileOf({ results: [planned('would-unpin')], MARK }), /not.*JSON array/],
    ['has an element that is no pin', fileOf([planned('kept'), MARK]), /element 2/],
    ['has another ID', fileOf([planned('would-unpin', `../${MARK}`)]), /element 1/],
    ...['unpinned', 'failed', 'unconfirmed', 'not-attempted', MARK].map((result): [string, string, RegExp] => [
      `has a pin that is ${result}`,
      fileOf([planned('would-unpin'), planned(result, second)]),
      /element 2.*not a dry run, or it failed.*`dry-run: true`/,
    ]),
  ])('if it %s', async (_, path, words) => {
    const { result, service } = await select({ pins: account }, { 'plan-file': path })
    expect([result.exitCode, service.requests]).toEqual([1, []])
    expect(errorsOf(result)).toMatch(new RegExp(`^\`plan-file\` .*${words.source}`))
    expect(result.outputs).toMatchObject({ 'results-file': '', results: '[]' })
    expect(result.log + result.summary + JSON.stringify(result.outputs)).not.toContain(MARK)
  })
})

test.concurrent('no text of a plan file is printed', async () => {
  const noted = { cid: 'MARK-1', size: 'MARK-2', name: 'MARK-3', reason: 'MARK-4', message: 'MARK-5' }
  const record = { id: first, cid: 'MARK-6', metadata: { name: 'MARK-7' } }
  const entries = [
    { ...planned('would-unpin'), ...noted, record, 'MARK-8': 'MARK-9' },
    { ...planned('kept', pinIdOf(77)), ...noted },
  ]
  const { result, deleted } = await apply(entries)
  expect([result.conclusion, deleted]).toEqual(['success', [first]])
  const { result: refused } = await apply(`[{"pinId":"${first}","result":MARK`)
  for (const { log, summary, outputs, resultsFile } of [result, refused])
    expect(log + summary + JSON.stringify([outputs, resultsFile])).not.toMatch(/MARK|-000000000077/)
})
