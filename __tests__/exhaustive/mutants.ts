import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Core, loadCore } from './play.ts'
import type { ScenarioName } from './scenarios.ts'

/** A rule of the action, broken by one change of one file of `src`. */
export interface Mutant {
  file: string
  from: string
  to: string
  /** The world in which it shows. */
  scenario: ScenarioName
}

export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'a lost answer is forgotten at the next attempt': {
    file: 'http/origin-client.ts',
    from: 'progress.lostAnswer ||= failure.lostAnswer',
    to: 'progress.lostAnswer = failure.lostAnswer',
    scenario: 'one pin',
  },
  'an interrupted request counts as not sent': {
    file: 'http/origin-client.ts',
    from: 'progress.lostAnswer ||= attempt.sent',
    to: '',
    scenario: 'one pin',
  },
  'a 500 loses no answer': {
    file: 'http/retry.ts',
    from: 'return status === 200 || (status >= 500 && status !== 503)',
    to: 'return status === 200',
    scenario: 'one pin',
  },
  'a 200 without JSON loses no answer': {
    file: 'http/retry.ts',
    from: 'return status === 200 || (status >= 500 && status !== 503)',
    to: 'return status >= 500 && status !== 503',
    scenario: 'one pin',
  },
  'a refused connection counts as a lost answer': {
    file: 'http/retry.ts',
    from: "if (kind === 'unsent') return { why, lostAnswer: false",
    to: "if (kind === 'unsent') return { why, lostAnswer: true",
    scenario: 'one pin',
  },
  'a 408 is final': {
    file: 'http/retry.ts',
    from: 'status === 408 || ',
    to: '',
    scenario: 'one pin',
  },
  'a missing pin fails the step after a lost answer': {
    file: 'pin/outcome.ts',
    from: "return onMissing === 'fail' && !lostAnswer",
    to: "return onMissing === 'fail'",
    scenario: 'one pin',
  },
  'an unconfirmed pin does not fail the step': {
    file: 'pin/outcome.ts',
    from: "case 'unconfirmed':\n",
    to: "case 'unconfirmed': return false\n",
    scenario: 'one pin',
  },
  'a stop during the wait for the next attempt is ignored': {
    file: 'http/origin-client.ts',
    from: 'await sleep(this.#clock, waitMs, signal)',
    to: 'await sleep(this.#clock, waitMs, new AbortController().signal)',
    scenario: 'one pin',
  },
  'a stop during the wait for a slot is ignored': {
    file: 'http/rate-limiter.ts',
    from: "if (signal.aborted) return 'interrupted'",
    to: '',
    scenario: 'two pins, one request a minute',
  },
  'a 404 in HTML means missing': {
    file: 'client/judge-unpin.ts',
    from: "if (status === 404 || status === 410) {\n    return {\n      result: 'failed'",
    to: "if (status === 404 || status === 410) {\n    return {\n      result: 'missing'",
    scenario: 'one pin',
  },
  'a 404 that any server sends proves that the pin is missing': {
    file: 'client/missing.ts',
    from: "? 'doubted' : 'no'",
    to: "? 'proven' : 'no'",
    scenario: 'one pin, wrong server',
  },
  'the question whether this is the service is not asked': {
    file: 'execution/execute.ts',
    from: 'this.#release(await isAiozPin())',
    to: 'this.#release(true)',
    scenario: 'one pin, wrong server',
  },
  'a 403 in HTML shows that this is the service': {
    file: 'client/service.ts',
    from: "(status === 401 || status === 403) && body.kind === 'json'",
    to: 'status === 401 || status === 403',
    scenario: 'one pin, wrong server',
  },
  'an unpinned record passes for a pin that is there': {
    file: 'client/judge-read.ts',
    from: 'return isUnpinned(record)',
    to: 'return false',
    scenario: 'one pin, dry run',
  },
  'a lost reading counts as a lost DELETE': {
    file: 'client/judge-read.ts',
    from: '{ ...result, attempts: 0, lostAnswer: false }',
    to: '{ ...result, attempts: 0 }',
    scenario: 'one pin, dry run',
  },
  'the envelope need not say success': {
    file: 'client/judge-unpin.ts',
    from: "if (status !== 'success' || typeof id !== 'string')",
    to: "if (typeof id !== 'string' && !('id' in envelope))",
    scenario: 'one pin',
  },
  'the record of another pin proves the unpin': {
    file: 'client/judge-unpin.ts',
    from: 'if (record?.id !== pinId)',
    to: 'if (record === null)',
    scenario: 'one pin',
  },
  'verify is skipped': {
    file: 'execution/unpin-one.ts',
    from: "verify && outcome.result === 'unpinned'",
    to: 'false',
    scenario: 'one pin, verified',
  },
  'verify believes any record': {
    file: 'client/judge-read.ts',
    from: 'reading.record.pinned === false',
    to: 'true',
    scenario: 'one pin, verified',
  },
  'protect is not asked': {
    file: 'execution/unpin-one.ts',
    from: 'if (why !== null)',
    to: 'if (false)',
    scenario: 'one pin, protected',
  },
  'a dry run removes': {
    file: 'execution/unpin-one.ts',
    from: 'if (dryRun) {',
    to: 'if (false) {',
    scenario: 'one pin, dry run',
  },
  'a redirect to another pin is followed': {
    file: 'http/redirect.ts',
    from: '!slashesAside(target.pathname).endsWith(slashesAside(request.endpoint)) ||',
    to: '',
    scenario: 'one pin',
  },
  'a 401 does not stop the run': {
    file: 'execution/stop-rule.ts',
    from: "if (signal === 'unauthorized')",
    to: 'if (false)',
    scenario: 'two pins, one request a minute',
  },
  'a pin that waits for its first slot is begun after a 401': {
    file: 'http/origin-client.ts',
    from: 'deadline.running ? request.signal : request.startSignal',
    to: 'request.signal',
    scenario: 'two pins, one request a minute',
  },
  'Retry-After holds back one pin only': {
    file: 'http/origin-client.ts',
    from: 'if (holdsAll) this.#limiter.hold(waitMs)',
    to: '',
    scenario: 'two pins',
  },
  'a wait that is too long does not hold back the others': {
    file: 'http/origin-client.ts',
    from: 'this.#limiter.hold(askedMs)',
    to: '',
    scenario: 'two pins',
  },
  'time held back while waiting for a slot is given back': {
    file: 'http/rate-limiter.ts',
    from: 'this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms)\n    // Those who wait for a slot are held back from this moment on, which counts against their time.\n    this.#wakeAll()',
    to: 'this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms)',
    scenario: 'two pins, one request a minute',
  },
  'one request too many fits into a minute': {
    file: 'http/rate-limiter.ts',
    from: 'this.#ended.length < this.#slots',
    to: 'this.#ended.length <= this.#slots',
    scenario: 'two pins, one request a minute',
  },
  'attempts go on when the time is used up': {
    file: 'http/deadline.ts',
    from: 'return this.left() - waitMs >= LEAST_ATTEMPT_MS',
    to: 'return true',
    scenario: 'one pin',
  },
}

/** Loads `src` with one rule broken, from a copy that is removed at once. */
export async function loadMutant({ file, from, to }: Mutant): Promise<Core> {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-mutant-'))
  try {
    cpSync('src', folder, { recursive: true })
    const path = join(folder, file)
    const [before, after, ...more] = readFileSync(path, 'utf8').split(from)
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`src/${file} does not hold this exactly once: ${from}`)
    }
    writeFileSync(path, before + to + after)
    return await loadCore(pathToFileURL(`${folder}/`))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
