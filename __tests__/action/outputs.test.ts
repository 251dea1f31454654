import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { makePin } from '../../testing/service/index.ts'
import type { PinRecord, Service } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  entriesOf,
  errorsOf,
  pin,
  pins,
  runStep,
  serve,
  startStep,
  type StepOptions,
  unpinOne,
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const OUTPUTS = [...readActionMetadata().outputs.keys()]

async function unpinAll(
  records: readonly PinRecord[],
  options: StepOptions = {},
): Promise<{ result: ActionResult; service: Service }> {
  const service = await serve({ pins: records })
  const result = await runStep(
    service.url,
    records.map(({ id }) => id),
    {},
    options,
  )
  return { result, service }
}

/** What the step makes of one record that the service answers with, whatever is in it. */
async function unpinRecord(fields: Record<string, unknown>): Promise<ActionResult> {
  const { result } = await unpinOne(() => answer(200, { status: 'success', data: { id: pin.id, ...fields } }))
  expect(result.conclusion).toBe('success')
  return result
}

describe('outputs', () => {
  test.concurrent('of one pin are simply its values', async () => {
    const { result } = await unpinAll([pin])
    expect(Object.keys(result.outputs).sort()).toEqual([...OUTPUTS].sort())
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
    const service = await serve({
      pins: [first, refused, last],
      fault: ({ pinId }) => (pinId === refused.id ? answer(400, {}) : undefined),
    })
    const result = await runStep(service.url, [last.id, absent.id, first.id, refused.id])
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
      'pin-ids': [last.id, absent.id, first.id, refused.id].join('\n'),
    })
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual([last.id, absent.id, first.id, refused.id])
    expect(entriesOf(result)[1]).toMatchObject({ record: null, cid: null, size: null })
  })

  test.concurrent('are in the order given, also where the answers are not', async () => {
    const many = pins(16)
    const service = await serve({
      pins: many,
      fault: ({ pinId }) => ({ kind: 'delay', ms: 10 * (16 - many.findIndex(({ id }) => id === pinId)) }),
    })
    const result = await runStep(
      service.url,
      many.map(({ id }) => id),
    )
    expect(result.outputs['cid']).toBe(many.map(({ cid }) => cid).join('\n'))
    expect(entriesOf(result).map(({ record }) => record?.['id'])).toEqual(many.map(({ id }) => id))
  })

  test.concurrent('are all set when the step fails', async () => {
    const { result } = await unpinOne(() => answer(400, { message: 'no' }))
    expect(result.conclusion).toBe('failure')
    expect(Object.keys(result.outputs).sort()).toEqual([...OUTPUTS].sort())
    expect(result.outputs).toMatchObject({
      cid: '',
      size: '',
      status: '',
      name: '',
      result: 'failed',
      'unpinned-count': '0',
      'missing-count': '0',
      'failed-count': '1',
      'total-size': '0',
    })
    expect(entriesOf(result)).toHaveLength(1)
  })

  test.concurrent('of a failed pin take nothing from the answer that proved nothing', async () => {
    const { result } = await unpinOne(() => ({ kind: 'wrong-record' }))
    expect(result.outputs).toMatchObject({ cid: '', size: '', name: '', 'total-size': '0' })
  })
})

