import { expect, test } from '@jest/globals'
import { checkTruth, problemsOf } from './property.ts'
import { runInSimulatedTime } from './simulated.ts'
import { pin, schedule, type Trouble } from './world.ts'

/** Found by the property: for the random wait of one pin another was given up, and the run stopped. */
test('a random wait before the next attempt holds back no other pin', async () => {
  const busy: Trouble = { kind: 'says', status: 429, body: 'refusal', effect: false, retryAfter: '0' }
  const troubles: Trouble[][] = [[], [{ kind: 'hang', effect: 'before' }], [busy, { kind: 'cut' }], []]
  const pins = troubles.map((own) => pin({ troubles: own }))
  const found = schedule({ pins, requestsPerMinute: 1, timeoutSeconds: 31 })
  expect(problemsOf(await runInSimulatedTime(found))).toEqual([])
})

test.each(['by-id', 'selected'] as const)(
  'pins %s: whatever goes wrong, the report is true',
  async (kind) => {
    const census = await checkTruth(kind, runInSimulatedTime, { numRuns: 150 })
    const stays = kind === 'selected' ? 'kept' : 'would-unpin'
    const results = ['unpinned', 'missing', 'failed', 'unconfirmed', 'not-attempted', 'protected', stays]
    for (const result of results) expect([result, census.get(result)]).toEqual([result, expect.any(Number)])
  },
  120_000,
)
