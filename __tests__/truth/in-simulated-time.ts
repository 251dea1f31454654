import diagnostics from 'node:diagnostics_channel'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { parseOutput } from '../../testing/runner/commands.ts'
import { inputVariables } from '../../testing/runner/environment.ts'
import { parseKeyValueFile } from '../../testing/runner/file-commands.ts'
import type { Runtime } from '../../src/run.ts'
import type { Evidence, TimeEvidence } from './evidence.ts'
import { setScene } from './scene.ts'
import type { Schedule } from './schedule.ts'
import { SimulatedTime, turn } from './simulated-time.ts'

export type Run = (runtime: Runtime) => Promise<boolean>

/** Turns of the event loop without the end of a request that is being answered; real time of some seconds. */
const PATIENCE = 200_000
/** More simulated time than any schedule allows for. */
const LONGEST_MS = 300_000_000
/** A run that was stopped has this many turns to end in. */
const STOPPING_TURNS = 500

const metadata = readActionMetadata()

interface Open {
  key: string
  /** The service has it and answers it later or never. */
  waits: boolean
  entry: TimeEvidence['sent'][number]
}

function keyOf(path: string): string {
  return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(path)?.[0] ?? 'list'
}

/** Sees every request of this process from its making to its end. */
class RequestWatch {
  readonly open = new Set<Open>()
  readonly sent: TimeEvidence['sent'] = []
  readonly #clock: SimulatedTime
  readonly #seen = new WeakSet<object>()
  #events = 0

