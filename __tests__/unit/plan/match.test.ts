import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/ids.ts'
import { type Criteria, Matcher, pattern, Patterns } from '../../../src/plan/match.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { cpuSeconds, growth } from '../../support/growth.ts'
import { many, recordOf, times } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

// Which pins match is shown in properties.test.ts, for any account and any criteria.

const [CID = '', V1 = ''] = spellingsOf(1)
const OTHER = spellingsOf(2)[0] ?? ''
const cids = (...texts: string[]) => new Map(texts.map((text) => [canonicalCid(text) ?? '', text]))
const PAIRS = [['pr', '7'] as const, ['branch', 'main'] as const]
const ALL: Partial<Criteria> = { cids: cids(CID), names: ['other', 'main-*', '*'], keyvalues: PAIRS }

test.each<[object, Partial<Criteria>, string | null]>([
  [{}, ALL, 'matched by its CID and the name "main-*" and pr=7 and branch=main'],
  [{ cid: V1 }, { cids: cids(CID) }, 'matched by its CID'],
  [{}, { names: ['m*', 'main-1'] }, 'matched by the name "main-1"'],
  [{ metadata: {} }, { names: ['(any)'] }, 'matched by `(any)`'],
  [{ metadata: { name: 2024 } }, { names: ['2024'] }, 'matched by the name "2024"'],
  [{ cid: OTHER }, ALL, null],
  [{ cid: 'Qm' }, ALL, null],
  [{ metadata: { pr: 7, branch: 'main' } }, ALL, null],
])('the reason why a pin with %j matches %j is %p', (fields, criteria, reason) => {
  const record = recordOf({ cid: CID, metadata: { name: 'main-1', pr: 7, branch: 'main' }, ...fields })
  expect(new Matcher(criteriaOf(criteria)).match(record)).toBe(reason)
})

test('a CID or a name without `*` is used only by a pin that all criteria together match', () => {
  const names = ['a', 'b', 'c*']
  const matcher = new Matcher(criteriaOf({ cids: cids(V1, OTHER), names, keyvalues: [['pr', '7']] }))
  const unused = (cid: string, metadata: object) => {
    matcher.match(recordOf({ cid, metadata }))
    return matcher.unused
  }
  const all = [['name', ['a', 'b']] as const, ['cid', [V1, OTHER]] as const]
  expect(unused(CID, { name: 'a' })).toEqual(all)
  expect(unused(CID, { name: 'x', pr: 7 })).toEqual(all)
  expect(unused(CID, { name: 'a', pr: 7 }).map(([, lines]) => lines)).toEqual([['b'], [OTHER]])
  expect(unused(OTHER, { name: 'c1', pr: 7 })).toEqual([['name', ['b']]])
  const any = new Matcher(criteriaOf({ names: ['(any)'] }))
  expect([any.unused.length, any.match(recordOf({})), any.unused]).toEqual([1, 'matched by `(any)`', []])
})

describe('a name pattern', () => {
  test.each<[text: string, matching: string[], others: string[]]>([
    ['main', ['main'], ['Main', 'main-1', '']],
    ['main*', ['main', 'main-1', 'main\nwith a line end'], [' main', 'mai']],
    ['**', ['', 'a'], []],
    ['preview/*', ['preview/feature/deep'], ['preview']],
    ['a*b*c', ['abc', 'a-b-b-c'], ['a-c-b', 'a-bc-d']],
    ['ab*ba', ['abba'], ['aba']],
    ['a*bb*b', ['abbb'], ['abb']],
    ['[a]?^.$', ['[a]?^.$'], ['a']],
  ])('%j matches all of %j and none of %j', (text, matching, others) => {
    const matches = pattern(text)
    expect([matching.every(matches), others.some(matches)]).toEqual([true, false])
  })

  test('takes time in proportion to its length', () =>
    expect(growth(100_000, (size) => pattern(`${'*a'.repeat(size / 2)}*b*`)('a'.repeat(size * 2)))).toBeLessThan(150))

  test.each<[string, line: (n: number) => string]>([
    ['begin', (n) => `preview/*/${n}`],
    ['end', (n) => `*-${n}-*/preview`],
    ['begin and end', (n) => `preview/${n}-*-preview/`],
    ['are short and', (n) => `*v*${n}`],
  ])('is told apart from thousands that %s alike without trying each of them', (_, line) => {
    const seconds = (lines: number) => {
      const patterns = new Patterns<number>()
      for (let n = 0; n < lines; n += 1) patterns.add(n, line(n))
      const names = times(300, 'preview/x-17-y/preview')
      // The least of several is the one that nothing disturbed.
      return Math.min(...many(7, () => cpuSeconds(() => names.map((name) => patterns.matching(name)))))
    }
    expect(seconds(8000) / seconds(10)).toBeLessThan(50)
  })

  test('of 1,024 characters with hundreds of stars is compared with 1,000 names as long within 5 s of CPU', () => {
    const matcher = new Matcher(criteriaOf({ names: many(10, (n) => `${'*ab'.repeat(337)}*b*c${n}*`) }))
    const records = times(1000, recordOf({ metadata: { name: 'ab'.repeat(512) } }))
    expect(cpuSeconds(() => records.map((record) => matcher.match(record)))).toBeLessThan(5)
    // So many different lengths of what is fixed in a pattern.
    const lengths = new Matcher(criteriaOf({ names: many(1000, (n) => `${'ab'.repeat(n / 2)}${n}*`) }))
    expect(cpuSeconds(() => records.map((record) => lengths.match(record)))).toBeLessThan(5)
  })
})
