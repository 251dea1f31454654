import { type OnMissing, type PinOutcome, untouched } from '../pin/outcome.ts'
import type { PinRecord } from '../pin/record.ts'
import type { PinRead } from '../service/judge.ts'
import type { Criteria } from './match.ts'
import type { ProtectLine } from './protection.ts'

/** Inputs by their names, and their lines, as the workflow wrote them: for people. */
export type GivenInputs = readonly (readonly [input: string, lines: readonly string[]])[]

/** Which pins to unpin. */
export type Target =
  /** Lower case, each once, in the order given. */
  | { kind: 'ids'; pinIds: readonly string[] }
  | { kind: 'selection'; criteria: Criteria; selects: GivenInputs; limits: GivenInputs }

/** What the workflow wants. */
export interface PlanRules {
  target: Target
  /** Empty where nothing is protected. */
  protect: readonly ProtectLine[]
  onUnusedProtect: 'fail' | 'warn' | 'ignore'
  onMissing: OnMissing
}

/** The records of the account. */
export interface Account {
  pinned: readonly PinRecord[]
  /** Those that are not pinned; `null` where they were not read. */
  notPinned: readonly PinRecord[] | null
}

/** What planning has read. */
export interface Readings {
  /** `null` where the list was not needed, or could not be read. */
  account: Account | null
  /** Pins that were read by their ID. */
  byId: ReadonlyMap<string, PinRead>
  /** Why planning could not be finished, in whole sentences. Then nothing is unpinned. */
  problem: string | null
  /** Epoch milliseconds, by the earlier of two clocks. */
  now: number
}

/** The plan for one pin: it is chosen to be unpinned, or left with an outcome that is known already. */
export type PlannedPin =
  | {
      kind: 'chosen'
      /** Lower case. */
      pinId: string
      /** Why it was chosen; empty for a pin given by its ID. */
      reason: string
      /** `null` where it was not read. */
      record: PinRecord | null
    }
  | { kind: 'left'; outcome: PinOutcome }

export type ChosenPin = Extract<PlannedPin, { kind: 'chosen' }>

/** What a run will do, decided before it removes anything. */
export interface Plan {
  /** In the order of the outputs. Of a plan that is refused, every pin is left. */
  pins: readonly PlannedPin[]
  /** Why the plan is not carried out, in whole sentences; empty where it is. */
  refusals: readonly string[]
  warnings: readonly string[]
  /** How many pins are chosen, or were before the plan was refused. */
  chosen: number
  /** How many wait for the next run, because of `on-too-many: oldest-first`. */
  waiting: number
  /** Plan again with the records that are not pinned: they could say why nothing matched, or use a line of `protect`. */
  wantsNotPinned: boolean
}

/** The decisions about pins, before `protect` is looked at as a whole. */
export interface Draft extends Pick<Plan, 'waiting'> {
  pins: PlannedPin[]
  refusals: string[]
  warnings: string[]
  noMatch: boolean
}

/** A pin that stays. @param reason a clause. */
export function leave(record: PinRecord, result: 'protected' | 'kept', reason: string): PlannedPin {
  return { kind: 'left', outcome: untouched(record.id, result, `Not unpinned: ${reason}.`, { record, reason }) }
}
