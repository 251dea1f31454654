import { asyncProperty, check, defaultReportMessage } from 'fast-check'
import { KINDS } from './draw.ts'
import { untruths } from './oracle.ts'
import { disagreements } from './report.ts'
import type { Evidence } from './scene.ts'
import { meaningOf } from './wire.ts'
import type { Schedule } from './world.ts'

/** `seed` and `path`: from an earlier failure's words, to see it again. */
export type PropertyRuns = { numRuns: number; seed?: number; path?: string }

/** How often something happened, so that a property that sees nothing cannot pass for one that holds. */
export type Census = Map<string, number>

export function problemsOf(evidence: Evidence): string[] {
  return [...untruths(evidence), ...disagreements(evidence)]
}

/**
 * Runs the action against so many schedules, and shrinks the first in which it says or does anything untrue.
 *
 * @throws Error with the command that repeats it, the smallest schedule found and what was untrue.
 */
export async function checkTruth(
  kind: keyof typeof KINDS,
  run: (schedule: Schedule) => Promise<Evidence>,
  runs: PropertyRuns,
): Promise<Census> {
  const census: Census = new Map()
  const count = (name: string): void => void census.set(name, (census.get(name) ?? 0) + 1)
  const property = asyncProperty(KINDS[kind], async (schedule) => {
    const evidence = await run(schedule)
    const found = problemsOf(evidence)
    count(evidence.succeeded ? 'succeeded' : 'failed step')
    for (const { result } of evidence.ends ?? [{ result: 'no results' }]) count(result)
    for (const exchange of evidence.exchanges) {
      const { says, lost, unsure } = meaningOf(exchange, exchange.came)
      count(`${exchange.method} ${lost ? 'lost' : unsure ? 'unsure' : says}`)
    }
    if (found.length > 0) throw new Error(found.join('\n'))
  })
  const details = await check(property, runs)
  if (details.failed) {
    // With `=`: a seed can be negative.
    const again = `npm run soak -- 1 --kind=${kind} --seed=${details.seed} --path=${details.counterexamplePath}`
    const problem = details.errorInstance instanceof Error ? details.errorInstance.message : 'Interrupted.'
    throw new Error(`${problem}\nTo see it again: ${again}\n${defaultReportMessage(details)}`)
  }
  return census
}
