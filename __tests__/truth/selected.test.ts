import { expect, test } from '@jest/globals'
import { run } from '../../src/run.ts'
import { joinRealms } from '../support/one-realm.ts'
import { runInSimulatedTime } from './in-simulated-time.ts'
import { checkTruth } from './property.ts'

joinRealms()

test('pins selected: whatever goes wrong, the report is true', async () => {
  const census = await checkTruth('selected', (schedule) => runInSimulatedTime(run, schedule), {
    numRuns: 400,
  })
  for (const result of ['unpinned', 'missing', 'failed', 'unconfirmed', 'not-attempted', 'kept', 'protected'])
    expect(census.get(result)).toBeGreaterThan(3)
}, 120_000)
