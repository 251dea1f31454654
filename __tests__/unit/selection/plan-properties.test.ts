import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { Plan } from '../../../src/plan.ts'
import { Guard } from '../../../src/selection/guard.ts'
import { planSelection } from '../../../src/selection/plan.ts'
import {
  account,
  choiceOf,
  criteriaOf,
  groupOf,
  grouping,
  isGuarded,
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
      guard: new Guard(protectLinesOf(pins, asked), canonicalCid),
      canonicalCid,
      maxUnpins: 1000,
      onMissing: 'ignore',
      now: NOW,
    },
  )
  return selected.kind === 'plan' ? selected.plan : null
}

const idsIn = (plan: Plan | null, kind?: 'try' | 'leave'): string[] =>
  (plan?.pins ?? []).flatMap((pin) =>
    kind === undefined || pin.kind === kind ? (pin.kind === 'try' ? pin.pinId : pin.outcome.pinId) : [],
  )

const chosen = (pins: readonly MadePin[], asked: Wanted): Set<string> =>
  new Set(idsIn(planOf(pins, asked), 'try'))

const isSubset = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  [...part].every((id) => whole.has(id))

const anyAccount = account({ dated: false })
const datedAccount = account({ dated: true })

describe('for any account and any criteria', () => {
  test('the pins to unpin are those that the oracle names', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const plan = planOf(pins, asked)
        const expected = choiceOf(pins, asked)
        expect(plan === null).toBe(expected === null)
        if (expected !== null) expect(new Set(idsIn(plan, 'try'))).toEqual(expected)
      }),
      { numRuns: 600 },
    )
  })

  test('no protected pin is chosen', () => {
    fc.assert(
      fc.property(anyAccount, wanted, protection, (pins, asked, protect) => {
        const guarded = { ...asked, protect }
        const taken = chosen(pins, guarded)
        for (const pin of pins) if (isGuarded(pin, pins, guarded)) expect(taken.has(pin.id)).toBe(false)
      }),
      RUNS,
    )
  })

  test('the plan holds each pin that matches once, and no other', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const plan = planOf(pins, asked)
        if (plan === null) return
        const meant = pins.filter((pin) => isMeant(pin, asked)).map(({ id }) => id)
        expect(idsIn(plan).sort()).toEqual(meant.sort())
      }),
      RUNS,
    )
  })

  test('a larger `keep-latest` never chooses more', () => {
    fc.assert(
      fc.property(datedAccount, wanted, fc.nat(8), fc.nat(4), (pins, asked, keepLatest, more) => {
        const few = chosen(pins, { ...asked, keepLatest })
        expect(isSubset(chosen(pins, { ...asked, keepLatest: keepLatest + more }), few)).toBe(true)
      }),
      RUNS,
    )
  })

  test('a longer `older-than` never chooses more', () => {
    fc.assert(
      fc.property(datedAccount, wanted, fc.nat(60), fc.nat(60), (pins, asked, olderThanDays, more) => {
        const young = chosen(pins, { ...asked, olderThanDays })
        expect(isSubset(chosen(pins, { ...asked, olderThanDays: olderThanDays + more }), young)).toBe(true)
        expect(isSubset(young, chosen(pins, { ...asked, olderThanDays: null }))).toBe(true)
      }),
      RUNS,
    )
  })

  test('more lines of `protect` never choose more', () => {
    fc.assert(
      fc.property(datedAccount, wanted, protection, (pins, asked, added) => {
        const protect = {
          pins: [...asked.protect.pins, ...added.pins],
          cids: [...asked.protect.cids, ...added.cids],
          names: [...asked.protect.names, ...added.names],
        }
        expect(isSubset(chosen(pins, { ...asked, protect }), chosen(pins, asked))).toBe(true)
      }),
      RUNS,
    )
  })

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

  test('every pin has a reason, and the pins come oldest first, those without a date last', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const plan = planOf(pins, asked)
        const dates = idsIn(plan).map((id) => pins.find((pin) => pin.id === id)?.at ?? null)
        const known = dates.filter((at) => at !== null)
        expect(dates.slice(0, known.length)).toEqual(known)
        expect(known).toEqual([...known].sort((a, b) => (a < b ? -1 : 1)))
        for (const pin of plan?.pins ?? []) {
          expect(pin.kind === 'try' ? pin.reason : pin.outcome.reason).not.toBe('')
        }
      }),
      RUNS,
    )
  })
})

describe('with `group-by`, for any account and any criteria', () => {
  const keepLatest = fc.integer({ min: 1, max: 4 })

  test('at least `keep-latest` of each group stay, or all where there are fewer', () => {
    fc.assert(
      fc.property(datedAccount, wanted, grouping, keepLatest, (pins, asked, groupBy, keep) => {
        const grouped = { ...asked, groupBy, keepLatest: keep }
        const taken = chosen(pins, grouped)
        const groups = Map.groupBy(
          pins.filter((pin) => isMeant(pin, asked)),
          (pin) => groupOf(pin, grouped),
        )
        for (const members of groups.values()) {
          const stay = members.filter(({ id }) => !taken.has(id)).length
          expect(stay).toBeGreaterThanOrEqual(Math.min(keep, members.length))
        }
      }),
      RUNS,
    )
  })

  test('a match without the value stays', () => {
    fc.assert(
      fc.property(anyAccount, wanted, grouping, (pins, asked, groupBy) => {
        const grouped = { ...asked, groupBy }
        const taken = chosen(pins, grouped)
        for (const pin of pins) if (groupOf(pin, grouped) === null) expect(taken.has(pin.id)).toBe(false)
      }),
      RUNS,
    )
  })

  test('nothing is chosen that would not be chosen without it', () => {
    fc.assert(
      fc.property(datedAccount, wanted, grouping, (pins, asked, groupBy) => {
        const all = chosen(pins, { ...asked, groupBy: { kind: 'all' } })
        expect(isSubset(chosen(pins, { ...asked, groupBy }), all)).toBe(true)
      }),
      RUNS,
    )
  })

  test('a new pin of one group changes nothing in another', () => {
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
    )
  })

  test('the counts of the groups add up to the plan', () => {
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
    )
  })
})
