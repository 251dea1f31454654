import { quoteSome } from '../format.ts'
import { type OnMissing, untouched } from '../pin/outcome.ts'
import { isUnpinned } from '../pin/record.ts'
import { type Account, type Draft, leave, type Plan, type PlannedPin, type PlanRules, type Readings } from './plan.ts'
import { type ProtectLine, Protection } from './protection.ts'
import { planSelection } from './selection.ts'

/** Decides about every pin. Reads nothing, and is the same in a dry run. */
export function makePlan(rules: PlanRules, readings: Readings): Plan {
  const { target, protect, onUnusedProtect, onMissing } = rules
  const { account, problem, now } = readings
  const protection = new Protection(protect)
  for (const record of [...(account?.pinned ?? []), ...(account?.notPinned ?? [])]) {
    if (protect.length > 0 && !isUnpinned(record)) protection.check(record)
  }
  const draft =
    target.kind === 'ids'
      ? planIds(target.pinIds, onMissing, readings, protection)
      : planSelection(target, onMissing, account ?? { pinned: [], notPinned: null }, protection, now)
  const chosen = draft.pins.filter(({ kind }) => kind === 'chosen').length
  const unused = account === null ? [] : protection.unused
  const told = onUnusedProtect === 'ignore' ? unused.filter(({ id, cid }) => id !== null || cid !== null) : unused
  if (told.length > 0) {
    const refuses = onUnusedProtect === 'fail' && chosen > 0
    draft[refuses ? 'refusals' : 'warnings'].push(describeUnused(told, account?.notPinned ?? null, refuses))
  }
  const { doubtful } = protection
  if (doubtful.length > 0) {
    const which = quoteSome(doubtful.map(({ text }) => text))
    draft.warnings.push(
      `\`protect\`: no pin that can be read is protected by ${which}. Pins whose name or CID cannot be read stay. ${HOW_WRITTEN}`,
    )
  }
  // Where planning itself was stopped, nothing else is known for sure.
  const { refusals, ...decided } = problem === null ? draft : { ...draft, refusals: [problem], warnings: [] }
  const wanted = (draft.noMatch && onMissing !== 'ignore') || (unused.length > 0 && onUnusedProtect !== 'ignore')
  return {
    ...decided,
    pins: refusals.length === 0 ? draft.pins : draft.pins.map(leaveUntried),
    refusals,
    chosen: problem === null ? chosen : 0,
    wantsNotPinned: problem === null && account?.notPinned === null && wanted,
  }
}

/** The plan for pins that are given by their IDs, in the order given. */
function planIds(
  pinIds: readonly string[],
  onMissing: OnMissing,
  { account, byId }: Readings,
  protection: Protection,
): Draft {
  const listed = new Map(account?.pinned.map((record) => [record.id, record]))
  const pins = pinIds.map((pinId): PlannedPin => {
    const read = byId.get(pinId)
    if (read?.kind === 'ended') return { kind: 'left', outcome: read.outcome }
    const record = listed.get(pinId) ?? read?.record ?? null
    const why = record === null ? null : protection.check(record)
    if (record !== null && why !== null) return leave(record, 'protected', why)
    // This proves nothing, but a person should know it.
    const reason = record?.pinned === false ? 'its record says that it is not pinned now' : ''
    return { kind: 'chosen', pinId, reason, record }
  })
  const nothing = pinIds.length === 0 ? ['The file of `plan-file` has no pin that would be unpinned.'] : []
  const refusals = onMissing === 'fail' ? nothing : []
  return { pins, refusals, warnings: onMissing === 'warn' ? nothing : [], waiting: 0, noMatch: false }
}

function leaveUntried(pin: PlannedPin): PlannedPin {
  if (pin.kind === 'left') return pin
  return { kind: 'left', outcome: untouched(pin.pinId, 'not-attempted', '', pin) }
}

const HOW_WRITTEN = 'Write one pin ID, CID or name on each line, without quotes, commas, dashes or comments.'

function describeUnused(lines: readonly ProtectLine[], notPinned: Account['notPinned'], refuses: boolean): string {
  const which = quoteSome(lines.map(({ text }) => text))
  const pins = notPinned === null ? 'pinned pin' : 'pin of the account'
  const fail = ' Nothing was unpinned. If a line may have no pin, set `on-unused-protect: warn`.'
  return `\`protect\`: no ${pins} is protected by ${which}. ${HOW_WRITTEN}${refuses ? fail : ''}`
}
