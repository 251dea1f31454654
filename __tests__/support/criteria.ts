import type { Criteria } from '../../src/selection/criteria.ts'

/** Criteria that ask for nothing, unless said otherwise. */
export const criteriaOf = (asked: Partial<Criteria>): Criteria => ({
  cids: null,
  names: { kind: 'not-given' },
  keyvalues: [],
  olderThan: null,
  keepLatest: 0,
  groupBy: { kind: 'all' },
  given: [],
  ...asked,
})
