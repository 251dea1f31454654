import { untruths } from '../truth/oracle.ts'
import type { run } from '../../src/run.ts'
import { play, type Played, setStage } from './play.ts'
import type { Scenario } from './scenarios.ts'

/** What a search went through. `seen`: results, and what ends of pins say about the run. */
export type Census = { sequences: number; states: number; seen: Set<string> }

/** A sequence of events in which a rule was broken. */
export class BrokenRule extends Error {
  constructor(events: readonly string[], problems: readonly string[]) {
    super([...events, ...problems.map((one) => `=> ${one}`)].join('\n  '))
  }
}

/**
 * Goes through every sequence of events of a scenario, shortest first, and judges each.
 *
 * Two points are the same state when the same is pending at the same time, and when every single thing that can happen next ends the
 * run in the same way. This asks the code itself what it remembers, so a state that it keeps by mistake, or forgets, is not missed.
 * Names of pins do not matter. What follows from a known state is not gone through again.
 *
 * @throws BrokenRule with the first sequence that breaks a rule.
 */
export async function search(action: typeof run, scenario: Scenario, census: Census): Promise<void> {
  const stage = setStage(action, scenario)
  const known = new Set<string>()
  const attempt = async (events: readonly string[]): Promise<Played> => {
    const played = await play(stage, events).catch((error: unknown) => {
      throw new BrokenRule(events, [String(error)])
    })
    const problems = untruths(played.story)
    if (problems.length > 0) throw new BrokenRule(events, problems)
    census.sequences += 1
    for (const { result, stops } of played.outcomes) census.seen.add(result).add(String(stops))
    return played
  }
  let level = [{ events: scenario.start, played: await attempt(scenario.start) }]
  while (level.length > 0) {
    const next: typeof level = []
    for (const { events, played } of level) {
      const children: typeof level = []
      for (const option of played.next) {
        const longer = [...events, option]
        children.push({ events: longer, played: await attempt(longer) })
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

function stateOf(at: Played, children: readonly { events: readonly string[]; played: Played }[]): string {
  const endings = children.map(({ events, played: { story, outcomes } }) => {
    const pins = story.pins.map(({ id }, index) => {
      const { result, stops, lostAnswer, attempts, durationMs } = outcomes.find(({ pinId }) => pinId === id) ?? {}
      const facts = [result, stops, lostAnswer, attempts, durationMs, story.holds(id), story.removed(id)]
      return `#${index + 1} ${facts.join(' ')}`
    })
    return [events.at(-1), story.endedMs, story.ends === null, ...pins].join('; ')
  })
  const lines = [at.pending, ...endings]
  // Two pins can be exchanged where they are alike; the first goes alone.
  const renamed = lines.map((line) => line.replace(/#([23])\b/g, (_, n) => (n === '2' ? '#3' : '#2')))
  const inOneOrder = (some: string[]): string =>
    some
      .map((line) => line.split('; ').sort().join('; '))
      .sort()
      .join('\n')
  return [lines, renamed].map(inOneOrder).sort()[0] as string
}