describe('texts of the service in outputs', () => {
  test.concurrent('a name loses line ends and controls, and nothing else', async () => {
    const name = 'a\nb\r\nc\td\u0000e\u001b[31m\u0085f\u2028g <b>|`::x ##[y] é 🎉 "q" \\'
    const result = await unpinRecord({ metadata: { name } })
    expect(result.outputs['name']).toBe('abcde[31mfg <b>|`::x ##[y] é 🎉 "q" \\')
    expect(entriesOf(result)[0]?.name).toBe(name)
    expect(entriesOf(result)[0]?.record).toMatchObject({ metadata: { name } })
  })

  test.concurrent('line ends in one pin do not shift the lines of the others', async () => {
    const three = pins(3).map((record, index) =>
      index === 1 ? { ...record, cid: 'a\nb', status: 'c\r\nd', metadata: { name: '\n\ne\n' } } : record,
    )
    const { result } = await unpinAll(three)
    expect(result.outputs['cid']?.split('\n')).toEqual([three[0]?.cid, 'ab', three[2]?.cid])
    expect(result.outputs['status']?.split('\n')).toEqual(['DONE', 'cd', 'DONE'])
    expect(result.outputs['name']?.split('\n')).toEqual(['release-1', 'e', 'release-3'])
  })

  test.concurrent('a value that looks like the end of a file command sets no other output', async () => {
    const name = 'x\nEOF\nresult=forged\nresult<<EOF\nforged\nghadelimiter_x\n'
    const result = await unpinRecord({ metadata: { name }, cid: name, status: name })
    expect(Object.keys(result.outputs).sort()).toEqual([...OUTPUTS].sort())
    expect(result.outputs['result']).toBe('unpinned')
  })

  test.concurrent.each([
    ['missing', undefined],
    ['null', null],
    ['negative', -1],
    ['text', '2885325'],
    ['1e300', 1e300],
    ['a fraction', 1.5],
    ['above 2^53', 2 ** 53],
    ['an object', { bytes: 1 }],
    ['a boolean', true],
  ])('a size that is %s is unknown: blank, not counted, and still unpinned', async (_, size) => {
    const result = await unpinRecord(size === undefined ? {} : { size })
    expect(result.outputs).toMatchObject({ size: '', 'total-size': '0', 'unpinned-count': '1' })
    expect(entriesOf(result)[0]?.size).toBeNull()
    expect(result.log).toMatch(/1 of unknown size/)
  })

  test.concurrent('a size of zero is known', async () => {
    const result = await unpinRecord({ size: 0 })
    expect(result.outputs).toMatchObject({ size: '0', 'total-size': '0' })
    expect(result.log).not.toMatch(/unknown size/)
  })

  test.concurrent('a total beyond 2^53 is exact', async () => {
    const size = 2 ** 53 - 1
    const { result } = await unpinAll(pins(3).map((record) => ({ ...record, size })))
    expect(result.outputs['total-size']).toBe(String(BigInt(size) * 3n))
  })

  test.concurrent('the log shows sizes in readable units', async () => {
    const { result } = await unpinAll([{ ...pin, size: 2_885_325 }])
    expect(result.log).toContain('2.75 MiB')
  })

  test.concurrent.each([
    ['numbers', { cid: 1, status: 2, metadata: { name: 3 } }],
    ['null', { cid: null, status: null, metadata: null }],
    ['objects', { cid: {}, status: [], metadata: ['x'] }],
  ])('a CID, a status and a name that are %s are unknown', async (_, fields) => {
    const result = await unpinRecord(fields)
    expect(result.outputs).toMatchObject({ cid: '', status: '', name: '', result: 'unpinned' })
  })

  test.concurrent('a record with unknown fields is kept whole', async () => {
    const body = `{"status":"success","data":{"id":"${pin.id}","__proto__":{"a":1},"constructor":"x","deep":[{"b":[null,true,1.5]}]}}`
    const { result } = await unpinOne(() => answer(200, body))
    expect(JSON.stringify(entriesOf(result)[0]?.record)).toBe(
      `{"id":"${pin.id}","__proto__":{"a":1},"constructor":"x","deep":[{"b":[null,true,1.5]}]}`,
    )
  })

  test.concurrent('a record nested as deep as 1 MiB allows does not fail the step', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const { result } = await unpinOne(() =>
      answer(200, `{"status":"success","data":{"id":"${pin.id}","deep":${deep}}}`),
    )
    expect(result.conclusion).toBe('success')
    expect(result.outputs['result']).toBe('unpinned')
    expect(entriesOf(result)).toHaveLength(1)
  })
})

