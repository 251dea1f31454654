import { error, getInput } from '@actions/core'
import { describeError } from './errors.ts'
import { createCleaner } from './report/clean.ts'
import { createRedactor } from './secrets.ts'

/** An unread stdout, or a proxy tunnel that is still connecting, must not keep the process alive for longer than this. */
const LONGEST_DRAIN_MS = 3000
/** Characters of an error that a person is shown. */
const LONGEST_ERROR = 1000
const DEFECT = 'Stopped by an error inside this action.'
/** The last two are a closed terminal, on POSIX and on Windows. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const

/**
 * Runs the action in this process. The exit code says failure until success is proven. Signals stop the run, uncaught errors are
 * reported, and the process ends in time.
 * @param main gets a signal that aborts when the run must end now, and says whether the step succeeds.
 */
export function supervise(main: (signal: AbortSignal) => Promise<boolean>): void {
  process.exitCode = 1
  // The toolkit's proxy tunnel calls `new Buffer`. Node's warning about it would only confuse the readers of this log.
  process.noDeprecation = true
  // `0` would switch off the check of certificates in the toolkit's tunnel to a proxy.
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']

  const stop = new AbortController()
  let state: 'running' | 'drained' | 'finished' = 'running'
  let failed = false

  for (const signal of STOP_SIGNALS) {
    process.on(signal, () =>
      stop.abort(`Cancelled (${signal}). All that is known so far is in the outputs and the summary.`),
    )
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  // A log that cannot be written changes nothing about the pins; outputs and summary are files.
  process.stdout.on('error', () => {})
  process.on('beforeExit', () => {
    if (state === 'finished') return
    // The event loop is empty, so the run cannot end by itself. The first time, stop it, so that it can report.
    if (state === 'drained') return finish(false)
    state = 'drained'
    error(
      'An error inside this action: it stopped too early. All that is known is in the outputs and the summary. Please report it.',
    )
    stop.abort(DEFECT)
  })
  main(stop.signal).then(finish, (thrown: unknown) => {
    fail(thrown)
    finish(false)
  })

  function fail(thrown: unknown): void {
    // No known error contains a key. This is a safeguard.
    const { line } = createCleaner(createRedactor([getInput('pinning-api-key'), getInput('pinning-secret-key')]))
    error(line(`An error inside this action: ${describeError(thrown)}. Please report it.`, LONGEST_ERROR))
    failed = true
    process.exitCode = 1
    stop.abort(DEFECT)
  }

  /**
   * Lets the event loop drain, so that everything printed is written. `process.exit` is only the last resort: it can wait for V8's
   * compiler threads for good (https://github.com/nodejs/node/issues/54918).
   */
  function finish(succeeded: boolean): void {
    state = 'finished'
    const code = succeeded && !failed ? 0 : 1
    process.exitCode = code
    setTimeout(() => {
      // Node's own exit waits for name lookups, however long they take. A step that fails may end in any way.
      const looksUp = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')
      if (looksUp && code === 1) process.kill(process.pid, 'SIGKILL')
      process.exit(code)
    }, LONGEST_DRAIN_MS).unref()
  }
}
