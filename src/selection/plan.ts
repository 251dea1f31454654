import { count } from '../format.ts'
import { type OnMissing, type PinOutcome, untouched } from '../pin/outcome.ts'
import type { PinRecord } from '../pin/record.ts'
import { newestFirst } from '../pin/timestamp.ts'
import type { GroupCount, Plan, PlannedPin } from '../plan.ts'
import type { CanonicalCid, Criteria, GroupBy } from './criteria.ts'
import type { LineGuard } from './guard.ts'
import { whyMatched } from './match.ts'

export interface SelectionRules {
  criteria: Criteria
  guard: LineGuard
  canonicalCid: CanonicalCid
  maxUnpins: number
  onMissing: OnMissing
  /** Epoch milliseconds. */
  now: number
}

/** The plan, or why none can be made from these records; whole sentences. */
export type SelectionPlan = { kind: 'plan'; plan: Plan } | { kind: 'impossible'; problem: string }

interface Match {
  record: PinRecord
  reason: string
  group: Group
}

type Group = { kind: 'named'; value: string } | { kind: 'all' } | { kind: 'none' }

/**
 * Decides for every record that matches: `protect` wins, then `keep-latest`, then `older-than`. A record that does not match is not
 * in the plan. The order of the records does not matter.
 *
 * @param records each pin once.
 * @returns pins oldest first, those without a date last.
 */
export function planSelection(records: readonly PinRecord[], rules: SelectionRules): SelectionPlan {
  const { criteria, canonicalCid, maxUnpins } = rules
  const matches: Match[] = []
  for (const record of records) {
    const reason = whyMatched(record, criteria, canonicalCid)
    if (reason !== null) matches.push({ record, reason, group: groupOf(record, criteria.groupBy) })
  }
  const undated = matches.find(({ record }) => record.datePinned === null)
  if (undated !== undefined && (criteria.olderThan !== null || criteria.keepLatest > 0)) {
    return {
      kind: 'impossible',
      problem:
        `The pin ${undated.record.id} matches, but its \`date_pinned\` is not a valid date. Leave out \`older-than\` and \`keep-latest\`, or ` +
        'select fewer pins.',
    }
  }
  matches.sort(byAge)
  const decide = decider(rules)
  const decisions = matches.map((match) => decide(match)).reverse()
  const chosen = decisions.filter(({ kind }) => kind === 'chosen').length
  const groups = countGroups(matches, decisions)
  if (chosen > maxUnpins) {
    return {
      kind: 'plan',
      plan: {
        pins: decisions.map(leaveUntouched),
        problem:
          `${count(chosen, 'pin')} would be unpinned, more than the ${maxUnpins} that \`max-unpins\` allows, so nothing was ` +
          'unpinned. If the selection is right, raise `max-unpins`.',
        warnings: [],
        groups,
      },
    }
  }
  const none = matches.length === 0 && rules.onMissing !== 'ignore' ? noMatch(criteria) : null
  return {
    kind: 'plan',
    plan: {
      pins: decisions,
      problem: rules.onMissing === 'fail' ? none : null,
      warnings: none === null || rules.onMissing === 'fail' ? [] : [none],
      groups,
    },
  }
}

/** Decides match by match; they must come newest first. */
function decider({ criteria, guard, now }: SelectionRules): (match: Match) => PlannedPin {
  const { groupBy, keepLatest, olderThan } = criteria
  const counted = new Map<string, number>()
  return ({ record, reason, group }) => {
    const leave = (result: 'protected' | 'kept', why: string): PlannedPin => ({
      kind: 'left',
      outcome: untouched(record.id, result, `Not unpinned: ${why}.`, { record, reason: why }),
    })
    const key = group.kind === 'named' ? group.value : ''
    const place = counted.get(key) ?? 0
    if (group.kind !== 'none') counted.set(key, place + 1)
    const guarded = guard.whyProtected(record)
    if (guarded !== null) return leave('protected', guarded)
    if (group.kind === 'none') return leave('kept', `it has no value for \`group-by: ${nameOf(groupBy)}\``)
    if (place < keepLatest) {
      const among = group.kind === 'all' ? 'matches' : `in the group "${group.value}"`
      return leave('kept', `one of the ${keepLatest} newest ${among}`)
    }
    const { datePinned } = record
    if (olderThan !== null && (datePinned === null || now - datePinned.ms < olderThan.ms)) {
      return leave('kept', `younger than ${olderThan.text}`)
    }
    return { kind: 'chosen', pinId: record.id, reason, record }
  }
}

function leaveUntouched(pin: PlannedPin): PlannedPin {
  if (pin.kind === 'left') return pin
  const { pinId, record, reason } = pin
  const outcome: PinOutcome = untouched(pinId, 'not-attempted', '', { record, reason })
  return { kind: 'left', outcome }
}

/** Newest first, ties by ID, the undated before all: reversed they come last. */
function byAge({ record: a }: Match, { record: b }: Match): number {
  const byId = a.id < b.id ? -1 : 1
  if (a.datePinned === null || b.datePinned === null) {
    return Number(b.datePinned === null) - Number(a.datePinned === null) || byId
  }
  return newestFirst(a.datePinned, b.datePinned) || byId
}

function groupOf(record: PinRecord, groupBy: GroupBy): Group {
  if (groupBy.kind === 'all') return { kind: 'all' }
  const name = record.label.kind === 'text' ? record.label.text : undefined
  const value = groupBy.kind === 'name' ? name : record.keyvalues.get(groupBy.key)
  return value === undefined ? { kind: 'none' } : { kind: 'named', value }
}

function nameOf(groupBy: GroupBy): string {
  return groupBy.kind === 'keyvalue' ? `keyvalues.${groupBy.key}` : groupBy.kind
}

/** @param decisions the matches' decisions, in reverse order. */
function countGroups(matches: readonly Match[], decisions: readonly PlannedPin[]): GroupCount[] {
  const groups = new Map<string, GroupCount>()
  matches.forEach(({ group }, index) => {
    if (group.kind !== 'named') return
    const known = groups.get(group.value) ?? { value: group.value, matched: 0, chosen: 0 }
    const chosen = decisions.at(-1 - index)?.kind === 'chosen' ? 1 : 0
    groups.set(group.value, { ...known, matched: known.matched + 1, chosen: known.chosen + chosen })
  })
  return [...groups.values()]
}

/** Likely mistakes in the criteria, for a selection that matches nothing. */
function noMatch({ names, given }: Criteria): string {
  const suspicions = names.kind === 'patterns' ? names.patterns.flatMap(suspicionAbout) : []
  const inputs = given.map(([input]) => `\`${input}\``).join(', ')
  return [
    `No pin matches ${inputs}.`,
    ...new Set(suspicions),
    'Check the values, and whether the key pair belongs to the right account.',
  ].join(' ')
}

function suspicionAbout(name: string): string[] {
  if (name.includes(',')) return ['A line of `name` holds a comma: write one name on each line.']
  if (/^["'].*["']$/.test(name)) return ['A line of `name` is in quotes: write names without quotes.']
  if (name.startsWith('- '))
    return ['A line of `name` begins with a dash: write lines of text, not a YAML list.']
  if (/^\^|\$$|\.\*|\.\+|\\/.test(name)) {
    return ['A line of `name` looks like a regular expression: only `*` is special.']
  }
  return []
}
