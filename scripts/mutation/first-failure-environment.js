import { TestEnvironment } from 'jest-environment-node'

/** Skips what follows the first failure in a file: for `npm run mutation`, where one is enough, and each may be a wait for nothing. */
export default class FirstFailureEnvironment extends TestEnvironment {
  #failed = false

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#failed = true
    else if (name === 'test_start' && this.#failed) test.mode = 'skip'
  }
}
