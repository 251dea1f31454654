import TestRunner from 'jest-runner'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs test files for `npm run mutation`: only those with a test that reaches the mutant, the quickest first, up to the first that
 * fails. Left to itself Jest loads every file, also to skip all that is in it, and goes on after a failure; for a mutant that is
 * caught that takes a hundred times as long.
 */
export default class FirstFailureRunner extends TestRunner {
  #notes
  #names

  /** @param globalConfig `testNamePattern`: the tests that reach the mutant; absent in Stryker's first run, in which all tests run */
  constructor(globalConfig, context) {
    super(globalConfig, context)
    // Each run of Stryker has a copy of the project to itself.
    this.#notes = join(globalConfig.rootDir, 'tests-by-file.json')
    this.#names = globalConfig.testNamePattern ? new RegExp(globalConfig.testNamePattern) : null
  }

  async runTests(tests, watcher, options) {
    const notes = this.#names === null ? {} : JSON.parse(readFileSync(this.#notes, 'utf8'))
    let failed = false
    this.on('test-file-failure', () => (failed = true))
    this.on('test-file-success', ([{ path }, { perfStats, numFailingTests, testResults }]) => {
      failed ||= numFailingTests > 0
      if (this.#names === null)
        notes[path] = { ms: perfStats.runtime, names: testResults.map(({ fullName }) => fullName) }
    })
    if (this.#names === null) {
      await super.runTests(tests, watcher, options)
      writeFileSync(this.#notes, JSON.stringify(notes))
      return
    }
    const reaching = tests.filter(({ path }) => notes[path].names.some((name) => this.#names.test(name)))
    reaching.sort((a, b) => notes[a.path].ms - notes[b.path].ms)
    for (const test of reaching) if (!failed) await super.runTests([test], watcher, options)
  }
}
