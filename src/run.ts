import type { Clock } from './clock.ts'
import { authentication, PinService } from './client/service.ts'
import { describeError, RefusedError } from './errors.ts'
import { untouched } from './execution/outcomes.ts'
import { unpinAll } from './execution/unpin-all.ts'
import { createExchange } from './http/exchange.ts'
import { Gate } from './http/gate.ts'
import { Origin } from './http/origin.ts'
import { proxyProblem } from './http/proxy.ts'
import { type Inputs, readInputs, readKeys } from './inputs/read.ts'
import { Report, type RunReport } from './report/report.ts'

/** What a run takes from outside, so that tests can own it. */
export interface World {
  clock: Clock
  /** Evenly from [0, 1). */
  random: () => number
  /** Aborts when the run has to end now; its reason is a sentence for people. */
  signal: AbortSignal
}

/**
 * The whole action: inputs, plan, execution, report. Reports in every case.
 *
 * @returns true only when every pin's end is proven and allowed.
 */
export async function run(world: World): Promise<boolean> {
  const keys = readKeys()
  const report = new Report(world.clock, [keys.api, keys.secret])
  let inputs: Inputs
  let runReport: RunReport
  try {
    inputs = readInputs(keys)
    const problem = proxyProblem(inputs.apiBase, process.env)
    if (problem !== null) throw new RefusedError([problem])
    runReport = report.begin(inputs)
  } catch (error) {
    report.refuse(
      error instanceof RefusedError
        ? error.problems
        : [`This action failed in itself: ${describeError(error)}.`],
    )
    return false
  }

  if (inputs.dryRun) {
    inputs.pinIds.forEach((pinId, index) => {
      runReport.ended(untouched(pinId, 'would-unpin', 'Would be unpinned.'), index)
    })
  } else {
    const service = connect(inputs, world)
    await unpinAll(inputs.pinIds, {
      unpin: (pinId, signals) =>
        service.unpin(pinId, {
          ...signals,
          timeoutSeconds: inputs.timeoutSeconds,
          onRetry: (retry) => runReport.retrying(pinId, retry),
        }),
      signal: world.signal,
      onEnd: (outcome, index) => runReport.ended(outcome, index),
    })
  }
  return runReport.finish(world.signal.aborted ? String(world.signal.reason) : null)
}

function connect(inputs: Inputs, { clock, random }: World): PinService {
  const origin = new Origin({
    base: inputs.apiBase,
    secretHeaders: authentication(inputs.keys),
    exchange: createExchange(clock),
    gate: new Gate(clock, inputs.requestsPerMinute),
    clock,
    random,
  })
  return new PinService(origin)
}
