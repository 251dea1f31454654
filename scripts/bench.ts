import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  benchLargeSelection,
  benchManyPins,
  plansOfManyPins,
  type ManyPinsFinding,
} from './bench/many-pins.ts'
import { type Findings, markdownOf, targetsOf } from './bench/markdown.ts'
import { benchOnePin } from './bench/one-pin.ts'
import { startServiceElsewhere } from './bench/service-elsewhere.ts'
import { benchUnderLimit } from './bench/under-limit.ts'

/**
 * `npm run bench [-- --quick] [--json FILE]`: how long the committed bundle takes, beside other clients and beside what no client could
 * beat. The tables go to stdout, the progress to stderr, all numbers to the file.
 */

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'reports/bench.json' },
  },
})
const { quick } = values
const rounds = quick ? 10 : 40

const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-bench-'))
// All temporary folders made from here on lie in this one.
process.env['TMPDIR'] = folder
const service = await startServiceElsewhere(folder)
try {
  console.error(`One pin, ${rounds} rounds`)
  const onePin = await benchOnePin(service, folder, rounds)
  const manyPins: ManyPinsFinding[] = []
  for (const plan of plansOfManyPins(quick)) {
    console.error(`${plan.pins} pins at ${plan.latencyMs} ms, ${plan.rounds} rounds`)
    manyPins.push(await benchManyPins(service, plan))
  }
  console.error('Under the limit, in simulated time')
  const underLimit = await benchUnderLimit(400, 180, 50)
  // Just below what the largest limit lets through in its first minute, the pages of the list included.
  const many = quick ? 5900 : 10_000
  console.error(`${many} pins selected`)
  const largeSelection = await benchLargeSelection(service, many)

  const findings: Findings = {
    node: process.versions.node,
    rounds,
    onePin,
    manyPins,
    underLimit,
    largeSelection,
  }
  mkdirSync(dirname(values.json), { recursive: true })
  writeFileSync(values.json, `${JSON.stringify(findings, null, 2)}\n`)
  console.log(markdownOf(findings))
  console.log(`\n${targetsOf(findings).join('\n')}`)
} finally {
  service.end()
  rmSync(folder, { recursive: true, force: true })
}
