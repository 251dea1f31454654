import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import type { ActionResult, RunningAction } from '../../testing/runner/run-action.ts'
import { type Fault, makePin, type ServiceOptions } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { posixDescribe, posixTest } from '../support/posix.ts'
import { eventually } from '../support/simulated-clock.ts'
import { answer, countResults, endProcesses, entriesOf, errorsOf, type Inputs, nodeArgsFor } from '../support/step.ts'
import { pin, pins, runStep, startStep, unpinOne } from '../support/step.ts'
import { expectNoLeak } from './leaks.ts'

jest.setTimeout(180_000)
afterAll(endProcesses)

// As many as fit into one variable of Windows: 885.
const many = pins(800)
const IDS = many.map(({ id }) => id)
const HANG: Fault = { kind: 'hang', effect: 'before' }
const OUTPUTS = [...readActionMetadata().outputs.keys()].sort()
type FaultOf = NonNullable<ServiceOptions['fault']>

/** Sends the signals, and expects the end, far sooner than anything else would end the step, with everything written. */
async function cancelled(action: RunningAction, ...signals: NodeJS.Signals[]): Promise<ActionResult> {
  const signalledAt = performance.now()
  for (const signal of signals) action.signal(signal)
  const result = await action.finished
  expect(performance.now() - signalledAt).toBeLessThan(30_000)
  expect(result).toMatchObject({ exitCode: 1, signal: null, conclusion: 'failure', problems: [], stderr: '' })
  expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  expect(result.summary).toMatch(/^## AIOZ IPFS Unpin/)
  expect(errorsOf(result)).toMatch(/Cancelled \(SIG(INT|TERM|HUP)\)|the run was stopped/)
  return result
}

posixDescribe('after a signal everything is written, and the step ends', () => {
  test.concurrent.each<NodeJS.Signals[][]>([
    [['SIGINT']],
    [['SIGTERM']],
    [['SIGHUP']],
    [['SIGINT', 'SIGTERM', 'SIGINT', 'SIGINT']],
  ])('%j while requests hang', async (signals) => {
    const some = many.slice(0, 16)
    const fault: FaultOf = ({ pinId }) => (IDS.indexOf(pinId ?? '') < 4 ? undefined : HANG)
    const service = await start({ pins: some, fault })
    const action = startStep(service.url, IDS.slice(0, 16))
    await eventually(() => service.requests.length === 12)
    const result = await cancelled(action, ...signals)
    expect(countResults(result)).toEqual({ unpinned: 4, unconfirmed: 8, 'not-attempted': 4 })
    const cids = some.slice(0, 4).map(({ cid }) => cid)
    expect(result.outputs['cid']?.trimEnd()).toBe(cids.join('\n'))
    expect(result.outputs).toMatchObject({ 'unpinned-count': '4', 'failed-count': '12' })
    expectNoLeak(result)
  })

  const onDelete =
    (fault: Fault): FaultOf =>
    ({ method }) =>
      method === 'DELETE' ? fault : undefined
  const VERIFY = { verify: 'true' }
  const SLOW = { 'requests-per-minute': '1', 'timeout-seconds': '1' }
  test.concurrent.each<[string, FaultOf, Inputs, number, string]>([
    ['every request waits', () => answer(429, '', { 'Retry-After': '50' }), {}, 1, 'failed'],
    ['a body drips', () => ({ kind: 'drip', everyMs: 500 }), {}, 1, 'unconfirmed'],
    ['a pin is verified', onDelete({ kind: 'keep' }), VERIFY, 4, 'unconfirmed'],
    ['the list is read', () => HANG, { protect: 'x' }, 1, 'not-attempted'],
    ['a pin is read for the plan', () => HANG, VERIFY, 1, 'failed'],
    // For longer than `timeout-seconds`, which it does not use up.
    ['a slot of the rate limit is awaited', () => undefined, { ...SLOW, ...VERIFY }, 1, 'not-attempted'],
  ])('while %s', async (_, fault, inputs, requests, expected) => {
    const service = await start({ pins: [pin], fault })
    const action = startStep(service.url, [pin.id], inputs)
    await eventually(() => service.requests.length >= requests)
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(service.requests).toHaveLength(requests)
    expect(countResults(await cancelled(action, 'SIGINT'))).toEqual({ [expected]: 1 })
  })

  test('within 5 s of CPU with 50,000 pins whose names must be escaped', async () => {
    const name = '&%41\\u0041&#65;'.repeat(4)
    const pins50k = Array.from({ length: 50_000 }, (_, seed) => makePin({ metadata: { name } }, seed))
    const service = await start({ pins: pins50k })
    const nodeArgs = nodeArgsFor(`
      import { writeFileSync } from 'node:fs'
      let before
      process.once('SIGINT', () => (before = process.cpuUsage()))
      process.on('exit', () => {
        const { user, system } = process.cpuUsage(before)
        writeFileSync(process.env.RUNNER_TEMP + '/cpu-seconds', String((user + system) / 1e6))
      })`)
    const inputs = { 'pin-id': '(none)', name: '(any)', 'max-unpins': '50000' }
    const action = startStep(service.url, [], inputs, { nodeArgs, timeoutMs: 170_000 })
    await eventually(() => service.requests.filter(({ method }) => method === 'DELETE').length > 100, 120_000)
    const result = await cancelled(action, 'SIGINT')
    expect(entriesOf(result)).toHaveLength(50_000)
    expect(Number(readFileSync(join(result.runnerTemp, 'cpu-seconds'), 'utf8'))).toBeLessThan(5)
  })
})

posixTest('a signal after every pin has ended does not fail the step', async () => {
  const nodeArgs = nodeArgsFor(`
    const { write } = process.stdout
    process.stdout.write = function (text, ...others) {
      if (String(text).startsWith('1 pin: ')) process.kill(process.pid, 'SIGINT')
      return write.call(this, text, ...others)
    }`)
  const { result } = await unpinOne(undefined, {}, { nodeArgs })
  expect(result).toMatchObject({ exitCode: 0, outputs: { result: 'unpinned' } })
  expect(result.log).toMatch(/^1 pin: /m)
})

test.concurrent.each([
  [undefined, 0, 'unpinned'],
  [answer(400, {}), 1, 'failed'],
])(
  'a log that is not read does not change the end of the step: %p, exit code %i',
  async (fault, exitCode, expected) => {
    const { result } = await unpinOne(fault, {}, { stdoutMode: 'closed' })
    expect(result).toMatchObject({ exitCode, signal: null, stderr: '', outputs: { result: expected } })
    expect(result.summary.replaceAll('<wbr>', '')).toContain(pin.id)
  },
)

describe('an error that the action does not expect fails the step with words', () => {
  /** Runs two pins, and a statement within the process when the first is unpinned and the second is in flight. */
  async function runWith(statement: string): Promise<ActionResult> {
    const fault: FaultOf = ({ pinId }) => (pinId === IDS[1] ? HANG : undefined)
    const service = await start({ pins: many.slice(0, 2), fault })
    const nodeArgs = nodeArgsFor(`
      import { existsSync } from 'node:fs'
      const timer = setInterval(() => {
        if (!existsSync(process.env.RUNNER_TEMP + '/now')) return
        clearInterval(timer)
        ${statement}
      }, 10)`)
    const action = startStep(service.url, IDS.slice(0, 2), {}, { nodeArgs })
    await eventually(() => service.requests.length === 2)
    writeFileSync(join(action.runnerTemp, 'now'), '')
    const result = await action.finished
    expect(result).toMatchObject({ exitCode: 1, stderr: '', outputs: { result: 'unpinned\nunconfirmed' } })
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
    return result
  }

  test.concurrent.each([
    ['an error', 'new Error("a defect")', /An error inside this action: a defect\. Please report it\./],
    ['no error', '"a text"', /a value that is not an Error was thrown: "a text"/],
    ['an error without words', 'new AggregateError([])', /An error inside this action: AggregateError\./],
    ['a key', 'new Error("x " + process.env["INPUT_PINNING-API-KEY"])', /An error inside this action: x \*\*\*/],
  ])('thrown as %s, with all outputs', async (_, thrown, words) => {
    for (const how of [`throw ${thrown}`, `Promise.reject(${thrown})`])
      expect(errorsOf(await runWith(how))).toMatch(words)
  })

  test.concurrent('and so does a run that has nothing left to wait for', async () => {
    // Timers that do not hold the process: then a wait drains the event loop.
    const script = 'const start = setTimeout; globalThis.setTimeout = (...all) => start(...all).unref()'
    const fault = answer(429, '', { 'Retry-After': '3' })
    const { result } = await unpinOne(fault, {}, { nodeArgs: nodeArgsFor(script) })
    expect(result).toMatchObject({ exitCode: 1, signal: null, outputs: { result: 'failed' } })
    expect(errorsOf(result)).toMatch(/it stopped too early/)
    expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  })
})

describe('under Node’s permission model', () => {
  const FILES = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*']
  // Node 24 cannot forbid the network. From 25 on the error comes like this.
  const canForbid = process.allowedNodeEnvironmentFlags.has('--allow-net')
  const forbidden = nodeArgsFor(`
    import net from 'node:net'
    net.Socket.prototype.connect = function () {
      process.nextTick(() => this.destroy(Object.assign(new Error('restricted'), { code: 'ERR_ACCESS_DENIED' })))
      return this
    }`)

  test.concurrent(
    'a pin is unpinned where files and network are allowed, and files that are not are named',
    async () => {
      const network = canForbid ? ['--allow-net'] : []
      const { result } = await unpinOne(undefined, {}, { nodeArgs: [...FILES, ...network] })
      expect(result).toMatchObject({ exitCode: 0, outputs: { result: 'unpinned' } })
      const service = await start({ pins: [pin] })
      const refused = await runStep(service.url, [pin.id], {}, { nodeArgs: [...FILES.slice(0, 2), ...network] })
      expect(errorsOf(refused)).toMatch(/results could not be written.*may write|--allow-fs-write/)
      expect([refused.exitCode, errorsOf(refused).includes('disk'), service.requests]).toEqual([1, false, []])
    },
  )

  test.concurrent('a forbidden network is named, and tried once', async () => {
    const result = await runStep('https://127.0.0.1:1', [pin.id], {}, { nodeArgs: canForbid ? FILES : forbidden })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1 }])
    expect(errorsOf(result)).toMatch(/`--permission`.*`--allow-net`/)
  })
})

