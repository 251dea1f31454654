import { type ListOptions, readList } from './client/list.ts'
import { RefusedError } from './errors.ts'
import { count } from './format.ts'
import type { Inputs, Target } from './inputs/read.ts'
import { canonicalCid } from './pin/cid.ts'
import type { Plan } from './plan.ts'
import type { Reporter } from './report/reporter.ts'
import { LineGuard } from './selection/guard.ts'
import { whyMatched } from './selection/match.ts'
import { planSelection } from './selection/plan.ts'

/** All that only a selection or `protect` needs, and the library that knows CIDs. `run.ts` loads it on demand. */

export { canonicalCid, LineGuard }

interface ListPlanOptions {
  target: Extract<Target, { kind: 'selection' }>
  inputs: Inputs
  reporter: Reporter
  holdsKey(this: void, text: string): boolean
  readPage: ListOptions['readPage']
  /** Epoch milliseconds. */
  now: number
}

/**
 * Reads the list of pins and plans what to do with those that match.
 *
 * @throws RefusedError when the list cannot be completed, or its records allow no plan.
 */
export async function planFromList({
  target: { criteria, maxUnpins },
  inputs: { protect, onMissing },
  reporter,
  holdsKey,
  readPage,
  now,
}: ListPlanOptions): Promise<{ guard: LineGuard; plan: Plan }> {
  const refuse = (why: string) => new RefusedError([`${why} Nothing was unpinned.`])
  const guard = new LineGuard(protect, canonicalCid)
  reporter.line('Reading the list of pins')
  const list = await readList({
    readPage,
    // All of this is done here, between two requests. For all records at once it takes so long that a signal is not handled in time.
    keep(record) {
      if (whyMatched(record, criteria, canonicalCid) === null) return null
      const stored = reporter.storeRecord(record)
      // The answer is remembered.
      guard.whyProtected(stored.record)
      return stored
    },
    onProgress: (rows, ofRows) => reporter.listProgress(rows, ofRows),
  })
  if (list.kind === 'failed') throw refuse(list.problem)
  // An ID becomes part of a URL, an output and the summary. A service that makes one of a key is not to be trusted.
  if (list.records.some(({ id }) => holdsKey(id))) {
    throw refuse('The list of pins holds an ID that contains the value of a key. Check `api-url`.')
  }
  reporter.line(`The list is complete, read in ${count(list.requests, 'request')}`)
  const rules = { criteria, guard, canonicalCid, maxUnpins, onMissing, now }
  const selected = planSelection(list.records, rules)
  if (selected.kind === 'impossible') throw refuse(selected.problem)
  return { guard, plan: selected.plan }
}
