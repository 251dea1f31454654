import { TestEnvironment } from 'jest-environment-node'

/** The mutant in which a test has failed; all files of one run share this module. */
let caught

/** Skips all tests after the first failure: one is enough for `npm run mutation`, and each may wait in vain. */
export default class FirstFailureEnvironment extends TestEnvironment {
  handleTestEvent({ name, test }) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__
    if (mutant === undefined) return
    if (name === 'test_fn_failure' || name === 'hook_failure') caught = mutant
    else if (name === 'test_start' && caught === mutant) test.mode = 'skip'
  }
}
