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

describe('the mutation score', () => {
  const mutants = (caught: number, survived: number) => [
    ...Array.from({ length: caught }, () => 'Killed'),
    ...Array.from({ length: survived }, () => 'Survived'),
  ]
  const accountOfOne = (statuses: string[], reasons: Record<string, string>) => {
    const location = { start: { line: 2, column: 3 } }
    const files = {
      'src/one.ts': { mutants: statuses.map((status) => ({ status, mutatorName: 'Arithmetic', location })) },
    }
    return accountOf({ files }, reasons)
  }
  const reasons = { 'src/one.ts': 'Both ways give the same.' }

  test('counts a timeout as caught and leaves out mutants that do not run', () => {
    const { good, lines } = accountOfOne(['Killed', 'Timeout', 'Ignored', 'RuntimeError'], {})
    expect([good, lines[0]]).toEqual([true, ' 100.0 % of    2  src/one.ts'])
  })

  test('is enough at 95 % if the file has a reason', () => {
    expect(accountOfOne(mutants(19, 1), reasons).good).toBe(true)
  })

  test.each([
    ['a file with a survivor has no reason', mutants(19, 1), {}, 'src/one.ts:2:3 Arithmetic'],
    ['no test runs the mutant', [...mutants(19, 0), 'NoCoverage'], {}, 'src/one.ts:2:3 Arithmetic'],
    ['less than 95 % are caught', mutants(18, 1), reasons, 'in all: too low, at least 95 %'],
    ['less than 85 % of a file are caught', mutants(5, 1), reasons, 'src/one.ts: too low, at least 85 %'],
  ])('fails if %s, and says so', (_, statuses, given, said) => {
    const { good, lines } = accountOfOne(statuses, given)
    expect([good, lines.join('\n')]).toEqual([false, expect.stringContaining(said)])
  })
})
