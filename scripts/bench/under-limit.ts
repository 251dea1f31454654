import { runInSimulatedTime } from '../../__tests__/truth/in-simulated-time.ts'
import { pin, schedule } from '../../__tests__/truth/schedule.ts'

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
  const waiting = pin({ troubles: [{ kind: 'delay', ms: latencyMs }], forGood: true })
  const { succeeded, time, requests } = await runInSimulatedTime(
    schedule({ pins: Array.from({ length: pins }, () => waiting), requestsPerMinute, onMissing: 'fail' }),
  )
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
}
