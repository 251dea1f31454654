import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { PinRecord } from '../../../src/pin/record.ts'
import type { Plan } from '../../../src/plan.ts'
import type { Criteria, ProtectLine } from '../../../src/selection/criteria.ts'
import { LineGuard } from '../../../src/selection/guard.ts'
import { planSelection, type SelectionPlan, type SelectionRules } from '../../../src/selection/plan.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { recordOf, times } from '../../support/outcome.ts'

const NOW = Date.UTC(2026, 10, 6)
const DAY_MS = 86_400_000

/** A pin of this name and age. */
const aged = (name: string, days: number, fields: object = {}): PinRecord =>
  recordOf({ metadata: { name }, date_pinned: new Date(NOW - days * DAY_MS).toISOString(), ...fields }, days)

const days = (count: number): Criteria['olderThan'] => ({ ms: count * DAY_MS, text: `${count}d` })
const name = (text: string): ProtectLine => ({ kind: 'name', text })

type Asked = Partial<Criteria> & { protect?: ProtectLine[] } & Partial<
    Pick<SelectionRules, 'maxUnpins' | 'onMissing'>
  >

function select(
  records: readonly PinRecord[],
  { protect = [], maxUnpins = 25, onMissing = 'warn', ...rest }: Asked,
) {
  const criteria = criteriaOf({ names: { kind: 'patterns', patterns: ['main-*'] }, ...rest })
  const guard = new LineGuard(protect, canonicalCid)
  return planSelection(records, { criteria, guard, canonicalCid, maxUnpins, onMissing, now: NOW })
}

function planIn(selected: SelectionPlan): Plan {
  if (selected.kind !== 'plan') throw new Error(selected.problem)
  return selected.plan
}

/** What is planned for each pin, as `name result`, in order. */
const planned = (records: readonly PinRecord[], asked: Asked): string[] =>
  planIn(select(records, asked)).pins.map((pin) =>
    pin.kind === 'chosen'
      ? `${pin.record?.name} chosen`
      : `${pin.outcome.record?.name} ${pin.outcome.result}`,
  )

const four = [
  aged('main-3', 10),
  aged('main-1', 30),
  aged('main-4', 1),
  aged('other', 99),
  aged('main-2', 20),
]

test('each pin has the rule that decided, oldest first, and a protected pin among the newest takes its place there', () => {
  const reasonsOf = (asked: Asked) =>
    planIn(select(four, asked)).pins.map((pin) => (pin.kind === 'chosen' ? pin.reason : pin.outcome.message))
  const matched = 'matched by the name "main-*"'
  expect(reasonsOf({})).toEqual(times(4, matched))
  expect(reasonsOf({ keepLatest: 1, olderThan: days(15), protect: [name('main-1')] })).toEqual([
    'Not unpinned: protected by the name "main-1".',
    matched,
    'Not unpinned: younger than 15d.',
    'Not unpinned: one of the 1 newest matches.',
  ])
  expect(planned(four, { keepLatest: 1, protect: [name('main-4')] })).toEqual([
    'main-1 chosen',
    'main-2 chosen',
    'main-3 chosen',
    'main-4 protected',
  ])
})

test('`keep-latest` counts all matches, whatever their age', () => {
  const result = ['main-1 chosen', 'main-2 chosen', 'main-3 kept', 'main-4 kept']
  expect(planned(four, { keepLatest: 2, olderThan: days(5) })).toEqual(result)
  expect(planned(four, { keepLatest: 1, olderThan: days(15) })).toEqual(result)
  expect(planned(four, { keepLatest: 1_000_000 }).filter((told) => told.endsWith('kept')).length).toBe(4)
})

test.each([
  [30 * DAY_MS, 'chosen'],
  [30 * DAY_MS + 1, 'chosen'],
  [30 * DAY_MS - 1, 'kept'],
  [-1, 'kept'],
])('with `older-than: 30d` a pin of %i ms is: %s', (ms, result) => {
  const date_pinned = new Date(NOW - ms).toISOString()
  expect(planned([aged('main-1', 0, { date_pinned })], { olderThan: days(30) })).toEqual([`main-1 ${result}`])
})

