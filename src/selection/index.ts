/** All that only a selection or `protect` needs. `run.ts` loads it on demand: an unpin by ID starts without it. */
export { canonicalCid } from '../pin/cid.ts'
export { Guard } from './guard.ts'
export { whyMatched } from './match.ts'
export { planSelection } from './plan.ts'
