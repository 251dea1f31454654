import type { Clock } from './clock.ts'
import { describeError, RefusedError } from './errors.ts'
import { Client } from './http/client.ts'
import { proxyProblems } from './http/proxy.ts'
import { RateLimiter } from './http/rate-limiter.ts'
import { createSend } from './http/send.ts'
import { type KeyPair, readInputs, readKeys } from './inputs/read.ts'
import { makePlan } from './plan/make-plan.ts'
import { readRecords, readNotPinned, type ReadingOptions } from './plan/reading.ts'
import { createCleaner } from './report/clean.ts'
import { retryLine } from './report/log-lines.ts'
import { Reporter } from './report/reporter.ts'
import { createRedactor, type Redactor } from './secrets.ts'
import { authentication, PinService } from './service/service.ts'
import { decideVerdict, execute, unpinOne, wouldUnpin } from './unpin/execute.ts'

/** What a run gets from outside, so that tests can control it. */
export interface Runtime {
  clock: Clock
  /** Evenly from [0, 1). */
  random: () => number
  /** Aborts when the run must end now; its reason is a sentence for people. */
  signal: AbortSignal
}

/**
 * The whole action: inputs, records, plan, execution, verdict, report. Planning only reads; acting decides nothing. It reports in
 * every case.
 * @returns true only if the result of every pin is proven and allowed, and everything could be written.
 */
export async function run(runtime: Runtime): Promise<boolean> {
  const keys = readKeys()
  const redactor = createRedactor([keys.api, keys.secret])
  const reporter = new Reporter(runtime.clock, createCleaner(redactor))
  const ready = await prepare(runtime, reporter, keys, redactor).catch((error: unknown) => {
    const stopped = runtime.signal.aborted ? [String(runtime.signal.reason)] : []
    reporter.refuse([...stopped, ...(error instanceof RefusedError ? error.problems : [describeDefect(error)])])
  })
  if (ready === undefined) return false
  const { inputs, service, plan } = ready
  const outcomes = await execute(
    plan,
    inputs.dryRun
      ? (pin) => Promise.resolve(wouldUnpin(pin))
      : (pin, signals) => unpinOne(service.pin(pin.pinId, signals), pin, inputs.verify),
    runtime.signal,
    (outcome, index) => reporter.pinEnded(outcome, index),
  )
  const verdict = decideVerdict(plan, outcomes, inputs.onMissing, runtime.signal)
  return reporter.finish(verdict) && verdict.succeeded
}

/** @throws RefusedError when the run must end before there are pins. */
async function prepare({ clock, random, signal }: Runtime, reporter: Reporter, keys: KeyPair, redactor: Redactor) {
  const inputs = readInputs(keys, redactor)
  const { apiBase, target } = inputs
  const problems = proxyProblems(apiBase, process.env)
  if (problems.length > 0) throw new RefusedError(problems)
  reporter.begin(inputs)
  const client = new Client({
    base: apiBase,
    secretHeaders: authentication(keys),
    holdsKey: redactor.holdsKey,
    send: createSend(clock, redactor.redact),
    limiter: new RateLimiter(clock, inputs.requestsPerMinute),
    clock,
    random,
    onRetry: (retry) => reporter.line(retryLine(retry)),
  })
  const service = new PinService(client, clock, inputs.timeoutSeconds)
  const options: ReadingOptions = {
    service,
    signal,
    now: clock.epoch(),
    log: (line) => reporter.line(line),
    warn: (text) => reporter.warn(text),
    onProgress: (done, of, noun) => reporter.readProgress(done, of, noun),
  }
  let readings = await readRecords(inputs, options)
  // Without a whole list, a selection has no pins.
  if (readings.problem !== null && target.kind === 'selection') throw new RefusedError([readings.problem])
  let plan = makePlan(inputs, readings)
  if (plan.wantsNotPinned) {
    readings = await readNotPinned(readings, options)
    plan = makePlan(inputs, readings)
  }
  reporter.planned(plan, inputs, readings.now)
  return { inputs, service, plan }
}

function describeDefect(error: unknown): string {
  return `An error inside this action ended it before anything was unpinned: ${describeError(error)}. Please report it.`
}
