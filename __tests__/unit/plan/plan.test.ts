import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/ids.ts'
import { untouched } from '../../../src/pin/outcome.ts'
import type { PinRecord } from '../../../src/pin/record.ts'
import { makePlan } from '../../../src/plan/make-plan.ts'
import type { Criteria } from '../../../src/plan/match.ts'
import type { GivenInputs, Plan, PlanRules, Readings } from '../../../src/plan/plan.ts'
import type { ProtectLine } from '../../../src/plan/protection.ts'
import type { PinRead } from '../../../src/service/judge.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { many, pinIdOf, recordOf, times } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

// Which pins are chosen, and in which order, is shown in properties.test.ts, for any account and any criteria.

const NOW = Date.UTC(2026, 10, 6)
const DAY_MS = 86_400_000

/** A pin of this name and age. */
const aged = (name: string, days: number, fields: object = {}): PinRecord =>
  recordOf({ metadata: { name }, date_pinned: new Date(NOW - days * DAY_MS).toISOString(), ...fields }, days)
const days = (count: number): Criteria['olderThan'] => ({ ms: count * DAY_MS, text: `${count}d` })
const line = (text: string, fields: Partial<ProtectLine> = {}): ProtectLine => ({
  text,
  id: null,
  cid: null,
  ...fields,
})
const protect = (...texts: string[]) => ({ protect: texts.map((text) => line(text)) })

type Asked = Partial<Criteria & PlanRules & Readings> & { notPinned?: PinRecord[] | null; selects?: GivenInputs }

/** The plan for the pins `main-*` of an account of these, or for other criteria. */
function plan(pinned: readonly PinRecord[], asked: Asked = {}): Plan {
  const { names = ['main-*'], notPinned = [], selects = [['name', names ?? []]], ...more } = asked
  const target = { kind: 'selection', criteria: criteriaOf({ ...more, names }), selects, limits: [] } as const
  const rules: PlanRules = { target, protect: [], onUnusedProtect: 'fail', onMissing: 'warn', ...asked }
  return makePlan(rules, {
    account: { pinned, notPinned },
    byId: new Map(),
    problem: null,
    now: NOW,
    ...asked,
  })
}

/** What is planned for each pin, as `name result: reason`. Pins that are chosen have the usual reason. */
const told = ({ pins }: Plan): string[] =>
  pins.map((pin) => {
    const { record, result, reason } = pin.kind === 'chosen' ? { ...pin, result: 'chosen' } : pin.outcome
    const name = record?.name.kind === 'text' ? record.name.text : 'unknown'
    return `${name} ${result}: ${reason}`.replace('chosen: matched by the name "main-*"', 'chosen')
  })
const planned = (pinned: readonly PinRecord[], asked?: Asked): string[] => told(plan(pinned, asked))

const four = [aged('main-3', 10), aged('main-1', 30), aged('main-4', 1), aged('other', 99), aged('main-2', 20)]
const CHOSEN = many(4, (n) => `main-${n + 1} chosen`)

