import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { failsStep, type PinOutcome, untouched } from '../../src/pin/outcome.ts'
import { parseRecord, type PinRecord } from '../../src/pin/record.ts'
import { createCleaner } from '../../src/report/clean.ts'
import { Reporter, type RunInfo } from '../../src/report/reporter.ts'
import type { GroupCount } from '../../src/plan.ts'
import { createRedactor } from '../../src/secrets.ts'
import type { Verdict } from '../../src/verdict.ts'

/** A run to look at: its pins and how it ended. */
interface Scene {
  outcomes: PinOutcome[]
  run?: Partial<RunInfo>
  verdict?: Partial<Verdict>
  groups?: GroupCount[]
}

const NAMES = [
  'preview-feature/login',
  'preview-fix/typo-in-footer',
  'preview-docs',
  'preview-dependabot/npm_and_yarn/multi-6a9c2a7f1e',
  'preview-release 1.4.0',
]
const SELECTED: RunInfo['criteria'] = [
  ['name', 'preview-*'],
  ['keep-latest', '1'],
  ['group-by', 'name'],
  ['older-than', '7d'],
]

const REFUSED = [
  '`pin-id` has "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", which is a CID. Give the `id` of the pin here, or the CID in `cid`.',
  '`dry-run` is empty. Was the variable `vars.DRY_RUN` set? Allowed are `true` and `false`.',
]

/** Every kind of summary, by name. The largest one of each kind has 300 pins. */
export function summaries(): Record<string, string> {
  const scenes: Record<string, Scene> = {}
  for (const pins of [1, 8, 300]) {
    scenes[`success-${pins}`] = { outcomes: many(pins, unpinned) }
    scenes[`failure-${pins}`] = { outcomes: many(pins, mixed) }
    scenes[`key-refused-${pins}`] = {
      outcomes: many(pins, (n) =>
        n === 0 ? keyRefused(n) : notAttempted(n, 'the service refused the key pair'),
      ),
    }
    scenes[`dry-run-${pins}`] = {
      outcomes: many(pins, planned),
      run: { dryRun: true, criteria: SELECTED },
      groups: many(Math.min(pins, 40), (n) => ({ value: nameOf(n), matched: 3 + n, chosen: 1 + n })),
    }
    scenes[`selection-${pins}`] = {
      outcomes: many(pins, (n) =>
        n % 5 === 4 ? planned(n) : { ...unpinned(n), reason: 'matched by its name' },
      ),
      run: { criteria: SELECTED },
      groups: many(Math.min(pins, 4), (n) => ({ value: nameOf(n), matched: 3 + n, chosen: 1 + n })),
    }
    scenes[`over-the-cap-${pins}`] = {
      outcomes: many(pins, (n) =>
        untouched(idOf(n), 'not-attempted', 'Not attempted.', { record: recordOf(n) }),
      ),
      run: { criteria: SELECTED },
      verdict: {
        problem: `${pins} pins are chosen, more than the ${pins - 1} that \`max-unpins\` allows, so nothing was unpinned. If the selection is right, raise \`max-unpins\`.`,
      },
    }
    scenes[`cancelled-${pins}`] = {
      outcomes: many(pins, (n) =>
        n % 8 < 3 ? unpinned(n) : n % 8 === 3 ? interrupted(n) : notAttempted(n, 'the run was stopped first'),
      ),
      verdict: { stopped: 'Cancelled (SIGINT). The outputs and the summary hold what is known so far.' },
    }
    scenes[`hostile-${pins}`] = { outcomes: many(pins, hostile) }
  }
  // The picture in the README.
  scenes['example'] = {
    outcomes: [...many(3, unpinned), ...many(5, (n) => planned(5 * n + 4))],
    run: { criteria: SELECTED },
  }
  scenes['nothing-matches'] = {
    outcomes: [],
    run: { criteria: SELECTED },
    verdict: { warnings: ['No pin matches the selection.'] },
  }
  const texts = Object.entries(scenes).map(([name, scene]) => [
    name,
    reported((reporter) => play(reporter, scene)),
  ])
  return { ...Object.fromEntries(texts), refused: reported((reporter) => reporter.refuse(REFUSED)) }
}

function play(reporter: Reporter, { outcomes, run = {}, verdict = {}, groups = [] }: Scene): void {
  const info = {
    apiBase: 'https://api-ipfs.attoaioz.cyou',
    dryRun: false,
    requestsPerMinute: 180,
    criteria: null,
  }
  reporter.begin({ ...info, onMissing: 'warn', ...run })
  outcomes.forEach((outcome, index) => reporter.pinEnded(outcome, index))
  const { problem = null } = verdict
  const fails: Verdict['fails'] = (pin) => problem === null && failsStep(pin, 'warn')
  const succeeded = problem === null && !outcomes.some(fails)
  reporter.finish({ succeeded, problem, stopped: null, warnings: [], fails, ...verdict }, groups)
}

/** The summary that the reporter writes. Nothing is printed meanwhile. */
function reported(act: (reporter: Reporter) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-look-'))
  const before = { ...process.env }
  const write = process.stdout.write.bind(process.stdout)
  try {
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) {
      process.env[name] = join(folder, name)
      writeFileSync(join(folder, name), '')
    }
    process.env['RUNNER_TEMP'] = folder
    process.stdout.write = () => true
    let now = 0
    const clock = { ...systemClock, now: () => now, epoch: () => Date.UTC(2026, 10, 6) }
    const reporter = new Reporter(clock, createCleaner(createRedactor([])))
    now = 2400
    act(reporter)
    return readFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'utf8')
  } finally {
    process.stdout.write = write
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'RUNNER_TEMP']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

