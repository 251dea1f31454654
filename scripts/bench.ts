import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chartOf } from './bench/chart.ts'
import { benchManyPins, benchSelections, plansOfManyPins, type ManyPinsFinding } from './bench/many-pins.ts'
import { benchOnePin } from './bench/one-pin.ts'
import { describeMachine, type Findings, pageOf, targetsOf } from './bench/page.ts'
import { startServiceElsewhere } from './bench/service-elsewhere.ts'
import { benchUnderLimit } from './bench/under-limit.ts'

/**
 * `npm run bench [-- --quick] [--to FOLDER]`: how long the committed bundle takes, beside other clients and beside the least
 * possible time. Writes bench.md and bench.svg into docs or another folder, shows the targets, and exits with 1 when a run hangs.
 */

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, to: { type: 'string', default: 'docs' } },
})
const { quick } = values
const rounds = quick ? 10 : 40

const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-bench-'))
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
  // 6000 requests a minute are the most that the action takes: more pins would wait for the second minute.
  const many = quick ? 5900 : 10_000
  console.error(`Selections of ${many} pins`)
  const selections = await benchSelections(service, many)

  const findings: Findings = { rounds, onePin, manyPins, underLimit, selections }
  const day = new Date().toISOString().slice(0, 10)
  const command = `npm run bench${quick ? ' -- --quick' : ''}`
  mkdirSync(values.to, { recursive: true })
  writeFileSync(join(values.to, 'bench.svg'), chartOf(onePin))
  writeFileSync(
    join(values.to, 'bench.md'),
    pageOf(findings, { day, machine: describeMachine(), command }, 'bench.svg'),
  )
  console.log(targetsOf(findings).join('\n'))
} finally {
  service.end()
  rmSync(folder, { recursive: true, force: true })
}
