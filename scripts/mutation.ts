import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { accountOf, type MutationReport } from './mutation/account.ts'

/**
 * `npm run mutation [-- FILE...]`: changes the source in thousands of ways and counts how many of them the unit tests notice. It takes
 * hours. `scripts/mutation/survivors.yml` says, file by file, why some changes need not be noticed. Results are kept in `reports`, so a
 * second run tries only what changed code or changed tests concern.
 */

const TOOLS = 'scripts/mutation/node_modules'
const REPORT = 'reports/mutation/mutation.json'

const files = process.argv.slice(2)
if (!existsSync(TOOLS)) {
  console.log('Installing Stryker')
  const npm = process.env['npm_execpath'] ?? ''
  execFileSync(process.execPath, [npm, 'ci', '--prefix', 'scripts/mutation'], { stdio: 'inherit' })
}
const mutate = files.length === 0 ? [] : ['--mutate', files.join(',')]
execFileSync(process.execPath, [`${TOOLS}/@stryker-mutator/core/bin/stryker.js`, 'run', ...mutate], {
  stdio: 'inherit',
})

const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport
const reasons = parse(readFileSync('scripts/mutation/survivors.yml', 'utf8')) as Record<string, string>
const { lines, good } = accountOf(report, reasons)
console.log(lines.join('\n'))
process.exitCode = good ? 0 : 1
