import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

// A process of its own: the search measures which branches run, and Jest's own coverage must not see that.
test('every schedule of a run keeps the promises, to a small depth, and every broken rule is noticed', async () => {
  const search = promisify(execFile)(process.execPath, ['scripts/exhaustive.ts', '--quick'])
  const { stdout } = await search.catch((failed: { stdout: string }) => failed)
  expect(stdout).toContain('Nothing is untrue.')
}, 300_000)
