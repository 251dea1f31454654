import { Session } from 'node:inspector/promises'
import { parseArgs } from 'node:util'
import { FILES, loadRun, MUTANTS } from '../__tests__/exhaustive/mutants.ts'
import { FEW, SCENARIOS } from '../__tests__/exhaustive/scenarios.ts'
import { BrokenRule, type Census, search } from '../__tests__/exhaustive/search.ts'
import { RESULTS, type StopSign } from '../src/pin/outcome.ts'

/**
 * `npm run exhaustive [-- --quick] [-- --only=NAME]`: tries every sequence of events of a run up to a depth, where `npm run soak` tries
 * random ones. Both have one world (`__tests__/truth/world.ts`) and one oracle (`oracle.ts`). What is searched is the real code, but for the
 * one function that sends a request. Then it breaks one rule of the action after the other (`mutants.txt`), to show that this is noticed.
 *
 * To read on: `scenarios.ts` lists the worlds and what can become of a request, `play.ts` plays one sequence, `search.ts` goes from one to
 * the next.
 */

/** Every sign to stop; the compiler sees to it that none is left out. */
const SIGNS: Readonly<Record<StopSign, true>> = {
  unauthorized: true,
  forbidden: true,
  'told-to-wait': true,
  unanswered: true,
}

/** Where every branch must be taken. */
const JUDGES = /\/(?:service\/(?!list|causes)|unpin\/|http\/(?:client|retry|rate-limiter)|pin\/outcome)/
/** But for these, word for word, which nothing in this world causes. Unit tests have them, but for the defaults that the compiler wants. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "http/client.ts return refused('key-in-url', 'the URL would hold the value of a key')",
  "http/client.ts return reply({ end: 'out-of-time', trouble, askedMs: null })",
  'http/client.ts : `: "${body.begins}"`',
  'http/rate-limiter.ts () => {}',
  // Dates in `Retry-After` and `Date`.
  "http/retry.ts : Math.max(0, until - (parseHttpDate(date ?? '') ?? clock.epoch()))",
  "http/retry.ts // asctime names no zone; HTTP's dates are all GMT. const date = Date.parse(value.endsWith('GMT') ? value",
  'http/retry.ts : `${value} GMT`',
  'http/retry.ts ? null',
  'http/retry.ts : date',
  'service/service.ts : parseHttpDate(date)',
  "unpin/execute.ts ?? ''",
  'unpin/execute.ts catch (error) { outcome = broken(pin.pinId, error, pin.deadline.running) }',
])

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } })
const problems: string[] = []
const startedAt = performance.now()
const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`

const inspector = new Session()
inspector.connect()
await inspector.post('Profiler.enable')
// It makes everything slower.
if (!values.quick) await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
const action = await loadRun()
const total: Census = { sequences: 0, states: 0, seen: new Set() }
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  if (!name.includes(values.only ?? '')) continue
  const depth = values.quick ? scenario.quickDepth : scenario.depth
  const before = { ...total }
  try {
    const { only } = scenario
    const few = values.quick && total.states > 0 && (only === undefined || only.length > FEW.length)
    await search(action, { ...scenario, depth, ...(few && { only: FEW }) }, total)
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error
    problems.push(`${name}:\n  ${error.message}`)
  }
  const sequences = total.sequences - before.sequences
  console.log(`${name}, depth ${depth}: ${sequences} sequences, ${total.states - before.states} states, ${seconds()}`)
}
console.log(`In all ${total.sequences} sequences, ${total.states} states.`)
if (values.only === undefined && !values.quick) {
  const { result: coverage } = await inspector.post('Profiler.takePreciseCoverage')
  await inspector.post('Profiler.stopPreciseCoverage')
  for (const word of [...RESULTS, ...Object.keys(SIGNS)])
    if (!total.seen.has(word)) problems.push(`never seen: ${word}`)
  const needed = new Set<string>()
  for (const [url, text] of FILES) {
    if (!JUDGES.test(url)) continue
    const file = url.replace(/.*\/src\//, '')
    const ranges = (coverage.find((one) => one.url === url)?.functions ?? []).flatMap((one) => one.ranges)
    for (const { startOffset, endOffset, count } of ranges) {
      const block = text.slice(startOffset, endOffset)
      // Blank: what follows an endless loop.
      if (count > 0 || block.trim() === '') continue
      const branch = `${file} ${block.trim().replace(/\s+/g, ' ')}`
      const line = text.slice(0, startOffset).split('\n').length
      if (ELSEWHERE.has(branch)) needed.add(branch)
      else problems.push(`never run, line ${line}: ${branch}`)
    }
  }
  for (const branch of ELSEWHERE) if (!needed.has(branch)) problems.push(`needs no exception: ${branch}`)
}

for (const [rule, mutant] of MUTANTS.entries()) {
  const { name, scenario } = mutant
  const found = SCENARIOS[scenario]
  if (found === undefined) throw new Error(`There is no scenario "${scenario}"`)
  const applies = [...FILES.values()].some((text) => text.replaceAll(mutant.from, '') !== text)
  if (!applies) problems.push(`there is nothing to break: ${name}`)
  if (!applies || values.quick || !name.includes(values.only ?? '')) continue
  const census: Census = { sequences: 0, states: 0, seen: new Set() }
  try {
    await search(await loadRun(rule), found, census)
    problems.push(`not noticed: ${name}`)
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error
    console.log(`Noticed after ${census.sequences} sequences: ${name}. ${seconds()}`)
  }
}
console.log(problems.length === 0 ? 'Nothing is untrue.' : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1
