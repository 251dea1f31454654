import { isDeepStrictEqual } from 'node:util'
import { type Arbitrary, assert, asyncProperty } from 'fast-check'
import type { Evidence } from './evidence.ts'
import type { Schedule } from './schedule.ts'
import { untruths } from './truths.ts'

export interface PropertyRuns {
  numRuns: number
  /** From an earlier failure's words, to see it again. */
  seed?: number | undefined
  path?: string | undefined
}

/** How often something happened, so that a property that sees nothing cannot pass for one that holds. */
export type Census = Map<string, number>

/**
 * Runs the action against so many schedules, and shrinks the first in which it says or does anything untrue.
 *
 * @throws Error with the seed, the smallest schedule found and what was untrue.
 */
export async function checkTruth(
  schedules: Arbitrary<Schedule>,
  run: (schedule: Schedule) => Promise<Evidence>,
  { numRuns, seed, path }: PropertyRuns,
): Promise<Census> {
  const census: Census = new Map()
  const count = (name: string, by = 1): void => void census.set(name, (census.get(name) ?? 0) + by)
  await assert(
    asyncProperty(schedules, async (schedule) => {
      const evidence = await run(schedule)
      const found = untruths(evidence)
      count(evidence.succeeded ? 'green' : 'red')
      count('requests', evidence.requests.length)
      for (const word of evidence.outputs['result']?.split('\n') ?? []) count(word === '' ? 'refused' : word)
      if (!isDeepStrictEqual(found, [])) throw new Error(found.join('\n'))
    }),
    {
      numRuns,
      ...(seed === undefined ? {} : { seed }),
      ...(path === undefined ? {} : { path }),
    },
  )
  return census
}
