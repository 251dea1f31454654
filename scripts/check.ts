/** `npm run check`: everything that must hold, and at the end a line that counts the tests. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-check-'))
const results = join(folder, 'results.json')
/** Scripts of package.json, with their arguments. */
const STEPS = [
  // Some tests are skipped where a tool is missing.
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
/** The npm that started this. */
const NPM = process.env['npm_execpath'] ?? ''
/** The exit code of a step whose programs are not installed here; it says which. */
const NOT_INSTALLED = 3

const failed = STEPS.filter((step) => {
  const { status } = spawnSync(process.execPath, [NPM, 'run', ...step], { stdio: 'inherit' })
  return status !== 0 && status !== NOT_INSTALLED
}).map(([name]) => name)

if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>
console.log(`tests: ${numPassedTests} passed, ${numFailedTests} failed`)
rmSync(folder, { recursive: true })
