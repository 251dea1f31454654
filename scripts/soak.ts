import { parseArgs } from 'node:util'
import { runInSimulatedTime } from '../__tests__/truth/in-simulated-time.ts'
import { runAsProcess } from '../__tests__/truth/as-process.ts'
import { type Census, checkTruth } from '../__tests__/truth/property.ts'

/**
 * The property of `__tests__/truth`, for as long as wanted: `npm run soak -- 50000`. A failure prints the command that
 * repeats it.
 */

const KINDS = ['by-id', 'selected'] as const
/** Runs from one seed; between two, the progress is shown. */
const BATCH = 1000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, path: { type: 'string' }, kind: { type: 'string' } },
})
const wanted = Number(positionals[0] ?? 10_000)
const firstSeed = Number(values.seed ?? Date.now() % 2_000_000_000)
// The bundle is a process for each schedule, in real time: only where it is asked for.
const kinds =
  values.kind === 'bundle' ? (['bundle'] as const) : KINDS.filter((one) => one === (values.kind ?? one))
if (!Number.isSafeInteger(wanted) || wanted < 1 || !Number.isSafeInteger(firstSeed) || kinds.length === 0) {
  console.error('npm run soak -- [RUNS] [--kind=by-id|selected|bundle] [--seed=NUMBER] [--path=PATH]')
  process.exit(2)
}

const totals: Census = new Map()
const startedAt = performance.now()
console.log(`${wanted} schedules, first seed ${firstSeed}`)
try {
  for (let done = 0, batch = 0; done < wanted; batch += 1) {
    const kind = kinds[batch % kinds.length] as (typeof kinds)[number]
    const numRuns = Math.min(BATCH, wanted - done)
    const seed = firstSeed + batch
    const start = kind === 'bundle' ? runAsProcess : runInSimulatedTime
    const census = await checkTruth(kind, start, { numRuns, seed, path: values.path })
    for (const [word, number] of census) totals.set(word, (totals.get(word) ?? 0) + number)
    done += numRuns
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(`${done} of ${wanted}: ${kind}, seed ${seed}, nothing untrue, ${seconds} s`)
  }
  console.log(
    [...totals]
      .sort(([, a], [, b]) => b - a)
      .map(([word, number]) => `${word} ${number}`)
      .join(', '),
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
