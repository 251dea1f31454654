import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canonicalCid } from '../../../src/cid.ts'
import { type Decision, planSelection } from '../../../src/selection/plan.ts'
import {
  account,
  choiceOf,
  criteriaOf,
  isGuarded,
  isMeant,
  type MadePin,
  NOW,
  protection,
  type Wanted,
  wanted,
} from '../../support/selection-accounts.ts'

const RUNS = { numRuns: 200 }

/** The plan, or `null` where none can be made. */
function decide(pins: readonly MadePin[], asked: Wanted): Decision[] | null {
  const records = pins.map(({ record }) => record)
  const plan = planSelection(records, criteriaOf(pins, asked), NOW, canonicalCid)
  return 'problem' in plan ? null : plan.decisions
}

function chosenOf(decisions: readonly Decision[] | null): string[] {
  return (decisions ?? [])
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ record }) => String(record['id']).toLowerCase())
}

const chosen = (pins: readonly MadePin[], asked: Wanted): Set<string> =>
  new Set(chosenOf(decide(pins, asked)))

const isSubset = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  [...part].every((id) => whole.has(id))

const anyAccount = account({ dated: false })
const datedAccount = account({ dated: true })

describe('whatever an account holds and whatever is asked', () => {
  test('what is chosen is what the contract says, neither more nor less', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const decisions = decide(pins, asked)
        const expected = choiceOf(pins, asked)
        expect(decisions === null).toBe(expected === null)
        if (expected !== null) expect(new Set(chosenOf(decisions))).toEqual(expected)
      }),
      { numRuns: 600 },
    )
  })

  test('nothing protected is chosen', () => {
    fc.assert(
      fc.property(anyAccount, wanted, protection, (pins, asked, protect) => {
        const guarded = { ...asked, protect }
        const taken = chosen(pins, guarded)
        for (const pin of pins) if (isGuarded(pin, pins, guarded)) expect(taken.has(pin.id)).toBe(false)
      }),
      RUNS,
    )
  })

  test('nothing is chosen, nor even told of, that does not match', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const told = decide(pins, asked)?.map(({ record }) => record)
        if (told === undefined) return
        expect(new Set(told)).toEqual(
          new Set(pins.filter((pin) => isMeant(pin, asked)).map(({ record }) => record)),
        )
        expect(told).toHaveLength(new Set(told).size)
      }),
      RUNS,
    )
  })

  test('at least `keep-latest` of the matches stay, or all where there are fewer', () => {
    fc.assert(
      fc.property(anyAccount, wanted, fc.nat(14), (pins, asked, keepLatest) => {
        const decisions = decide(pins, { ...asked, keepLatest }) ?? []
        const staying = decisions.length - chosenOf(decisions).length
        expect(staying).toBeGreaterThanOrEqual(Math.min(keepLatest, decisions.length))
      }),
      RUNS,
    )
  })

  test('raising `keep-latest` never chooses more', () => {
    fc.assert(
      fc.property(datedAccount, wanted, fc.nat(8), fc.nat(4), (pins, asked, keepLatest, more) => {
        const few = chosen(pins, { ...asked, keepLatest })
        expect(isSubset(chosen(pins, { ...asked, keepLatest: keepLatest + more }), few)).toBe(true)
      }),
      RUNS,
    )
  })

  test('lengthening `older-than` never chooses more', () => {
    fc.assert(
      fc.property(datedAccount, wanted, fc.nat(60), fc.nat(60), (pins, asked, olderThanDays, more) => {
        const young = chosen(pins, { ...asked, olderThanDays })
        expect(isSubset(chosen(pins, { ...asked, olderThanDays: olderThanDays + more }), young)).toBe(true)
        expect(isSubset(young, chosen(pins, { ...asked, olderThanDays: null }))).toBe(true)
      }),
      RUNS,
    )
  })

  test('adding to `protect` never chooses more', () => {
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

  test('asking for one thing more never matches more', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const all = new Set(
          (decide(pins, { ...asked, keepLatest: 0, olderThanDays: null }) ?? []).map(({ record }) =>
            String(record['id']),
          ),
        )
        const narrower = {
          ...asked,
          keepLatest: 0,
          olderThanDays: null,
          keyvalues: [...asked.keyvalues, ['pr', '7'] as const],
        }
        const fewer = new Set((decide(pins, narrower) ?? []).map(({ record }) => String(record['id'])))
        expect(isSubset(fewer, all)).toBe(true)
      }),
      RUNS,
    )
  })

  test('the order of the list changes nothing, not even where dates are equal', () => {
    const shuffled = anyAccount.chain((pins) =>
      fc.tuple(fc.constant(pins), fc.shuffledSubarray([...pins.keys()], { minLength: pins.length })),
    )
    fc.assert(
      fc.property(shuffled, wanted, ([pins, order], asked) => {
        const criteria = criteriaOf(pins, asked)
        const records = pins.map(({ record }) => record)
        const inOrder = planSelection(records, criteria, NOW, canonicalCid)
        const otherwise = planSelection(
          order.map((place) => records[place] ?? {}),
          criteria,
          NOW,
          canonicalCid,
        )
        if ('problem' in inOrder) expect(otherwise).toHaveProperty('problem')
        else expect(otherwise).toEqual(inOrder)
      }),
      RUNS,
    )
  })

  test('every decision has a reason, and they come oldest first with the undated last', () => {
    fc.assert(
      fc.property(anyAccount, wanted, (pins, asked) => {
        const decisions = decide(pins, asked) ?? []
        const dates = decisions.map(({ record }) => pins.find((pin) => pin.record === record)?.at ?? null)
        const known = dates.filter((at) => at !== null)
        expect(dates.slice(0, known.length)).toEqual(known)
        expect(known).toEqual([...known].sort((a, b) => Number(a - b)))
        for (const { reason } of decisions) expect(reason).not.toBe('')
      }),
      RUNS,
    )
  })
})
