import type { PinOutcome } from './pin/outcome.ts'
import type { PinRecord } from './pin/record.ts'

/** What is planned for one pin: it is tried, or its end is known before anything is removed. */
export type PlannedPin =
  | {
      kind: 'try'
      /** Lower case. */
      pinId: string
      /** Why it was chosen; empty for a pin given by its ID. */
      reason: string
      /** `null` where it was not read yet. */
      record: PinRecord | null
    }
  | { kind: 'leave'; outcome: PinOutcome }

/** One group of `group-by`. */
export interface GroupCount {
  value: string
  matched: number
  chosen: number
}

/** What a run is going to do, decided before it does any of it. */
export interface Plan {
  /** In the order of the outputs. */
  pins: readonly PlannedPin[]
  /** Why nothing of it is carried out, whole sentences; `null` where it is. Then every pin is left. */
  problem: string | null
  /** Whole sentences. */
  warnings: readonly string[]
  groups: readonly GroupCount[]
}

/** The plan for pins that are given by their IDs, in the order given. */
export function planByIds(pinIds: readonly string[]): Plan {
  const pins = pinIds.map((pinId): PlannedPin => ({ kind: 'try', pinId, reason: '', record: null }))
  return { pins, problem: null, warnings: [], groups: [] }
}
