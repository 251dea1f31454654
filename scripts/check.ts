/**
 * `npm run check`: everything that must hold, and at the end a line that counts the tests. Where a program is missing, the part that
 * needs it does not run. With `CI=true` that is a failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-check-'))
const results = join(folder, 'results.json')
/** Scripts of package.json, with their arguments. */
const STEPS = [
  ['tools'],
  ['test', '--', '--coverage', '--json', `--outputFile=${results}`],
  ['lint'],
  ['typecheck'],
  ['format:check'],
  ['check-dist'],
  ['size'],
  ['lint:workflows'],
  ['e2e'],
  ['interop'],
]
/** The exit code of a part for which a program is missing; it says which. */
const NOT_HERE = 3

interface JestResults {
  numPassedTests: number
  numFailedTests: number
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}

const failed: string[] = []
const notRun: string[] = []
for (const step of STEPS) {
  const [name = ''] = step
  // The npm that started this.
  const npm = [process.env['npm_execpath'] ?? '', 'run', ...step]
  const { status } = spawnSync(process.execPath, npm, { stdio: 'inherit' })
  if (status === NOT_HERE) notRun.push(name)
  else if (status !== 0) failed.push(name)
}

const report = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as JestResults) : undefined
const skipped = report?.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'pending')
notRun.push(...(skipped ?? []).map(({ fullName }) => `the test "${fullName}"`))
rmSync(folder, { recursive: true })

const must = process.env['CI'] === 'true'
if (notRun.length > 0)
  console.log(`\nDid not run here${must ? ', but must with CI=true' : ''}:\n  ${notRun.join('\n  ')}`)
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
if (failed.length > 0 || (must && notRun.length > 0)) process.exitCode = 1
if (report !== undefined) console.log(`tests: ${report.numPassedTests} passed, ${report.numFailedTests} failed`)
