import type { Core } from './core.ts'
import { play, type Played, type Scenario } from './play.ts'
import { brokenRules } from './rules.ts'

/** What a search went through. */
export interface Census {
  schedules: number
  states: number
  /** Results, endings and findings, each as often as it was seen. */
  seen: Map<string, number>
}

/** A schedule in which a rule was broken. */
export class BrokenRule extends Error {
  constructor(scenario: Scenario, schedule: readonly string[], problems: readonly string[]) {
    super(
      `${JSON.stringify(scenario)}\n  ${[...schedule, ...problems.map((one) => `=> ${one}`)].join('\n  ')}`,
    )
  }
}

/**
 * Goes through every schedule of a scenario, shortest choices first, and checks each.
 *
 * Two points are the same state when the same is pending at the same time, and when every single thing that can happen next ends the
 * run in the same way. This asks the code itself what it remembers, so a state that it keeps by mistake, or forgets, is not missed.
 * Names of pins do not matter. What follows from a known state is not gone through again.
 *
 * @throws BrokenRule with the first schedule that breaks a rule.
 */
export async function search(core: Core, scenario: Scenario, census: Census): Promise<void> {
  const known = new Set<string>()
  const attempt = async (schedule: readonly string[]): Promise<Played> => {
    let played: Played
    try {
      played = await play(core, scenario, schedule)
    } catch (error) {
      throw new BrokenRule(scenario, schedule, [String(error)])
    }
    const problems = brokenRules(played)
    if (problems.length > 0) throw new BrokenRule(scenario, schedule, problems)
    census.schedules += 1
    const outcomes = [...played.outcomes.values()].flat()
    const words = [...played.kinds, ...outcomes.flatMap(({ result, finding }) => [result, finding])]
    for (const word of words) census.seen.set(word, (census.seen.get(word) ?? 0) + 1)
    return played
  }
  let level = [{ schedule: [] as string[], played: await attempt([]) }]
  while (level.length > 0) {
    const next: typeof level = []
    for (const { schedule, played } of level) {
      const children: typeof level = []
      for (const option of played.next) {
        const longer = [...schedule, option]
        children.push({ schedule: longer, played: await attempt(longer) })
      }
      const state = stateOf(played, children)
      if (known.has(state)) continue
      known.add(state)
      next.push(...children.filter((child) => child.played.next.length > 0))
    }
    level = next
  }
  census.states += known.size
}

function stateOf(at: Played, children: readonly { schedule: string[]; played: Played }[]): string {
  const endings = children.map(({ schedule, played }) => {
    const pins = played.pins.map(({ id, gone }) => {
      const { result, finding, lostAnswer, attempts, durationMs } = played.outcomes.get(id)?.[0] ?? {}
      return [id, gone, result, finding, lostAnswer, attempts, durationMs].join(' ')
    })
    return [schedule.at(-1), played.endedMs, ...pins].join('; ')
  })
  const lines = [at.pending, ...endings]
  // The pins can be exchanged where they are alike.
  const renamed = lines.map((line) => line.replace(/000([12])\b/g, (_, n) => (n === '1' ? '0002' : '0001')))
  return [lines, renamed].map(inOneOrder).sort()[0] as string
}

function inOneOrder(lines: readonly string[]): string {
  return lines
    .map((line) => line.split('; ').sort().join('; '))
    .sort()
    .join('\n')
}
