import { afterAll, describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import type { Fault, PinRecord } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, endProcesses, entriesOf, errorsOf, type Inputs, nodeArgsFor, pin, pins } from '../support/step.ts'
import { readable, runStep, select, type StepOptions, unpinOne } from '../support/step.ts'

const root = mkdtempSync(join(tmpdir(), 'aioz-unpin-outputs-'))
afterAll(async () => {
  await endProcesses()
  rmSync(root, { recursive: true })
})

const OUTPUTS = [...readActionMetadata().outputs.keys()].sort()
const schema = JSON.parse(readFileSync('results.schema.json', 'utf8')) as { items: object }
// A reader has to expect further fields in a later version. Here one that the schema does not have is a mistake.
const items = { ...schema.items, additionalProperties: false }
const fits = new Ajv2020({ allowUnionTypes: true }).compile({ ...schema, items })

async function unpinAll(records: readonly PinRecord[], options: StepOptions = {}): Promise<ActionResult> {
  const { url } = await start({ pins: records })
  const ids = records.map(({ id }) => id)
  return runStep(url, ids, {}, options)
}

describe('outputs', () => {
  test.concurrent('of one pin are simply its values', async () => {
    const { result } = await unpinOne(undefined)
    const { id, cid, size } = pin
    const counts = 'unpinned missing failed matched protected kept chosen waiting'.split(' ')
    const one = ['unpinned', 'matched', 'chosen']
    const counted = Object.fromEntries(counts.map((name) => [`${name}-count`, one.includes(name) ? '1' : '0']))
    const columns = { cid, size: String(size), status: 'DONE', name: 'release-1', result: 'unpinned', 'pin-ids': id }
    const results = JSON.stringify(result.resultsFile)
    const file = expect.stringContaining(result.runnerTemp)
    const all = { ...columns, ...counted, 'total-size': String(size), results, 'results-file': file }
    expect(result.outputs).toEqual(all)
    const known = { pinId: id, result: 'unpinned', reason: '', cid, size, status: 'DONE', name: 'release-1' }
    const told = { attempts: 1, httpStatus: 200, durationMs: expect.any(Number), message: expect.stringMatching(/./) }
    expect(result.resultsFile).toEqual([{ ...known, ...told, record: pin }])
    expect([readdirSync(result.workspace), readdirSync(result.runnerTemp).length]).toEqual([[], 1])
  })

  const [first, absent, refused, last] = pins(4) as [PinRecord, PinRecord, PinRecord, PinRecord]
  const ids = [last.id, absent.id, first.id, refused.id]
  // The answers come in another order.
  const fault = ({ pinId = '' }): Fault =>
    pinId === refused.id ? answer(400, {}) : { kind: 'delay', ms: pinId === last.id ? 300 : 0 }
  const account = { pins: [first, refused, last], fault }

  test.concurrent('of many are one line each in the order given, blank where unknown', async () => {
    const { result, entries } = await select(account, { 'pin-id': ids.join() })
    const counts = { 'unpinned-count': '2', 'missing-count': '1', 'failed-count': '1', 'matched-count': '4' }
    expect(result.outputs).toMatchObject({
      ...counts,
      result: 'unpinned\nmissing\nunpinned\nfailed',
      cid: `${last.cid}\n\n${first.cid}\n`,
      size: `${last.size}\n\n${first.size}\n`,
      status: 'DONE\n\nDONE\n',
      name: 'release-4\n\nrelease-1\n',
      'total-size': String(first.size + last.size),
      'pin-ids': ids.join('\n'),
    })
    expect(entries[1]).toMatchObject({ record: null, cid: null, size: null })
  })

  test.concurrent.each<[string, Inputs, string]>([
    ['a run by ID', { 'pin-id': ids.join(), protect: 'release-4' }, 'failed missing protected unpinned'],
    ['a dry run', { name: '(any)', 'keep-latest': '1', 'dry-run': 'true' }, 'kept would-unpin'],
    ['a plan that is refused', { name: '(any)', 'max-unpins': '1' }, 'not-attempted'],
    ['a selection without a match', { name: 'nothing' }, ''],
  ])('of %s are all set, and the results fit the schema', async (_, inputs, results) => {
    const { result, entries } = await select(account, inputs)
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
    expect([...new Set(entries.map((entry) => entry.result))].sort().join(' ')).toBe(results)
    for (const all of [JSON.parse(result.outputs['results'] ?? ''), result.resultsFile] as unknown[])
      expect([fits(all), fits.errors]).toEqual([true, null])
  })
})