describe('a selection', () => {
  test('has the rule that decided about each match, oldest first, and a protected pin counts among the newest', () => {
    expect(planned(four)).toEqual(CHOSEN)
    expect(planned(four, { keepLatest: 1, olderThan: days(15), ...protect('main-1') })).toEqual([
      'main-1 protected: protected by the name "main-1"',
      'main-2 chosen',
      'main-3 kept: younger than 15d',
      'main-4 kept: the newest of all matches',
    ])
    const { pins } = plan(four, { keepLatest: 2, ...protect('main-4') })
    const reason = 'protected by the name "main-4"'
    const known = { record: four[2] ?? null, reason }
    const outcome = untouched(four[2]?.id ?? '', 'protected', `Not unpinned: ${reason}.`, known)
    expect(pins.at(-1)).toEqual({ kind: 'left', outcome })
    expect(pins.at(-2)).toMatchObject({ outcome: { reason: 'one of the 2 newest of all matches' } })
  })

  test.each<[Asked, string]>([
    [{ keepLatest: 1 }, 'its age is not known'],
    [{ olderThan: days(1) }, 'its age is not known'],
    [{ onTooMany: 'oldest-first' }, 'matched by the name "main-*"'],
  ])('is refused because of a match without a valid date where age matters: %j', (asked, reason) => {
    const undated = aged('main-0', 7, { date_pinned: '0001-01-01T00:00:00Z' })
    const { refusals, pins } = plan([...four, undated], asked)
    expect(refusals).toEqual([expect.stringMatching(`^The pin ${undated.id} matches, but .* not a valid date`)])
    expect(pins.filter(({ kind }) => kind === 'chosen')).toEqual([])
    expect(pins.at(-1)).toMatchObject({ outcome: { reason } })
    expect(plan([...four, undated]).refusals).toEqual([])
  })

  test('has pins that are exactly as old as `older-than` says', () =>
    expect(planned([aged('main-9', 30)], { olderThan: days(30) })).toEqual(['main-9 chosen']))

  test('orders pins of the same moment by their IDs', () => {
    const same = [2, 3, 1].map((n) => aged(`main-${n}`, 1, { id: pinIdOf(n) }))
    const expected = ['main-3 chosen', 'main-2 chosen', 'main-1 kept: the newest of all matches']
    for (const records of [same, same.toReversed()]) expect(planned(records, { keepLatest: 1 })).toEqual(expected)
  })
})

test('`group-by` keeps the newest of each value, and each match without the value', () => {
  const of = (number: number, age: number, more: object) =>
    aged('', age, { metadata: { name: `main-${number}`, ...more } })
  const [a, b] = [{ branch: 'a' }, { keyvalues: { branch: 'b' } }]
  const records = [of(1, 30, a), of(2, 20, b), of(3, 10, a), of(4, 5, {}), of(5, 40, a)]
  const asked: Asked = { keepLatest: 1, groupBy: 'keyvalues.branch', maxUnpins: 1, onTooMany: 'oldest-first' }
  expect(planned(records, asked)).toEqual([
    'main-5 chosen',
    'main-1 kept: it waits for the next run (`on-too-many`)',
    'main-2 kept: the newest in the group "b"',
    'main-3 kept: the newest in the group "a"',
    'main-4 kept: it has no value for `group-by: keyvalues.branch`',
  ])
  expect(planned(records, { keepLatest: 1, groupBy: 'name' })[0]).toBe('main-5 kept: the newest in the group "main-5"')
})

test('`expired-by` chooses pins whose end has passed, keeps the others, and does not match pins without the key', () => {
  const ends = [
    '2026-11-05',
    '2026-11-06',
    '2026-11-06T00:00:00Z',
    '2026-11-06T00:00:00.001Z',
    'soon',
    20261105,
    [],
    null,
  ]
  const records = ends.map((expires, n) => aged('', 90 - n, { metadata: { name: `main-${n}`, expires } }))
  const { warnings, ...rest } = plan([...records, ...four], { expiredBy: 'expires' })
  expect(told({ ...rest, warnings })).toEqual([
    'main-0 chosen',
    'main-1 kept: expires=2026-11-06 has not passed',
    'main-2 chosen',
    'main-3 kept: expires=2026-11-06T00:00:00.001Z has not passed',
    'main-4 kept: expires=soon is not a date',
    'main-5 kept: expires=20261105 is not a date',
    'main-6 kept: expires=… is not a date',
  ])
  expect(warnings).toEqual([expect.stringMatching(/in 3 pins the value of `expires` is not a date\. Such pins stay/)])
  expect(plan(records.slice(0, 4), { expiredBy: 'expires' }).warnings).toEqual([])
})

