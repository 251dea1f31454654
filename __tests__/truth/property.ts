import { type Arbitrary, asyncProperty, check, defaultReportMessage } from 'fast-check'
import type { Evidence } from './evidence.ts'
import { quickSchedules, type Schedule, schedulesById, schedulesSelected } from './schedule.ts'
import { untruths } from './truths.ts'

/** What schedules are drawn from. */
export const KINDS = {
  'by-id': schedulesById,
  selected: schedulesSelected,
  bundle: quickSchedules,
} satisfies Readonly<Record<string, Arbitrary<Schedule>>>

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
 * @throws Error with the command that repeats it, the smallest schedule found and what was untrue.
 */
export async function checkTruth(
  kind: keyof typeof KINDS,
  run: (schedule: Schedule) => Promise<Evidence>,
  { numRuns, seed, path }: PropertyRuns,
): Promise<Census> {
  const census: Census = new Map()
  const count = (name: string, by = 1): void => void census.set(name, (census.get(name) ?? 0) + by)
  const property = asyncProperty(KINDS[kind], async (schedule) => {
    const evidence = await run(schedule)
    const found = untruths(evidence)
    count(evidence.succeeded ? 'succeeded' : 'failed step')
    count('requests', evidence.requests.length)
    for (const word of evidence.outputs['result']?.split('\n') ?? []) count(word === '' ? 'refused' : word)
    if (found.length > 0) throw new Error(found.join('\n'))
  })
  const details = await check(property, {
    numRuns,
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  })
  if (details.failed) {
    // With `=`: a seed can be negative.
    const again = `npm run soak -- 1 --kind=${kind} --seed=${details.seed} --path=${details.counterexamplePath}`
    const problem = details.errorInstance instanceof Error ? details.errorInstance.message : 'Interrupted.'
    throw new Error(`${problem}\nTo see it again: ${again}\n${defaultReportMessage(details)}`)
  }
  return census
}
