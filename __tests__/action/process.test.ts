import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult, RunningAction } from '../../testing/runner/run-action.ts'
import { type Fault, makePin, type ServiceOptions } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { posixDescribe } from '../support/posix.ts'
import { eventually } from '../support/simulated-clock.ts'
import {
  answer,
  countResults,
  endProcesses,
  entriesOf,
  errorsOf,
  nodeArgsFor,
  pin,
  pins,
  runStep,
  startStep,
  unpinOne,
} from '../support/step.ts'

jest.setTimeout(180_000)
const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-process-'))
afterAll(async () => {
  await endProcesses()
  rmSync(folder, { recursive: true })
})

// As many as fit into one variable of Windows: 885.
const many = pins(800)
const IDS = many.map(({ id }) => id)
const HANG: Fault = { kind: 'hang', effect: 'before' }
const OUTPUTS = [...readActionMetadata().outputs.keys()].sort()

/**
 * Sends the signals, and expects the end with everything written. 2 s are promised; a busy machine may need more, but far less than
 * anything else that would end the step.
 */
async function cancelled(action: RunningAction, ...signals: NodeJS.Signals[]): Promise<ActionResult> {
  const signalledAt = performance.now()
  for (const signal of signals) action.signal(signal)
  const result = await action.finished
  expect(performance.now() - signalledAt).toBeLessThan(30_000)
  expect(result).toMatchObject({ exitCode: 1, signal: null, conclusion: 'failure', problems: [], stderr: '' })
  expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  expect(result.summary).toMatch(/^## AIOZ IPFS Unpin/)
  expect(errorsOf(result)).toMatch(/Cancelled \(SIG(INT|TERM|HUP)\)|the run was stopped first/)
  return result
}

posixDescribe('within 2 s of a signal everything is written', () => {
  test.concurrent.each<NodeJS.Signals[][]>([
    [['SIGINT']],
    [['SIGTERM']],
    [['SIGHUP']],
    [['SIGINT', 'SIGTERM']],
    [['SIGINT', 'SIGINT', 'SIGINT', 'SIGINT', 'SIGINT']],
  ])('%j while requests hang', async (signals) => {
    const fault: ServiceOptions['fault'] = ({ pinId }) => (IDS.indexOf(pinId ?? '') < 4 ? undefined : HANG)
    const service = await start({ pins: many.slice(0, 16), fault })
    const action = startStep(service.url, IDS.slice(0, 16))
    await eventually(() => service.requests.length === 12)
    const result = await cancelled(action, ...signals)
    expect(countResults(result)).toEqual({ unpinned: 4, unconfirmed: 8, 'not-attempted': 4 })
    const cids = many.slice(0, 4).map(({ cid }) => cid)
    expect(result.outputs['cid']?.trimEnd()).toBe(cids.join('\n'))
    expect(result.outputs).toMatchObject({ 'unpinned-count': '4', 'failed-count': '12' })
  })

  test.concurrent.each<[string, Fault, RegExp, Record<string, number>]>([
    ['every request waits', answer(503, '', { 'Retry-After': '50' }), /every request waits/, { failed: 1 }],
    ['a body drips', { kind: 'drip', everyMs: 500 }, /Unpinning/, {}],
    ['the list is asked for', answer(404, { message: 'no route' }), /Unpinning/, {}],
  ])('while %s', async (_, fault, line, results) => {
    const service = await start({ pins: [pin], fault: ({ method }) => (method === 'GET' ? HANG : fault) })
    const action = startStep(service.url, [pin.id])
    await action.waitFor(line)
    await eventually(() => service.requests.length > 0)
    expect(countResults(await cancelled(action, 'SIGINT'))).toMatchObject(results)
  })

  test.concurrent('while a slot of `requests-per-minute` is awaited', async () => {
    const service = await start({ pins: many.slice(0, 3) })
    const inputs = { 'requests-per-minute': '1', 'timeout-seconds': '1' }
    const action = startStep(service.url, IDS.slice(0, 3), inputs)
    await action.waitFor(': unpinned')
    // Longer than `timeout-seconds`, which waiting for a slot does not use up.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(entriesOf(await cancelled(action, 'SIGTERM'))).toMatchObject([
      { result: 'unpinned' },
      { result: 'not-attempted', attempts: 0, httpStatus: null },
      { result: 'not-attempted' },
    ])
    expect(service.requests).toHaveLength(1)
  })

  test.concurrent('in the middle of 800 pins', async () => {
    const service = await start({ pins: many, fault: () => ({ kind: 'delay', ms: 100 }) })
    const action = startStep(service.url, IDS)
    await eventually(() => service.requests.length > 50)
    const entries = entriesOf(await cancelled(action, 'SIGINT'))
    expect(entries.map(({ pinId }) => pinId)).toEqual(IDS)
    for (const { pinId, result } of entries) {
      if (result === 'unpinned') expect(service.holds(pinId)).toBe(false)
      if (result === 'not-attempted') expect(service.holds(pinId)).toBe(true)
    }
  })

  test.each([
    ['the list is read', 'GET', 250, 'true'],
    ['pins are removed', 'DELETE', 100, 'false'],
  ])('with 50,000 pins whose names must be escaped, while %s', async (_, method, requests, dryRun) => {
    const name = '&%41\\u0041&#65;'.repeat(4)
    const pins50k = Array.from({ length: 50_000 }, (__, seed) => makePin({ metadata: { name } }, seed))
    const service = await start({ pins: pins50k })
    const program = `
      import { writeFileSync } from 'node:fs'
      let before
      process.once('SIGINT', () => (before = process.cpuUsage()))
      process.on('exit', () => {
        const times = [before, process.cpuUsage(before)].map(({ user, system }) => user + system)
        writeFileSync(process.env.RUNNER_TEMP + '/processor-time', JSON.stringify(times))
      })`
    const inputs = { 'pin-id': '(none)', name: '(any)', 'max-unpins': '50000', 'dry-run': dryRun }
    const options = { nodeArgs: nodeArgsFor(program), timeoutMs: 170_000 }
    const action = startStep(service.url, [], inputs, options)
    await eventually(() => service.requests.filter((one) => one.method === method).length > requests, 120_000)
    const result = await cancelled(action, 'SIGINT')
    if (method === 'DELETE') expect(entriesOf(result)).toHaveLength(50_000)
    // Of one process, so that it does not depend on the machine: reading the list took 2.2 s where the end took 1.1 s.
    const [before = 0, after = 0] = JSON.parse(
      readFileSync(join(result.runnerTemp, 'processor-time'), 'utf8'),
    ) as number[]
    expect(after).toBeLessThan(before)
  })
})

