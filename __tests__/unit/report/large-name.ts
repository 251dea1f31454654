// A process of its own, for a test that limits how large its files may become. Prints what `finish` returns.
import { ended, pinIdOf, recordOf } from './outcomes.ts'
import { finish, newReporter } from './telling.ts'

const reporter = newReporter()
const run = { apiBase: 'https://example.org', dryRun: false, requestsPerMinute: 180, criteria: null }
reporter.begin({ ...run, onMissing: 'warn' })
const outcome = ended(1, { record: recordOf(pinIdOf(1), { metadata: { name: 'n'.repeat(40_000) } }) })
reporter.pinEnded({ ...outcome, message: '' }, 0)
process.stdout.write(`${finish(reporter, [outcome])}\n`)
