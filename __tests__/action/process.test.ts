import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { answer, clearStage, entriesOf, pin, pins, runStep, serve, unpinOne } from './stage.ts'

jest.setTimeout(40_000)
afterAll(clearStage)

const many = pins(1000)
const IDS = many.map(({ id }) => id)

describe('a log that is not taken', () => {
  test('at all: the pins are unpinned, outputs and summary are written, the step is green', async () => {
    const service = await serve({ pins: many.slice(0, 50) })
    const result = await runStep(service.url, IDS.slice(0, 50), {}, { stdoutMode: 'closed' })
    expect(result).toMatchObject({ exitCode: 0, signal: null, stderr: '' })
    expect(result.outputs).toMatchObject({ 'unpinned-count': '50' })
    expect(entriesOf(result)).toHaveLength(50)
    expect(result.summary).toMatch(/50 pins unpinned/)
  })

  test('at all: a failed pin is still red', async () => {
    const { result } = await unpinOne(() => answer(400, {}), {}, { stdoutMode: 'closed' })
    expect(result).toMatchObject({ exitCode: 1, signal: null, stderr: '' })
    expect(result.outputs['result']).toBe('failed')
  })

  test('fast enough loses nothing', async () => {
    const service = await serve()
    const result = await runStep(service.url, IDS, { 'on-missing': 'ignore' }, { stdoutMode: 'slow' })
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success' })
    // More than a pipe holds, or this test shows nothing.
    expect(result.stdout.length).toBeGreaterThan(100_000)
    for (const id of IDS) expect(result.stdout).toContain(`${id}: missing`)
    expect(result.stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^1000 pins: 1000 missing; 0 failing the step, in /,
    )
  })
})

describe('surroundings', () => {
  test('stderr stays empty and the process ends by itself, on every Node option of a runner', async () => {
    for (const env of [
      {},
      { NODE_ENV: 'production' },
      { FORCE_COLOR: '1' },
      { RUNNER_DEBUG: '1' },
      { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' },
    ]) {
      const { result } = await unpinOne(undefined, {}, { env })
      expect(result).toMatchObject({ conclusion: 'success', stderr: '', exitCode: 0 })
    }
  })

  test('nothing of the environment is changed for later steps', async () => {
    const { result } = await unpinOne(undefined)
    expect(result).toMatchObject({ state: {}, exportedEnv: {}, addedPaths: [] })
  })
})

describe('1,000 pins', () => {
  test.concurrent('one line each, right totals, every pin gone, no request too many', async () => {
    const service = await serve({ pins: many })
    const result = await runStep(service.url, IDS)
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success', problems: [] })
    expect(service.requests).toHaveLength(1000)
    expect(IDS.filter((id) => service.holds(id))).toEqual([])

    const totalSize = many.reduce((sum, { size }) => sum + size, 0)
    expect(result.outputs).toMatchObject({
      'unpinned-count': '1000',
      'missing-count': '0',
      'failed-count': '0',
      'total-size': String(totalSize),
      cid: many.map(({ cid }) => cid).join('\n'),
      size: many.map(({ size }) => size).join('\n'),
      name: many.map(({ metadata }) => metadata.name).join('\n'),
      status: many.map(({ status }) => status).join('\n'),
      result: many.map(() => 'unpinned').join('\n'),
    })
    expect(entriesOf(result).map(({ record }) => record)).toEqual(many)
    for (const { id, cid } of many) {
      const lines = result.lines.filter(({ text }) => text.startsWith(id))
      expect(lines).toHaveLength(1)
      expect(lines[0]?.text).toContain(cid)
    }
    expect(result.log).toMatch(/^1000 pins: 1000 unpinned /m)
    expect(result.durationMs).toBeLessThan(15_000)
  })

  test.concurrent('some missing and some failing: the totals tell each kind', async () => {
    const there = many.filter((_, index) => index % 4 !== 0)
    const service = await serve({
      pins: there,
      fault: ({ pinId }) =>
        IDS.indexOf(pinId ?? '') % 10 === 1 ? answer(400, { message: 'no' }) : undefined,
    })
    const result = await runStep(service.url, IDS)
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({
      'unpinned-count': '650',
      'missing-count': '250',
      'failed-count': '100',
    })
    expect(result.annotations.errors).toHaveLength(10)
    expect(result.annotations.warnings).toHaveLength(10)
  })

  test.concurrent('a long run tells how far it is', async () => {
    const service = await serve({ pins: many, fault: () => ({ kind: 'delay', ms: 50 }) })
    const result = await runStep(service.url, IDS)
    expect(result.log).toMatch(/^\d+ of 1000 pins done, \d+\.\d a second, about .* left$/m)
    expect(result.conclusion).toBe('success')
  })
})

test('a run of one pin needs little memory and no second process', async () => {
  const { result } = await unpinOne(undefined, {}, { nodeArgs: ['--max-old-space-size=16'] })
  expect(result.conclusion).toBe('success')
  expect(result.outputs['cid']).toBe(pin.cid)
})
