/** Tells CIDs apart; `null` for a text that is not a CID. See `src/pin/cid.ts`. */
export type CanonicalCid = (text: string) => string | null

/** One line of `protect`. */
export type ProtectLine =
  /** Lower case. */
  | { kind: 'id'; id: string; text: string }
  /** Canonical. */
  | { kind: 'cid'; cid: string; text: string }
  /** May hold `*`. */
  | { kind: 'name'; text: string }

/** Which pins are meant. `cids` and `names` each list alternatives; everything else must hold together. */
export interface Criteria {
  /** Canonical; `null` when CIDs do not matter. */
  cids: ReadonlySet<string> | null
  names: NameCriterion
  keyvalues: readonly (readonly [key: string, value: string])[]
  /** Only pins at least this old, and how the workflow wrote it; `null` when age does not matter. */
  olderThan: { ms: number; text: string } | null
  /** Always keep this many of the newest matches, of each group where there are groups. */
  keepLatest: number
  groupBy: GroupBy
  /** The inputs as the workflow gave them, for people. */
  given: readonly (readonly [input: string, value: string])[]
}

/** `any-pin` is `name: (any)`, which matches pins without a name too. */
export type NameCriterion =
  { kind: 'not-given' } | { kind: 'any-pin' } | { kind: 'patterns'; patterns: readonly string[] }

/** What `keep-latest` counts within. */
export type GroupBy = { kind: 'all' } | { kind: 'name' } | { kind: 'keyvalue'; key: string }
