import type { PinOutcome } from './pin/outcome.ts'
import type { PinRecord } from './pin/record.ts'

/** The plan for one pin: it is chosen to be unpinned, or left with an outcome that is known already. */
export type PlannedPin =
  | {
      kind: 'chosen'
      /** Lower case. */
      pinId: string
      /** Why it was chosen; empty for a pin given by its ID. */
      reason: string
      /** `null` where it was not read yet. */
      record: PinRecord | null
    }
  | { kind: 'left'; outcome: PinOutcome }

/** One group of `group-by`. */
export interface GroupCount {
  value: string
  matched: number
  chosen: number
}

/** What a run will do, decided before it removes anything. */
export interface Plan {
  /** In the order of the outputs. */
  pins: readonly PlannedPin[]
  /** Why the plan is not carried out, in whole sentences; then every pin is left. `null` if it is carried out. */
  problem: string | null
  /** Whole sentences. */
  warnings: readonly string[]
  groups: readonly GroupCount[]
}

/** The plan for pins that are given by their IDs, in the order given. */
export function planByIds(pinIds: readonly string[]): Plan {
  const pins = pinIds.map((pinId): PlannedPin => ({ kind: 'chosen', pinId, reason: '', record: null }))
  return { pins, problem: null, warnings: [], groups: [] }
}