test('`max-unpins` that is exceeded refuses the plan with `fail`, or leaves the newest for the next run', () => {
  const over = plan(four, { maxUnpins: 2, ...protect('main-3') })
  const untried = 'not-attempted: matched by the name "main-*"'
  const stays = 'main-3 protected: protected by the name "main-3"'
  expect(told(over)).toEqual([`main-1 ${untried}`, `main-2 ${untried}`, stays, `main-4 ${untried}`])
  expect(over.pins[0]).toMatchObject({ outcome: { message: '' } })
  const refusals = [expect.stringMatching(/^3 pins would be unpinned, more than the 2 that `max-unpins` allows/)]
  expect(over).toMatchObject({ refusals, chosen: 3, waiting: 0 })
  expect(plan(four, { maxUnpins: 3, ...protect('main-3') })).toMatchObject({ refusals: [], chosen: 3 })
  const some = plan(four, { maxUnpins: 2, onTooMany: 'oldest-first', ...protect('main-1') })
  expect(some).toMatchObject({ refusals: [], chosen: 2, waiting: 1 })
  expect(told(some).slice(1, 3)).toEqual(CHOSEN.slice(1, 3))
  const all = plan(four, { maxUnpins: 4, onTooMany: 'oldest-first' })
  expect([all.waiting, told(all)]).toEqual([0, CHOSEN])
})

describe('what matched no pin', () => {
  const none = (asked: Asked, pinned = four) => plan(pinned, { names: ['x'], ...asked })

  test.each<[onMissing: PlanRules['onMissing'], warnings: number, refusals: number, wantsNotPinned: boolean]>([
    ['warn', 1, 0, true],
    ['ignore', 0, 0, false],
    ['fail', 0, 1, true],
  ])('is told as `on-missing: %s` says, and the records that are not pinned may say why', (onMissing, w, r, wants) => {
    const base = `^No pin matches \`name\` "x"\\. The account has 5 pins\\. Check the values .*${r > 0 ? 'unpinned\\.$' : ''}`
    const words = expect.stringMatching(base)
    const expected = { warnings: times(w, words), refusals: times(r, words), pins: [], wantsNotPinned: wants }
    expect(none({ onMissing, notPinned: null })).toMatchObject(expected)
    expect(none({ onMissing }).wantsNotPinned).toBe(false)
  })

  const other = (status: string | null) => recordOf({ metadata: { name: 'x' }, pinned: false, status })
  const SPELT = [1, 2].map((n) => spellingsOf(n)[0] ?? '')
  const CIDS = new Map(SPELT.map((cid, n) => [canonicalCid(cid) ?? '', `C${n}`]))
  const AB: Asked = { keyvalues: [['a', 'b']], selects: [['keyvalues', ['a=b']]] }
  test.each<[Asked, PinRecord[], string]>([
    [
      { keyvalues: [['a', 'b']] },
      [aged('x', 1)],
      ' 1 pin. Pins that have such a name, but another CID or key-value (or none): 1. Check',
    ],
    [
      { notPinned: ['Q', 'gcDone', 'Q'].map(other) },
      [],
      'Records that would match, but are not pinned: 3 (status Q, unpinned). Check',
    ],
    [
      { names: ['x*'], cids: new Map([['c', 'C']]), selects: [['cid', ['C']]], notPinned: [other(null)] },
      [],
      '`cid` "C". The account has 0 pins. Check',
    ],
    ...[0, 1].map((n): [Asked, PinRecord[], string] => [
      { names: null, cids: CIDS, selects: [['cid', ['C1']]], notPinned: [recordOf({ cid: SPELT[n], pinned: false })] },
      [],
      `\`cid\` "C1". The account has 0 pins. ${n === 0 ? 'Check' : 'Records that would match'}`,
    ]),
    [{ names: ['x', 'y'], selects: [['name', ['y']]], notPinned: [other(null)] }, [], ' 0 pins. Check'],
    [{ names: ['(any)'], keyvalues: [['a', 'b']] }, [aged('x', 1)], ' 1 pin. Check'],
    [
      { keyvalues: [['a', 'b']] },
      [aged('x', 1), aged('x', 2)],
      'such a name, but another CID or key-value (or none): 2.',
    ],
    [{ expiredBy: 'end', notPinned: [other(null)] }, [], ' 0 pins. Check'],
    [
      { expiredBy: 'end', notPinned: [recordOf({ metadata: { name: 'x', end: 1 }, pinned: false })] },
      [],
      'Records that would match, but are not pinned: 1',
    ],
    [
      { notPinned: [other(null), recordOf()] },
      [],
      ' 0 pins. Records that would match, but are not pinned: 1 (status not known).',
    ],
    [
      { names: ['a\u200bb', 'c d\u00a0'] },
      [],
      ' `name` "a\u200bb" (with U+200B), "c d\u00a0" (with U+00A0). The account has 0 pins. Check',
    ],
    [
      { names: null, ...AB, notPinned: [recordOf({ metadata: { a: 'b' } })] },
      [],
      'Records that would match, but are not pinned: 1',
    ],
    [{ names: ['\t\u00ad'] }, [], '(with U+0009). The'],
    [{ selects: many(2, (n) => [`i${n}`, '123456'.split('')]) }, [], '"1", "2", "3", "4", "5" and 1 more and `i1` "1"'],
  ])('is described with its cause: %#', (asked, pinned, words) =>
    expect(none(asked, pinned).warnings).toEqual([expect.stringContaining(words)]),
  )

  test('may be one line of several, and pins that stay count as matched', () => {
    const { warnings, pins, wantsNotPinned } = plan(four, {
      names: ['main-1', 'y', 'z*'],
      keepLatest: 1,
      notPinned: null,
    })
    expect(warnings).toEqual([expect.stringMatching(/^No pin matches `name` "y"\. /)])
    expect([pins.length, wantsNotPinned]).toEqual([1, false])
    const [V0 = ''] = spellingsOf(9)
    const cids = new Map([V0, four[0]?.cid ?? ''].map((text) => [canonicalCid(text) ?? '', text]))
    const refusals = [expect.stringMatching(`^No pin matches \`cid\` "${V0}"\\. .* Nothing was unpinned`)]
    expect(plan(four, { names: null, cids, onMissing: 'fail' })).toMatchObject({ refusals, chosen: 1 })
  })

  test('is not explained by a record that another line would match', () =>
    expect(
      plan([aged('y', 1)], { names: ['x', 'y'], notPinned: [recordOf({ metadata: { name: 'y' }, pinned: false })] }),
    ).toMatchObject({ warnings: [expect.not.stringContaining('not pinned')] }))
})

