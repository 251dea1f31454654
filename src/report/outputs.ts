import type { JsonObject } from '../json.ts'
import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'
import { nameText, type PinRecord } from '../pin/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Cleaner } from './clean.ts'

/** One element of `results`, its fields in the order in which they are written. Described in results.schema.json. Not yet cleaned. */
export interface ResultEntry
  extends
    Pick<PinOutcome, 'pinId' | 'result' | 'reason' | 'attempts' | 'httpStatus' | 'durationMs' | 'message'>,
    Pick<PinRecord, 'cid' | 'size' | 'status'> {
  name: string | null
  /** The service's own, with all its fields. */
  record: JsonObject | null
}

export function entryOf(pin: PinOutcome): ResultEntry {
  const { pinId, result, reason, record, attempts, httpStatus, durationMs, message } = pin
  const { cid = null, size = null, status = null, raw = null } = record ?? {}
  const name = nameText(record)
  return { pinId, result, reason, cid, size, status, name, attempts, httpStatus, durationMs, message, record: raw }
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
  /** The elements of `results` as JSON texts, cleaned. */
  results: readonly string[]
  tally: Tally
  plan: Pick<Plan, 'pins' | 'chosen' | 'waiting'>
  resultsFile: string
}

/** @returns all outputs, and the names of those that were too large and are empty. */
export function composeOutputs(facts: OutputFacts, { output, json }: Cleaner): [Record<string, string>, string[]] {
  const { entries, results, tally, plan, resultsFile } = facts
  const { counts, bytes, failing, pins } = tally
  const column = (name: 'cid' | 'size' | 'status' | 'name' | 'result') =>
    entries.map((entry) => output(String(entry[name] ?? ''))).join('\n')
  const outputs: Record<string, string> = {
    cid: column('cid'),
    size: column('size'),
    status: column('status'),
    name: column('name'),
    result: column('result'),
    'unpinned-count': String(counts.unpinned),
    'missing-count': String(counts.missing),
    'failed-count': String(failing),
    'total-size': String(bytes),
    'matched-count': String(pins),
    'protected-count': String(counts.protected),
    'kept-count': String(counts.kept),
    'chosen-count': String(plan.chosen),
    'waiting-count': String(plan.waiting),
    'pin-ids': plan.pins.flatMap((pin) => (pin.kind === 'chosen' ? output(pin.pinId) : [])).join('\n'),
    results: arrayOf(results) ?? arrayOf(entries.map(({ record: _record, ...entry }) => json(entry))) ?? '',
    'results-file': resultsFile,
  }
  const tooLarge = Object.keys(outputs).filter((name) => Buffer.byteLength(outputs[name] ?? '') > LARGEST_OUTPUT)
  for (const name of tooLarge) outputs[name] = ''
  if (outputs['results'] !== '') return [outputs, tooLarge]
  return [{ ...outputs, results: '[]' }, [...tooLarge, 'results']]
}

/** @returns `null` for an array that is too large: all texts in one could be longer than a text may be. */
function arrayOf(elements: readonly string[]): string | null {
  const bytes = elements.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 1)
  return bytes > LARGEST_OUTPUT ? null : `[${elements.join(',')}]`
}
