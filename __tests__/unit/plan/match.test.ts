import { expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { Criteria } from '../../../src/selection/criteria.ts'
import { whyMatched } from '../../../src/selection/match.ts'
import { criteriaOf } from '../../support/criteria.ts'
import { recordOf } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

// Which pins match is shown in plan-properties.test.ts, for any account and any criteria.

const [CID = ''] = spellingsOf(1)
const ALL: Partial<Criteria> = {
  cids: new Set([canonicalCid(CID) ?? '']),
  names: { kind: 'patterns', patterns: ['other', 'main-*', '*'] },
  keyvalues: [
    ['pr', '7'],
    ['branch', 'main'],
  ],
}

test.each<[object, Partial<Criteria>, string | null]>([
  [{}, ALL, 'matched by its CID and the name "main-*" and pr=7 and branch=main'],
  [{}, { names: { kind: 'any-pin' } }, 'matched by `(any)`'],
  [{ cid: spellingsOf(2)[0] }, ALL, null],
  [{ cid: null }, ALL, null],
  [{ metadata: { pr: 7, branch: 'main' } }, ALL, null],
  [{ metadata: { name: 'main-1', pr: 7 } }, ALL, null],
])('the reason why a pin with %j matches %j is %p', (fields, criteria, reason) => {
  const record = recordOf({ cid: CID, metadata: { name: 'main-1', pr: 7, branch: 'main' }, ...fields })
  expect(whyMatched(record, criteriaOf(criteria), canonicalCid)).toBe(reason)
})
