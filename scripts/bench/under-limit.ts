import { removeRunFolder, runInSimulatedTime } from '../../__tests__/truth/in-simulated-time.ts'
import type { PinPlan } from '../../__tests__/truth/schedule.ts'
import { run } from '../../src/run.ts'

/** What a run under the account's rate limit took, in simulated time. */
export interface LimitFinding {
  pins: number
  requestsPerMinute: number
  latencyMs: number
  /** No client that keeps the limit can be done sooner. */
  boundMs: number
  ms: number
  /** How often a service that enforces the same limit had to refuse. */
  refused: number
}

/** Removes pins from a service that enforces the limit that the action was told. */
export async function benchUnderLimit(
  pins: number,
  requestsPerMinute: number,
  latencyMs: number,
): Promise<LimitFinding> {
  const pin: PinPlan = {
    state: 'held',
    group: 'a',
    suffix: 'x',
    ageDays: 1,
    protect: 'no',
    troubles: [{ kind: 'delay', ms: latencyMs }],
    forGood: true,
  }
  try {
    const { succeeded, time, requests } = await runInSimulatedTime(run, {
      pins: Array.from({ length: pins }, () => pin),
      selection: null,
      requestsPerMinute,
      timeoutSeconds: 120,
      onMissing: 'fail',
      dryRun: false,
      verify: false,
      cancel: null,
      others: [],
      listTroubles: [],
      nobodyListens: false,
      wrongServer: false,
      seed: 1,
    })
    const refused = requests.filter(({ status }) => status === 429).length
    if (!succeeded) throw new Error(`Not every pin was removed; ${refused} requests were refused`)
    return {
      pins,
      requestsPerMinute,
      latencyMs,
      boundMs: (Math.ceil(pins / requestsPerMinute) - 1) * 60_000 + latencyMs,
      ms: time?.totalMs ?? Number.NaN,
      refused,
    }
  } finally {
    removeRunFolder()
  }
}
