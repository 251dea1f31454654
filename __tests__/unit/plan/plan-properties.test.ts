import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { Plan } from '../../../src/plan.ts'
import { LineGuard } from '../../../src/selection/guard.ts'
import { planSelection } from '../../../src/selection/plan.ts'
import {
  account,
  choiceOf,
  criteriaOf,
  groupOf,
  grouping,
  isMeant,
  type MadePin,
  NOW,
  protection,
  protectLinesOf,
  type Wanted,
  wanted,
} from '../../support/selection-accounts.ts'

const RUNS = { numRuns: 200 }

/** The plan for these pins, or `null` where none can be made. */
function planOf(pins: readonly MadePin[], asked: Wanted): Plan | null {
  const selected = planSelection(
    pins.map(({ record }) => record),
    {
      criteria: criteriaOf(asked),
      guard: new LineGuard(protectLinesOf(pins, asked), canonicalCid),
      canonicalCid,
      maxUnpins: 1000,
      onMissing: 'ignore',
      now: NOW,
    },
  )
  return selected.kind === 'plan' ? selected.plan : null
}

const idsIn = (plan: Plan | null, kind?: 'chosen' | 'left'): string[] =>
  (plan?.pins ?? []).flatMap((pin) =>
    kind === undefined || pin.kind === kind ? (pin.kind === 'chosen' ? pin.pinId : pin.outcome.pinId) : [],
  )

const chosen = (pins: readonly MadePin[], asked: Wanted): Set<string> =>
  new Set(idsIn(planOf(pins, asked), 'chosen'))

const anyAccount = account({ dated: false })
const datedAccount = account({ dated: true })

test('for any account and any criteria, the pins to unpin are those that the oracle names', () =>
  fc.assert(
    fc.property(anyAccount, wanted, fc.option(grouping, { freq: 1 }), (pins, asked, groupBy) => {
      const grouped = groupBy === null ? asked : { ...asked, groupBy }
      const expected = choiceOf(pins, grouped)
      const plan = planOf(pins, grouped)
      expect(plan && new Set(idsIn(plan, 'chosen'))).toEqual(expected)
    }),
    { numRuns: 1000 },
  ))

test('the plan holds each pin that matches once with a reason, oldest first, those without a date last', () =>
  fc.assert(
    fc.property(anyAccount, wanted, (pins, asked) => {
      const plan = planOf(pins, asked)
      if (plan === null) return
      const meant = pins.filter((pin) => isMeant(pin, asked)).map(({ id }) => id)
      expect(idsIn(plan).sort()).toEqual(meant.sort())
      const dates = idsIn(plan).map((id) => pins.find((pin) => pin.id === id)?.at ?? null)
      const known = dates.filter((at) => at !== null)
      expect(dates.slice(0, known.length)).toEqual(known)
      expect(known).toEqual([...known].sort((a, b) => (a < b ? -1 : 1)))
      for (const pin of plan.pins)
        expect(pin.kind === 'chosen' ? pin.reason : pin.outcome.reason).not.toBe('')
    }),
    RUNS,
  ))

type Stricter = fc.Arbitrary<(asked: Wanted) => Wanted>
const STRICTER: [string, Stricter][] = [
  [
    'a larger `keep-latest`',
    fc.nat(4).map((more) => (asked) => ({ ...asked, keepLatest: asked.keepLatest + more })),
  ],
  [
    'a longer `older-than`',
    fc.nat(60).map((more) => (asked) => ({ ...asked, olderThanDays: (asked.olderThanDays ?? 0) + more })),
  ],
  [
    'more lines of `protect`',
    protection.map(({ pins, cids, names }) => ({ protect, ...asked }) => ({
      ...asked,
      protect: {
        pins: [...protect.pins, ...pins],
        cids: [...protect.cids, ...cids],
        names: [...protect.names, ...names],
      },
    })),
  ],
  ['`group-by`', grouping.map((groupBy) => (asked) => ({ ...asked, groupBy }))],
]
test.each(STRICTER)('%s never chooses a pin that would not be chosen without', (_, stricter) =>
  fc.assert(
    fc.property(datedAccount, wanted, stricter, (pins, given, change) => {
      const asked: Wanted = { ...given, groupBy: { kind: 'all' } }
      const all = chosen(pins, asked)
      expect([...chosen(pins, change(asked))].filter((id) => !all.has(id))).toEqual([])
    }),
    RUNS,
  ),
)

test('the order of the list changes nothing', () => {
  const shuffled = anyAccount.chain((pins) =>
    fc.tuple(fc.constant(pins), fc.shuffledSubarray(pins, { minLength: pins.length })),
  )
  fc.assert(
    fc.property(shuffled, wanted, ([pins, shuffledPins], asked) => {
      const protect = { ...asked.protect, pins: [] }
      expect(planOf(shuffledPins, { ...asked, protect })).toEqual(planOf(pins, { ...asked, protect }))
    }),
    RUNS,
  )
})

test('a new pin of one group changes nothing in another', () =>
  fc.assert(
    fc.property(datedAccount, wanted, grouping, (pins, asked, groupBy) => {
      const grouped = { ...asked, groupBy, protect: { ...asked.protect, pins: [] } }
      const [added, ...before] = pins
      if (added === undefined) return
      const others = before.filter((pin) => groupOf(pin, grouped) !== groupOf(added, grouped))
      const taken = { before: chosen(before, grouped), after: chosen(pins, grouped) }
      for (const { id } of others) expect(taken.after.has(id)).toBe(taken.before.has(id))
    }),
    RUNS,
  ))

test('the counts of the groups add up to the plan', () =>
  fc.assert(
    fc.property(datedAccount, wanted, grouping, (pins, asked, groupBy) => {
      const grouped = { ...asked, groupBy }
      const taken = chosen(pins, grouped)
      const counted = new Map<string, { value: string; matched: number; chosen: number }>()
      for (const pin of pins) {
        const value = groupOf(pin, grouped)
        if (value === null || !isMeant(pin, asked)) continue
        const { matched = 0, chosen: sofar = 0 } = counted.get(value) ?? {}
        counted.set(value, { value, matched: matched + 1, chosen: sofar + Number(taken.has(pin.id)) })
      }
      const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1)
      const groups = [...(planOf(pins, grouped)?.groups ?? [])]
      expect(groups.sort(byValue)).toEqual([...counted.values()].sort(byValue))
    }),
    RUNS,
  ))
