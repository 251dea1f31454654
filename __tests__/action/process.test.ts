import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult, RunningAction } from '../../testing/runner/run-action.ts'
import { type Fault, makePin, type ServiceOptions } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  countResults,
  entriesOf,
  errorsOf,
  eventually,
  pin,
  pins,
  runStep,
  serve,
  startStep,
  unpinOne,
} from './stage.ts'

jest.setTimeout(120_000)
const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-process-'))
afterAll(async () => {
  await clearStage()
  rmSync(folder, { recursive: true })
})

const many = pins(1000)
const IDS = many.map(({ id }) => id)
const HANG: Fault = { kind: 'hang', effect: 'before' }
const OUTPUTS = [...readActionMetadata().outputs.keys()].sort()
const isWindows = process.platform === 'win32'

/** A program that runs in the process before the action. */
const before = (script: string): readonly string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(script)}`,
]

/** Sends the signals, and expects the end within 2 s of the first, with everything written. */
async function cancelled(action: RunningAction, ...signals: NodeJS.Signals[]): Promise<ActionResult> {
  const signalledAt = performance.now()
  for (const signal of signals) action.signal(signal)
  const result = await action.finished
  expect(performance.now() - signalledAt).toBeLessThan(2000)
  expect(result).toMatchObject({ exitCode: 1, signal: null, conclusion: 'failure', problems: [], stderr: '' })
  expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  expect(result.summary).toMatch(/^## AIOZ IPFS Unpin/)
  expect(errorsOf(result)).toMatch(/Cancelled \(SIG(INT|TERM|HUP)\)|the run was stopped first/)
  return result
}

// Windows has no signals that a process could send to another.
const onPosix = isWindows ? describe.skip : describe

onPosix('within 2 s of a signal everything is written', () => {
  test.each<NodeJS.Signals[][]>([
    [['SIGINT']],
    [['SIGTERM']],
    [['SIGHUP']],
    [['SIGINT', 'SIGTERM']],
    [['SIGINT', 'SIGINT', 'SIGINT', 'SIGINT', 'SIGINT']],
  ])('%j while requests hang', async (signals) => {
    const fault: ServiceOptions['fault'] = ({ pinId }) => (IDS.indexOf(pinId ?? '') < 4 ? undefined : HANG)
    const service = await serve({ pins: many.slice(0, 16), fault })
    const action = startStep(service.url, IDS.slice(0, 16))
    await eventually(() => service.requests.length === 12)
    await action.waitFor(new RegExp(`${IDS[3]}: unpinned`))
    const result = await cancelled(action, ...signals)
    expect(countResults(result)).toEqual({ unpinned: 4, unconfirmed: 8, 'not-attempted': 4 })
    expect(result.outputs['cid']?.trimEnd()).toBe(
      many
        .slice(0, 4)
        .map(({ cid }) => cid)
        .join('\n'),
    )
    expect(result.outputs).toMatchObject({ 'unpinned-count': '4', 'failed-count': '12' })
  })

  test.each<[string, Fault, RegExp, Record<string, number>]>([
    ['every request waits', answer(503, '', { 'Retry-After': '8' }), /every request waits/, { failed: 1 }],
    ['a body drips', { kind: 'drip', everyMs: 100 }, /Unpinning/, {}],
    ['the list is asked for', answer(404, { message: 'no route' }), /Unpinning/, {}],
  ])('while %s', async (_, fault, line, results) => {
    const service = await serve({ pins: [pin], fault: ({ method }) => (method === 'GET' ? HANG : fault) })
    const action = startStep(service.url, [pin.id])
    await action.waitFor(line)
    await eventually(() => service.requests.length > 0)
    expect(countResults(await cancelled(action, 'SIGINT'))).toMatchObject(results)
  })

  test('while a slot of `requests-per-minute` is awaited', async () => {
    const service = await serve({ pins: many.slice(0, 3) })
    const action = startStep(service.url, IDS.slice(0, 3), {
      'requests-per-minute': '1',
      'timeout-seconds': '1',
    })
    await action.waitFor(': unpinned')
    // Longer than `timeout-seconds`, which waiting for a slot does not use up.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const result = await cancelled(action, 'SIGTERM')
    expect(entriesOf(result)).toMatchObject([
      { result: 'unpinned' },
      { result: 'not-attempted', attempts: 0, httpStatus: null },
      { result: 'not-attempted' },
    ])
    expect(service.requests).toHaveLength(1)
  })

  test('in the middle of 1,000 pins', async () => {
    const service = await serve({ pins: many, fault: () => ({ kind: 'delay', ms: 20 }) })
    const action = startStep(service.url, IDS)
    await eventually(() => service.requests.length > 50)
    const result = await cancelled(action, 'SIGINT')
    expect(entriesOf(result).map(({ pinId }) => pinId)).toEqual(IDS)
    for (const { pinId, result: kind } of entriesOf(result)) {
      if (kind === 'unpinned') expect(service.holds(pinId)).toBe(false)
      if (kind === 'not-attempted') expect(service.holds(pinId)).toBe(true)
    }
  })

  describe('with 50,000 pins whose names must be escaped', () => {
    const name = '&'.repeat(60)
    const account = Array.from({ length: 50_000 }, (_, seed) => makePin({ metadata: { name } }, seed))
    const inputs = { 'pin-id': '(none)', name: '(any)', 'max-unpins': '50000' }

    test('while the list is read', async () => {
      const service = await serve({ pins: account })
      const action = startStep(service.url, [], { ...inputs, 'dry-run': 'true' })
      await eventually(() => service.requests.length > 250, 30_000)
      await cancelled(action, 'SIGINT')
    })

    // Not kept yet: the rows of the pins that were not attempted are cleaned one by one after the stop, in about 8 s.
    test.failing('while pins are removed', async () => {
      const service = await serve({ pins: account })
      const action = startStep(service.url, [], inputs, { timeoutMs: 90_000 })
      await eventually(
        () => service.requests.filter(({ method }) => method === 'DELETE').length > 100,
        60_000,
      )
      expect(entriesOf(await cancelled(action, 'SIGINT'))).toHaveLength(50_000)
    })
  })
})

test('a signal after every pin has ended does not fail the step', async () => {
  const service = await serve({ pins: [pin] })
  const action = startStep(service.url, [pin.id])
  await action.waitFor(/^1 pin: /m)
  action.signal('SIGINT')
  expect(await action.finished).toMatchObject({ exitCode: 0, outputs: { result: 'unpinned' } })
})

describe('a log that is not read, or read slowly,', () => {
  test.each([
    [undefined, 0, 'unpinned'],
    [answer(400, {}), 1, 'failed'],
  ])('does not change the end of the step: %p, exit code %i', async (fault, exitCode, expected) => {
    const { result } = await unpinOne(() => fault, {}, { stdoutMode: 'closed' })
    expect(result).toMatchObject({ exitCode, signal: null, stderr: '', outputs: { result: expected } })
    expect(result.summary).toContain(pin.id)
  })

  test('loses no line if it is read slowly', async () => {
    const service = await serve()
    const result = await runStep(service.url, IDS, { 'on-missing': 'ignore' }, { stdoutMode: 'slow' })
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success' })
    // More than a pipe holds, or this test shows nothing.
    expect(result.stdout.length).toBeGreaterThan(100_000)
    for (const id of IDS) expect(result.stdout).toContain(`${id}: missing`)
    expect(result.stdout.trimEnd().split('\n').at(-1)).toMatch(/^1000 pins: 1000 missing;/)
  })
})

describe('an error that the action does not expect fails the step with words', () => {
  test.each([
    ['an error', 'new Error("a defect")', /An error inside this action: a defect\. Please report it\./],
    ['no error', '"a text"', /a value that is not an Error was thrown: "a text"/],
    ['an error without words', 'new AggregateError([])', /An error inside this action: AggregateError\./],
  ])('thrown as %s, with all outputs', async (_, thrown, words) => {
    for (const how of [`throw ${thrown}`, `Promise.reject(${thrown})`]) {
      const nodeArgs = before(`setTimeout(() => { ${how} }, 400)`)
      const { result } = await unpinOne(() => HANG, {}, { nodeArgs })
      expect(result).toMatchObject({ exitCode: 1, stderr: '', outputs: { result: 'unconfirmed' } })
      expect(errorsOf(result)).toMatch(words)
      expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
    }
  })

  test('also if a pin was unpinned before', async () => {
    const { result } = await unpinOne(
      () => ({ kind: 'delay', ms: 800 }),
      {},
      {
        nodeArgs: before('setTimeout(() => { throw new Error("late") }, 400)'),
      },
    )
    expect(result.exitCode).toBe(1)
  })

  test('and does not show a key that it holds', async () => {
    const script = 'setTimeout(() => { throw new Error(`x ${process.env["INPUT_PINNING-API-KEY"]}`) }, 300)'
    const { result } = await unpinOne(() => HANG, {}, { nodeArgs: before(script) })
    expect(errorsOf(result)).toMatch(/An error inside this action: x \*\*\*/)
  })

  test('and so does a run that has nothing left to wait for', async () => {
    // Timers that do not hold the process: then a wait drains the event loop.
    const script = 'const start = setTimeout; globalThis.setTimeout = (...all) => start(...all).unref()'
    const { result } = await unpinOne(
      () => answer(503, '', { 'Retry-After': '3' }),
      {},
      { nodeArgs: before(script) },
    )
    expect(result).toMatchObject({ exitCode: 1, signal: null, outputs: { result: 'failed' } })
    expect(errorsOf(result)).toMatch(/nothing left to wait for/)
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  })
})

onPosix('a file that is not regular', () => {
  const fifo = (name: string): string => {
    execFileSync('mkfifo', [join(folder, name)])
    return join(folder, name)
  }

  test('is refused for outputs before anything is unpinned: a FIFO or a device', async () => {
    for (const file of [fifo('output'), '/dev/full', '/dev/null']) {
      const service = await serve({ pins: [pin] })
      const result = await runStep(service.url, [pin.id], {}, { env: { GITHUB_OUTPUT: file } })
      expect(result).toMatchObject({ exitCode: 1, timedOut: false })
      expect(result.durationMs).toBeLessThan(8000)
      expect([service.requests, errorsOf(result).length > 20]).toEqual([[], true])
    }
  })

  test('gets no summary, and the step succeeds without it', async () => {
    for (const file of [fifo('summary'), '/dev/full']) {
      const { result } = await unpinOne(undefined, {}, { env: { GITHUB_STEP_SUMMARY: file } })
      expect(result).toMatchObject({ exitCode: 0, timedOut: false, outputs: { result: 'unpinned' } })
      expect(result.log).toMatch(/The job summary could not be written/)
    }
  })

  test('fail the step that finds a FIFO in the place of its results file', async () => {
    const service = await serve({ pins: [pin], fault: () => ({ kind: 'delay', ms: 1000 }) })
    const step = startStep(service.url, [pin.id])
    await eventually(() => service.requests.length === 1)
    const file = readdirSync(step.runnerTemp).find((name) => name.endsWith('.json')) ?? ''
    rmSync(join(step.runnerTemp, file))
    execFileSync('mkfifo', [join(step.runnerTemp, file)])
    const result = await step.finished
    expect(result).toMatchObject({ exitCode: 1, timedOut: false, outputs: { result: 'unpinned' } })
    expect(errorsOf(result)).toMatch(/The results file could not be written/)
  })
})

test.each([
  { NODE_ENV: 'production', FORCE_COLOR: '1' },
  { RUNNER_DEBUG: '1' },
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' },
])('the environment %j changes nothing, and nothing is changed for later steps', async (env) => {
  const { result } = await unpinOne(undefined, {}, { env, nodeArgs: ['--max-old-space-size=16'] })
  expect(result).toMatchObject({
    conclusion: 'success',
    stderr: '',
    state: {},
    exportedEnv: {},
    addedPaths: [],
  })
})

describe('1,000 pins', () => {
  test.concurrent('have one line each and right totals, and no request is too many', async () => {
    const service = await serve({ pins: many, fault: () => ({ kind: 'delay', ms: 50 }) })
    const result = await runStep(service.url, IDS)
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success', problems: [] })
    expect(service.requests).toHaveLength(1000)
    expect(IDS.filter((id) => service.holds(id))).toEqual([])
    expect(result.outputs).toMatchObject({
      'unpinned-count': '1000',
      'total-size': String(many.reduce((sum, { size }) => sum + size, 0)),
      cid: many.map(({ cid }) => cid).join('\n'),
      name: many.map(({ metadata }) => metadata.name).join('\n'),
    })
    expect(entriesOf(result).map(({ record }) => record)).toEqual(many)
    const told = result.lines.map(({ text }) => text.split(':')[0] ?? '').filter((text) => IDS.includes(text))
    expect([told.length, new Set(told)]).toEqual([1000, new Set(IDS)])
    expect(result.log).toMatch(/^\d+ of 1000 pins done, \d+\.\d a second, about .* left$/m)
    expect(result.log).toMatch(/^1000 pins: 1000 unpinned /m)
  })

  test.concurrent('are counted by result if some are missing and some fail', async () => {
    const service = await serve({
      pins: many.filter((_, index) => index % 4 !== 0),
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
    expect([result.annotations.errors.length, result.annotations.warnings.length]).toEqual([10, 10])
  })
})
