/**
 * `npm run e2e [-- WORD]`: runs the workflow that tests the action and every example with act against an embedded service, and looks at
 * what the service holds afterwards. WORD picks the scenarios whose title holds it.
 */
import { fileURLToPath } from 'node:url'
import { DEFAULT_KEYS, startService } from '../testing/service/index.ts'
import { ACT_VERSION, findAct, runAct } from './e2e/act.ts'
import { makePlayground, type Playground } from './e2e/playground.ts'
import { type Run, type Scenario, SCENARIOS } from './e2e/scenarios.ts'

const SECRETS = {
  AIOZ_PINNING_API_KEY: DEFAULT_KEYS.apiKey,
  AIOZ_PINNING_SECRET_KEY: DEFAULT_KEYS.secretKey,
}

/** What is wrong, with the log; undefined when all is well. */
async function trial(
  act: string,
  { folder, home, install, stage }: Playground,
  scenario: Scenario,
): Promise<string | undefined> {
  const { before, pins, fault, branches, variables, change, check } = scenario
  const service = await startService({ pins, ...(fault === undefined ? {} : { fault }) })
  try {
    const staged = stage(branches)
    const run = ({ workflow, event, payload, job }: Run) =>
      runAct(act, {
        folder,
        home,
        workflow: install(workflow, service.url, change),
        event,
        eventFile: fileURLToPath(new URL(`../__tests__/events/${payload}`, import.meta.url)),
        ...(job === undefined ? {} : { job }),
        variables: { ...staged, ...variables },
        secrets: SECRETS,
      })
    const log = before === undefined ? '' : (await run(before)).log
    const result = await run(scenario)
    try {
      check({ service, act: result })
      return undefined
    } catch (error) {
      return `${String(error)}\n\n${log}${result.log}`
    }
  } finally {
    await service.close()
  }
}

const [word = ''] = process.argv.slice(2)
const act = findAct()
if (act === undefined) {
  console.error(
    `There is no act. To install it: bash scripts/install-tools.sh, or go install github.com/nektos/act@${ACT_VERSION}`,
  )
  process.exitCode = 3
} else {
  const playground = makePlayground()
  try {
    for (const scenario of SCENARIOS.filter(({ title }) => title.includes(word))) {
      const problem = await trial(act, playground, scenario)
      console.log(`${problem === undefined ? 'ok    ' : 'NOT OK'} ${scenario.title}`)
      if (problem === undefined) continue
      console.log(problem)
      process.exitCode = 1
    }
  } finally {
    playground.remove()
  }
}