describe('results that are large', () => {
  test.concurrent('over 120 KiB the output leaves the records out, and the file has them', async () => {
    const large = pins(40).map((record) => ({
      ...record,
      metadata: { ...record.metadata, keyvalues: { text: 'x'.repeat(10_000) } },
    }))
    const { result } = await unpinAll(large)
    expect(result.conclusion).toBe('success')
    const output = JSON.parse(result.outputs['results'] ?? '') as Record<string, unknown>[]
    expect(output).toHaveLength(40)
    expect(output.every((entry) => !('record' in entry))).toBe(true)
    expect(output.map(({ pinId }) => pinId)).toEqual(large.map(({ id }) => id))
    expect(entriesOf(result).map(({ record }) => record)).toEqual(large)
    expect(result.annotations.notices).toEqual([])
  })

  test.concurrent('just below 120 KiB the records stay', async () => {
    const { result } = await unpinAll(
      pins(20).map((record) => ({ ...record, metadata: { ...record.metadata, text: 'x'.repeat(4_000) } })),
    )
    const output = JSON.parse(result.outputs['results'] ?? '') as Record<string, unknown>[]
    expect(output.every((entry) => 'record' in entry)).toBe(true)
    expect(Buffer.byteLength(result.outputs['results'] ?? '')).toBeLessThanOrEqual(120 * 1024)
  })

  test.concurrent(
    'still over 120 KiB without records, the output is [] and a notice names results-file',
    async () => {
      const text = 'x'.repeat(4000)
      const large = pins(40).map((record) => ({
        ...record,
        cid: text,
        status: text,
        metadata: { name: text },
      }))
      const { result } = await unpinAll(large)
      expect(result.conclusion).toBe('success')
      expect(result.outputs['results']).toBe('[]')
      expect(result.annotations.notices).toHaveLength(1)
      expect(result.annotations.notices[0]?.message).toContain('results-file')
      expect(entriesOf(result).map(({ record }) => record)).toEqual(large)
      expect(result.outputs['unpinned-count']).toBe('40')
    },
  )

  test.concurrent('the size is counted in bytes, not in characters', async () => {
    const { result } = await unpinAll(
      pins(20).map((record) => ({ ...record, metadata: { ...record.metadata, text: 'é'.repeat(8000) } })),
    )
    const output = JSON.parse(result.outputs['results'] ?? '') as Record<string, unknown>[]
    expect(output.some((entry) => 'record' in entry)).toBe(false)
    expect(entriesOf(result)[0]?.record).toMatchObject({ metadata: { text: 'é'.repeat(8000) } })
  })
})

