import { describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { releaseNotes } from '../../scripts/changelog.ts'

describe('the notes of a release', () => {
  const changelog = '# Changelog\n\n## [1.2.0] - 2026-11-23\n\n- New.\n\n## [1.1.0] - 2026-01-02\n\n- Old.\n'

  test('are what the changelog says of it, and no more', () => {
    expect(releaseNotes('v1.2.0', '1.2.0', changelog)).toEqual({ notes: '- New.' })
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toEqual({ notes: '- Old.' })
  })

  test.each([
    ['the tag is of another version', 'v1.2.1', '1.2.0', changelog, 'tag it v1.2.0'],
    ['the changelog does not know it', 'v1.3.0', '1.3.0', changelog, 'no heading'],
    ['the day is missing', 'v1.2.0', '1.2.0', '## [1.2.0] - Unreleased\n\n- New.\n', 'no heading'],
    ['nothing is said', 'v1.2.0', '1.2.0', '## [1.2.0] - 2026-11-23\n\n', 'says nothing'],
  ])('are refused where %s', (_, tag, version, text, why) => {
    expect(releaseNotes(tag, version, text)).toEqual({ problem: expect.stringContaining(why) })
  })
})

test('the bundle says which Node it needs where that is older', () => {
  const older = 'data:text/javascript,delete process.getBuiltinModule'
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, 'dist/index.js'], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([1, ''])
  expect(stdout).toMatch(/^::error::This action needs Node 20\.16 or newer, and this runner started .*\n$/)
})
