import { test } from '@jest/globals'
import { runAsProcess } from './as-process.ts'
import { checkTruth } from './property.ts'

/** Processes at once; each waits most of its time. */
const LANES = 4

test('the committed bundle: whatever goes wrong, the report is true', async () => {
  await Promise.all(Array.from({ length: LANES }, () => checkTruth('bundle', runAsProcess, { numRuns: 15 })))
}, 120_000)
