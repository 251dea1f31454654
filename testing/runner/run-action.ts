import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Readable } from 'node:stream'
import { readActionMetadata } from './action-metadata.ts'
import { commandReader } from './commands.ts'
import type { OutputLine } from './commands.ts'
import { hostVariables, inputVariables, runnerVariables } from './environment.ts'
import { lineSplitter } from './lines.ts'
import { stepEffects } from './result.ts'
import type { StepEffects } from './result.ts'
import { makeWorkspace, readRunnerFiles, removeWorkspace } from './workspace.ts'
import type { RunnerFiles } from './workspace.ts'

export type LoggedLine = OutputLine & { stream: 'stdout' | 'stderr' }

export interface ActionRun {
  /** By the names of action.yml; what is missing gets its default, else `''`. */
  inputs?: Readonly<Record<string, string>>
  /** Over everything else; `undefined` takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>
  /** The script to start; by default action.yml's `runs.main`. */
  main?: string
  /** Before the script, e.g. `['--max-old-space-size=64']`. */
  nodeArgs?: readonly string[]
  /** Called with each whole line as it arrives. */
  onLine?: (line: LoggedLine) => void
  /** Sends one signal, as soon as stdout or stderr holds `text`, or `ms` milliseconds after the start. */
  signalAfter?: { signal: NodeJS.Signals; text: string | RegExp } | { signal: NodeJS.Signals; ms: number }
  /**
   * How stdout is taken: `read` at once (default), `slow` at most 64 KiB each 10 ms, so that what is more
   * than the system's buffer waits inside the action, `closed` not at all, the reading end is shut.
   */
  stdoutMode?: 'read' | 'slow' | 'closed'
  /** Milliseconds until the process is killed; default 60 000, `Infinity` for never. */
  timeoutMs?: number
}

export interface ActionResult extends StepEffects {
  /** null when a signal ended the process. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** True when `timeoutMs` passed and the process was killed. */
  timedOut: boolean
  /** What the step would be: it succeeds only with exit code 0 and without `problems`. */
  conclusion: 'success' | 'failure'
  stdout: string
  stderr: string
  /** The lines of both streams in order of arrival, each ended by LF. */
  log: string
  lines: LoggedLine[]
  /** The text of the file commands. */
  files: RunnerFiles
  /** `RUNNER_TEMP`, there until `dispose`. */
  runnerTemp: string
  /** `GITHUB_WORKSPACE`, in which the action ran; there until `dispose`. */
  workspace: string
  /** From start to the end of both streams, in milliseconds. */
  durationMs: number
  /** Removes everything temporary. */
  dispose: () => Promise<void>
  [Symbol.asyncDispose]: () => Promise<void>
}

export interface RunningAction {
  readonly pid: number | undefined
  readonly runnerTemp: string
  readonly workspace: string
  /** Rejects only when Node itself cannot be started. */
  readonly finished: Promise<ActionResult>
  /** Sends a signal to the process; false when it has ended. */
  signal: (signal: NodeJS.Signals) => boolean
  /**
   * Cancels as the runner does for a cancelled job and for `timeout-minutes`: SIGINT, then SIGTERM, then
   * SIGKILL. Further calls do nothing.
   *
   * @param termAfterMs from SIGINT to SIGTERM, 7500 ms on the runner (actions/runner,
   * src/Runner.Sdk/ProcessInvoker.cs)
   * @param killAfterMs from SIGTERM to SIGKILL, 2500 ms on the runner
   */
  cancel: (termAfterMs?: number, killAfterMs?: number) => void
  /**
   * Resolves once stdout or stderr holds the text.
   *
   * @throws Error when the action ends without it, or `timeoutMs` (default 60 000) pass
   */
  waitFor: (text: string | RegExp, timeoutMs?: number) => Promise<void>
  /** Kills the process when it still runs, and removes everything temporary. */
  dispose: () => Promise<void>
  [Symbol.asyncDispose]: () => Promise<void>
}

const REPOSITORY = new URL('../..', import.meta.url)

// The runner waits as long for streams that a child of the action holds open
// (src/Runner.Sdk/ProcessInvoker.cs, `ProcessExitedHandler`).
const OPEN_STREAMS_GRACE_MS = 5000

const live = new Set<RunningAction>()

function resolveMain(main: string | undefined, declared: string): string {
  const path = main ?? fileURLToPath(new URL(declared, REPOSITORY))
  if (!existsSync(path)) throw new Error(`${path} does not exist; \`npm run build\` makes dist/`)
  return path
}

/** Reads one stream as text and as lines, and says when new text has come. */
function listen(
  stream: Readable,
  mode: ActionRun['stdoutMode'],
  onLine: (line: string) => void,
  onText: (text: string) => void,
): void {
  const decoder = new TextDecoder()
  const splitter = lineSplitter(onLine)
  const take = (text: string): void => {
    splitter.push(text)
    onText(text)
  }
  stream.on('error', () => {})
  if (mode === 'closed') {
    stream.destroy()
    return
  }
  stream.on('data', (chunk: Buffer) => {
    take(decoder.decode(chunk, { stream: true }))
    if (mode !== 'slow') return
    stream.pause()
    setTimeout(() => stream.resume(), 10)
  })
  // A destroyed stream has no 'end', and the 'close' of any other comes too late for those who wait for a
  // text.
  let flushed = false
  const flush = (): void => {
    if (flushed) return
    flushed = true
    take(decoder.decode())
    splitter.end()
  }
  stream.on('end', flush).on('close', flush)
}