describe('a line of `protect` that protects no pin', () => {
  const CID = spellingsOf(5)[0] ?? ''
  const lines = [line('live'), line(CID, { cid: canonicalCid(CID) }), line(pinIdOf(9), { id: pinIdOf(9) })]
  const words = (texts: readonly string[]) =>
    texts.map((text) => /protected by (.*)\. Write one .* dashes or comments\.( Nothing.*warn`\.)?$/.exec(text)?.[1])
  const all = `"live", "${CID}", "${pinIdOf(9)}"`

  test.each<[PlanRules['onUnusedProtect'], Asked, refused: string[], warned: string[], wantsNotPinned: boolean]>([
    ['fail', {}, [all], [], true],
    ['fail', { keepLatest: 9 }, [], [all], true],
    ['warn', {}, [], [all], true],
    ['ignore', {}, [], [`"${CID}", "${pinIdOf(9)}"`], false],
    ['fail', protect('OTHER'), [], [], false],
  ])('is treated as `on-unused-protect: %s` says, with %j', (onUnusedProtect, asked, refused, warned, wants) => {
    const made = plan(four, { protect: lines, onUnusedProtect, notPinned: null, ...asked })
    expect([words(made.refusals), words(made.warnings), made.wantsNotPinned]).toEqual([refused, warned, wants])
    const chosen = made.pins.some(({ kind }) => kind === 'chosen')
    expect(chosen).toBe(refused.length === 0 && asked.keepLatest === undefined)
    expect(made.refusals[0] ?? 'on-unused-protect').toContain('on-unused-protect')
    // Those that are queued were not read.
    if (onUnusedProtect === 'ignore') expect(made.warnings[0]).toContain('no pinned pin is protected')
  })

  test('is used by each record that it may protect, and a warning names lines that no other record uses', () => {
    const spoilt = [91, 92].map((seed) => recordOf({ metadata: 'x' }, seed))
    const later = recordOf({ metadata: 'x' }, 93)
    const only = (...texts: string[]) => plan([...spoilt, ...four, later], protect(...texts))
    const words =
      '`protect`: no pin that can be read is protected by "live". Pins whose name or CID cannot be read stay. Write one'
    expect(only('main-1', 'live')).toMatchObject({ refusals: [], warnings: [expect.stringContaining(words)] })
    expect(only('other', 'o*').warnings).toEqual([])
  })

  test('may be used by a record that is not pinned, unless that was unpinned', () => {
    const rest = (status: string) => [recordOf({ metadata: { name: 'live' }, pinned: false, status })]
    const made = ['QUEUED', 'gcDone'].map((status) => plan(four, { ...protect('live'), notPinned: rest(status) }))
    expect(made.map(({ refusals }) => refusals.length)).toEqual([0, 1])
  })

  test('is not one of two lines with the same ID or CID', () => {
    const { id, cid } = recordOf({ cid: CID })
    const twice = [id, id].map((text) => line(text, { id: text }))
    const spelt = spellingsOf(5).map((text) => line(text, { cid: canonicalCid(text) }))
    expect(plan([...four, recordOf({ cid })], { protect: [...twice, ...spelt] }).refusals).toEqual([])
  })
})

describe('pins given by ID', () => {
  const [first = recordOf(), second = recordOf()] = four
  const record = (fields: object = {}): PinRead => ({ kind: 'record', record: recordOf({ id: pinIdOf(1), ...fields }) })
  const end: PinRead = { kind: 'ended', outcome: untouched(pinIdOf(2), 'missing', 'Gone.'), cause: '' }
  const ids = (...pinIds: string[]) => ({ kind: 'ids', pinIds }) as const

  test('are planned in the order given, with what was read of them', () => {
    const byId = new Map([record({ pinned: false }), end].map((read, n) => [pinIdOf(n + 1), read]))
    const target = ids(second.id, pinIdOf(2), first.id, pinIdOf(1), pinIdOf(3))
    const { pins, ...rest } = plan(four, { target, byId, notPinned: null, ...protect('main-3') })
    const reason = 'its record says that it is not pinned now'
    expect(pins).toEqual([
      { kind: 'chosen', pinId: second.id, reason: '', record: second },
      { kind: 'left', outcome: end.outcome },
      { kind: 'left', outcome: expect.objectContaining({ result: 'protected', record: first }) },
      { kind: 'chosen', pinId: pinIdOf(1), reason, record: recordOf({ id: pinIdOf(1), pinned: false }) },
      { kind: 'chosen', pinId: pinIdOf(3), reason: '', record: null },
    ])
    expect(rest).toMatchObject({ chosen: 3, warnings: [], refusals: [], waiting: 0, wantsNotPinned: false })
  })

  test('use lines of `protect` by what was read of them, and an account that was not read says nothing', () => {
    const asked: Asked = { target: ids(first.id, pinIdOf(1)), ...protect('live', 'mine') }
    const byId = new Map([[pinIdOf(1), record({ metadata: { name: 'MINE' } })]])
    expect(plan(four, { ...asked, byId }).refusals).toEqual([expect.stringMatching(/ protected by "live"\. /)])
    expect(plan(four, { ...asked, byId, account: null })).toMatchObject({ refusals: [], warnings: [], chosen: 1 })
  })

  test('may be none in a plan, which ends as `on-missing` says', () => {
    const empty = (onMissing: PlanRules['onMissing']) => plan([], { target: ids(), onMissing, account: null })
    const words = [expect.stringMatching(/^The file of `plan-file` has no pin/)]
    expect(empty('warn')).toMatchObject({ refusals: [], warnings: words, pins: [] })
    expect(empty('fail')).toMatchObject({ refusals: words, warnings: [], pins: [] })
    expect(empty('ignore')).toMatchObject({ refusals: [], warnings: [], pins: [] })
  })

  test('end without a `DELETE` if planning was stopped; those that have a result keep it, and nothing else is said', () => {
    const byId = new Map([[pinIdOf(2), end]])
    const target = ids(pinIdOf(2), pinIdOf(3))
    const { pins, ...rest } = plan(four, { target, byId, problem: 'Stopped.', ...protect('live'), notPinned: null })
    const outcomes = [end.outcome, untouched(pinIdOf(3), 'not-attempted', '')]
    expect(pins).toEqual(outcomes.map((outcome) => ({ kind: 'left', outcome })))
    expect(rest).toMatchObject({ refusals: ['Stopped.'], warnings: [], chosen: 0, wantsNotPinned: false })
  })
})
