import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { moduleNames, partsOf } from '../../scripts/bundle-parts.ts'
import { releaseNotes } from '../../scripts/changelog.ts'
import { ACT_VERSION } from '../../scripts/e2e/act.ts'
import { withExamples } from '../../scripts/examples.ts'
import { accountOf, readAccepted } from '../../scripts/mutation/survivors.ts'
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

describe('the account of the mutants', () => {
  const source = 'export const one = () =>\n  1 + 1\n'
  const mutant = (status: string) => ({
    status,
    replacement: '1 - 1',
    location: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
  })
  const report = (...statuses: string[]) => ({
    files: { 'src/one.ts': { source, mutants: statuses.map(mutant) } },
  })
  const survivor = 'src/one.ts: 1 + 1: 1 + 1 -> 1 - 1'
  const nine = Array.from({ length: 9 }, () => 'Killed')

  test('is good where all are caught, in whatever way, and leaves out what could not be tried', () => {
    const { good, lines } = accountOf(report('Killed', 'Timeout', 'Ignored', 'RuntimeError'), [], true)
    expect([good, lines[0]]).toEqual([true, ' 100.0 % of    2  src/one.ts'])
  })

  test('is good where what survived is listed', () => {
    expect(accountOf(report(...nine, 'Survived'), [survivor], true).good).toBe(true)
  })

  test.each([
    ['a survivor is not listed', [...nine, 'Survived'], [], survivor],
    ['one is listed and two survived', [...nine, ...nine, 'Survived', 'Survived'], [survivor], 'not listed'],
    ['what is listed did not survive', nine, [survivor], 'did not survive'],
    ['a mutant is reached by no test', [...nine, 'NoCoverage'], [], survivor],
  ])('is bad where %s, and says so', (_, statuses, accepted, told) => {
    const { good, lines } = accountOf(report(...statuses), accepted, true)
    expect([good, lines.join('\n')]).toEqual([false, expect.stringContaining(told)])
  })

  test('is bad where too many survived, listed or not', () => {
    const accepted = Array.from({ length: 9 }, () => survivor)
    expect(accountOf(report(...nine, ...accepted.map(() => 'Survived')), accepted, true).good).toBe(false)
  })

  test('of some of the files misses nothing in the others', () => {
    expect(accountOf(report('Killed'), ['src/two.ts: 1: 1 -> 2'], false).good).toBe(true)
  })
})

test('every mutant that may survive is of a line that is there, and stands under a reason', () => {
  const text = readFileSync('scripts/mutation/survivors.yml', 'utf8')
  for (const name of readAccepted(text)) {
    const [, file = '', rest = ''] = /^(src\/[^:]+): (.+)$/s.exec(name) ?? []
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.some((line) => line.trim() !== '' && rest.startsWith(`${line.trim()}: `))).toBe(true)
  }
  for (const { why } of parse(text) as { why: string }[]) expect(why).toMatch(/^[A-Z][^]{20,}\.$/)
})
