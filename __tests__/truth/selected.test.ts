import { expect, test } from '@jest/globals'
import { runInSimulatedTime } from './in-simulated-time.ts'
import { checkTruth } from './property.ts'

test('pins selected: whatever goes wrong, the report is true', async () => {
  const census = await checkTruth('selected', runInSimulatedTime, { numRuns: 400 })
  const results = 'unpinned missing failed unconfirmed not-attempted kept protected'
  for (const result of results.split(' ')) expect(census.get(result)).toBeGreaterThan(3)
}, 120_000)
