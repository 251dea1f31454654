import { type Criteria, NOTHING_PROTECTED } from '../../src/criteria.ts'

/** Criteria that ask for nothing, unless said otherwise. */
export function criteriaOf(asked: Partial<Criteria>): Criteria {
  return {
    cids: null,
    names: null,
    keyvalues: [],
    olderThan: null,
    keepLatest: 0,
    protect: NOTHING_PROTECTED,
    told: [],
    ...asked,
  }
}
