import { authentication, type CallOptions, PinService } from './client/service.ts'
import type { Clock } from './clock.ts'
import { describeError, RefusedError } from './errors.ts'
import { execute } from './execution/execute.ts'
import { NO_GUARD, type PinRules, type Guard, unpinOne } from './execution/unpin-one.ts'
import { environmentProblems } from './http/environment.ts'
import { OriginClient } from './http/origin-client.ts'
import { RateLimiter } from './http/rate-limiter.ts'
import { createSender, type Sender } from './http/send.ts'
import { type Inputs, type KeyPair, needsSelection, readInputs, readKeys } from './inputs/read.ts'
import { type Plan, planByIds } from './plan.ts'
import { createCleaner } from './report/clean.ts'
import { Reporter } from './report/reporter.ts'
import { createRedactor, type Redactor } from './secrets.ts'
import { decideVerdict, type EndedPin } from './verdict.ts'

/** What a run gets from outside, so that tests can control it. */
interface Runtime {
  clock: Clock
  /** Evenly from [0, 1). */
  random: () => number
  /** Aborts when the run must end now; its reason is a sentence for people. */
  signal: AbortSignal
}

/** A run that has a plan. */
interface Ready {
  inputs: Inputs
  service: PinService
  guard: Guard
  plan: Plan
}

/**
 * From this many pins on, V8 collects garbage early: half the memory, for 7 % more CPU time. A dry run sends few requests and goes
 * without.
 */
const SMALL_HEAP_FROM_PINS = 1000

/** The code that only a selection or `protect` needs. An unpin by ID starts without it. */
const loadSelection = () => import('./plan-from-list.ts')

/**
 * The whole action: inputs, plan, execution, verdict, report. It reports in every case.
 *
 * @returns true only if the result of every pin is proven and allowed, and everything could be written.
 */
export async function run(runtime: Runtime): Promise<boolean> {
  const keys = readKeys()
  const redactor = createRedactor([keys.api, keys.secret])
  const reporter = new Reporter(runtime.clock, createCleaner(redactor))
  const sender = createSender(runtime.clock)
  try {
    let ready: Ready
    try {
      ready = await prepare(runtime, reporter, keys, redactor, sender)
    } catch (error) {
      reporter.refuse(error instanceof RefusedError ? error.problems : [describeDefect(error)])
      return false
    }
    // From here on there are results, and a failure must not overwrite them.
    return await carryOut(runtime, reporter, ready)
  } finally {
    sender.close()
  }
}

function describeDefect(error: unknown): string {
  return `An error inside this action ended it before anything was unpinned: ${describeError(error)}. Please report it.`
}

/** @throws RefusedError when the run must end before its first pin. */
async function prepare(
  { clock, random, signal }: Runtime,
  reporter: Reporter,
  keys: KeyPair,
  redactor: Redactor,
  sender: Sender,
): Promise<Ready> {
  const canonicalCid = needsSelection() ? (await loadSelection()).canonicalCid : () => null
  const inputs = readInputs(keys, redactor, canonicalCid)
  const { apiBase, target, protect } = inputs
  const problems = environmentProblems(apiBase, process.env)
  if (problems.length > 0) throw new RefusedError(problems)
  reporter.begin({ ...inputs, criteria: target.kind === 'ids' ? null : target.criteria.given })
  inputs.warnings.forEach((warning) => reporter.warn(warning))
  const client = new OriginClient({
    base: apiBase,
    secretHeaders: authentication(keys),
    holdsKey: redactor.holdsKey,
    sender,
    limiter: new RateLimiter(clock, inputs.requestsPerMinute),
    clock,
    random,
  })
  const service = new PinService(client)
  if (target.kind === 'ids') {
    const guard =
      protect.length === 0 ? NO_GUARD : new (await loadSelection()).LineGuard(protect, canonicalCid)
    return { inputs, service, guard, plan: planByIds(target.pinIds) }
  }
  const { planFromList } = await loadSelection()
  const call = callOptions(inputs, { signal, startSignal: signal }, reporter, 'The list of pins')
  const { guard, plan } = await planFromList({
    target,
    inputs,
    reporter,
    holdsKey: redactor.holdsKey,
    readPage: (page) => service.page(page, call),
    now: clock.epoch(),
  })
  return { inputs, service, guard, plan }
}

async function carryOut(
  { signal }: Runtime,
  reporter: Reporter,
  { inputs, service, guard, plan }: Ready,
): Promise<boolean> {
  const { dryRun, verify, onMissing, target } = inputs
  const rules: PinRules = { dryRun, verify, guard }
  const chosen = plan.pins.filter(({ kind }) => kind === 'chosen').length
  if (target.kind === 'selection') {
    reporter.line(`Matching pins: ${plan.pins.length}. Chosen to be unpinned: ${chosen}`)
  }
  if (chosen > 0) reporter.starting(chosen)
  if (chosen > SMALL_HEAP_FROM_PINS && !dryRun)
    (await import('node:v8')).setFlagsFromString('--optimize-for-size')
  const ended: EndedPin[] = []
  await execute(plan.pins, {
    unpin: (pin, signals) =>
      unpinOne(
        service.pin(pin.pinId, callOptions(inputs, signals, reporter, `Pin ${pin.pinId}`)),
        pin,
        rules,
      ),
    isAiozPin: () =>
      service.isAiozPin(
        callOptions(inputs, { signal, startSignal: signal }, reporter, 'The check of `api-url`'),
      ),
    signal,
    onEnd(outcome, index) {
      const { result, lostAnswer, record } = outcome
      ended[index] = { result, lostAnswer, recordKnown: record !== null }
      reporter.pinEnded(outcome, index)
    },
  })
  const stopped = signal.aborted ? String(signal.reason) : null
  const verdict = decideVerdict(plan, ended, { onMissing, stopped, unusedLines: guard.unusedLines })
  return reporter.finish(verdict, plan.groups) && verdict.succeeded
}

function callOptions(
  { timeoutSeconds }: Inputs,
  signals: Pick<CallOptions, 'signal' | 'startSignal'>,
  reporter: Reporter,
  what: string,
): CallOptions {
  return { ...signals, timeoutSeconds, onRetry: (retry) => reporter.retrying(what, retry) }
}
