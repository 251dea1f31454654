import { expect, test } from '@jest/globals'
import { run } from '../../src/run.ts'
import { joinRealms } from '../support/one-realm.ts'
import { runInSimulatedTime } from './in-simulated-time.ts'
import { checkTruth } from './property.ts'

joinRealms()

test('pins given by ID: whatever goes wrong, the report is true', async () => {
  const census = await checkTruth('by-id', (schedule) => runInSimulatedTime(run, schedule), {
    numRuns: 700,
  })
  for (const result of [
    'unpinned',
    'missing',
    'failed',
    'unconfirmed',
    'not-attempted',
    'would-unpin',
    'protected',
  ])
    expect(census.get(result)).toBeGreaterThan(10)
}, 120_000)
