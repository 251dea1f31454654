import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/cid.ts'
import { type Criteria, NOTHING_PROTECTED } from '../../../src/criteria.ts'
import { type Plan, planSelection } from '../../../src/selection/plan.ts'
import type { JsonObject } from '../../../src/types.ts'
import { makePin } from '../../../testing/service/index.ts'
import { criteriaOf } from '../../support/criteria.ts'

const NOW = Date.UTC(2026, 10, 6)
const DAY_MS = 86_400_000

/** A pin of this name that is this many days old. */
function aged(name: string, days: number, fields: JsonObject = {}): JsonObject {
  return {
    ...makePin({ metadata: { name }, date_pinned: new Date(NOW - days * DAY_MS).toISOString() }, days),
    ...fields,
  }
}

const plan = (records: readonly JsonObject[], criteria: Partial<Criteria>): Plan =>
  planSelection(records, criteriaOf({ names: ['main-*'], ...criteria }), NOW, canonicalCid)

/** What is decided, as `name verdict`, oldest first. */
function verdicts(records: readonly JsonObject[], criteria: Partial<Criteria>): string[] {
  const made = plan(records, criteria)
  if ('problem' in made) throw new Error(made.problem)
  return made.decisions.map(
    ({ record, verdict }) => `${(record['metadata'] as { name: string }).name} ${verdict}`,
  )
}

const days = (count: number): Criteria['olderThan'] => ({ ms: count * DAY_MS, text: `${count}d` })
const four = [
  aged('main-3', 10),
  aged('main-1', 30),
  aged('main-4', 1),
  aged('other', 99),
  aged('main-2', 20),
]

test('all that match are chosen, oldest first, and nothing is said of the rest', () => {
  expect(verdicts(four, {})).toEqual(['main-1 chosen', 'main-2 chosen', 'main-3 chosen', 'main-4 chosen'])
  expect(plan(four, { names: ['nothing'] })).toEqual({ decisions: [] })
  expect(plan([], {})).toEqual({ decisions: [] })
})

test('`keep-latest` keeps the newest, whatever their age', () => {
  expect(verdicts(four, { keepLatest: 2, olderThan: days(5) })).toEqual([
    'main-1 chosen',
    'main-2 chosen',
    'main-3 kept',
    'main-4 kept',
  ])
  expect(new Set(verdicts(four, { keepLatest: 4 }).map((told) => told.split(' ')[1]))).toEqual(
    new Set(['kept']),
  )
  expect(new Set(verdicts(four, { keepLatest: 1_000_000 }).map((told) => told.split(' ')[1]))).toEqual(
    new Set(['kept']),
  )
})

test('`keep-latest` counts what matched by name, not what is old enough', () => {
  expect(verdicts(four, { keepLatest: 1, olderThan: days(15) })).toEqual([
    'main-1 chosen',
    'main-2 chosen',
    'main-3 kept',
    'main-4 kept',
  ])
})

test('`older-than` means at least: to the millisecond', () => {
  const edge = (ms: number) => [
    aged('main-1', 0, { date_pinned: new Date(NOW - 30 * DAY_MS + ms).toISOString() }),
  ]
  expect(verdicts(edge(0), { olderThan: days(30) })).toEqual(['main-1 chosen'])
  expect(verdicts(edge(-1), { olderThan: days(30) })).toEqual(['main-1 chosen'])
  expect(verdicts(edge(1), { olderThan: days(30) })).toEqual(['main-1 kept'])
})

test('a pin from the future is too young', () => {
  expect(verdicts([aged('main-1', -3)], { olderThan: days(1) })).toEqual(['main-1 kept'])
})

test('`protect` wins, and a protected pin among the newest takes its place there', () => {
  const protect = { ...NOTHING_PROTECTED, names: ['main-4', 'main-1'] }
  expect(verdicts(four, { keepLatest: 1, protect })).toEqual([
    'main-1 protected',
    'main-2 chosen',
    'main-3 chosen',
    'main-4 protected',
  ])
})

test('of pins of one moment the ID decides, in whatever order and case they come', () => {
  const at = { date_pinned: '2026-01-01T00:00:00.641031Z' }
  const twins = [
    aged('main-a', 1, { ...at, id: 'aaaaaaaa-0000-4000-8000-000000000000' }),
    aged('main-b', 1, { ...at, id: 'BBBBBBBB-0000-4000-8000-000000000000' }),
    aged('main-c', 1, { ...at, id: 'cccccccc-0000-4000-8000-000000000000' }),
  ]
  const told = verdicts(twins, { keepLatest: 1 })
  expect(told.filter((one) => one.endsWith('kept'))).toEqual(['main-a kept'])
  expect(verdicts([...twins].reverse(), { keepLatest: 1 })).toEqual(told)
})

test('the newest is found below the millisecond', () => {
  const within = ['.641031Z', '.641030Z', '.6410301Z'].map((fraction, index) =>
    aged(`main-${index}`, index, { date_pinned: `2026-01-01T00:00:00${fraction}` }),
  )
  expect(verdicts(within, { keepLatest: 1 })).toEqual(['main-1 chosen', 'main-2 chosen', 'main-0 kept'])
})

describe('a matching pin without a valid date', () => {
  test.each<unknown>(['0001-01-01T00:00:00Z', undefined, null, '', 'soon', 7])('%j', (value) => {
    const undated = aged('main-0', 7, { date_pinned: value })
    for (const criteria of [{ keepLatest: 1 }, { olderThan: days(1) }]) {
      expect(plan([...four, undated], criteria)).toEqual({
        problem: expect.stringMatching(
          new RegExp(`${String(undated['id'])} matches.*\`date_pinned\` is no valid date`),
        ),
      })
    }
    expect(verdicts([undated, ...four], {}).at(-1)).toBe('main-0 chosen')
  })

  test('does not matter where it does not match', () => {
    const undated = aged('other', 7, { date_pinned: null })
    expect(verdicts([undated, ...four], { keepLatest: 4 })).toHaveLength(4)
  })

  test('matters even where it is protected: which pins are the newest is not known then', () => {
    const protect = { ...NOTHING_PROTECTED, names: ['main-0'] }
    const records = [...four, aged('main-0', 7, { date_pinned: null })]
    expect(plan(records, { keepLatest: 1, protect })).toHaveProperty('problem')
  })
})

test('each reason says which rule it was', () => {
  const made = plan(four, {
    keepLatest: 1,
    olderThan: days(15),
    protect: { ...NOTHING_PROTECTED, names: ['main-1'] },
  })
  expect('decisions' in made && made.decisions.map(({ reason }) => reason)).toEqual([
    'protected by the name "main-1"',
    'matched by the name "main-*"',
    'younger than 15d',
    'among the 1 newest of all that matched',
  ])
})
