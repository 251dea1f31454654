import { test } from '@jest/globals'
import { runAsProcess } from './as-process.ts'
import { checkTruth } from './property.ts'

test('the committed bundle: whatever goes wrong, the report is true', async () => {
  // Each process waits most of its time.
  await Promise.all(Array.from({ length: 4 }, () => checkTruth('bundle', runAsProcess, { numRuns: 6 })))
}, 120_000)
