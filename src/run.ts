import { authentication, PinService } from './client/service.ts'
import { describeError, RefusedError } from './errors.ts'
import { createExchange } from './http/exchange.ts'
import { Gate } from './http/gate.ts'
import { Origin } from './http/origin.ts'
import { proxyProblem } from './http/proxy.ts'
import { type Inputs, readInputs, readKeys } from './inputs/read.ts'
import { Report } from './report/report.ts'
import type { RunReport } from './report/run-report.ts'
import { unpinByIds } from './run-by-ids.ts'
import type { World } from './stage.ts'

/**
 * The whole action: inputs, plan, execution, report. Reports in every case.
 *
 * @returns true only when every pin's end is proven and allowed.
 */
export async function run(world: World): Promise<boolean> {
  const keys = readKeys()
  const report = new Report(world.clock, [keys.api, keys.secret])
  let runReport: RunReport | null = null
  let carryOut: () => Promise<boolean>
  try {
    const inputs = await readInputs(keys)
    const problem = proxyProblem(inputs.apiBase, process.env)
    if (problem !== null) throw new RefusedError([problem])
    const { target } = inputs
    runReport = report.begin({ ...inputs, criteria: 'pinIds' in target ? null : target.criteria.told })
    const stage = { inputs, service: connect(inputs, world), report: runReport, world }
    if ('pinIds' in target) carryOut = () => unpinByIds(stage, target.pinIds)
    else {
      // Loaded only here: an unpin by ID starts without it.
      const { planSelected, unpinSelected } = await import('./run-selected.ts')
      const decisions = await planSelected(stage, target.criteria)
      carryOut = () => unpinSelected(stage, decisions, target.maxUnpins)
    }
  } catch (error) {
    runReport?.abandon()
    report.refuse(
      error instanceof RefusedError
        ? error.problems
        : [`This action failed in itself: ${describeError(error)}.`],
    )
    return false
  }
  // From here on there are results; what goes wrong now must not write "nothing" over them.
  return carryOut()
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