/**
 * Starts the action as a runner starts a step: `node dist/index.js` in a fresh workspace, stdin closed, with
 * the variables of a step and nothing of the host but PATH and HOME. Node is the one running now.
 *
 * @throws Error for an input that action.yml does not declare, and when the script does not exist
 */
export function startAction(options: ActionRun = {}): RunningAction {
  const metadata = readActionMetadata()
  const inputs = inputVariables(metadata, options.inputs ?? {})
  const main = resolveMain(options.main, metadata.runs.main)
  const { root, paths } = makeWorkspace()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), main], {
    cwd: paths.workspace,
    env: { ...hostVariables(), ...runnerVariables(paths), ...inputs, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

  const text = { stdout: '', stderr: '' }
  const lines: LoggedLine[] = []
  const readLine = commandReader()
  const watchers = new Set<() => void>()
  for (const stream of ['stdout', 'stderr'] as const) {
    listen(
      child[stream],
      stream === 'stdout' ? options.stdoutMode : 'read',
      (line) => {
        const logged: LoggedLine = { ...readLine(line), stream }
        lines.push(logged)
        options.onLine?.(logged)
      },
      (added) => {
        text[stream] += added
        for (const watcher of watchers) watcher()
      },
    )
  }
  const holds = (wanted: string | RegExp): boolean =>
    Object.values(text).some((written) =>
      typeof wanted === 'string' ? written.includes(wanted) : written.search(wanted) >= 0,
    )

  const timers = new Set<NodeJS.Timeout>()
  const after = (ms: number, act: () => void): void => {
    if (ms !== Infinity) timers.add(setTimeout(act, ms))
  }
  let timedOut = false
  after(options.timeoutMs ?? 60_000, () => {
    timedOut = child.kill('SIGKILL')
  })
  child.once('exit', () => {
    after(OPEN_STREAMS_GRACE_MS, () => {
      child.stdout.destroy()
      child.stderr.destroy()
    })
  })

  let ended = false
  const end = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    const settle = (): void => {
      ended = true
      for (const timer of timers) clearTimeout(timer)
      for (const watcher of watchers) watcher()
    }
    child.once('error', (error) => {
      settle()
      reject(error)
    })
    child.once('close', (exitCode, signal) => {
      settle()
      resolve({ exitCode, signal })
    })
  })

  const dispose = async (): Promise<void> => {
    live.delete(action)
    if (!ended) child.kill('SIGKILL')
    await end.catch(() => {})
    removeWorkspace(root)
  }
  const finished = end.then(({ exitCode, signal }): ActionResult => {
    const files = readRunnerFiles(paths)
    const effects = stepEffects(lines, files)
    return {
      ...effects,
      exitCode,
      signal,
      timedOut,
      conclusion: exitCode === 0 && effects.problems.length === 0 ? 'success' : 'failure',
      ...text,
      log: lines.map((line) => `${line.text}\n`).join(''),
      lines,
      files,
      runnerTemp: paths.temp,
      workspace: paths.workspace,
      durationMs: performance.now() - startedAt,
      dispose,
      [Symbol.asyncDispose]: dispose,
    }
  })
  // Who only waits for a text has no need to look at `finished`.
  finished.catch(() => {})

  const waitFor = (wanted: string | RegExp, timeoutMs = 60_000): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (settle: () => void): void => {
        clearTimeout(timer)
        watchers.delete(check)
        settle()
      }
      const fail = (what: string): void =>
        stop(() => reject(new Error(`${what} without ${String(wanted)} in\n${text.stdout}${text.stderr}`)))
      const check = (): void => {
        if (holds(wanted)) stop(resolve)
        else if (ended) fail('The action ended')
      }
      const timer = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs)
      watchers.add(check)
      check()
    })

  let cancelled = false
  const cancel = (termAfterMs = 7500, killAfterMs = 2500): void => {
    if (cancelled || ended) return
    cancelled = true
    child.kill('SIGINT')
    after(termAfterMs, () => child.kill('SIGTERM'))
    after(termAfterMs + killAfterMs, () => child.kill('SIGKILL'))
  }

  const { signalAfter } = options
  if (signalAfter !== undefined) {
    const send = (): void => void child.kill(signalAfter.signal)
    if ('ms' in signalAfter) after(signalAfter.ms, send)
    else waitFor(signalAfter.text, options.timeoutMs ?? 60_000).then(send, () => {})
  }

  const action: RunningAction = {
    pid: child.pid,
    runnerTemp: paths.temp,
    workspace: paths.workspace,
    finished,
    signal: (signal) => child.kill(signal),
    cancel,
    waitFor,
    dispose,
    [Symbol.asyncDispose]: dispose,
  }
  live.add(action)
  return action
}

/**
 * Starts the action and waits for its end. A failed step is a result, not a rejection.
 *
 * @throws Error as `startAction` does, and when Node cannot be started
 */
export async function runAction(options: ActionRun = {}): Promise<ActionResult> {
  return startAction(options).finished
}

/** Disposes of every action started here and not disposed of yet: for `afterEach`. */
export async function disposeAll(): Promise<void> {
  await Promise.all([...live].map((action) => action.dispose()))
}
