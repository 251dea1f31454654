import { count, quoteSome } from '../format.ts'
import type { OnMissing } from '../pin/outcome.ts'
import { isUnpinned, keyvalueOf, nameText, type PinRecord } from '../pin/record.ts'
import { newestFirst, parseEnd } from '../pin/timestamp.ts'
import { ANY_PIN, type Criteria, Matcher } from './match.ts'
import { type Account, type Draft, type GivenInputs, leave, type PlannedPin, type Target } from './plan.ts'
import type { Protection } from './protection.ts'

interface Match {
  record: PinRecord
  reason: string
  /** The value of `group-by`, `null` where the pin has none; empty without groups. */
  group: string | null
  /** Of `expired-by`: epoch milliseconds; `null` where it cannot be read. */
  end: number | null
}

/** The plan for the pins that match, oldest first. The order of the records does not matter. */
export function planSelection(
  { criteria, selects }: Extract<Target, { kind: 'selection' }>,
  onMissing: OnMissing,
  account: Account,
  protection: Protection,
  now: number,
): Draft {
  const { keepLatest, olderThan, expiredBy, groupBy, maxUnpins, onTooMany } = criteria
  const matcher = new Matcher(criteria)
  const matches: Match[] = []
  for (const record of account.pinned) {
    const reason = matcher.match(record)
    const end = expiredBy === null ? '' : keyvalueOf(record, expiredBy)
    if (reason === null || end === undefined) continue
    matches.push({ record, reason, group: groupBy === null ? '' : valueOf(record, groupBy), end: parseEnd(end ?? '') })
  }
  const refusals: string[] = []
  const warnings: string[] = []
  const undated = matches.find(({ record }) => record.datePinned === null)
  if (undated !== undefined && (olderThan !== null || keepLatest > 0 || onTooMany === 'oldest-first')) {
    refusals.push(
      `The pin ${undated.record.id} matches, but its \`date_pinned\` is not a valid date, so its age is not known. Nothing was unpinned. ` +
        'Select without this pin, or without `older-than`, `keep-latest` and `on-too-many`.',
    )
  }
  const unreadable = expiredBy === null ? 0 : matches.filter(({ end }) => end === null).length
  if (unreadable > 0) {
    warnings.push(
      `\`expired-by\`: in ${count(unreadable, 'pin')} the value of \`${expiredBy}\` is not a date. Such pins stay. Write \`2026-12-31\`, or ` +
        'a time with its zone such as `2026-12-31T18:00:00Z`.',
    )
  }
  // Newest first, because `keep-latest` counts from the newest.
  matches.sort(byAge)
  const counted = new Map<string, number>()
  const pins = matches.map((match): PlannedPin => {
    const { record, reason, group } = match
    const place = counted.get(group ?? '') ?? 0
    if (group !== null) counted.set(group, place + 1)
    const protectedBy = protection.check(record)
    if (protectedBy !== null) return leave(record, 'protected', protectedBy)
    const keptBy = whyKept(match, place, criteria, now)
    return keptBy === null ? { kind: 'chosen', pinId: record.id, reason, record } : leave(record, 'kept', keptBy)
  })
  // From here on oldest first, as in the outputs.
  pins.reverse()

  const chosen = pins.filter(({ kind }) => kind === 'chosen').length
  const waiting = onTooMany === 'oldest-first' ? Math.max(0, chosen - maxUnpins) : 0
  if (chosen > maxUnpins && waiting === 0) {
    refusals.push(
      `${count(chosen, 'pin')} would be unpinned, more than the ${maxUnpins} that \`max-unpins\` allows, so nothing was unpinned. If the ` +
        'selection is right, raise `max-unpins`, or set `on-too-many: oldest-first`.',
    )
  }
  let room = maxUnpins
  const within = pins.map((pin) => {
    if (waiting === 0 || pin.kind === 'left' || room-- > 0) return pin
    const { record } = pin
    return record === null ? pin : leave(record, 'kept', 'it waits for the next run (`on-too-many`)')
  })
  const noMatch = matches.length === 0
  const unmatched = noMatch ? selects : matcher.unused
  if (onMissing !== 'ignore' && unmatched.length > 0) {
    const text = describeNoMatch(unmatched, account, criteria)
    if (onMissing === 'fail') refusals.push(`${text} Nothing was unpinned.`)
    else warnings.push(text)
  }
  return { pins: within, refusals, warnings, waiting, noMatch }
}

