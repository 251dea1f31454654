import { expect, test } from '@jest/globals'
import type { OnMissing, PinResult } from '../../../src/pin/outcome.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { decideVerdict } from '../../../src/unpin/execute.ts'
import { makeOutcome } from '../../support/outcome.ts'

test.each<[PinResult[], OnMissing, refusals: string[], succeeded: boolean]>([
  [[], 'fail', [], true],
  [['unpinned', 'kept'], 'fail', [], true],
  [['missing'], 'warn', [], true],
  [['unpinned', 'missing'], 'fail', [], false],
  [['not-attempted'], 'ignore', [], false],
  [['kept'], 'ignore', ['Too many.'], false],
])(
  'a run with the results %j, `on-missing: %s` and the refusals %j succeeds: %p',
  (results, on, refusals, succeeded) => {
    const pins = results.map((result) => makeOutcome({ result }))
    const verdict = (signal: AbortSignal) => decideVerdict({ refusals } as unknown as Plan, pins, on, signal)
    // A stop is told only where it changed something.
    expect(verdict(AbortSignal.abort('Stopped.'))).toMatchObject({ succeeded, stopped: succeeded ? null : 'Stopped.' })
    const { fails, stopped } = verdict(new AbortController().signal)
    expect([pins.some(fails), stopped]).toEqual([!succeeded && refusals.length === 0, null])
  },
)