posixDescribe('a signal after every pin has ended', () => {
  test('does not fail the step', async () => {
    const service = await start({ pins: [pin] })
    const action = startStep(service.url, [pin.id])
    await action.waitFor(/^1 pin: /m)
    action.signal('SIGINT')
    expect(await action.finished).toMatchObject({ exitCode: 0, outputs: { result: 'unpinned' } })
  })
})

describe('a log that is not read, or read slowly,', () => {
  test.concurrent.each([
    [undefined, 0, 'unpinned'],
    [answer(400, {}), 1, 'failed'],
  ])('does not change the end of the step: %p, exit code %i', async (fault, exitCode, expected) => {
    const { result } = await unpinOne(fault, {}, { stdoutMode: 'closed' })
    expect(result).toMatchObject({ exitCode, signal: null, stderr: '', outputs: { result: expected } })
    expect(result.summary).toContain(pin.id)
  })

  test.concurrent('loses no line if it is read slowly', async () => {
    const service = await start()
    const result = await runStep(service.url, IDS, { 'on-missing': 'ignore' }, { stdoutMode: 'slow' })
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success' })
    // More than a pipe holds, or this test shows nothing.
    expect(result.stdout.length).toBeGreaterThan(100_000)
    for (const id of IDS) expect(result.stdout).toContain(`${id}: missing`)
    expect(result.stdout.trimEnd().split('\n').at(-1)).toMatch(/^800 pins: 800 missing;/)
  })
})

