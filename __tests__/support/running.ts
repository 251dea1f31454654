import type { Clock } from '../../src/clock.ts'
import { run } from '../../src/run.ts'
import { DEFAULT_KEYS, type Service } from '../../testing/service/index.ts'
import { eventually, SimulatedClock } from './simulated-clock.ts'
import { beginStep, type Step } from './step.ts'
import { joinRealms } from './one-realm.ts'

joinRealms()

/** A run of the action within this process, in simulated time. */
export interface Running {
  step: Step
  clock: SimulatedClock
  stop: AbortController
  /** Resolves to what the run came to, without any time passing. */
  done: Promise<boolean>
  /** Waits in real time until the service has got this many requests. */
  requested: (count: number) => Promise<void>
  /** Waits in real time until this many lines of the log match. */
  logged: (pattern: RegExp, count?: number) => Promise<void>
  results: () => Record<string, unknown>[]
}

/**
 * Begins a run for all pins that the service has, unless the inputs say otherwise.
 *
 * @param prepare changes the surroundings of the step before the run begins.
 */
export function beginRun(
  service: Service,
  inputs: Readonly<Record<string, string>> = {},
  world: { random?: () => number; clock?: Clock } = {},
  prepare: (step: Step) => void = () => {},
): Running {
  const step = beginStep({
    'pin-id': [...service.records.keys()].join('\n'),
    'pinning-api-key': DEFAULT_KEYS.apiKey,
    'pinning-secret-key': DEFAULT_KEYS.secretKey,
    'api-url': service.url,
    ...inputs,
  })
  prepare(step)
  const clock = new SimulatedClock()
  const stop = new AbortController()
  return {
    step,
    clock,
    stop,
    done: run({ clock, random: () => 0, ...world, signal: stop.signal }),
    requested: (count) => eventually(() => service.requests.length === count),
    logged: (pattern, count = 1) =>
      eventually(() => step.log().filter((line) => pattern.test(line)).length >= count),
    results: () => JSON.parse(step.outputs()['results'] ?? '') as Record<string, unknown>[],
  }
}
