import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'
import { nameText, type PinRecord } from '../pin/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Cleaner } from './clean.ts'

/**
 * One element of `results`, its fields in the order in which they are written; the service's record with all its fields follows them.
 * Described in results.schema.json. No key is in it.
 */
export type ResultEntry = Pick<
  PinOutcome,
  'pinId' | 'result' | 'reason' | 'attempts' | 'httpStatus' | 'durationMs' | 'message'
> &
  Pick<PinRecord, 'cid' | 'size' | 'status'> & { name: string | null }

export function entryOf(outcome: PinOutcome, { redact, holdsKey }: Cleaner): ResultEntry {
  const { pinId, result, reason, record, attempts, httpStatus, durationMs, message } = outcome
  const { cid = null, size = null, status = null } = record ?? {}
  const clean = (text: string | null) => (text === null ? null : redact(text))
  return {
    pinId: redact(pinId),
    result,
    reason: redact(reason),
    cid: clean(cid),
    // A key may consist of digits alone.
    size: holdsKey(String(size)) ? null : size,
    status: clean(status),
    name: clean(record === null ? null : nameText(record)),
    attempts,
    httpStatus,
    durationMs,
    message: redact(message),
  }
}

/** The `results` array as JSON text. @param whole with the service's records. */
export function resultsJson(
  entries: readonly ResultEntry[],
  outcomes: readonly PinOutcome[],
  { json }: Cleaner,
  whole: boolean,
): string {
  const elements = entries.map((entry, index) => {
    const text = JSON.stringify(entry)
    return whole ? `${text.slice(0, -1)},"record":${json(outcomes[index]?.record?.raw ?? null)}}` : text
  })
  return `[${elements.join(',')}]`
}

/** The totals of a run. */
export interface Tally {
  pins: number
  counts: Readonly<Record<PinResult, number>>
  /** How many pins fail the step. */
  failing: number
  /** Bytes of the pins that are, or in a dry run would be, unpinned; exact beyond 2^53. */
  bytes: bigint
  /** How many of those have a size that is not known. */
  unknownSizes: number
}

/** @param fails whether a pin fails the step. */
export function tallyUp(outcomes: readonly PinOutcome[], fails: (pin: PinOutcome) => boolean): Tally {
  const counts = Object.fromEntries(RESULTS.map((result) => [result, 0])) as Record<PinResult, number>
  for (const { result } of outcomes) counts[result] += 1
  const sizes = outcomes
    .filter(({ result }) => result === 'unpinned' || result === 'would-unpin')
    .map(({ record }) => record?.size ?? null)
  return {
    pins: outcomes.length,
    counts,
    failing: outcomes.filter(fails).length,
    bytes: sizes.reduce((sum, size) => sum + BigInt(size ?? 0), 0n),
    unknownSizes: sizes.filter((size) => size === null).length,
  }
}

/**
 * The most bytes of one output. A later step gets it in a variable, and Linux takes 128 KiB in one (MAX_ARG_STRLEN). Seven outputs
 * can be this large: together they stay below the 1 MB that GitHub keeps of a job's outputs.
 */
const LARGEST_OUTPUT = 120 * 1024

/** What the outputs are made of. */
export interface OutputFacts {
  entries: readonly ResultEntry[]
  outcomes: readonly PinOutcome[]
  /** The whole `results` array as JSON text. */
  results: string
  tally: Tally
  plan: Pick<Plan, 'pins' | 'chosen' | 'waiting'>
  resultsFile: string
}

/** @returns all outputs, and the names of those that were too large and are empty. */
export function composeOutputs(
  facts: OutputFacts,
  cleaner: Cleaner,
): { outputs: Record<string, string>; tooLarge: string[] } {
  const { entries, outcomes, tally, plan, resultsFile } = facts
  const { counts, bytes, failing, pins } = tally
  const column = (name: 'cid' | 'size' | 'status' | 'name' | 'result') => [
    name,
    entries.map((entry) => cleaner.output(String(entry[name] ?? ''))).join('\n'),
  ]
  const outputs: Record<string, string> = {
    ...Object.fromEntries((['cid', 'size', 'status', 'name', 'result'] as const).map(column)),
    'unpinned-count': String(counts.unpinned),
    'missing-count': String(counts.missing),
    'failed-count': String(failing),
    'total-size': String(bytes),
    'matched-count': String(pins),
    'protected-count': String(counts.protected),
    'kept-count': String(counts.kept),
    'chosen-count': String(plan.chosen),
    'waiting-count': String(plan.waiting),
    'pin-ids': plan.pins.flatMap((pin) => (pin.kind === 'chosen' ? cleaner.output(pin.pinId) : [])).join('\n'),
    results: isTooLarge(facts.results) ? resultsJson(entries, outcomes, cleaner, false) : facts.results,
    'results-file': resultsFile,
  }
  const tooLarge: string[] = []
  for (const [name, text] of Object.entries(outputs)) {
    if (!isTooLarge(text)) continue
    tooLarge.push(name)
    outputs[name] = name === 'results' ? '[]' : ''
  }
  return { outputs, tooLarge }
}

function isTooLarge(text: string): boolean {
  return text.length > LARGEST_OUTPUT || Buffer.byteLength(text) > LARGEST_OUTPUT
}
