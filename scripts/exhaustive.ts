import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { parseArgs } from 'node:util'
import { loadMutant, readMutants } from '../__tests__/exhaustive/mutants.ts'
import { loadCore } from '../__tests__/exhaustive/core.ts'
import { SCENARIOS } from '../__tests__/exhaustive/scenarios.ts'
import { BrokenRule, type Census, search } from '../__tests__/exhaustive/search.ts'
import type { RequestResult } from '../src/http/origin-client.ts'
import { RESULTS, type Finding } from '../src/pin/outcome.ts'

/**
 * `npm run exhaustive [-- --quick]`: tries every schedule of a run up to a depth, where `npm run soak` tries random ones. What it searches
 * is the real code, but for the one function that sends a request: `__tests__/exhaustive/replies.ts` has all that a request can come to.
 *
 * To read on: `search.ts` goes from schedule to schedule, `play.ts` plays one, `rules.ts` says what must hold in each, `scenarios.ts` lists
 * the worlds, and `mutants.txt` breaks one rule after the other, to show that this is noticed.
 */

/** Every ending of a request and every signal to the run; the compiler sees to it that none is left out. */
const ENDINGS: Readonly<Record<RequestResult['kind'] | Finding, true>> = {
  answered: true,
  refused: true,
  'time-used-up': true,
  'told-to-wait': true,
  'held-back': true,
  interrupted: true,
  none: true,
  'service-proven': true,
  'service-doubted': true,
  unauthorized: true,
  forbidden: true,
}

/** Files of which every branch must be taken, but for what no answer can cause and a parser that has its own tests. */
const JUDGES = `
  client/judge-read client/judge-unpin client/judgement client/missing client/service client/words
  execution/execute execution/stop-rule execution/unpin-one
  http/deadline http/origin-client http/rate-limiter http/retry pin/outcome`
const ELSEWHERE = /broken\(|^\(\) => false$|^parseRetryAfter\(|'over a year'/

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const source = new URL('../src/', import.meta.url)
const problems: string[] = []
const startedAt = performance.now()
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`

const inspector = new Session()
inspector.connect()
await inspector.post('Profiler.enable')
await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
const core = await loadCore(source)
const total: Census = { schedules: 0, states: 0, seen: new Map() }
for (const [name, { quickDepth, ...scenario }] of Object.entries(SCENARIOS)) {
  const depth = values.quick ? quickDepth : scenario.depth
  const before = { ...total }
  try {
    await search(core, { ...scenario, depth }, total)
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error
    problems.push(`${name}: ${error.message}`)
  }
  const schedules = total.schedules - before.schedules
  console.log(
    `${name}, depth ${depth}: ${schedules} schedules, ${total.states - before.states} states, ${seconds()}`,
  )
}
console.log(`In all ${total.schedules} schedules, ${total.states} states.`)
for (const word of [...RESULTS, ...Object.keys(ENDINGS)]) {
  if (!total.seen.has(word)) problems.push(`never seen: ${word}`)
}
const { result: coverage } = await inspector.post('Profiler.takePreciseCoverage')
await inspector.post('Profiler.stopPreciseCoverage')
for (const file of JUDGES.trim().split(/\s+/)) {
  const url = new URL(`${file}.ts`, source)
  const text = readFileSync(url, 'utf8')
  const functions = coverage.find((one) => one.url === url.href)?.functions ?? []
  for (const { startOffset, endOffset, count } of functions.flatMap(({ functionName, ranges }) =>
    ELSEWHERE.test(`${functionName}(`) ? [] : ranges,
  )) {
    const line = text.slice(0, startOffset).split('\n').length
    const block = text.slice(startOffset, endOffset)
    if (count === 0 && !ELSEWHERE.test(block)) problems.push(`never run: src/${file}.ts:${line}: ${block}`)
  }
}

for (const mutant of readMutants()) {
  const { name } = mutant
  const found = SCENARIOS[mutant.scenario]
  if (found === undefined) throw new Error(`There is no scenario "${mutant.scenario}"`)
  const { quickDepth, ...scenario } = found
  const census: Census = { schedules: 0, states: 0, seen: new Map() }
  try {
    await search(await loadMutant(mutant), { ...scenario, depth: quickDepth }, census)
    problems.push(`not caught: ${name}`)
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error
    console.log(`Caught after ${census.schedules} schedules: ${name}. ${seconds()}`)
  }
}
console.log(problems.length === 0 ? 'Nothing is untrue.' : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1
