import { error, getInput } from '@actions/core'
import { systemClock } from './clock.ts'
import { describeError } from './errors.ts'
import { createCleaner } from './report/clean.ts'
import { run } from './run.ts'

/** A log that nobody takes any more must not keep the process. */
const LONGEST_FLUSH_MS = 3000

// Failure until success is proven: whatever ends this process early ends it red.
process.exitCode = 1
// The proxy tunnel calls `new Buffer`; that is for its developers to read, not for the readers of this log.
process.noDeprecation = true
if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
  // The toolkit's tunnel to a proxy takes its default from here.
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
}

const stop = new AbortController()
let drained = false
let failed = false

process.on('SIGINT', () =>
  stop.abort('Cancelled (SIGINT). What is known so far stands in the outputs and the summary.'),
)
process.on('SIGTERM', () =>
  stop.abort('Cancelled (SIGTERM). What is known so far stands in the outputs and the summary.'),
)
process.on('uncaughtException', (thrown) => defect(thrown))
process.on('unhandledRejection', (thrown) => defect(thrown))
process.stdout.on('error', () => {
  // A log that cannot be written changes nothing about the pins; outputs and summary are files.
})
process.on('beforeExit', () => {
  // Nothing is left that could ever settle the run. The first time it may still tell what it knows.
  if (drained) return finish(false)
  drained = true
  error('This action had nothing left to wait for before it was done. Please report this.')
  stop.abort('Stopped: this action failed in itself.')
})

run({ clock: systemClock, random: Math.random, signal: stop.signal }).then(finish, (thrown: unknown) => {
  tellDefect(thrown)
  finish(false)
})

function tellDefect(thrown: unknown): void {
  // No error is known to hold a key. This is for the one that nobody knows.
  const { line } = createCleaner([getInput('pinning-api-key'), getInput('pinning-secret-key')])
  error(line(`This action failed in itself: ${describeError(thrown)}. Please report this.`, 1000))
}

function defect(thrown: unknown): void {
  tellDefect(thrown)
  failed = true
  stop.abort('Stopped: this action failed in itself.')
}

function finish(succeeded: boolean): void {
  const code = succeeded && !failed ? 0 : 1
  process.exitCode = code
  // A bare exit loses what a slow pipe has not taken yet; waiting for the loop to drain could wait for ever on a proxy.
  setTimeout(() => process.exit(code), LONGEST_FLUSH_MS)
  process.stdout.write('', () => process.exit(code))
}
