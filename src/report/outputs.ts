import type { PinOutcome } from '../pin/outcome.ts'
import type { Plan } from '../plan/plan.ts'
import type { Cleaner } from './clean.ts'
import { type ResultEntry, resultsJson, type Tally } from './results.ts'

/**
 * The most bytes of one output. A later step gets it in a variable, and Linux takes 128 KiB in one (MAX_ARG_STRLEN). Seven outputs
 * can be this large: together they stay below the 1 MB that GitHub keeps of a job's outputs.
 */
const LARGEST_OUTPUT = 120 * 1024

/** The outputs of a run that ends before there are pins. */
export const NO_OUTPUTS = {
  cid: '',
  size: '',
  status: '',
  name: '',
  result: '',
  'unpinned-count': '0',
  'missing-count': '0',
  'failed-count': '0',
  'total-size': '0',
  'matched-count': '0',
  'protected-count': '0',
  'kept-count': '0',
  'chosen-count': '0',
  'waiting-count': '0',
  'pin-ids': '',
  results: '[]',
  'results-file': '',
}

/** Every output's name and text. */
export type Outputs = Record<keyof typeof NO_OUTPUTS, string>

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
): { outputs: Outputs; tooLarge: string[] } {
  const { entries, outcomes, tally, plan, resultsFile } = facts
  const { counts, bytes, failing, pins } = tally
  const column = (name: 'cid' | 'size' | 'status' | 'name' | 'result') =>
    entries.map((entry) => cleaner.output(String(entry[name] ?? ''))).join('\n')
  const outputs: Outputs = {
    cid: column('cid'),
    size: column('size'),
    status: column('status'),
    name: column('name'),
    result: column('result'),
    'unpinned-count': String(counts.unpinned),
    'missing-count': String(counts.missing),
    'failed-count': String(failing),
    // A real run has none that would be, and a dry run none that are.
    'total-size': String(bytes.unpinned + bytes['would-unpin']),
    'matched-count': String(pins),
    'protected-count': String(counts.protected),
    'kept-count': String(counts.kept),
    'chosen-count': String(plan.chosen),
    'waiting-count': String(plan.waiting),
    'pin-ids': plan.pins
      .flatMap((pin) => (pin.kind === 'chosen' ? cleaner.output(pin.pinId) : []))
      .join('\n'),
    results: isTooLarge(facts.results) ? resultsJson(entries, outcomes, cleaner, false) : facts.results,
    'results-file': resultsFile,
  }
  const tooLarge: string[] = []
  for (const [name, text] of Object.entries(outputs)) {
    if (!isTooLarge(text)) continue
    tooLarge.push(name)
    outputs[name as keyof Outputs] = name === 'results' ? '[]' : ''
  }
  return { outputs, tooLarge }
}

function isTooLarge(text: string): boolean {
  return text.length > LARGEST_OUTPUT || Buffer.byteLength(text) > LARGEST_OUTPUT
}
