import { expect, test } from '@jest/globals'
import { runInSimulatedTime } from './in-simulated-time.ts'
import { checkTruth } from './property.ts'

test('pins given by ID: whatever goes wrong, the report is true', async () => {
  const census = await checkTruth('by-id', runInSimulatedTime, { numRuns: 700 })
  const results = 'unpinned missing failed unconfirmed not-attempted would-unpin protected'
  for (const result of results.split(' ')) expect(census.get(result)).toBeGreaterThan(10)
}, 120_000)