  constructor(clock: SimulatedTime) {
    this.#clock = clock
    for (const name of CHANNELS) diagnostics.subscribe(name, this.#observe)
  }

  end(): void {
    for (const name of CHANNELS) diagnostics.unsubscribe(name, this.#observe)
  }

  get busy(): boolean {
    for (const { waits } of this.open) if (!waits) return true
    return false
  }

  received(path: string, waits: boolean): void {
    const key = keyOf(path)
    for (const one of this.open) if (one.key === key) one.waits = waits
  }

  readonly #observe = (message: unknown): void => {
    const { request } = message as { request: ClientRequest }
    if (this.#seen.has(request)) return
    this.#seen.add(request)
    const key = keyOf(request.path)
    const entry: TimeEvidence['sent'][number] = {
      key,
      startedMs: this.#clock.now(),
      endedMs: Infinity,
      startEvent: (this.#events += 1),
      endEvent: Infinity,
      status: null,
      pauseMs: 0,
    }
    const one = { key, waits: false, entry }
    this.open.add(one)
    this.sent.push(entry)
    request.once('response', ({ statusCode, headers }) => {
      entry.status = statusCode ?? null
      if (statusCode === 429 || statusCode === 503) entry.pauseMs = this.#pauseMs(headers['retry-after'])
    })
    request.once('close', () => {
      entry.endedMs = this.#clock.now()
      entry.endEvent = this.#events += 1
      this.open.delete(one)
    })
  }

  /** Seconds or a date (RFC 9110, 10.2.3); anything else asks for nothing. */
  #pauseMs(retryAfter = ''): number {
    if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000
    return retryAfter.endsWith('GMT') ? Math.max(0, Date.parse(retryAfter) - this.#clock.epoch()) : 0
  }
}

const CHANNELS = ['http.client.request.created', 'http.client.request.start']

/** Evenly from [0, 1), the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

let folder: string | null = null

/**
 * Runs the action in this process against a schedule, over real HTTP, in simulated time: it moves on to the next timer whenever
 * no side is busy.
 *
 * @throws Error when the run can never end.
 */
export async function runInSimulatedTime(run: Run, schedule: Schedule): Promise<Evidence> {
  folder ??= mkdtempSync(join(tmpdir(), 'aioz-unpin-truth-'))
  const files = { output: join(folder, 'output'), summary: join(folder, 'summary') }
  writeFileSync(files.output, '')
  writeFileSync(files.summary, '')

  const clock = new SimulatedTime()
  const watch = new RequestWatch(clock)
  const stop = new AbortController()
  const { cancel } = schedule
  let received = 0
  clock.install()
  const before = { ...process.env }
  const write = Object.getOwnPropertyDescriptor(process.stdout, 'write')
  const restoreWrite = (): void => {
    if (write === undefined) Reflect.deleteProperty(process.stdout, 'write')
    else Object.defineProperty(process.stdout, 'write', write)
  }
  let printed = ''
  let stoppedAt: number | null = null
  const abort = (): void => {
    if (stop.signal.aborted) return
    stoppedAt = clock.now()
    stop.abort('Cancelled (SIGINT). What is known so far stands in the outputs and the summary.')
  }
  try {
    const scene = await setScene(schedule, clock, {
      received(request, waits) {
        watch.received(request.path, waits)
        received += 1
        if (cancel !== null && 'atRequest' in cancel && received === cancel.atRequest + 1) setImmediate(abort)
      },
    })
    for (const name of Object.keys(process.env))
      if (/^(?:INPUT_|GITHUB_|RUNNER_)|_proxy$/i.test(name)) delete process.env[name]
    Object.assign(process.env, inputVariables(metadata, scene.inputs), {
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      RUNNER_TEMP: folder,
    })
    process.stdout.write = (text: string | Uint8Array) => {
      printed += typeof text === 'string' ? text : Buffer.from(text).toString()
      return true
    }
    if (cancel !== null && 'atMs' in cancel) clock.after(cancel.atMs, abort)

    const succeeded = await drive(run({ clock, random: randomFrom(schedule.seed), signal: stop.signal }), {
      clock,
      watch,
      stopped: () => stop.signal.aborted,
      onTurn(number) {
        if (cancel !== null && 'atTurn' in cancel && number === cancel.atTurn) abort()
      },
    })
    const totalMs = clock.now()
    // What was on its way when the run ended arrives now.
    for (let turns = 0; turns < 6; turns += 1) await turn()
    await scene.close()
    restoreWrite()
    const outputs = parseKeyValueFile(readFileSync(files.output, 'utf8'))
    const path = outputs['results-file'] ?? ''
    const resultsFile = path === '' ? null : readFileSync(path, 'utf8')
    if (path !== '') rmSync(path)
    return {
      scene,
      succeeded,
      printed,
      lines: parseOutput(printed),
      outputs,
      summary: readFileSync(files.summary, 'utf8'),
      resultsFile,
      requests: scene.service.requests,
      holds: (pinId) => scene.service.holds(pinId),
      time: {
        totalMs,
        afterStopMs: stoppedAt === null ? null : totalMs - stoppedAt,
        sent: watch.sent.map((entry) => ({ ...entry, endedMs: Math.min(entry.endedMs, totalMs) })),
      },
    }
  } finally {
    restoreWrite()
    clock.restore()
    watch.end()
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

/** Removes what the runs of this process wrote. */
export function removeRunFolder(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
  folder = null
}

async function drive(
  running: Promise<boolean>,
  {
    clock,
    watch,
    stopped,
    onTurn,
  }: {
    clock: SimulatedTime
    watch: RequestWatch
    stopped: () => boolean
    onTurn: (number: number) => void
  },
): Promise<boolean> {
  let settled = false
  const mark = (): void => {
    settled = true
  }
  running.then(mark, mark)
  let quiet = 0
  let busy = 0
  let stopping = 0
  for (let turns = 0; ; turns += 1) {
    onTurn(turns)
    await turn()
    if (settled) return running
    if (stopped()) {
      stopping += 1
      if (stopping > STOPPING_TURNS) throw new Error('The run was stopped and does not end')
      continue
    }
    if (watch.busy && busy < PATIENCE) {
      quiet = 0
      busy += 1
      continue
    }
    busy = 0
    quiet += 1
    const needed = clock.turnsNeeded
    if (needed === null) {
      // Modules may still be loading.
      if (quiet > PATIENCE) throw new Error('The run waits for nothing and does not end')
    } else if (quiet >= needed) {
      quiet = 0
      clock.fireNext()
      if (clock.now() > LONGEST_MS) throw new Error(`The run goes on after ${clock.now()} ms`)
    }
  }
}
