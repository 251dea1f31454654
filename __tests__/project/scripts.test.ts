import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { releaseNotes } from '../../scripts/changelog.ts'
import { ACT_VERSION } from '../../scripts/e2e/act.ts'
import { accountOf } from '../../scripts/mutation/account.ts'

describe('the notes of a release', () => {
  const changelog = '# Changelog\n\n## [1.2.0] - 2026-11-23\n\n- New.\n\n## [1.1.0] - 2026-01-02\n\n- Old.\n'

  test('are what the changelog says of it, and no more', () => {
    expect(releaseNotes('v1.2.0', '1.2.0', changelog)).toEqual({ notes: '- New.' })
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toEqual({ notes: '- Old.' })
  })

  test.each([
    ['the tag is of another version', 'v1.2.1', '1.2.0', changelog, 'tag it v1.2.0'],
    ['the tag has no v', '1.2.0', '1.2.0', changelog, 'tag it v1.2.0'],
    ['the changelog does not know it', 'v1.3.0', '1.3.0', changelog, 'no heading'],
    ['the day is missing', 'v1.2.0', '1.2.0', '## [1.2.0] - Unreleased\n\n- New.\n', 'no heading'],
    ['nothing is said', 'v1.2.0', '1.2.0', '## [1.2.0] - 2026-11-23\n\n', 'says nothing'],
  ])('are refused where %s', (_, tag, version, text, why) => {
    expect(releaseNotes(tag, version, text)).toEqual({ problem: expect.stringContaining(why) })
  })
})

test('the act that is installed is the one that is asked for', () => {
  expect(readFileSync('scripts/install-tools.sh', 'utf8')).toContain(`ACT=${ACT_VERSION}\n`)
})

test.each([
  [
    'the timeout counts as caught, and what does not run is left out',
    1,
    0,
    ['Timeout', 'Ignored', 'RuntimeError'],
    {},
    '',
  ],
  ['the file has a reason', 19, 1, [], { 'src/one.ts': 'Both ways give the same.' }, ''],
  ['a file with a survivor has no reason', 19, 1, [], {}, 'src/one.ts:2:3 Arithmetic'],
  ['no test runs the mutant', 19, 0, ['NoCoverage'], {}, 'src/one.ts:2:3 Arithmetic'],
  ['less than 95 % are caught', 18, 1, [], { 'src/one.ts': 'why' }, 'in all: too low, at least 95 %'],
  ['less than 85 % of a file', 5, 1, [], { 'src/one.ts': 'why' }, 'src/one.ts: too low, at least 85 %'],
])('the mutation score where %s: %i caught, %i survived', (_, caught, survived, others, reasons, said) => {
  const statuses = [
    ...Array(caught).fill('Killed'),
    ...Array(survived).fill('Survived'),
    ...others,
  ] as string[]
  const location = { start: { line: 2, column: 3 } }
  const mutants = statuses.map((status) => ({ status, mutatorName: 'Arithmetic', location }))
  const { good, lines } = accountOf({ files: { 'src/one.ts': { mutants } } }, reasons)
  expect([good, lines.join('\n')]).toEqual([said === '', expect.stringContaining(said)])
})
