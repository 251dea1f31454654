/** Tells CIDs apart; `null` for a text that is none. See `src/cid.ts`. */
export type CanonicalCid = (text: string) => string | null

/** What is never unpinned, however it was chosen. */
export interface Protection {
  /** Lower case. */
  pinIds: ReadonlySet<string>
  /** Canonical. */
  cids: ReadonlySet<string>
  /** With `*`. */
  names: readonly string[]
}

/** Which pins are meant. Lists of `cids` and `names` are alternatives; everything else must hold together. */
export interface Criteria {
  /** Canonical; `null` when CIDs do not matter. */
  cids: ReadonlySet<string> | null
  /** With `*`; `null` when names do not matter. */
  names: readonly string[] | null
  keyvalues: readonly (readonly [key: string, value: string])[]
  /** Only pins at least this old, and how the workflow put it; `null` when age does not matter. */
  olderThan: { ms: number; text: string } | null
  /** This many of the newest matches stay. */
  keepLatest: number
  protect: Protection
  /** The inputs as the workflow gave them, for people. */
  told: readonly (readonly [input: string, value: string])[]
}

export const NOTHING_PROTECTED: Protection = { pinIds: new Set(), cids: new Set(), names: [] }

export function protectsNothing({ pinIds, cids, names }: Protection): boolean {
  return pinIds.size === 0 && cids.size === 0 && names.length === 0
}