function many<T>(length: number, make: (number: number) => T): T[] {
  return Array.from({ length }, (_, number) => make(number))
}

/** Always the same UUID for a number. */
function idOf(number: number): string {
  const hex = createHash('sha256').update(String(number)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}

function nameOf(number: number): string {
  return `${NAMES[number % NAMES.length] ?? ''}${number < NAMES.length ? '' : `-${number}`}`
}

function recordOf(number: number, fields: Record<string, unknown> = {}): PinRecord {
  const cid =
    number % 2 === 0
      ? 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'
      : 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
  const record = parseRecord({
    id: idOf(number),
    cid,
    size: (2_883_584 * (1 + ((number * 7) % 31))) >> (number % 3),
    status: 'DONE',
    pinned: true,
    metadata: { name: nameOf(number) },
    date_pinned: new Date(Date.UTC(2026, 9, 1 + (number % 30), number % 24)).toISOString(),
    ...fields,
  })
  if (record === null) throw new TypeError(`not a pin ID: ${idOf(number)}`)
  return record
}

function unpinned(number: number, changes: Partial<PinOutcome> = {}): PinOutcome {
  return {
    pinId: idOf(number),
    result: 'unpinned',
    reason: '',
    message: 'Unpinned: the service confirmed it.',
    attempts: number % 7 === 6 ? 3 : 1,
    httpStatus: 200,
    durationMs: number % 7 === 6 ? 12_400 : 230,
    lostAnswer: false,
    finding: 'service-proven',
    record: recordOf(number),
    ...changes,
  }
}

function failed(number: number, message: string, changes: Partial<PinOutcome> = {}): PinOutcome {
  return unpinned(number, {
    result: 'failed',
    message,
    record: null,
    attempts: 1,
    durationMs: 300,
    ...changes,
  })
}

function mixed(number: number): PinOutcome {
  if (number % 8 === 0)
    return failed(
      number,
      'Not unpinned: the service refused it. The answer was HTTP 400, "pin is locked by another job".',
    )
  if (number % 8 === 3) {
    return failed(
      number,
      'No good answer within the 120 s of `timeout-seconds`, in 7 attempts. At least one request may have been received without an ' +
        'answer, so whether the pin is gone is not known. Run the step again: a pin that is gone already is reported as `missing`. ' +
        'The last one was HTTP 502, "<html><head><title>502 Bad Gateway</title></head>".',
      { result: 'unconfirmed', attempts: 7, durationMs: 120_000, lostAnswer: true },
    )
  }
  if (number % 8 === 5)
    return untouched(idOf(number), 'missing', 'The service does not have this pin. Was it unpinned before?')
  return unpinned(number)
}

function keyRefused(number: number): PinOutcome {
  return failed(
    number,
    'Not unpinned: the service refused the key pair (HTTP 401). Check `pinning-api-key` and `pinning-secret-key`: are both of the ' +
      'same pair, not revoked, and of the account that `api-url` serves? The answer was HTTP 401, "invalid key".',
  )
}

function notAttempted(number: number, why: string): PinOutcome {
  return untouched(idOf(number), 'not-attempted', `Not attempted: ${why}. Run the step again for this pin.`, {
    record: number % 2 === 0 ? recordOf(number) : null,
  })
}

function interrupted(number: number): PinOutcome {
  const message =
    'The run was stopped before the service had answered. Whether the pin is gone is not known. Run the step again: a pin that is ' +
    'gone already is reported as `missing`.'
  return failed(number, message, { result: 'unconfirmed', lostAnswer: true, record: recordOf(number) })
}

function planned(number: number): PinOutcome {
  const record = recordOf(number)
  if (number % 5 === 4)
    return untouched(idOf(number), 'kept', 'Kept.', { record, reason: 'the newest of its group' })
  if (number % 7 === 6)
    return untouched(idOf(number), 'protected', 'Protected.', {
      record,
      reason: 'protected by the name `release-*`',
    })
  return untouched(idOf(number), 'would-unpin', 'Would be unpinned.', {
    record,
    reason: 'matched by its name',
  })
}

/** Texts that a service may send to spoil the page: long ones without a place to break, markup, links. */
function hostile(number: number): PinOutcome {
  const long = 'x'.repeat(4000)
  const texts = [
    long,
    '|'.repeat(300),
    `${'<td>'.repeat(50)} `,
    'WWW.'.repeat(90),
    '😀'.repeat(200),
    '&amp;'.repeat(99),
    'WM'.repeat(99),
    '- [x] `a` '.repeat(40),
  ]
  const text = texts[number % texts.length] ?? ''
  const record = recordOf(number, {
    cid: text,
    metadata: { name: text },
    size: Number.MAX_SAFE_INTEGER,
    date_pinned: '1970-01-02T00:00:00Z',
  })
  const message = `Not unpinned: the service refused it. The answer was HTTP 400, "${text}".`
  return unpinned(number, { result: 'failed', message, record, attempts: 99, durationMs: 3_599_000 })
}
