import { notAttempted, type OnMissing, outcomeOf, type PinOutcome } from '../pin/outcome.ts'
import { isUnpinned, type PinRecord } from '../pin/record.ts'
import type { PinRead } from '../service/judge.ts'
import type { Criteria } from './match.ts'
import { quoteSome } from './no-match.ts'
import { type ProtectLine, Protection } from './protection.ts'
import { planSelection } from './selection.ts'

/** Which pins to unpin. `ids`: lower case, each once, in the order given. `selects`: the inputs that select, for people. */
export type Target =
  | { kind: 'ids'; pinIds: readonly string[] }
  | {
      kind: 'selection'
      criteria: Criteria
      selects: readonly (readonly [input: string, lines: readonly string[]])[]
    }

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
  rest: readonly PinRecord[] | null
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

/** One group of `group-by`. */
export interface GroupCount {
  value: string
  matched: number
  chosen: number
}

/** What a run will do, decided before it removes anything. */
export interface Plan {
  /** In the order of the outputs. Of a plan that is refused, every pin is left. */
  pins: readonly PlannedPin[]
  /** Why the plan is not carried out, in whole sentences; `null` where it is. */
  refusal: string | null
  warnings: readonly string[]
  groups: readonly GroupCount[]
  /** How many pins are chosen, or were before the plan was refused. */
  chosen: number
  /** How many wait for the next run, because of `on-too-many: oldest-first`. */
  waiting: number
  /** The records that are not pinned could say why nothing matched, or use a line of `protect`. They were not read. */
  wantsRest: boolean
}

/** Decides about every pin. Reads nothing, and is the same in a dry run. */
export function makePlan(rules: PlanRules, readings: Readings): Plan {
  const { target, protect, onUnusedProtect, onMissing } = rules
  const { account, problem } = readings
  const protection = new Protection(protect)
  if (protect.length > 0) {
    for (const record of recordsOf(readings)) if (!isUnpinned(record)) protection.why(record)
  }
  const draft =
    target.kind === 'ids'
      ? planIds(target.pinIds, onMissing, readings, protection)
      : planSelection(target, onMissing, account ?? { pinned: [], rest: null }, protection, readings.now)
  const chosen = draft.pins.filter(({ kind }) => kind === 'chosen').length
  const refusals = problem === null ? [...draft.refusals] : [problem]
  const warnings = [...draft.warnings]
  const unused = problem === null && account !== null ? protection.unused : []
  const told =
    onUnusedProtect === 'ignore' ? unused.filter(({ id, cid }) => id !== null || cid !== null) : unused
  if (told.length > 0) {
    const refuses = onUnusedProtect === 'fail' && chosen > 0
    ;(refuses ? refusals : warnings).push(describeUnused(told, refuses))
  }
  const refusal = refusals.length === 0 ? null : refusals.join(' ')
  return {
    ...draft,
    pins: refusal === null ? draft.pins : draft.pins.map((pin) => leaveUntried(pin)),
    refusal,
    warnings: problem === null ? warnings : [],
    chosen: problem === null ? chosen : 0,
    wantsRest:
      problem === null &&
      account?.rest === null &&
      ((draft.noMatch && onMissing !== 'ignore') || (unused.length > 0 && onUnusedProtect !== 'ignore')),
  }

  function* recordsOf({ account, byId }: Readings): Generator<PinRecord> {
    yield* account?.pinned ?? []
    yield* account?.rest ?? []
    for (const read of byId.values()) if (read.kind === 'record') yield read.record
  }

  function leaveUntried(pin: PlannedPin): PlannedPin {
    if (pin.kind === 'left') return pin
    const { pinId, record, reason } = pin
    return {
      kind: 'left',
      outcome: { ...notAttempted(pinId, 'the plan was refused', { record, reason }), message: '' },
    }
  }
}

/** The decisions about pins, before `protect` is looked at as a whole. */
export interface Draft {
  pins: PlannedPin[]
  refusals: string[]
  warnings: string[]
  groups: GroupCount[]
  waiting: number
  noMatch: boolean
}

const NOTHING: Omit<Draft, 'pins'> = { refusals: [], warnings: [], groups: [], waiting: 0, noMatch: false }

/** The plan for pins that are given by their IDs, in the order given. */
function planIds(
  pinIds: readonly string[],
  onMissing: OnMissing,
  { account, byId }: Readings,
  protection: Protection,
): Draft {
  if (pinIds.length === 0) {
    const text = 'The file of `plan-file` has no pin that would be unpinned, so there is nothing to do.'
    const told = onMissing === 'ignore' ? {} : { [onMissing === 'fail' ? 'refusals' : 'warnings']: [text] }
    return { ...NOTHING, pins: [], ...told }
  }
  const listed = new Map((account?.pinned ?? []).map((record) => [record.id, record]))
  const pins = pinIds.map((pinId): PlannedPin => {
    const read = byId.get(pinId)
    if (read?.kind === 'ended') return { kind: 'left', outcome: read.outcome }
    const record = listed.get(pinId) ?? read?.record ?? null
    const why = record === null ? null : protection.why(record)
    if (record !== null && why !== null) return leave(record, 'protected', why)
    // This proves nothing, but a person should know it.
    const reason = record?.pinned === false ? 'its record says that it is not pinned now' : ''
    return { kind: 'chosen', pinId, reason, record }
  })
  return { ...NOTHING, pins }
}

/** A pin that stays. @param reason a clause. */
export function leave(record: PinRecord, result: 'protected' | 'kept', reason: string): PlannedPin {
  return {
    kind: 'left',
    outcome: outcomeOf(record.id, { result, message: `Not unpinned: ${reason}.`, record, reason }),
  }
}

function describeUnused(lines: readonly ProtectLine[], refuses: boolean): string {
  const which = `${lines.length === 1 ? 'a line protects' : `${lines.length} lines protect`} no pin of the account: ${quoteSome(lines.map(({ text }) => text))}.`
  const how = 'Write one pin ID, CID or name on each line, without quotes, commas, dashes or comments.'
  return refuses
    ? `\`protect\`: ${which} Nothing was unpinned. ${how} If a line may have no pin, set \`on-unused-protect: warn\`.`
    : `\`protect\`: ${which} ${how}`
}
