import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import type { PinRecord } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import {
  answer,
  endProcesses,
  entriesOf,
  errorsOf,
  pin,
  pins,
  runStep,
  startStep,
  unpinOne,
} from '../support/step.ts'

const root = mkdtempSync(join(tmpdir(), 'aioz-unpin-outputs-'))
afterAll(async () => {
  await endProcesses()
  rmSync(root, { recursive: true })
})

const OUTPUTS = [...readActionMetadata().outputs.keys()].sort()

async function unpinAll(records: readonly PinRecord[]): Promise<ActionResult> {
  const service = await start({ pins: records })
  const ids = records.map(({ id }) => id)
  return runStep(service.url, ids)
}

describe('outputs', () => {
  test.concurrent('of one pin are simply its values', async () => {
    const { result } = await unpinOne(undefined)
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
    expect(result.outputs).toMatchObject({
      cid: pin.cid,
      size: String(pin.size),
      status: 'DONE',
      name: 'release-1',
      result: 'unpinned',
      'unpinned-count': '1',
      'missing-count': '0',
      'failed-count': '0',
      'total-size': String(pin.size),
      'matched-count': '1',
      'protected-count': '0',
      'kept-count': '0',
      'pin-ids': pin.id,
    })
    expect(JSON.parse(result.outputs['results'] ?? '')).toEqual([
      {
        pinId: pin.id,
        result: 'unpinned',
        reason: '',
        cid: pin.cid,
        size: pin.size,
        status: 'DONE',
        name: 'release-1',
        attempts: 1,
        httpStatus: 200,
        durationMs: expect.any(Number),
        message: expect.stringMatching(/./),
        record: pin,
      },
    ])
    expect(result.resultsFile).toEqual(JSON.parse(result.outputs['results'] ?? ''))
  })

  test.concurrent('of many are one line each in the order given, blank where unknown', async () => {
    const [first, absent, refused, last] = pins(4) as [PinRecord, PinRecord, PinRecord, PinRecord]
    const service = await start({
      pins: [first, refused, last],
      // The answers come in another order.
      fault: ({ pinId }) =>
        pinId === refused.id ? answer(400, {}) : { kind: 'delay', ms: pinId === last.id ? 300 : 0 },
    })
    const ids = [last.id, absent.id, first.id, refused.id]
    const result = await runStep(service.url, ids)
    expect(result.outputs).toMatchObject({
      result: 'unpinned\nmissing\nunpinned\nfailed',
      cid: `${last.cid}\n\n${first.cid}\n`,
      size: `${last.size}\n\n${first.size}\n`,
      status: 'DONE\n\nDONE\n',
      name: 'release-4\n\nrelease-1\n',
      'unpinned-count': '2',
      'missing-count': '1',
      'failed-count': '1',
      'total-size': String(first.size + last.size),
      'matched-count': '4',
      'pin-ids': ids.join('\n'),
    })
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual(ids)
    expect(entriesOf(result)[1]).toMatchObject({ record: null, cid: null, size: null })
  })
})

describe('texts of the service in outputs', () => {
  test.concurrent('lose line ends and controls, and nothing else', async () => {
    const name = 'a\nb\r\nc\td\u0000e\u001b[31m\u0085f\u2028g <b>|`::x ##[y] é 🎉 "q" \\'
    const result = await unpinAll([{ ...pin, metadata: { name } }])
    expect(result.outputs['name']).toBe('abcde[31mfg <b>|`::x ##[y] é 🎉 "q" \\')
    expect(entriesOf(result)).toMatchObject([{ name, record: { metadata: { name } } }])
  })

  test.concurrent('a value that looks like the end of a file command sets no other output', async () => {
    const name = 'x\nEOF\nresult=forged\nresult<<EOF\nforged\nghadelimiter_x\n'
    const result = await unpinAll([{ ...pin, metadata: { name }, cid: name, status: name }])
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
    expect(result.outputs['result']).toBe('unpinned')
  })

  test.concurrent('a total beyond 2^53 is exact', async () => {
    const size = 2 ** 53 - 1
    const result = await unpinAll(pins(3).map((record) => ({ ...record, size })))
    expect(result.outputs['total-size']).toBe(String(BigInt(size) * 3n))
  })

  test.concurrent('a record nested as deep as 1 MiB allows does not fail the step', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const body = `{"status":"success","data":{"id":"${pin.id}","deep":${deep}}}`
    const { result } = await unpinOne(answer(200, body))
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
  })
})

