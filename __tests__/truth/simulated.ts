import { readFileSync } from 'node:fs'
import { run } from '../../src/run.ts'
import { joinRealms } from '../support/one-realm.ts'
import { SimulatedClock, turn } from '../support/simulated-clock.ts'
import { beginStep, endSteps } from '../support/step.ts'
import { type Evidence, evidenceOf, setScene } from './scene.ts'
import { pinIn, Watch } from './watch.ts'
import type { Schedule } from './world.ts'

const PATIENCE = 200_000 // Turns of the event loop without the end of a request that is being answered: some seconds.
const LONGEST_MS = 300_000_000 // More simulated time than any schedule allows for.
const STOPPING_TURNS = 500 // In these a run that was stopped must end.
const SETTLING_TURNS = 4 // In these an answer, or the end of a connection, has surely come through over loopback.

/** Evenly from [0, 1), the same for the same seed (Numerical Recipes' linear congruential generator). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/**
 * Runs the action in this process against a schedule, over real HTTP, in simulated time: it moves on to the next timer whenever
 * no side is busy.
 * @throws Error when the run can never end.
 */
export async function runInSimulatedTime(schedule: Schedule): Promise<Evidence> {
  joinRealms()
  const clock = new SimulatedClock()
  const watch = new Watch(() => clock.now())
  const controller = new AbortController()
  const restoreTimers = clock.install()
  const at = { atTurn: -1, atRequest: -1, atMs: -1, ...schedule.cancel }
  /** The pins, and the list, whose request the service answers later or never. */
  const waiting = new Set<string | null>()
  let received = 0
  let stop: Evidence['stop'] = null
  const abort = (): void => {
    stop ??= { ms: clock.now(), place: watch.place }
    controller.abort('Cancelled (SIGINT). All that is known so far is in the outputs and the summary.')
  }
  try {
    const scene = await setScene(schedule, clock, ({ path }, waits) => {
      waiting[waits ? 'add' : 'delete'](pinIn(path))
      if (received === at.atRequest) setImmediate(abort)
      received += 1
    })
    const step = beginStep(scene.inputs)
    if (at.atMs >= 0) clock.after(at.atMs, abort)
    const running = run({ clock, random: randomFrom(schedule.seed), signal: controller.signal })
    let settled = false
    const end = (): void => void (settled = true)
    running.then(end, end)
    const isBusy = (): boolean => [...watch.open].some(({ pin }) => !waiting.has(pin))
    let [quiet, busy, stopping] = [0, 0, 0]
    for (let turns = 0; ; turns += 1) {
      await turn()
      if (settled) break
      if (turns === at.atTurn) abort()
      if (stop !== null) {
        stopping += 1
        if (stopping > STOPPING_TURNS) throw new Error('The run was stopped and does not end')
      } else if (isBusy() && busy < PATIENCE) {
        quiet = 0
        busy += 1
      } else {
        busy = 0
        quiet += 1
        // Modules may still be loading.
        if (!clock.waits && quiet > PATIENCE) throw new Error('The run waits for nothing and does not end')
        if (!clock.waits || quiet < SETTLING_TURNS) continue
        quiet = 0
        clock.fireNext()
        if (clock.now() > LONGEST_MS) throw new Error(`The run goes on after ${clock.now()} ms`)
      }
    }
    const endedMs = clock.now()
    // What was on its way when the run ended arrives now.
    for (let turns = 0; turns < 6; turns += 1) await turn()
    await scene.close()
    const outputs = step.outputs()
    const path = outputs['results-file'] ?? ''
    const resultsFile = path === '' ? null : readFileSync(path, 'utf8')
    const told = { succeeded: await running, lines: step.lines(), outputs, summary: step.summary(), resultsFile }
    return evidenceOf(scene, { ...told, exchanges: watch.exchanges, stop, endedMs, timed: true })
  } finally {
    endSteps()
    restoreTimers()
    watch.end()
  }
}
