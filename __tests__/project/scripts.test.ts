import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { moduleNames, partsOf } from '../../scripts/bundle-parts.ts'
import { releaseNotes } from '../../scripts/changelog.ts'
import { ACT_VERSION } from '../../scripts/e2e/act.ts'
import { withExamples } from '../../scripts/examples.ts'
import { trim } from '../../scripts/trim-bundle.ts'

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

describe('the examples in README', () => {
  const place = '<!-- example: examples/a.yml -->\nold\n<!-- /example -->\n'

  test('are their files', () => {
    expect(withExamples(place, new Map([['examples/a.yml', 'on: $& push\n']]))).toBe(
      '<!-- example: examples/a.yml -->\n\n```yaml\non: $& push\n```\n\n<!-- /example -->\n',
    )
  })

  test('are all of them, and no others', () => {
    expect(() => withExamples(place, new Map())).toThrow('is not there')
    const two = new Map(['a', 'b'].map((name) => [`examples/${name}.yml`, '']))
    expect(() => withExamples(place, two)).toThrow('README.md does not show examples/b.yml')
  })
})

test('the bytes of a bundle are counted for who wrote them, and all of them', async () => {
  const untrimmed = [
    '/******/ const runtime = (number) => number.toString();',
    'const modules = {',
    '/***/ 12:',
    '() => runtime(12),',
    '/******/ };',
    ';// CONCATENATED MODULE: ./node_modules/@scope/package/lib/index.js',
    'const dropped = "nobody uses this";',
    'export const theirs = runtime(1) + "a rather long text";',
    ';// CONCATENATED MODULE: ./lib/own.js',
    'export const own = [theirs, modules];',
    '',
  ].join('\n')
  const { code, mappings } = await trim(untrimmed)
  const names = moduleNames('{"modules":[{"id":12,"name":"./node_modules/tunnel/index.js"},{"name":"a"}]}')
  const parts = partsOf(untrimmed, code, mappings, names)
  expect(code).not.toContain('dropped')
  expect(new Set(parts.keys())).toEqual(new Set(['webpack runtime', 'tunnel', '@scope/package', 'ours']))
  expect([...parts.values()].reduce((sum, bytes) => sum + bytes, 0)).toBe(Buffer.byteLength(code))
  expect(parts.get('@scope/package')).toBeGreaterThan(parts.get('ours') ?? 0)
})

test('the act that is installed is the one that is asked for', () => {
  expect(readFileSync('scripts/install-tools.sh', 'utf8')).toContain(`ACT=${ACT_VERSION}\n`)
})
