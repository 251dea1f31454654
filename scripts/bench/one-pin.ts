import { makePin } from '../../testing/service/index.ts'
import { contenders } from './contenders.ts'
import { measure } from './measure.ts'
import type { ServiceElsewhere } from './service-elsewhere.ts'
import { ratiosOf, type Spread, spreadOf } from './statistics.ts'

/** What one way of removing one pin took, as whole processes. */
export interface OnePinFinding {
  name: string
  ms: Spread
  /** Ratio to bare Node in the same rounds. */
  toNode: Spread
  /** Ratio to the bare `https` script in the same rounds. */
  toHttps: Spread
  peakMiB: number | null
}

/** Rounds in which the memory is watched; those are not timed. */
const MEMORY_ROUNDS = 3

/**
 * Every client removes one pin over TLS, in turns, so that whatever else the machine does hits all alike.
 *
 * @param folder for temporary files.
 */
export async function benchOnePin(
  service: ServiceElsewhere,
  folder: string,
  rounds: number,
): Promise<OnePinFinding[]> {
  await service.order({ delayMs: 0 })
  const all = contenders(service, makePin({}, 1).id, folder)
  const times = all.map((): number[] => [])
  const peaks = all.map((): number[] => [])
  // The first round fills the caches of the file system and counts for nothing.
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, command] of all.entries()) {
      const { ms } = await measure(command)
      if (round >= 0) times[index]?.push(ms)
    }
  }
  for (let round = 0; round < MEMORY_ROUNDS; round += 1) {
    for (const [index, command] of all.entries()) {
      const { peakMiB } = await measure(command, 1)
      if (peakMiB !== null) peaks[index]?.push(peakMiB)
    }
  }
  const [node = [], https = []] = times
  return all.map(({ name }, index) => {
    const own = times[index] ?? []
    const peak = peaks[index] ?? []
    return {
      name,
      ms: spreadOf(own),
      toNode: ratiosOf(own, node),
      toHttps: ratiosOf(own, https),
      peakMiB: peak.length === 0 ? null : Math.max(...peak),
    }
  })
}