test.concurrent('800 pins have one line each and right totals, also in a log that is read slowly', async () => {
  const service = await start({ pins: many, fault: () => ({ kind: 'delay', ms: 50 }) })
  const env = { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', FORCE_COLOR: '1', RUNNER_DEBUG: '1' }
  const result = await runStep(service.url, IDS, {}, { env, stdoutMode: 'slow' })
  expect([service.requests.length, IDS.filter((id) => service.holds(id))]).toEqual([800, []])
  const outputs = {
    'unpinned-count': '800',
    'total-size': String(many.reduce((sum, { size }) => sum + size, 0)),
    cid: many.map(({ cid }) => cid).join('\n'),
    name: many.map(({ metadata }) => metadata.name).join('\n'),
  }
  expect(result).toMatchObject({ exitCode: 0, conclusion: 'success', problems: [], stderr: '', outputs })
  // Nothing is changed for later steps.
  expect(result).toMatchObject({ state: {}, exportedEnv: {}, addedPaths: [] })
  expect(entriesOf(result).map(({ record }) => record)).toEqual(many)
  const told = result.lines.map(({ text }) => text.split(':')[0] ?? '').filter((text) => IDS.includes(text))
  expect([told.length, new Set(told)]).toEqual([800, new Set(IDS)])
  expect(result.log).toMatch(/^\d+ of 800 pins done, about .* left$/m)
  expect(result.stdout.trimEnd().split('\n').at(-1)).toMatch(/^800 pins: 800 unpinned /)
})

posixTest('a name lookup that never ends does not keep a step that fails, and everything is written', async () => {
  // Opening a FIFO without a writer takes Node's one thread for lookups for good.
  const nodeArgs = nodeArgsFor(`
    import { execFileSync } from 'node:child_process'
    import dns from 'node:dns'
    import fs from 'node:fs'
    const fifo = process.env.RUNNER_TEMP + '/fifo'
    execFileSync('mkfifo', [fifo])
    const { lookup } = dns
    dns.lookup = (...all) => (fs.open(fifo, 'r', () => {}), lookup(...all))`)
  const env = { UV_THREADPOOL_SIZE: '1' }
  const result = await runStep('https://pin.example.test', [pin.id], { 'timeout-seconds': '1' }, { nodeArgs, env })
  expect(result).toMatchObject({ signal: 'SIGKILL', timedOut: false, outputs: { result: 'failed' } })
  expect(Object.keys(result.outputs).sort()).toEqual(OUTPUTS)
  expect(result.log).toMatch(/The step fails, after .*\.\n/)
})
