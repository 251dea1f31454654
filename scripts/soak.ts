import { parseArgs } from 'node:util'
import { runAsProcess } from '../__tests__/truth/as-process.ts'
import { KINDS } from '../__tests__/truth/draw.ts'
import { type Census, checkTruth } from '../__tests__/truth/property.ts'
import { runInSimulatedTime } from '../__tests__/truth/simulated.ts'

/**
 * The property of `__tests__/truth`, for as long as wanted: `npm run soak -- 50000` plays so many schedules of each kind. A failure prints
 * the command that repeats it.
 */

/** Runs from one seed; between two, the progress is shown. */
const BATCH = 500

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, path: { type: 'string' }, kind: { type: 'string' } },
})
const wanted = Number(positionals[0] ?? 10_000)
const firstSeed = Number(values.seed ?? Date.now() % 2_000_000_000)
const names = Object.keys(KINDS) as (keyof typeof KINDS)[]
// A process for each schedule, in real time, takes long: only where it is asked for.
const kinds = names.filter((kind) => kind === (values.kind ?? (kind === 'bundle' ? null : kind)))
if (!Number.isSafeInteger(wanted) || wanted < 1 || !Number.isSafeInteger(firstSeed) || kinds.length === 0) {
  console.error(`npm run soak -- [RUNS] [--kind=${names.join('|')}] [--seed=NUMBER] [--path=PATH]`)
  process.exit(2)
}

const totals: Census = new Map()
const startedAt = performance.now()
console.log(`${wanted} schedules of each kind, first seed ${firstSeed}`)
for (let done = 0; done < wanted; done += BATCH) {
  const numRuns = Math.min(BATCH, wanted - done)
  for (const kind of kinds) {
    const seed = firstSeed + done / BATCH
    const start = kind === 'bundle' ? runAsProcess : runInSimulatedTime
    try {
      const census = await checkTruth(kind, start, {
        numRuns,
        seed,
        ...(values.path !== undefined && { path: values.path }),
      })
      for (const [word, number] of census) totals.set(word, (totals.get(word) ?? 0) + number)
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      process.exitCode = 1
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(`${done + numRuns} of ${wanted}: ${kind}, seed ${seed}, ${seconds} s`)
  }
}
const words = [...totals].sort(([, a], [, b]) => b - a).map((pair) => pair.join(' '))
console.log(`${words.join(', ')}\n${process.exitCode === 1 ? 'Something is untrue.' : 'Nothing is untrue.'}`)
