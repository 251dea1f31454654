import type { Criteria } from '../../src/plan/match.ts'

/** Criteria that ask for nothing, unless said otherwise. */
export const criteriaOf = (asked: Partial<Criteria>): Criteria => ({
  cids: null,
  names: null,
  keyvalues: [],
  expiredBy: null,
  olderThan: null,
  keepLatest: 0,
  groupBy: null,
  maxUnpins: 25,
  onTooMany: 'fail',
  ...asked,
})