/** The first rule that keeps a match, or `null`. @param place its own in its group, the newest is 0. */
function whyKept({ record, group, end }: Match, place: number, criteria: Criteria, now: number): string | null {
  const { keepLatest, olderThan, expiredBy, groupBy } = criteria
  const { datePinned } = record
  if (group === null) return `it has no value for \`group-by: ${groupBy}\``
  // A plan with such a pin is refused.
  if (datePinned === null && (keepLatest > 0 || olderThan !== null)) return 'its age is not known'
  if (place < keepLatest) {
    const newest = keepLatest === 1 ? 'the newest' : `one of the ${keepLatest} newest`
    return `${newest} ${groupBy === null ? 'of all matches' : `in the group "${group}"`}`
  }
  if (olderThan !== null && (datePinned === null || now - datePinned.ms < olderThan.ms)) {
    return `younger than ${olderThan.text}`
  }
  if (expiredBy === null || (end !== null && now >= end)) return null
  return `${expiredBy}=${keyvalueOf(record, expiredBy) ?? '…'} ${end === null ? 'is not a date' : 'has not passed'}`
}

/** Newest first, ties by ID, the undated before all: reversed they come last. */
function byAge({ record: a }: Match, { record: b }: Match): number {
  const byId = a.id < b.id ? -1 : 1
  if (a.datePinned === null || b.datePinned === null) {
    return Number(b.datePinned === null) - Number(a.datePinned === null) || byId
  }
  return newestFirst(a.datePinned, b.datePinned) || byId
}

/** Of `group-by`: a name or a key-value. */
function valueOf(record: PinRecord, by: string): string | null {
  return by === 'name' ? nameText(record) : (keyvalueOf(record, by.replace('keyvalues.', '')) ?? null)
}

/**
 * Says that nothing matched, or which lines did not: their values, what the account has, and what was probably meant.
 * @param lines the lines without a match, by their input; all that select where nothing matched.
 */
function describeNoMatch(lines: GivenInputs, { pinned, notPinned }: Account, criteria: Criteria): string {
  const values = lines.map(([input, some]) => `\`${input}\` ${quoteSome(some)}`).join(' and ')
  const given = new Map(lines)
  const names = (given.get('name') ?? []).filter((name) => name !== ANY_PIN)
  // The same selection, but of these lines alone.
  const cids =
    criteria.cids && new Map([...criteria.cids].filter(([, text]) => given.get('cid')?.includes(text) ?? true))
  const matcher = new Matcher({ ...criteria, cids, names: given.get('name') ?? criteria.names })
  const { expiredBy } = criteria
  const named = names.length === 0 ? 0 : pinned.filter((record) => matcher.matchingName(record) !== undefined).length
  const wouldMatch = (notPinned ?? []).filter(
    (record) => matcher.match(record) !== null && (expiredBy === null || keyvalueOf(record, expiredBy) !== undefined),
  )
  const states = wouldMatch.map((record) => (isUnpinned(record) ? 'unpinned' : (record.status ?? 'not known')))
  const hints = [
    `No pin matches ${values}.`,
    `The account has ${count(pinned.length, 'pin')}.`,
    named > 0 && `Pins that have such a name, but another CID or key-value (or none): ${named}.`,
    states.length > 0 &&
      `Records that would match, but are not pinned: ${states.length} (status ${[...new Set(states)].join(', ')}).`,
    'Check the values (letter case counts), and whether the key pair belongs to the right account.',
  ]
  return hints.filter((hint) => hint !== false).join(' ')
}
