import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { disposeAll, runAction, startAction } from '../../testing/runner/run-action.ts'
import type { ActionRun } from '../../testing/runner/run-action.ts'

const main = fileURLToPath(new URL('fixtures/step.ts', import.meta.url))
const step = (scenario: string, options: ActionRun = {}): ActionRun => ({
  main,
  ...options,
  env: { SCENARIO: scenario, ...options.env },
})

afterAll(disposeAll)

interface Seen {
  env: Record<string, string>
  workingDirectory: string
  tempFiles: string[]
  filesThere: boolean
  execArgv: string[]
}

describe('what the action is given', () => {
  test('the inputs, the variables of a step and nothing else of the host', async () => {
    process.env['FROM_THE_HOST'] = 'x'
    const result = await runAction(
      step('environment', {
        inputs: { 'pin-id': 'a b' },
        env: { EXTRA: '1', GITHUB_SHA: undefined },
        nodeArgs: ['--no-deprecation'],
      }),
    )
    delete process.env['FROM_THE_HOST']
    const seen = JSON.parse(result.stdout) as Seen
    expect(seen).toMatchObject({
      env: {
        'INPUT_PIN-ID': 'a b',
        'INPUT_ON-MISSING': 'warn',
        'INPUT_PINNING-API-KEY': '',
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        RUNNER_TEMP: result.runnerTemp,
        GITHUB_WORKSPACE: result.workspace,
        EXTRA: '1',
        PATH: process.env['PATH'],
      },
      workingDirectory: result.workspace,
      tempFiles: [],
      filesThere: true,
      execArgv: ['--no-deprecation'],
    })
    const others = Object.keys(seen.env).filter((name) => !/^(INPUT|GITHUB|RUNNER)_/.test(name))
    expect(others.sort()).toEqual(['CI', 'EXTRA', 'HOME', 'PATH', 'SCENARIO'])
    expect(seen.env).not.toHaveProperty('GITHUB_SHA')
  })

  test('no input that action.yml does not declare', async () => {
    await expect(runAction(step('environment', { inputs: { 'pin-ids': 'a' } }))).rejects.toThrow(
      "action.yml declares no input 'pin-ids'",
    )
  })

  test('a script that is not there is said to be missing', async () => {
    await expect(runAction({ main: '/nowhere/index.js' })).rejects.toThrow('/nowhere/index.js does not exist')
  })
})

describe('what is read back', () => {
  test('outputs, results file, summary, state, variables and paths', async () => {
    const result = await runAction(step('files'))
    expect(result).toMatchObject({
      exitCode: 0,
      conclusion: 'success',
      outputs: { size: '734', name: 'first\nsecond' },
      resultsFile: [{ pinId: 'a' }],
      summary: '# Unpinned\n',
      state: { started: '1' },
      exportedEnv: { CID: 'bafy' },
      addedPaths: ['/opt/tool'],
      problems: [],
    })
  })

  test('exit code, commands of both streams, annotations and masks', async () => {
    const live: string[] = []
    const result = await runAction(step('commands', { onLine: (line) => live.push(line.text) }))
    expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false, conclusion: 'failure' })
    expect(result.masks).toEqual(['s3cret-value'])
    expect(result.annotations).toMatchObject({
      errors: [{ message: 'one\ntwo', title: 'Pin a,b' }],
      warnings: [{ message: 'from stderr' }],
      notices: [{ message: 'done' }],
    })
    expect(result.outputs).toEqual({ size: '1' })
    expect(result.commands.filter((command) => !command.known)).toMatchObject([{ name: 'nonsense' }])
    expect(result.stderr).toBe('text ##[warning]from stderr\n')
    expect(result.lines.find((line) => line.stream === 'stderr')).toMatchObject({ name: 'warning' })
    expect(result.log.split('\n').slice(0, -1)).toEqual(live)
    expect(live).toHaveLength(6)
  })

  test('an output file that no runner can read fails a step that ended well', async () => {
    const result = await runAction(step('badOutput'))
    expect(result).toMatchObject({
      exitCode: 0,
      conclusion: 'failure',
      outputs: { size: '734' },
      problems: ["GITHUB_OUTPUT: Invalid value. Matching delimiter not found 'END'"],
    })
  })

  test('a summary over 1 MiB is dropped', async () => {
    const result = await runAction(step('hugeSummary'))
    expect(result).toMatchObject({ summary: '', problems: [expect.stringContaining('GITHUB_STEP_SUMMARY')] })
    expect(result.files.summary).toHaveLength(1024 * 1024 + 1)
  })
})

describe('signals and time', () => {
  test('a signal is sent once the log holds a text, and files written after it count', async () => {
    const result = await runAction(
      step('untilInterrupted', { signalAfter: { signal: 'SIGINT', text: 'ready' } }),
    )
    expect(result).toMatchObject({ exitCode: 130, signal: null, outputs: { interrupted: 'true' } })
  })

  test('a signal is sent some time after the start', async () => {
    const result = await runAction(step('hang', { signalAfter: { signal: 'SIGTERM', ms: 60 } }))
    expect(result).toMatchObject({
      exitCode: null,
      signal: 'SIGTERM',
      timedOut: false,
      conclusion: 'failure',
    })
  })

  test('a running action can be signalled by hand', async () => {
    const action = startAction(step('untilInterrupted'))
    await action.waitFor(/^ready$/m)
    expect(action.signal('SIGINT')).toBe(true)
    expect(await action.finished).toMatchObject({ exitCode: 130 })
    expect(action.signal('SIGINT')).toBe(false)
  })

  test('cancelling goes from SIGINT by SIGTERM to the end', async () => {
    const action = startAction(step('deafToInterrupts'))
    await action.waitFor('ready')
    action.cancel(60, 60)
    action.cancel(0, 0)
    expect(await action.finished).toMatchObject({
      signal: 'SIGKILL',
      timedOut: false,
      stdout: 'ready\nSIGINT heard\nSIGTERM heard\n',
    })
  })

  test('an action that does not end is killed', async () => {
    const result = await runAction(step('hang', { timeoutMs: 100 }))
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true, conclusion: 'failure' })
    expect(result.durationMs).toBeGreaterThanOrEqual(95)
  })

  test('waiting for a text that never comes ends in an error', async () => {
    await expect(startAction(step('files')).waitFor('never')).rejects.toThrow(
      'The action ended without never',
    )
    const action = startAction(step('hang'))
    await expect(action.waitFor('never', 20)).rejects.toThrow('20 ms passed without never')
    await action.dispose()
  })
})

describe('stdout', () => {
  test('taken slowly, all of it arrives', async () => {
    const result = await runAction(step('muchOutput', { stdoutMode: 'slow' }))
    expect(result.stdout).toHaveLength(1_000_009)
    expect(result.lines.at(-1)).toMatchObject({ text: 'the end' })
  })

  test('with its reading end shut, writing fails in the action', async () => {
    const result = await runAction(step('outputNobodyReads', { stdoutMode: 'closed' }))
    expect(result.stdout).toBe('')
    expect(result.outputs['error']).toMatch(/EPIPE/)
  })
})

test('dispose removes everything temporary, and ends what still runs', async () => {
  const action = startAction(step('untilInterrupted'))
  await action.waitFor('ready')
  expect(existsSync(action.runnerTemp)).toBe(true)
  await action.dispose()
  expect(existsSync(action.runnerTemp)).toBe(false)
  expect(await action.finished.catch(() => 'no files left to read')).toMatchObject({ signal: 'SIGKILL' })
  await action.dispose()
})