describe('files of the runner', () => {
  test.concurrent('results-file lies below RUNNER_TEMP, and nothing else does', async () => {
    const { result } = await unpinAll([pin])
    const path = result.outputs['results-file'] ?? ''
    expect(path.startsWith(result.runnerTemp)).toBe(true)
    expect(readdirSync(result.runnerTemp).map((name) => join(result.runnerTemp, name))).toEqual([path])
    expect(readdirSync(result.workspace)).toEqual([])
  })

  /** A folder of a step of its own, at a service of its own. */
  async function freshFolder(): Promise<string> {
    const { url } = await serve()
    return startStep(url, [pin.id], { 'dry-run': 'true' }).workspace
  }

  /** Runs with variables made from paths in a fresh folder; the paths must not need to exist. */
  async function withVariables(
    make: (folder: string) => Record<string, string | undefined>,
  ): Promise<{ result: ActionResult; service: Service; folder: string }> {
    const service = await serve({ pins: [pin] })
    const folder = await freshFolder()
    const result = await runStep(service.url, [pin.id], {}, { env: make(folder) })
    return { result, service, folder }
  }

  test.concurrent.each([
    [
      'GITHUB_OUTPUT names a file that is not there',
      (folder: string) => ({ GITHUB_OUTPUT: join(folder, 'absent') }),
    ],
    ['RUNNER_TEMP is not there', (folder: string) => ({ RUNNER_TEMP: join(folder, 'absent') })],
    [
      'RUNNER_TEMP is no folder',
      (folder: string) => {
        writeFileSync(join(folder, 'file'), '')
        return { RUNNER_TEMP: join(folder, 'file') }
      },
    ],
  ])('%s: refused before any request', async (_, make) => {
    const { result, service } = await withVariables(make)
    expect(service.requests).toEqual([])
    expect(service.holds(pin.id)).toBe(true)
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' })
    expect(errorsOf(result)).toMatch(/GITHUB_OUTPUT and RUNNER_TEMP/)
    expect(result.summary).toMatch(/nothing was unpinned/)
  })

  test.concurrent('without GITHUB_OUTPUT the outputs are printed as commands', async () => {
    const { result } = await withVariables(() => ({ GITHUB_OUTPUT: undefined }))
    expect(result.conclusion).toBe('success')
    expect(result.files.output).toBe('')
    expect(result.outputs).toMatchObject({ result: 'unpinned', cid: pin.cid })
  })

  test.concurrent('without RUNNER_TEMP the file lies where the system keeps temporary files', async () => {
    const { result, folder } = await withVariables((folder) => ({ RUNNER_TEMP: undefined, TMPDIR: folder }))
    expect(result.conclusion).toBe('success')
    expect(result.outputs['results-file']?.startsWith(folder)).toBe(true)
    expect(existsSync(result.outputs['results-file'] ?? '')).toBe(true)
  })

  test.concurrent.each([
    ['is not set', () => ({ GITHUB_STEP_SUMMARY: undefined })],
    ['is empty', () => ({ GITHUB_STEP_SUMMARY: '' })],
    ['lies in no folder', (folder: string) => ({ GITHUB_STEP_SUMMARY: join(folder, 'absent', 'summary') })],
    [
      'is a folder',
      (folder: string) => {
        mkdirSync(join(folder, 'folder'))
        return { GITHUB_STEP_SUMMARY: join(folder, 'folder') }
      },
    ],
  ])('a GITHUB_STEP_SUMMARY that %s changes nothing about the pins', async (_, make) => {
    const { result, service } = await withVariables(make)
    expect(service.holds(pin.id)).toBe(false)
    expect(result).toMatchObject({ conclusion: 'success', outputs: { result: 'unpinned' } })
    expect(result.annotations.errors).toEqual([])
  })

  test.concurrent('the summary is added to what other steps have written', async () => {
    let file = ''
    const { result } = await withVariables((folder) => {
      file = join(folder, 'summary')
      writeFileSync(file, '# before\n')
      return { GITHUB_STEP_SUMMARY: file }
    })
    expect(result.conclusion).toBe('success')
    expect(readFileSync(file, 'utf8')).toMatch(/^# before\n[^]*AIOZ IPFS Unpin/)
  })

  test.concurrent('the step fails with words if not all outputs can be written', async () => {
    const service = await serve({ pins: [pin], fault: () => ({ kind: 'delay', ms: 500 }) })
    const folder = await freshFolder()
    const file = join(folder, 'output')
    writeFileSync(file, '')
    const action = startStep(service.url, [pin.id], {}, { env: { GITHUB_OUTPUT: file } })
    await action.waitFor('Unpinning')
    rmSync(file)
    const result = await action.finished
    expect(service.holds(pin.id)).toBe(false)
    expect(result).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorsOf(result)).toMatch(/^Some outputs could not be set/)
    expect(result.log).toContain(pin.cid)
  })
})

describe('annotations', () => {
  test.concurrent('are at most ten errors, the last saying how many more there are', async () => {
    const many = pins(25)
    const service = await serve({ pins: many, fault: () => answer(400, { message: 'no' }) })
    const result = await runStep(
      service.url,
      many.map(({ id }) => id),
    )
    expect(result.annotations.errors).toHaveLength(10)
    expect(result.annotations.errors[9]?.message).toMatch(/16 more/)
    expect(result.annotations.warnings).toEqual([])
  })

  test.concurrent('are exactly ten errors for ten pins', async () => {
    const ten = pins(10)
    const service = await serve({ pins: ten, fault: () => answer(400, {}) })
    const result = await runStep(
      service.url,
      ten.map(({ id }) => id),
    )
    for (const { id } of ten) expect(errorsOf(result)).toContain(id)
    expect(result.annotations.errors).toHaveLength(10)
  })

  test.concurrent('are at most ten warnings, the last saying how many more there are', async () => {
    const service = await serve()
    const result = await runStep(
      service.url,
      Array.from({ length: 12 }, (_, index) => makePin({}, index).id),
    )
    expect(result.conclusion).toBe('success')
    expect(result.annotations.warnings).toHaveLength(10)
    expect(result.annotations.warnings[9]?.message).toMatch(/3 more/)
  })
})
