import diagnostics from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import type { ClientRequest } from 'node:http'
import { run } from '../../src/run.ts'
import { joinRealms } from '../support/one-realm.ts'
import { SimulatedClock, turn } from '../support/simulated-clock.ts'
import { beginStep, endSteps } from '../support/step.ts'
import type { Evidence, TimeEvidence } from './evidence.ts'
import { keyOf, setScene } from './scene.ts'
import type { Schedule } from './schedule.ts'

/** Turns of the event loop without the end of a request that is being answered; real time of some seconds. */
const PATIENCE = 200_000
/** More simulated time than any schedule allows for. */
const LONGEST_MS = 300_000_000
/** A run that was stopped has this many turns to end in. */
const STOPPING_TURNS = 500
/** Turns in which an answer, or the end of a connection, has surely come through over loopback. */
const SETTLING_TURNS = 4

interface Open {
  key: string
  /** The service has it and answers it later or never. */
  waits: boolean
}

/** Sees every request of this process from its making to its end. */
class RequestWatch {
  readonly open = new Set<Open>()
  readonly sent: TimeEvidence['sent'] = []
  readonly #clock: SimulatedClock
  readonly #seen = new WeakSet<object>()
  #events = 0

  constructor(clock: SimulatedClock) {
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
    const one: Open = { key, waits: false }
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

/**
 * Runs the action in this process against a schedule, over real HTTP, in simulated time: it moves on to the next timer whenever
 * no side is busy.
 *
 * @throws Error when the run can never end.
 */
export async function runInSimulatedTime(schedule: Schedule): Promise<Evidence> {
  joinRealms()
  const clock = new SimulatedClock()
  const watch = new RequestWatch(clock)
  const stop = new AbortController()
  const { cancel } = schedule
  const restoreTimers = clock.install()
  let received = 0
  let stoppedAt: number | null = null
  const abort = (): void => {
    if (stop.signal.aborted) return
    stoppedAt = clock.now()
    stop.abort('Cancelled (SIGINT). What is known so far stands in the outputs and the summary.')
  }
  try {
    const scene = await setScene(schedule, clock, (request, waits) => {
      watch.received(request.path, waits)
      received += 1
      if (cancel !== null && 'atRequest' in cancel && received === cancel.atRequest + 1) setImmediate(abort)
    })
    const step = beginStep(scene.inputs)
    if (cancel !== null && 'atMs' in cancel) clock.after(cancel.atMs, abort)

    const { signal } = stop
    const running = run({ clock, random: randomFrom(schedule.seed), signal })
    const succeeded = await drive(running, clock, watch, signal, (turns) => {
      if (cancel !== null && 'atTurn' in cancel && turns === cancel.atTurn) abort()
    })
    const totalMs = clock.now()
    // What was on its way when the run ended arrives now.
    for (let turns = 0; turns < 6; turns += 1) await turn()
    await scene.close()
    const outputs = step.outputs()
    const path = outputs['results-file'] ?? ''
    return {
      scene,
      succeeded,
      lines: step.lines(),
      outputs,
      summary: step.summary(),
      resultsFile: path === '' ? null : readFileSync(path, 'utf8'),
      requests: scene.service.requests,
      holds: (pinId) => scene.service.holds(pinId),
      time: {
        totalMs,
        afterStopMs: stoppedAt === null ? null : totalMs - stoppedAt,
        sent: watch.sent.map((entry) => ({ ...entry, endedMs: Math.min(entry.endedMs, totalMs) })),
      },
    }
  } finally {
    endSteps()
    restoreTimers()
    watch.end()
  }
}

async function drive(
  running: Promise<boolean>,
  clock: SimulatedClock,
  watch: RequestWatch,
  stopSignal: AbortSignal,
  onTurn: (turns: number) => void,
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
    if (stopSignal.aborted) {
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
    if (!clock.waits) {
      // Modules may still be loading.
      if (quiet > PATIENCE) throw new Error('The run waits for nothing and does not end')
    } else if (quiet >= SETTLING_TURNS) {
      quiet = 0
      clock.fireNext()
      if (clock.now() > LONGEST_MS) throw new Error(`The run goes on after ${clock.now()} ms`)
    }
  }
}
