import { systemClock } from '../../src/clock.ts'
import { run, type Runtime } from '../../src/run.ts'
import { DEFAULT_KEYS, type Service } from '../../testing/service/index.ts'
import { joinRealms } from './one-realm.ts'
import { beginStep, type Step } from './step.ts'

joinRealms()

/** A run of the action within this process. */
export interface Running {
  step: Step
  done: Promise<boolean>
  results: () => Record<string, unknown>[]
}

/** Begins a run for all pins that the service has, unless the inputs say otherwise. */
export function beginRun(
  service: Service,
  inputs: Readonly<Record<string, string>> = {},
  { environment = {}, ...runtime }: Partial<Runtime> & { environment?: Record<string, string> } = {},
): Running {
  const step = beginStep({
    'pin-id': [...service.records.keys()].join('\n'),
    'pinning-api-key': DEFAULT_KEYS.apiKey,
    'pinning-secret-key': DEFAULT_KEYS.secretKey,
    'api-url': service.url,
    ...inputs,
  })
  Object.assign(process.env, environment)
  return {
    step,
    done: run({ clock: systemClock, random: () => 0, signal: new AbortController().signal, ...runtime }),
    results: () => JSON.parse(step.outputs()['results'] ?? '') as Record<string, unknown>[],
  }
}