describe('texts of the service in outputs', () => {
  test.concurrent('lose line ends and controls, and nothing else', async () => {
    const name = 'a\nb\r\nc\td\u0000e\u001b[31m\u0085f\u2028g <b>|`::x ##[y] é 🎉 "q" \\'
    const result = await unpinAll([{ ...pin, metadata: { name } }])
    expect(result.outputs['name']).toBe('abcde[31mfg <b>|`::x ##[y] é 🎉 "q" \\')
    expect(entriesOf(result)).toMatchObject([{ name, record: { metadata: { name } } }])
  })

  test.concurrent('set no other output if they look like the end of a file command', async () => {
    const name = 'x\nEOF\nresult=forged\nresult<<EOF\nforged\nghadelimiter_x\n'
    const result = await unpinAll([{ ...pin, metadata: { name }, cid: name, status: name }])
    expect([Object.keys(result.outputs).sort(), result.outputs['result']]).toEqual([OUTPUTS, 'unpinned'])
  })

  test.concurrent('are exact in a total beyond 2^53', async () => {
    const size = 2 ** 53 - 1
    const result = await unpinAll(pins(3).map((record) => ({ ...record, size })))
    expect(result.outputs['total-size']).toBe(String(BigInt(size) * 3n))
  })

  test.concurrent('do not fail the step where a record is nested as deep as 1 MiB allows', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const { result } = await unpinOne(answer(200, `{"status":"success","data":{"id":"${pin.id}","deep":${deep}}}`))
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  })
})

describe('over 120 KiB', () => {
  test.concurrent('results lose their records in the output, and the file has them', async () => {
    // In bytes, not in characters.
    const metadata = { name: 'release', text: 'é'.repeat(4000) }
    const records = pins(20).map((record) => ({ ...record, metadata }))
    const result = await unpinAll(records)
    const output = JSON.parse(result.outputs['results'] ?? '') as Record<string, unknown>[]
    expect(output.map(({ pinId }) => pinId)).toEqual(records.map(({ id }) => id))
    expect(output.filter((entry) => 'record' in entry)).toEqual([])
    expect(entriesOf(result).map(({ record }) => record)).toEqual(records)
    expect(result).toMatchObject({ conclusion: 'success', annotations: { notices: [] } })
  })

  test.concurrent('an output is empty, `results` is an empty array, and one notice names both', async () => {
    const metadata = { name: 'é'.repeat(1000) }
    const result = await unpinAll(pins(62).map((record) => ({ ...record, metadata })))
    expect(result).toMatchObject({ conclusion: 'success', annotations: { notices: [{}] } })
    expect(result.outputs).toMatchObject({
      name: '',
      results: '[]',
      'unpinned-count': '62',
      cid: expect.stringMatching(/Qm/),
    })
    expect(result.annotations.notices[0]?.message).toMatch(/`name`, `results`\..*`results-file`/)
    expect(entriesOf(result)).toHaveLength(62)
  })
})