describe('a match without a valid date', () => {
  const undated = aged('main-0', 7, { date_pinned: '0001-01-01T00:00:00Z' })

  test.each<Asked>([
    { keepLatest: 1 },
    { olderThan: days(1) },
    { keepLatest: 1, protect: [name('main-0')] },
    { keepLatest: 1, groupBy: { kind: 'name' } },
  ])('makes a plan impossible with %j', (asked) => {
    const problem = expect.stringMatching(`${undated.id} matches.*not a valid date`)
    expect(select([...four, undated], asked)).toEqual({ kind: 'impossible', problem })
  })

  test('comes last where age does not matter, and does not matter where it does not match', () => {
    expect(planned([undated, ...four], {}).at(-1)).toBe('main-0 chosen')
    const names: Criteria['names'] = { kind: 'patterns', patterns: ['main-1'] }
    expect(planned([undated, ...four], { names, keepLatest: 1 })).toEqual(['main-1 kept'])
  })
})

test('`group-by` keeps the newest of each value, and a match without the value', () => {
  const records = [
    aged('main-1', 30, { metadata: { name: 'main-1', branch: 'a' } }),
    aged('main-2', 20, { metadata: { name: 'main-2', keyvalues: { branch: 'b' } } }),
    aged('main-3', 10, { metadata: { name: 'main-3', branch: 'a' } }),
    aged('main-4', 5),
  ]
  const asked: Asked = { keepLatest: 1, groupBy: { kind: 'keyvalue', key: 'branch' } }
  const { pins, groups } = planIn(select(records, asked))
  expect(pins.map((pin) => (pin.kind === 'chosen' ? pin.reason : pin.outcome.reason))).toEqual([
    'matched by the name "main-*"',
    'one of the 1 newest in the group "b"',
    'one of the 1 newest in the group "a"',
    'it has no value for `group-by: keyvalues.branch`',
  ])
  expect(groups).toEqual([
    { value: 'a', matched: 2, chosen: 1 },
    { value: 'b', matched: 1, chosen: 0 },
  ])
  const [unnamed] = planIn(
    select([aged('', 1, { metadata: {} })], {
      ...asked,
      names: { kind: 'any-pin' },
      groupBy: { kind: 'name' },
    }),
  ).pins
  expect(unnamed).toMatchObject({ outcome: { reason: 'it has no value for `group-by: name`' } })
  expect(planned(records, { ...asked, groupBy: { kind: 'name' } })).toEqual(
    ['main-1', 'main-2', 'main-3', 'main-4'].map((one) => `${one} kept`),
  )
})

test('over `max-unpins` nothing is tried, and the plan says why', () => {
  expect(planned(four, { maxUnpins: 4 })).toHaveLength(4)
  const { pins, problem } = planIn(select(four, { maxUnpins: 3, protect: [name('main-3')] }))
  expect([pins.filter(({ kind }) => kind === 'chosen').length, problem]).toEqual([3, null])
  expect(planned(four, { maxUnpins: 2, protect: [name('main-3')] })).toEqual([
    'main-1 not-attempted',
    'main-2 not-attempted',
    'main-3 protected',
    'main-4 not-attempted',
  ])
  expect(planIn(select(four, { maxUnpins: 3 })).problem).toMatch(
    /^4 pins would be unpinned, more than the 3 that `max-unpins` allows/,
  )
})

describe('where nothing matches', () => {
  const none = (pattern: string, onMissing: SelectionRules['onMissing'] = 'warn'): Plan =>
    planIn(
      select([], {
        onMissing,
        names: { kind: 'patterns', patterns: ['main', pattern] },
        given: [
          ['name', pattern],
          ['keyvalues', 'a=b'],
        ],
      }),
    )

  test('`on-missing` decides whether that fails the step', () => {
    const said = expect.stringMatching(/^No pin matches `name`, `keyvalues`\. Check/)
    expect(none('x')).toMatchObject({ pins: [], problem: null, warnings: [said] })
    expect(none('x', 'ignore')).toMatchObject({ pins: [], problem: null, warnings: [] })
    expect(none('x', 'fail')).toMatchObject({ pins: [], problem: said, warnings: [] })
  })

  test.each<[string, string[]]>([
    ['holds a comma', ['a, b']],
    ['is in quotes', ['"a"', "'a'"]],
    ['begins with a dash', ['- a']],
    ['looks like a regular expression', ['^a', 'a$', 'a.*', 'a.+', String.raw`a\d`]],
  ])('a name that %s is suspected: %j', (words, patterns) => {
    for (const pattern of patterns) expect(none(pattern).warnings).toEqual([expect.stringContaining(words)])
  })

  test.each(['a-b', 'a*', 'a.b', "it's", 'a -b', 'a"b"', '"a"b', 'a^', '$a'])(
    'the name %j is not suspected',
    (pattern) => expect(none(pattern).warnings).toEqual([expect.stringMatching(/`keyvalues`\. Check/)]),
  )
})