test.concurrent(
  'results of over 120 KiB lose their records in the output, and the file has them',
  async () => {
    // In bytes, not in characters.
    const metadata = { name: 'release', text: 'é'.repeat(4000) }
    const records = pins(20).map((record) => ({ ...record, metadata }))
    const result = await unpinAll(records)
    const output = JSON.parse(result.outputs['results'] ?? '') as Record<string, unknown>[]
    expect(output.map(({ pinId }) => pinId)).toEqual(records.map(({ id }) => id))
    expect(output.filter((entry) => 'record' in entry)).toEqual([])
    expect(entriesOf(result).map(({ record }) => record)).toEqual(records)
    expect(result).toMatchObject({ conclusion: 'success', annotations: { notices: [] } })
  },
)

describe('files of the runner', () => {
  test.concurrent('results-file lies below RUNNER_TEMP, and nothing else does', async () => {
    const { result } = await unpinOne(undefined)
    expect(readdirSync(result.runnerTemp).map((name) => join(result.runnerTemp, name))).toEqual([
      result.outputs['results-file'],
    ])
    expect(readdirSync(result.workspace)).toEqual([])
  })

  writeFileSync(join(root, 'file'), '')
  mkdirSync(join(root, 'folder'))

  test.concurrent.each([
    { GITHUB_OUTPUT: join(root, 'absent') },
    { RUNNER_TEMP: join(root, 'absent') },
    { RUNNER_TEMP: join(root, 'file') },
  ])('without a place for outputs and results nothing is requested: %j', async (env) => {
    const service = await start({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], {}, { env })
    expect(service.requests).toEqual([])
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' })
    expect(errorsOf(result)).toMatch(/GITHUB_OUTPUT and RUNNER_TEMP/)
    expect(result.summary).toMatch(/nothing was unpinned/)
  })

  test.concurrent('without GITHUB_OUTPUT the outputs are printed as commands', async () => {
    const { result } = await unpinOne(undefined, {}, { env: { GITHUB_OUTPUT: undefined } })
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned', cid: pin.cid } })
    expect(result.files.output).toBe('')
  })

  test.concurrent('without RUNNER_TEMP the file lies where the system keeps temporary files', async () => {
    const { result } = await unpinOne(
      undefined,
      {},
      { env: { RUNNER_TEMP: undefined, TMPDIR: root, TEMP: root, TMP: root } },
    )
    expect(result.conclusion).toBe('success')
    expect(result.outputs['results-file']?.startsWith(root)).toBe(true)
    expect(entriesOf(result)).toHaveLength(1)
  })

  test.concurrent.each([
    ['is not set', undefined],
    ['is empty', ''],
    ['lies in no folder', join(root, 'absent', 'summary')],
    ['is a folder', join(root, 'folder')],
  ])('a GITHUB_STEP_SUMMARY that %s changes nothing about the pins', async (_, path) => {
    const { result, service } = await unpinOne(undefined, {}, { env: { GITHUB_STEP_SUMMARY: path } })
    expect(service.holds(pin.id)).toBe(false)
    expect(result).toMatchObject({ conclusion: 'success', annotations: { errors: [] } })
  })

  test.concurrent('the summary is added to what other steps have written', async () => {
    const file = join(root, 'summary')
    writeFileSync(file, '# before\n')
    await unpinOne(undefined, {}, { env: { GITHUB_STEP_SUMMARY: file } })
    expect(readFileSync(file, 'utf8')).toMatch(/^# before\n[^]*AIOZ IPFS Unpin/)
  })

  test.concurrent('the step fails with words if not all outputs can be written', async () => {
    const file = join(root, 'output')
    writeFileSync(file, '')
    const service = await start({
      pins: [pin],
      fault: () => {
        rmSync(file)
        return undefined
      },
    })
    const result = await startStep(service.url, [pin.id], {}, { env: { GITHUB_OUTPUT: file } }).finished
    expect(service.holds(pin.id)).toBe(false)
    expect(result).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorsOf(result)).toMatch(/^Some outputs could not be set/)
    expect(result.log).toContain(pin.cid)
  })
})
