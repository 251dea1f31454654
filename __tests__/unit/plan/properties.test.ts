import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { makePlan } from '../../../src/plan/make-plan.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import * as accounts from '../../support/selection-accounts.ts'

const { choiceOf, isMeant, wanted } = accounts
type Pins = readonly accounts.MadePin[]
const anyAccount = accounts.account({ dated: false })
const datedAccount = accounts.account({ dated: true, maxLength: 20 })

function planOf(pins: Pins, asked: accounts.Wanted): Plan {
  const target = { kind: 'selection', criteria: accounts.criteriaOf(asked), selects: [], limits: [] } as const
  const protect = accounts.protectLinesOf(pins, asked)
  const account = { pinned: pins.map(({ record }) => record), notPinned: [] }
  return makePlan(
    { target, protect, onUnusedProtect: asked.onUnusedProtect, onMissing: 'ignore' },
    { account, byId: new Map(), problem: null, now: accounts.NOW },
  )
}

const idsIn = ({ pins }: Plan): string[] => pins.map((pin) => (pin.kind === 'chosen' ? pin.pinId : pin.outcome.pinId))
const chosenIn = ({ pins }: Plan): string[] => pins.flatMap((pin) => (pin.kind === 'chosen' ? pin.pinId : []))

test('for any account and any criteria, the pins to unpin are those that the oracle names', () =>
  fc.assert(
    fc.property(anyAccount, wanted, (pins, asked) => {
      const expected = choiceOf(pins, asked)
      const plan = planOf(pins, asked)
      expect(plan.refusals.length > 0).toBe(expected.refused)
      expect(new Set(chosenIn(plan))).toEqual(expected.refused ? new Set() : expected.chosen)
      if (pins.some(({ at }) => at === null)) return
      expect([plan.chosen, plan.waiting]).toEqual([expected.chosen.size, expected.waiting])
    }),
    { numRuns: 1000 },
  ))

test('a plan never has more pins than `max-unpins`: with `fail` none, with `oldest-first` the oldest of the chosen', () =>
  fc.assert(
    fc.property(datedAccount, wanted, fc.integer({ min: 1, max: 5 }), (pins, given, maxUnpins) => {
      const onTooMany = (word: 'fail' | 'oldest-first', most = maxUnpins) =>
        planOf(pins, { ...given, onUnusedProtect: 'ignore', maxUnpins: most, onTooMany: word })
      const all = chosenIn(onTooMany('fail', 1000))
      expect(chosenIn(onTooMany('fail'))).toEqual(all.length > maxUnpins ? [] : all)
      expect(chosenIn(onTooMany('oldest-first'))).toEqual(all.slice(0, maxUnpins))
    }),
    { numRuns: 300 },
  ))

test('a plan holds each pin that matches once and with a reason, oldest first, those without a date last', () =>
  fc.assert(
    fc.property(anyAccount, wanted, (pins, asked) => {
      const plan = planOf(pins, asked)
      const ids = idsIn(plan)
      expect(ids.toSorted()).toEqual(pins.flatMap((pin) => (isMeant(pin, asked) ? pin.id : [])).sort())
      const dates = ids.map((id) => pins.find((pin) => pin.id === id)?.at ?? null)
      const known = dates.filter((at) => at !== null)
      expect(dates.slice(0, known.length)).toEqual(known.toSorted((a, b) => (a < b ? -1 : 1)))
      for (const pin of plan.pins) expect(pin.kind === 'chosen' ? pin.reason : pin.outcome.reason).not.toBe('')
    }),
    { numRuns: 200 },
  ))
