import { expect, test } from '@jest/globals'
import { checkTruth, problemsOf } from './property.ts'
import { runInSimulatedTime } from './simulated.ts'
import { pin, type Schedule, schedule, type Trouble } from './world.ts'

const busy = (retryAfter: string): Trouble => ({
  kind: 'says',
  status: 429,
  body: 'refusal',
  effect: false,
  retryAfter,
})
const refused: Trouble = { kind: 'says', status: 401, body: 'refusal', effect: false }
const pins = (...troubles: Trouble[][]): Schedule['pins'] => troubles.map((own) => pin({ troubles: own }))

/** What the property found, in few words, so that it is looked for in every run of the tests. */
const FOUND: Readonly<Record<string, Schedule>> = {
  'a refused key pair on reading a pin again stops the run': schedule({
    pins: pins([{ kind: 'none' }, { kind: 'none' }, refused], [], []),
    verify: true,
  }),
  'a pause that is asked for while a pin waits for a slot counts against its time': schedule({
    pins: pins([], [busy('61'), { kind: 'cut' }], [busy('61')]),
    requestsPerMinute: 1,
  }),
  'a random wait before the next attempt holds back no other pin': schedule({
    pins: pins([], [{ kind: 'hang', effect: 'before' }], [busy('0'), { kind: 'cut' }], []),
    requestsPerMinute: 1,
    timeoutSeconds: 31,
  }),
}

test.each(Object.entries(FOUND))('%s', async (_, found) => {
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
