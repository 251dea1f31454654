import { makePin } from '../../testing/service/index.ts'
import { actionCommand, bareHttpsCommand } from './contenders.ts'
import { measure } from './measure.ts'
import type { ServiceElsewhere } from './service-elsewhere.ts'
import { ratiosOf, type Spread, spreadOf } from './statistics.ts'

const AT_ONCE = 8
/** High enough to never hold anything back here. */
const NO_LIMIT = '6000'

/** What removing many pins took, as whole processes. */
export interface ManyPinsFinding {
  pins: number
  latencyMs: number
  /** Eight at once and nothing but the service's own delay. */
  idealMs: number
  ms: Spread
  /** `null` where the ideal is no time at all. */
  toIdeal: Spread | null
  /** Ratio to the bare script, eight at once as well. */
  toHttps: Spread
  peakMiB: number | null
}

export interface ManyPinsPlan {
  pins: number
  latencyMs: number
  rounds: number
}

export function plansOfManyPins(quick: boolean): ManyPinsPlan[] {
  const plans: ManyPinsPlan[] = []
  for (const latencyMs of [0, 50, 300]) {
    for (const pins of [1, 8, 100, 1000]) {
      const long = pins * latencyMs >= 50_000
      if (quick && long && latencyMs > 50) continue
      plans.push({ pins, latencyMs, rounds: quick ? (long ? 1 : 3) : long ? 3 : 9 })
    }
  }
  return plans
}

export async function benchManyPins(
  service: ServiceElsewhere,
  { pins, latencyMs, rounds }: ManyPinsPlan,
): Promise<ManyPinsFinding> {
  await service.order({ delayMs: latencyMs })
  const pinIds = Array.from({ length: pins }, (_, index) => makePin({}, index).id)
  const what = `${pins} pins at ${latencyMs} ms`
  const inputs = { 'pin-id': pinIds.join('\n'), 'requests-per-minute': NO_LIMIT }
  const action = actionCommand(`this action with ${what}`, service, inputs)
  const https = bareHttpsCommand(`the bare https script with ${what}`, service, pinIds, AT_ONCE)
  const idealMs = Math.ceil(pins / AT_ONCE) * latencyMs
  const own: number[] = []
  const bare: number[] = []
  let peakMiB: number | null = null
  for (let round = 0; round < rounds; round += 1) {
    const measured = await measure(action, 20)
    own.push(measured.ms)
    if (measured.peakMiB !== null) peakMiB = Math.max(peakMiB ?? 0, measured.peakMiB)
    bare.push((await measure(https)).ms)
  }
  return {
    pins,
    latencyMs,
    idealMs,
    ms: spreadOf(own),
    toIdeal: idealMs === 0 ? null : spreadOf(own.map((ms) => ms / idealMs)),
    toHttps: ratiosOf(own, bare),
    peakMiB,
  }
}

export interface SelectionFinding {
  what: string
  ms: number
  peakMiB: number | null
}

/** Single runs over very many pins: a dry run, the removal of the same pins, and a list without a match. */
export async function benchSelections(service: ServiceElsewhere, pins: number): Promise<SelectionFinding[]> {
  const find = async (what: string, inputs: Readonly<Record<string, string>>): Promise<SelectionFinding> => {
    const rate = { 'max-unpins': String(pins), 'requests-per-minute': NO_LIMIT }
    return { what, ...(await measure(actionCommand(what, service, { ...rate, ...inputs }), 20)) }
  }
  const name = 'release-*'
  await service.order({ delayMs: 0, listed: { first: 1_000_000, count: pins } })
  const dryRun = await find(`a dry run over ${pins} pins`, { name, 'dry-run': 'true' })
  const removal = await find(`${pins} pins selected and removed`, { name })
  const rows = 10 * pins
  await service.order({ delayMs: 0, listed: { first: 2_000_000, count: rows } })
  const list = await find(`a list of ${rows} rows without a match`, { name: 'no-such-name' })
  return [dryRun, removal, list]
}
