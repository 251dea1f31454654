import { parseArgs } from 'node:util'
import { removeRunFolder, runInSimulatedTime } from '../__tests__/truth/in-simulated-time.ts'
import { type Census, checkTruth } from '../__tests__/truth/property.ts'
import { schedulesById, schedulesSelected } from '../__tests__/truth/schedule.ts'
import { run } from '../src/run.ts'

/**
 * The property of `__tests__/truth`, for as long as wanted: `npm run soak -- 50000`. To see a failure again:
 * `npm run soak -- --kind by-id --seed SEED --path PATH`.
 */

const KINDS = { 'by-id': schedulesById, selected: schedulesSelected }
/** Runs from one seed; between two, the progress is shown. */
const BATCH = 1000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, path: { type: 'string' }, kind: { type: 'string' } },
})
const wanted = Number(positionals[0] ?? 10_000)
const firstSeed = Number(values.seed ?? Date.now() % 2_000_000_000)
const kinds = Object.entries(KINDS).filter(([name]) => values.kind === undefined || values.kind === name)
if (!Number.isSafeInteger(wanted) || wanted < 1 || !Number.isSafeInteger(firstSeed) || kinds.length === 0) {
  console.error('npm run soak -- [RUNS] [--kind by-id|selected] [--seed NUMBER] [--path PATH]')
  process.exit(2)
}

const totals: Census = new Map()
const startedAt = performance.now()
console.log(`${wanted} schedules, first seed ${firstSeed}`)
try {
  for (let done = 0, batch = 0; done < wanted; batch += 1) {
    const [name, schedules] = kinds[batch % kinds.length] as (typeof kinds)[number]
    const numRuns = Math.min(BATCH, wanted - done)
    const seed = firstSeed + batch
    const census = await checkTruth(schedules, (schedule) => runInSimulatedTime(run, schedule), {
      numRuns,
      seed,
      path: values.path,
    })
    for (const [word, number] of census) totals.set(word, (totals.get(word) ?? 0) + number)
    done += numRuns
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(`${done} of ${wanted}: ${name}, seed ${seed}, nothing untrue, ${seconds} s`)
  }
  console.log(
    [...totals]
      .sort(([, a], [, b]) => b - a)
      .map(([word, number]) => `${word} ${number}`)
      .join(', '),
  )
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  removeRunFolder()
}