describe('an error that the action does not expect fails the step with words', () => {
  /** Runs two pins, and a statement within the process when the first is unpinned and the second is in flight. */
  async function runWith(statement: string): Promise<ActionResult> {
    const file = join(mkdtempSync(join(folder, 'in-flight-')), 'file')
    const service = await start({
      pins: many.slice(0, 2),
      fault: ({ pinId }) => (pinId === IDS[1] ? HANG : undefined),
    })
    const nodeArgs = nodeArgsFor(`
      import { existsSync } from 'node:fs'
      const timer = setInterval(() => {
        if (!existsSync(${JSON.stringify(file)})) return
        clearInterval(timer)
        ${statement}
      }, 10)`)
    const action = startStep(service.url, IDS.slice(0, 2), {}, { nodeArgs })
    await action.waitFor(': unpinned')
    await eventually(() => service.requests.length === 2)
    writeFileSync(file, '')
    const result = await action.finished
    expect(result).toMatchObject({ exitCode: 1, stderr: '', outputs: { result: 'unpinned\nunconfirmed' } })
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
    return result
  }

  test.concurrent.each([
    ['an error', 'new Error("a defect")', /An error inside this action: a defect\. Please report it\./],
    ['no error', '"a text"', /a value that is not an Error was thrown: "a text"/],
    ['an error without words', 'new AggregateError([])', /An error inside this action: AggregateError\./],
    [
      'a key',
      'new Error("x " + process.env["INPUT_PINNING-API-KEY"])',
      /An error inside this action: x \*\*\*/,
    ],
  ])('thrown as %s, with all outputs', async (_, thrown, words) => {
    for (const how of [`throw ${thrown}`, `Promise.reject(${thrown})`])
      expect(errorsOf(await runWith(how))).toMatch(words)
  })

  test.concurrent('and so does a run that has nothing left to wait for', async () => {
    // Timers that do not hold the process: then a wait drains the event loop.
    const script = 'const start = setTimeout; globalThis.setTimeout = (...all) => start(...all).unref()'
    const fault = answer(503, '', { 'Retry-After': '3' })
    const { result } = await unpinOne(fault, {}, { nodeArgs: nodeArgsFor(script) })
    expect(result).toMatchObject({ exitCode: 1, signal: null, outputs: { result: 'failed' } })
    expect(errorsOf(result)).toMatch(/nothing left to wait for/)
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  })
})

posixDescribe('a file that is not regular', () => {
  const fifo = (name: string): string => {
    execFileSync('mkfifo', [join(folder, name)])
    return join(folder, name)
  }

  test('is refused for outputs before anything is unpinned: a FIFO or a device', async () => {
    for (const file of [fifo('output'), '/dev/full', '/dev/null']) {
      const service = await start({ pins: [pin] })
      const result = await runStep(service.url, [pin.id], {}, { env: { GITHUB_OUTPUT: file } })
      expect(result).toMatchObject({ exitCode: 1, timedOut: false })
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

  test('fails the step if it stands in the place of the results file', async () => {
    let action: RunningAction | null = null
    const service = await start({
      pins: [pin],
      fault: () => {
        const temp = action?.runnerTemp ?? ''
        const file = join(temp, readdirSync(temp).find((name) => name.endsWith('.json')) ?? '')
        rmSync(file)
        execFileSync('mkfifo', [file])
        return undefined
      },
    })
    action = startStep(service.url, [pin.id])
    const result = await action.finished
    expect(result).toMatchObject({ exitCode: 1, timedOut: false, outputs: { result: 'unpinned' } })
    expect(errorsOf(result)).toMatch(/The results file could not be written/)
  })
})

test.concurrent.each([
  { NODE_ENV: 'production', FORCE_COLOR: '1' },
  { RUNNER_DEBUG: '1' },
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' },
])('the environment %j changes nothing, and nothing is changed for later steps', async (env) => {
  const { result } = await unpinOne(undefined, {}, { env, nodeArgs: ['--max-old-space-size=16'] })
  const unchanged = { conclusion: 'success', stderr: '', state: {}, exportedEnv: {}, addedPaths: [] }
  expect(result).toMatchObject(unchanged)
})

test.concurrent('800 pins have one line each and right totals, and no request is too many', async () => {
  const service = await start({ pins: many, fault: () => ({ kind: 'delay', ms: 50 }) })
  const result = await runStep(service.url, IDS)
  expect(result).toMatchObject({ exitCode: 0, conclusion: 'success', problems: [] })
  expect(service.requests).toHaveLength(800)
  expect(IDS.filter((id) => service.holds(id))).toEqual([])
  expect(result.outputs).toMatchObject({
    'unpinned-count': '800',
    'total-size': String(many.reduce((sum, { size }) => sum + size, 0)),
    cid: many.map(({ cid }) => cid).join('\n'),
    name: many.map(({ metadata }) => metadata.name).join('\n'),
  })
  expect(entriesOf(result).map(({ record }) => record)).toEqual(many)
  const told = result.lines.map(({ text }) => text.split(':')[0] ?? '').filter((text) => IDS.includes(text))
  expect([told.length, new Set(told)]).toEqual([800, new Set(IDS)])
  expect(result.log).toMatch(/^\d+ of 800 pins done, \d+\.\d a second, about .* left$/m)
  expect(result.log).toMatch(/^800 pins: 800 unpinned /m)
})
