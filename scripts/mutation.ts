import { Stryker } from '@stryker-mutator/core'
import { readFileSync } from 'node:fs'
import { accountOf, type MutationReport, readAccepted } from './mutation/survivors.ts'

/**
 * `npm run mutation [-- FILE...]`: changes the source in thousands of ways and sees which of them the unit tests notice. What goes
 * unnoticed must stand in `scripts/mutation/survivors.yml` with the reason. Results are kept in `reports`, so that a second run tries
 * again only what concerns changed code or changed tests.
 */

const REPORT = 'reports/mutation/mutation.json'

const files = process.argv.slice(2)
await new Stryker(files.length === 0 ? {} : { mutate: files }).runMutationTest()

const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport
const accepted = readAccepted(readFileSync('scripts/mutation/survivors.yml', 'utf8'))
const { lines, good } = accountOf(report, accepted, files.length === 0)
console.log(lines.join('\n'))
process.exitCode = good ? 0 : 1
