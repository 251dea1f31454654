/**
 * `npm run e2e [-- WORD]`: runs the examples with act against an embedded service, and looks at what the service holds afterwards. WORD
 * picks the scenarios whose title holds it.
 *
 * `npm run e2e -- FILE.yml [EVENT] [INPUT=VALUE…] [PAYLOAD.json]`: runs a workflow of your own, and shows its log and what it asked of
 * the service. EVENT is the first one that the workflow names, if you give none.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { makePin, type PinRecord, type Service, startService } from '../testing/service/index.ts'
import { findAct, hasGit, Playground } from './e2e/playground.ts'
import { type Pin, type Scenario, SCENARIOS } from './e2e/scenarios.ts'
import { describePins, pinnedDaysAgo, samplePins } from './sample-pins.ts'

function recordOf(pin: Pin, index: number): PinRecord {
  const [text, keyvalues] = typeof pin === 'string' ? [pin] : pin
  const [, name = '', days = '1'] = /^[+-](.*?)(?: @([\d.]+))?$/s.exec(text) ?? []
  const metadata = { name, ...(keyvalues && { keyvalues }) }
  return makePin({ date_pinned: pinnedDaysAgo(Number(days)), metadata }, index + 1)
}

/** @throws AssertionError that says what is not as the scenario wants it */
function check(scenario: Scenario, service: Service, act: { succeeded: boolean; log: string }): void {
  const { pins, before, fails, sent = {}, log = [], unlogged, also } = scenario
  // What is pinned again has another ID.
  const idOf = ({ metadata, id }: PinRecord): string => (before ? `${metadata.name}` : `${metadata.name} ${id}`)
  const held = [...service.records.values()].filter(({ pinned }) => pinned)
  const stays = (pin: Pin): boolean => (typeof pin === 'string' ? pin : pin[0]).startsWith('+')
  const staying = pins.flatMap((pin, index) => (stays(pin) ? [idOf(recordOf(pin, index))] : []))
  assert.deepEqual(held.map(idOf).sort(), staying.sort())
  for (const [verb, number] of Object.entries(sent))
    assert.equal(service.requests.filter(({ method }) => method === verb).length, number, verb)
  // What act itself says of a step: act now and then loses the last line of a step that ends at once.
  if (fails !== undefined) assert.ok(act.log.includes(`Failure - Main ${fails}`), `No failure of ${fails}`)
  assert.equal(act.succeeded, fails === undefined)
  for (const part of log) assert.ok(act.log.search(part) >= 0, `The log has no ${String(part)}`)
  if (unlogged !== undefined) assert.doesNotMatch(act.log, unlogged)
  also?.(service)
}

/** What is wrong, with the log; undefined when all is well. */
async function trial(act: string, playground: Playground, scenario: Scenario): Promise<string | undefined> {
  const { file, event, job, vars, pins, before, branches, fault, change = ['', ''] } = scenario
  const service = await startService({ pins: pins.map(recordOf), ...(fault && { fault }) })
  try {
    const env = { ...playground.stage(branches), ...scenario.env }
    const run = (path: string, event: Scenario['event']) => {
      const workflow = readFileSync(path, 'utf8').replace(...change)
      return playground.run(act, { workflow, job, event, apiUrl: service.url, env, vars })
    }
    const earlier = before ? (await run(`examples/${before[0]}.yml`, before[1])).log : ''
    const result = await run(file, event)
    try {
      check(scenario, service, result)
      return undefined
    } catch (error) {
      return `${String(error)}\n\n${earlier}${result.log}`
    }
  } finally {
    await service.close()
  }
}

async function runAll(act: string, playground: Playground, word: string): Promise<boolean> {
  const chosen = SCENARIOS.filter(({ title }) => title.includes(word))
  let good = chosen.length > 0
  for (const scenario of chosen) {
    const problem = await trial(act, playground, scenario)
    console.log(`${problem === undefined ? 'ok    ' : 'NOT OK'} ${scenario.title}`)
    if (problem === undefined) continue
    console.log(problem)
    good = false
  }
  return good
}

async function runOwn(act: string, playground: Playground, file: string, args: readonly string[]): Promise<boolean> {
  const workflow = readFileSync(file, 'utf8')
  const { on = 'push' } = parse(workflow) as { on?: string | string[] | object }
  const [first = 'push'] = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on)
  const inputs = args.filter((arg) => arg.includes('=')).map((arg) => arg.split(/=(.*)/s, 2))
  const others = args.filter((arg) => !arg.includes('='))
  const json = others.find((arg) => arg.endsWith('.json'))
  const given = json === undefined ? {} : (JSON.parse(readFileSync(json, 'utf8')) as object)
  const name = others.find((arg) => arg !== json) ?? first
  const pins = samplePins()
  const service = await startService({ pins })
  console.log(`An embedded service holds these pins:\n\n${describePins(pins)}\n\nThe event is ${name}.\n`)
  const { succeeded } = await playground.run(act, {
    workflow,
    event: [name, { inputs: Object.fromEntries(inputs) as object, ...given }],
    apiUrl: service.url,
    env: { ARTIFACTS: playground.stage().ARTIFACTS },
    onText: (text) => process.stdout.write(text),
  })
  const gone = pins.filter(({ id }) => !service.holds(id))
  console.log(`\nThe service got ${service.requests.length} requests. ${gone.length} of ${pins.length} pins are gone.`)
  if (gone.length > 0) console.log(describePins(gone))
  await service.close()
  return succeeded
}

const [what = '', ...args] = process.argv.slice(2)
const act = findAct()
if (act === undefined || !hasGit()) {
  console.error(act === undefined ? 'There is no act. `npm run tools` installs it.' : 'There is no git.')
  process.exitCode = 3
} else {
  const playground = new Playground()
  try {
    const own = /\.ya?ml$/.test(what)
    const good = own ? await runOwn(act, playground, what, args) : await runAll(act, playground, what)
    process.exitCode = good ? 0 : 1
  } finally {
    playground.remove()
  }
}