describe('files of the runner', () => {
  writeFileSync(join(root, 'file'), '')
  mkdirSync(join(root, 'folder'))

  test.concurrent.each([
    { GITHUB_OUTPUT: join(root, 'absent') },
    { GITHUB_OUTPUT: root },
    { RUNNER_TEMP: join(root, 'absent') },
    { RUNNER_TEMP: join(root, 'file') },
  ])('without a place for outputs and results nothing is requested: %j', async (env) => {
    const service = await start({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], {}, { env })
    expect([service.requests, result.exitCode, result.stderr]).toEqual([[], 1, ''])
    expect(errorsOf(result)).toMatch(/GITHUB_OUTPUT.*RUNNER_TEMP/)
    expect(result.summary).toMatch(/nothing was unpinned/)
  })

  test.concurrent('without GITHUB_OUTPUT the outputs are printed as commands', async () => {
    const { result } = await unpinOne(undefined, {}, { env: { GITHUB_OUTPUT: undefined } })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned', cid: pin.cid } })
    expect(result.files.output).toBe('')
  })

  test.concurrent('without RUNNER_TEMP the file lies where the system keeps temporary files', async () => {
    const env = { RUNNER_TEMP: undefined, TMPDIR: root, TEMP: root, TMP: root }
    const { result } = await unpinOne(undefined, {}, { env })
    expect(result.conclusion).toBe('success')
    expect(result.outputs['results-file']?.startsWith(root)).toBe(true)
  })

  test.concurrent.each([undefined, '', join(root, 'absent', 'summary'), join(root, 'folder')])(
    'a GITHUB_STEP_SUMMARY of %j changes nothing about the pins',
    async (path) => {
      const { result, service } = await unpinOne(undefined, {}, { env: { GITHUB_STEP_SUMMARY: path } })
      expect(service.holds(pin.id)).toBe(false)
      expect(result).toMatchObject({ conclusion: 'success', annotations: { errors: [] } })
    },
  )

  test.concurrent('the summary is added to what other steps have written', async () => {
    const file = join(root, 'summary')
    writeFileSync(file, '# before\n')
    await unpinOne(undefined, {}, { env: { GITHUB_STEP_SUMMARY: file } })
    expect(readFileSync(file, 'utf8')).toMatch(/^# before\n[^]*AIOZ IPFS Unpin/)
  })

  test.concurrent('outputs that do not fit on the disk fail the step with words, and small ones are set', async () => {
    const program = `import fs from 'node:fs'
      const append = fs.appendFileSync
      fs.appendFileSync = (file, data, ...rest) => {
        if (file !== process.env.GITHUB_OUTPUT) return append(file, data, ...rest)
        const room = Math.max(0, 3000 - fs.statSync(file).size)
        append(file, data.slice(0, room))
        if (data.length > room) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
      }`
    const result = await unpinAll(pins(30), { nodeArgs: nodeArgsFor(program) })
    expect(result).toMatchObject({ exitCode: 1, stderr: '', problems: [], outputs: { 'unpinned-count': '30' } })
    expect(result.outputs).not.toHaveProperty('results')
    expect(entriesOf(result)).toHaveLength(30)
    expect(errorsOf(result)).toMatch(/`results`.*ENOSPC.*disk space/)
    expect(errorsOf(result)).toContain(result.outputs['results-file'])
    expect(result.log).toMatch(/The step fails/)
  })
})

describe('what a person sees', () => {
  test.concurrent('is at most ten errors and ten warnings, the last of which say how many more there are', async () => {
    const records = pins(60)
    const refused = new Set(records.slice(30).map(({ id }) => id))
    const fault = ({ pinId = '' }): Fault | undefined => (refused.has(pinId) ? answer(400, {}) : undefined)
    const ids = records.map(({ id }) => id).join()
    const { result } = await select({ fault }, { 'pin-id': ids }, { env: { INPUT_TOKEN: 'x' } })
    const { errors, warnings } = result.annotations
    expect([errors.length, warnings.length]).toEqual([10, 10])
    expect(errors[9]?.message).toMatch(/21 more errors/)
    expect(warnings[9]?.message).toMatch(/22 more warnings/)
    expect(warnings[1]?.message).toMatch(`Pin ${records[0]?.id}: `)
    expect(readable(result.summary)).toContain(warnings[1]?.message.slice(pin.id.length + 6))
  })

  test.concurrent.each([
    [20, []],
    [21, [21]],
  ])('is a group around the lines of %i pins, if they are over 20', async (count, folded) => {
    const { groups, log } = await unpinAll(pins(count))
    expect(groups.map(({ lines }) => lines.filter((line) => / unpinned, /.test(line)).length)).toEqual(folded)
    expect(groups.flatMap(({ lines }) => lines).join('\n')).not.toContain('The step succeeds')
    expect(log).toContain('The step succeeds')
  })

  test.concurrent('is one line for many pins that were not attempted', async () => {
    const { url } = await start({ keys: [] })
    const ids = pins(30).map(({ id }) => id)
    const { log } = await runStep(url, ids)
    expect(log.match(/^.*not-attempted.*$/gm)).toEqual([expect.stringMatching(/^29 pins: /)])
  })

  test.concurrent('is every warning of the run in the summary, in a dry run too', async () => {
    const named = pins(2).map((pin) => ({ ...pin, metadata: { ...pin.metadata, end: 'soon' } }))
    const selecting = { name: 'release-1\nrelease-7', protect: 'live', 'on-unused-protect': 'warn' }
    const inputs = { ...selecting, 'expired-by': 'keyvalues.end', 'dry-run': 'true' }
    const headers = { Date: new Date(Date.now() - 3_600_000).toUTCString() }
    const { result } = await select({ pins: named, headers }, inputs, { env: { INPUT_TOKEN: 'x' } })
    const { warnings } = result.annotations
    expect([result.conclusion, warnings.length]).toEqual(['success', 5])
    const plain = (text: string): string => text.replaceAll('`', '')
    for (const { message } of warnings) expect(plain(readable(result.summary))).toContain(plain(message))
  })
})
