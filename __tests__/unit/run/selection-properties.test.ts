import { afterEach, describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { makePin, type PinRecord, startService } from '../../../testing/service/index.ts'
import {
  account,
  choiceOf,
  criteriaOf,
  isMeant,
  type MadePin,
  spellingsOf,
  type Wanted,
  wanted,
} from '../../support/selection-accounts.ts'
import { select, type SelectedRun } from '../../support/selection-run.ts'
import { endSteps } from '../../support/step.ts'

afterEach(endSteps)

/** Lines of an input cannot hold what is trimmed away; such names stay in the account and are not asked for. */
const isLine = (text: string): boolean => text !== '' && text.trim() === text

/** The inputs that say what was asked for, or `null` where inputs cannot say it. */
function inputsOf(pins: readonly MadePin[], asked: Wanted): Record<string, string> | null {
  const { cids, names, keyvalues, olderThanDays, keepLatest, protect } = asked
  const guards = [
    ...criteriaOf(pins, asked).protect.pinIds,
    ...protect.cids.map(({ text }) => text),
    ...protect.names,
  ]
  const sayable = [...(names ?? []), ...guards, ...keyvalues.flat()].every(isLine)
  if (!sayable) return null
  return {
    ...(cids !== null && { cid: cids.map(({ text }) => text).join('\n') }),
    ...(names !== null && { name: names.join('\n') }),
    ...(keyvalues.length > 0 && { keyvalues: keyvalues.map((pair) => pair.join('=')).join('\n') }),
    ...(olderThanDays !== null && { 'older-than': `${olderThanDays}d` }),
    ...(guards.length > 0 && { protect: guards.join('\n') }),
    'keep-latest': String(keepLatest),
  }
}

interface Carried {
  run: SelectedRun
  /** IDs for which a `DELETE` came, in lower case. */
  removed: Set<string>
}

async function carryOut(pins: readonly MadePin[], inputs: Record<string, string>): Promise<Carried> {
  const service = await startService({ pins: pins.map(({ record }) => record as unknown as PinRecord) })
  try {
    const run = await select(service, inputs)
    const removed = service.requests.flatMap(({ method, pinId }) =>
      method === 'DELETE' ? (pinId ?? 'none') : [],
    )
    expect(new Set(removed).size).toBe(removed.length)
    return { run, removed: new Set(removed) }
  } finally {
    endSteps()
    await service.close()
  }
}

const asked = fc
  .tuple(account({ dated: false, maxLength: 8 }), wanted)
  .map(([pins, asked]) => ({ pins, asked, inputs: inputsOf(pins, asked) }))
  .filter(({ inputs }) => inputs !== null)
  .map(({ pins, asked, inputs }) => ({ pins, asked, inputs: inputs ?? {} }))

describe('from its inputs to its requests, for whatever account and criteria', () => {
  test('a run removes what the contract says, a dry run says the same and removes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ pins, asked, inputs }) => {
        const choice = choiceOf(pins, asked)
        const dry = await carryOut(pins, { ...inputs, 'dry-run': 'true' })
        const real = await carryOut(pins, inputs)
        expect(dry.removed.size).toBe(0)
        expect(real.removed).toEqual(choice ?? new Set())
        expect(dry.run.succeeded).toBe(choice !== null)
        expect(real.run.succeeded).toBe(choice !== null)
        const told = ({ run }: Carried) =>
          run.results.map(({ pinId, result, reason }) => [
            pinId,
            result.replace('would-unpin', 'unpinned'),
            reason,
          ])
        expect(told(dry)).toEqual(told(real))
        const matching = choice === null ? [] : pins.filter((pin) => isMeant(pin, asked))
        expect(real.run.outputs['matched-count']).toBe(String(matching.length))
        expect(new Set(real.run.outputs['pin-ids']?.split('\n').filter(isLine))).toEqual(choice ?? new Set())
      }),
      { numRuns: 60 },
    )
  })

  test('over `max-unpins` nothing is sent, dry or not, and everything chosen is said to be not attempted', async () => {
    const several = asked
      .map((one) => ({ ...one, choice: choiceOf(one.pins, one.asked) ?? new Set<string>() }))
      .filter(({ choice }) => choice.size > 1)
    await fc.assert(
      fc.asyncProperty(several, fc.nat(2), fc.boolean(), async ({ pins, inputs, choice }, fewer, dry) => {
        const most = Math.max(1, choice.size - fewer)
        const given = { ...inputs, 'max-unpins': String(most), 'dry-run': String(dry) }
        const { run, removed } = await carryOut(pins, given)
        const isOver = choice.size > most
        expect(removed).toEqual(isOver || dry ? new Set() : choice)
        expect(run.succeeded).toBe(!isOver)
        if (!isOver) return
        const message = new RegExp(`^${choice.size} pins are chosen, more than the ${most} `)
        expect(run.errors).toEqual([expect.stringMatching(message)])
        const notAttempted = run.results.filter(({ result }) => result === 'not-attempted')
        expect(new Set(notAttempted.map(({ pinId }) => pinId))).toEqual(choice)
      }),
      { numRuns: 60 },
    )
  })
})

test('every pin of a protected content stays, in whatever spelling either is written', async () => {
  const spelt = spellingsOf(1)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...spelt),
      fc.constantFrom(...spelt),
      fc.constantFrom(...spelt),
      async (guard, ...cids) => {
        const pins = cids.map((cid, seed) => makePin({ cid }, seed))
        const service = await startService({ pins: [...pins, makePin({}, 9)] })
        try {
          const run = await select(service, { name: 'release-*', protect: guard })
          expect(
            run.results.map(({ result }) => result).filter((result) => result === 'protected'),
          ).toHaveLength(2)
          expect(pins.every(({ id }) => service.holds(id))).toBe(true)
          expect(run.outputs['unpinned-count']).toBe('1')
        } finally {
          endSteps()
          await service.close()
        }
      },
    ),
    { numRuns: 25 },
  )
})
