import { afterEach, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { systemClock } from '../../../src/clock.ts'
import { type PinRecord, startService } from '../../../testing/service/index.ts'
import {
  account,
  choiceOf,
  isMeant,
  type MadePin,
  NOW,
  protectLinesOf,
  type Wanted,
  wanted,
} from '../../support/selection-accounts.ts'
import { beginRun } from '../../support/running.ts'
import { endSteps } from '../../support/step.ts'

afterEach(endSteps)

/** Lines of an input cannot hold what is trimmed away; such names stay in the account and are not asked for. */
const isLine = (text: string): boolean => text !== '' && text.trim() === text

/** The inputs that say what was asked for, or `null` where inputs cannot say it. */
function inputsOf(pins: readonly MadePin[], asked: Wanted): Record<string, string> | null {
  const { cids, names, keyvalues, olderThanDays, keepLatest, groupBy } = asked
  const guards = protectLinesOf(pins, asked).map(({ text }) => text)
  const sayable = [...(names ?? []), ...guards, ...keyvalues.flat()].every(isLine)
  // A name of stars alone is refused, and so is `group-by` without `keep-latest`.
  if (!sayable || names?.some((name) => /^[*]+$/.test(name)) === true) return null
  if (groupBy.kind !== 'all' && keepLatest === 0) return null
  return {
    ...(cids !== null && { cid: cids.map(({ text }) => text).join('\n') }),
    ...(names !== null && { name: names.join('\n') }),
    ...(keyvalues.length > 0 && { keyvalues: keyvalues.map((pair) => pair.join('=')).join('\n') }),
    ...(olderThanDays !== null && { 'older-than': `${olderThanDays}d` }),
    ...(guards.length > 0 && { protect: guards.join('\n') }),
    ...(groupBy.kind !== 'all' && {
      'group-by': groupBy.kind === 'name' ? 'name' : `keyvalues.${groupBy.key}`,
    }),
    'keep-latest': String(keepLatest),
  }
}

interface Carried {
  succeeded: boolean
  outputs: Record<string, string>
  results: { pinId: string; result: string; reason: string }[]
  /** IDs for which a `DELETE` came, in lower case. */
  removed: Set<string>
}

async function carryOut(pins: readonly MadePin[], inputs: Record<string, string>): Promise<Carried> {
  const service = await startService({ pins: pins.map(({ raw }) => raw as unknown as PinRecord) })
  try {
    const given = { 'pin-id': '(none)', 'requests-per-minute': '6000', ...inputs }
    const clock = { ...systemClock, epoch: () => NOW }
    const { step, done, results } = beginRun(service, given, { clock, random: () => 0.1 })
    const succeeded = await done
    const removed = service.requests.flatMap(({ method, pinId }) =>
      method === 'DELETE' ? (pinId ?? 'none') : [],
    )
    expect(new Set(removed).size).toBe(removed.length)
    return {
      succeeded,
      outputs: step.outputs(),
      results: results() as unknown as Carried['results'],
      removed: new Set(removed),
    }
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

test('for any account and any inputs, a run removes what the oracle names, and a dry run says the same and removes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async ({ pins, asked, inputs }) => {
      const choice = choiceOf(pins, asked)
      const dry = await carryOut(pins, { ...inputs, 'dry-run': 'true' })
      const real = await carryOut(pins, inputs)
      expect(dry.removed.size).toBe(0)
      expect(real.removed).toEqual(choice ?? new Set())
      expect(dry.succeeded).toBe(choice !== null)
      expect(real.succeeded).toBe(choice !== null)
      const told = ({ results }: Carried) =>
        results.map(({ pinId, result, reason }) => [pinId, result.replace('would-unpin', 'unpinned'), reason])
      expect(told(dry)).toEqual(told(real))
      const matching = choice === null ? [] : pins.filter((pin) => isMeant(pin, asked))
      expect(real.outputs['matched-count']).toBe(String(matching.length))
      expect(new Set(real.outputs['pin-ids']?.split('\n').filter(isLine))).toEqual(choice ?? new Set())
    }),
    { numRuns: 30 },
  )
})
