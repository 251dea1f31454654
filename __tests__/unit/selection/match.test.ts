import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { Criteria } from '../../../src/selection/criteria.ts'
import { whyMatched } from '../../../src/selection/match.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { recordOf } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

const [V0 = '', ...V1] = spellingsOf(1)
const cidsOf = (...texts: string[]) => new Set(texts.map((text) => canonicalCid(text) ?? ''))
const patterns = (...names: string[]): Criteria['names'] => ({ kind: 'patterns', patterns: names })

const matched = (fields: object, criteria: Partial<Criteria>): string | null =>
  whyMatched(recordOf(fields), criteriaOf(criteria), canonicalCid)

describe('a pin matches by its CID', () => {
  test.each([V0, ...V1])('in any spelling: %s', (cid) =>
    expect(matched({ cid }, { cids: cidsOf(V0) })).toBe('matched by its CID'),
  )

  const others = [spellingsOf(2)[0], spellingsOf(1, 'raw')[0], `${V0} `, '', 'Qm', [V0], 7, null, undefined]
  test.each<unknown>(others)('but not by %j', (cid) =>
    expect(matched({ cid }, { cids: cidsOf(V0) })).toBeNull(),
  )
})

describe('a pin matches by its name', () => {
  test('if any pattern does, and the reason names the pattern', () => {
    const names = patterns('main', 'preview/*', '*')
    expect(matched({ metadata: { name: 'preview/a' } }, { names })).toBe('matched by the name "preview/*"')
  })

  const unnamed = [{}, { name: 7 }, { Name: 'main' }, { keyvalues: { name: 'main' } }, 'main', ['main'], null]
  test.each<unknown>(unnamed)('but not without a name that is a text: %j', (metadata) => {
    expect(matched({ name: 'main', metadata }, { names: patterns('*') })).toBeNull()
    expect(matched({ metadata }, { names: { kind: 'any-pin' } })).toBe('matched by `(any)`')
  })
})

test.each(['live=true', 'branch=Main', 'branch=main*', 'pr=07'])(
  'a pin matches by its key-values only if all of them do, exactly, and not by %s',
  (other) => {
    const metadata = { pr: 7, keyvalues: { branch: 'main' } }
    const keyvaluesOf = (...pairs: string[]) =>
      pairs.map((pair) => pair.split('=')).map(([key = '', value = '']) => [key, value] as const)
    const both = keyvaluesOf('branch=main', 'pr=7')
    expect(matched({ metadata }, { keyvalues: both })).toBe('matched by branch=main and pr=7')
    expect(matched({ metadata }, { keyvalues: [...both, ...keyvaluesOf(other)] })).toBeNull()
  },
)

test('CID, name and key-values must all match, and the reason names all of them', () => {
  const fields = { cid: V0, metadata: { name: 'main-1', keyvalues: { pr: 7 } } }
  const criteria = { cids: cidsOf(V0), names: patterns('main-*'), keyvalues: [['pr', '7']] as const }
  expect(matched(fields, criteria)).toBe('matched by its CID and the name "main-*" and pr=7')
  expect(matched({ ...fields, cid: spellingsOf(2)[0] }, criteria)).toBeNull()
  expect(matched({ ...fields, metadata: { name: 'main-1' } }, criteria)).toBeNull()
  expect(matched({ ...fields, metadata: { name: 'other', keyvalues: { pr: 7 } } }, criteria)).toBeNull()
})
