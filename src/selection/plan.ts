import type { JsonObject } from '../types.ts'
import type { CanonicalCid, Criteria } from '../criteria.ts'
import { whyMatched, whyProtected } from './match.ts'
import { newestFirst, type PinnedAt, pinnedAtOf } from '../pinned-at.ts'

/** What is to become of one record that matched, and why. */
export interface Decision {
  record: JsonObject
  verdict: 'chosen' | 'protected' | 'kept'
  /** For people, e.g. `matched by the name "main-*"`. May hold text of the workflow. */
  reason: string
}

/** The plan, or why none can be made from these records. */
export type Plan = { decisions: Decision[] } | { problem: string }

interface Match {
  record: JsonObject
  id: string
  pinnedAt: PinnedAt | null
  reason: string
}

/**
 * Decides for every record that matches: `protect` wins, then `keepLatest`, then `olderThan`. Records that do not match have no
 * decision. The order of the records does not matter.
 *
 * @param records each with an `id`, each once.
 * @param now epoch milliseconds.
 * @returns decisions oldest first, records without a date last; or a problem when a date is needed and missing.
 */
export function planSelection(records: readonly PinRecord[], rules: SelectionRules): SelectionPlan {
  const { criteria, canonicalCid, maxUnpins } = rules
  const matches: Match[] = []
  for (const record of records) {
    const reason = whyMatched(record, criteria, canonicalCid)
    if (reason === null) continue
    matches.push({
      record,
      reason,
      id: String(record['id']).toLowerCase(),
      pinnedAt: pinnedAtOf(record['date_pinned']),
    })
  }
  const undated = matches.find(({ pinnedAt }) => pinnedAt === null)
  if (undated !== undefined && (criteria.olderThan !== null || criteria.keepLatest > 0)) {
    return {
      problem: `the pin ${undated.id} matches, and its age matters, but its \`date_pinned\` is no valid date`,
    }
  }
  matches.sort(byAge)
  const decisions = matches.map((match, place) => decide(match, place, criteria, now, canonicalCid))
  return { decisions: decisions.reverse() }
}

/** Newest first, ties by ID, the undated before all: reversed they come last. */
function byAge(a: Match, b: Match): number {
  if (a.pinnedAt === null || b.pinnedAt === null) {
    return Number(b.pinnedAt === null) - Number(a.pinnedAt === null) || compare(a.id, b.id)
  }
  return newestFirst(a.pinnedAt, b.pinnedAt) || compare(a.id, b.id)
}

/** No two IDs are the same. */
function compare(a: string, b: string): number {
  return a < b ? -1 : 1
}

/** @param place among the matches, newest first, from 0. */
function decide(
  { record, pinnedAt, reason }: Match,
  place: number,
  { protect, keepLatest, olderThan }: Criteria,
  now: number,
  canonicalCid: CanonicalCid,
): Decision {
  const guard = whyProtected(record, protect, canonicalCid)
  if (guard !== null) return { record, verdict: 'protected', reason: guard }
  if (place < keepLatest) {
    return { record, verdict: 'kept', reason: `among the ${keepLatest} newest of all that matched` }
  }
  if (olderThan !== null && (pinnedAt === null || now - pinnedAt.ms < olderThan.ms)) {
    return { record, verdict: 'kept', reason: `younger than ${olderThan.text}` }
  }
  return { record, verdict: 'chosen', reason }
}
