import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
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
  /** Before the script, e.g. `['--max-old-space-size=64']`. */
  nodeArgs?: readonly string[]
  /** Called with each whole line as it arrives. */
  onLine?: (line: LoggedLine) => void
  /** Sends one signal, as soon as stdout or stderr holds `text`. */
  signalAfter?: { signal: NodeJS.Signals; text: string | RegExp }
  /**
   * How stdout is taken: `read` at once (default), `slow` at most 64 KiB each 10 ms, so that what is more than the system's buffer waits
   * inside the action, `closed` not at all, the reading end is shut.
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
  /** `RUNNER_TEMP` and `GITHUB_WORKSPACE`, in which the action ran; there until the result is disposed of. */
  runnerTemp: string
  workspace: string
  /** From start to the end of both streams, in milliseconds. */
  durationMs: number
  [Symbol.asyncDispose]: () => Promise<void>
}

export interface RunningAction {
  readonly runnerTemp: string
  readonly workspace: string
  /** Rejects only when Node itself cannot be started. */
  readonly finished: Promise<ActionResult>
  /** Sends a signal to the process; false when it has ended. */
  signal: (signal: NodeJS.Signals) => boolean
  /**
   * Cancels as the runner does for a cancelled job and for `timeout-minutes`: SIGINT, then SIGTERM, then SIGKILL. Further calls do nothing.
   *
   * @param termAfterMs from SIGINT to SIGTERM, 7500 ms on the runner (actions/runner, src/Runner.Sdk/ProcessInvoker.cs)
   * @param killAfterMs from SIGTERM to SIGKILL, 2500 ms on the runner
   */
  cancel: (termAfterMs?: number, killAfterMs?: number) => void
  /** Resolves once stdout or stderr holds the text; rejects when the action ends without it, or `timeoutMs` (default 60 000) pass. */
  waitFor: (text: string | RegExp, timeoutMs?: number) => Promise<void>
  /** Kills the process when it still runs, and removes everything temporary. */
  [Symbol.asyncDispose]: () => Promise<void>
}

const REPOSITORY = new URL('../..', import.meta.url)

// The runner waits as long for streams that a child of the action holds open (ProcessInvoker.cs, `ProcessExitedHandler`).
const OPEN_STREAMS_GRACE_MS = 5000

const live = new Set<RunningAction>()

/** Reads one stream as text and as lines. */
function listen(
  stream: Readable,
  mode: ActionRun['stdoutMode'],
  onLine: (line: string) => void,
  onText: (text: string) => void,
): void {
  stream.on('error', () => {})
  if (mode === 'closed') {
    stream.destroy()
    return
  }
  const splitter = lineSplitter(onLine)
  stream.setEncoding('utf8').on('data', (text: string) => {
    splitter.push(text)
    onText(text)
    if (mode !== 'slow') return
    stream.pause()
    setTimeout(() => stream.resume(), 10)
  })
  // A destroyed stream has no 'end', and the 'close' of any other comes too late for those who wait for a text.
  const flush = (): void => {
    splitter.end()
    onText('')
  }
  stream.on('end', flush).on('close', flush)
}

/**
 * Starts the action as a runner starts a step: `node dist/index.js` in a fresh workspace, stdin closed, with the variables of a step and
 * nothing of the host but PATH and HOME. Node is the one running now.
 *
 * @throws Error for an input that action.yml does not declare, and when the script does not exist
 */
export function startAction(options: ActionRun = {}): RunningAction {
  const metadata = readActionMetadata()
  const inputs = inputVariables(metadata, options.inputs ?? {})
  const main = fileURLToPath(new URL(metadata.runs.main, REPOSITORY))
  if (!existsSync(main)) throw new Error(`${main} does not exist; \`npm run build\` makes dist/`)
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
  const progress = new EventEmitter()
  for (const stream of ['stdout', 'stderr'] as const) {
    const take = (line: string): void => {
      const logged: LoggedLine = { ...readLine(line), stream }
      lines.push(logged)
      options.onLine?.(logged)
    }
    listen(child[stream], stream === 'stdout' ? options.stdoutMode : 'read', take, (added) => {
      text[stream] += added
      progress.emit('text')
    })
  }

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
  const end = once(child, 'close').finally(() => {
    ended = true
    for (const timer of timers) clearTimeout(timer)
    progress.emit('text')
  }) as Promise<[exitCode: number | null, signal: NodeJS.Signals | null]>

  const dispose = async (): Promise<void> => {
    live.delete(action)
    if (!ended) child.kill('SIGKILL')
    await end.catch(() => {})
    removeWorkspace(root)
  }
  const finished = end.then(([exitCode, signal]): ActionResult => {
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
      [Symbol.asyncDispose]: dispose,
    }
  })
  // Who only waits for a text has no need to look at `finished`.
  finished.catch(() => {})

  const waitFor = async (wanted: string | RegExp, timeoutMs = 60_000): Promise<void> => {
    const limit = AbortSignal.timeout(timeoutMs)
    const holds = (written: string): boolean =>
      typeof wanted === 'string' ? written.includes(wanted) : written.search(wanted) >= 0
    while (!holds(text.stdout) && !holds(text.stderr)) {
      if (ended || limit.aborted) {
        const what = ended ? 'The action ended' : `${timeoutMs} ms passed`
        throw new Error(`${what} without ${String(wanted)} in\n${text.stdout}${text.stderr}`)
      }
      await once(progress, 'text', { signal: limit }).catch(() => {})
    }
  }

  let cancelled = false
  const cancel = (termAfterMs = 7500, killAfterMs = 2500): void => {
    if (cancelled || ended) return
    cancelled = true
    child.kill('SIGINT')
    after(termAfterMs, () => child.kill('SIGTERM'))
    after(termAfterMs + killAfterMs, () => child.kill('SIGKILL'))
  }

  const { signalAfter } = options
  if (signalAfter !== undefined)
    waitFor(signalAfter.text, options.timeoutMs).then(
      () => child.kill(signalAfter.signal),
      () => {},
    )

  const action: RunningAction = {
    runnerTemp: paths.temp,
    workspace: paths.workspace,
    finished,
    signal: (signal) => child.kill(signal),
    cancel,
    waitFor,
    [Symbol.asyncDispose]: dispose,
  }
  live.add(action)
  return action
}

/** Starts the action and waits for its end. A failed step is a result, not a rejection; it throws as `startAction` does. */
export async function runAction(options: ActionRun = {}): Promise<ActionResult> {
  return startAction(options).finished
}

/** Disposes of every action started here and not disposed of yet: for `afterEach`. */
export async function disposeAll(): Promise<void> {
  await Promise.all([...live].map((action) => action[Symbol.asyncDispose]()))
}
