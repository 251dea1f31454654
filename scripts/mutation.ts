/**
 * `npm run mutation [-- ROOM...]`: changes the source in thousands of ways and counts how many changes the unit tests catch, room by room
 * (a folder of `src`, or `.` for the files beside them). It takes hours. `scripts/mutation/survivors.yml` says, file by file, why some
 * changes need not be caught. Results are kept in `reports`, so a second run tries only what changed.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

const TOOLS = 'scripts/mutation/node_modules'
/** Percent of the mutants that the tests have to catch, of all and in each file. */
const LEAST_OVERALL = 95
const LEAST_PER_FILE = 90

/** The part that is read (https://github.com/stryker-mutator/mutation-testing-elements, the schema). */
interface Mutant {
  status: string
  mutatorName: string
  location: { start: { line: number; column: number } }
}

const rooms = process.argv.slice(2)
if (rooms.length === 0) {
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  rooms.push('.', ...folders.map(({ name }) => name))
}
if (!existsSync(TOOLS)) {
  console.log('Installing Stryker')
  const npm = process.env['npm_execpath'] ?? ''
  execFileSync(process.execPath, [npm, 'ci', '--prefix', 'scripts/mutation'], { stdio: 'inherit' })
}
const mutants: [file: string, mutants: Mutant[]][] = []
for (const room of rooms) {
  const stryker = [`${TOOLS}/@stryker-mutator/core/bin/stryker.js`, 'run', 'scripts/mutation/stryker.config.js']
  execFileSync(process.execPath, stryker, { stdio: 'inherit', env: { ...process.env, ROOM: room } })
  const report = JSON.parse(readFileSync(`reports/mutation/${room}.json`, 'utf8')) as {
    files: Record<string, { mutants: Mutant[] }>
  }
  mutants.push(...Object.entries(report.files).map(([file, found]) => [file, found.mutants] as [string, Mutant[]]))
}
const reasons = parse(readFileSync('scripts/mutation/survivors.yml', 'utf8')) as Record<string, string>
const survived = ({ status }: Mutant): boolean => status === 'Survived' || status === 'NoCoverage'

function score(what: string, mutants: readonly Mutant[], least: number): void {
  const caught = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
  const count = caught + mutants.filter(survived).length
  const percent = count === 0 ? 100 : (100 * caught) / count
  const verdict = percent < least ? `: TOO LOW, at least ${least} %` : ''
  console.log(`${percent.toFixed(1).padStart(6)} % of ${String(count).padStart(4)}  ${what}${verdict}`)
  if (percent < least) process.exitCode = 1
}

for (const [file, own] of mutants) {
  score(file, own, LEAST_PER_FILE)
  const survivors = own.filter(survived)
  if (survivors.length === 0) continue
  if (reasons[file] === undefined) process.exitCode = 1
  console.log(`          ${reasons[file] ?? 'NO REASON in scripts/mutation/survivors.yml'}`)
  for (const { mutatorName, location } of survivors)
    console.log(`          ${file}:${location.start.line}:${location.start.column} ${mutatorName}`)
}
score(
  'in all',
  mutants.flatMap(([, own]) => own),
  LEAST_OVERALL,
)
