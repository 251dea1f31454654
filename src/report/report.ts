import { error, info } from '@actions/core'
import { accessSync, appendFileSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Clock } from '../clock.ts'
import { describeError, RefusedError } from '../errors.ts'
import { LONGEST_ANNOTATION } from './annotations.ts'
import { type Cleaner, createCleaner } from './clean.ts'
import { NO_OUTPUTS, type Outputs, setOutputs } from './outputs.ts'
import { ResultsFile } from './results-file.ts'
import { type ReportedRun, RunReport } from './run-report.ts'
import { refusalSummary } from './summary.ts'

/** Characters of one line of the log. */
const LONGEST_LINE = 1000

/** The only way out for words: log, annotations, summary and outputs, everything cleaned on its way. */
export class Report {
  readonly #clock: Clock
  readonly #clean: Cleaner

  /** @param secrets removed from everything that leaves. */
  constructor(clock: Clock, secrets: readonly string[]) {
    this.#clock = clock
    this.#clean = createCleaner(secrets)
  }

  /** Tells of a run that ends before its first request: outputs, one annotation with all problems, summary. */
  refuse(problems: readonly string[]): void {
    this.#tryOutputs(NO_OUTPUTS)
    const list = problems.map((problem) => this.#clean.line(problem, LONGEST_ANNOTATION)).join('\n')
    error(list.slice(0, LONGEST_ANNOTATION))
    this.#trySummary(refusalSummary(problems, this.#clean.cell))
  }

  /**
   * Opens what the results will be written to.
   *
   * @throws RefusedError when a result could not be handed on: then nothing may be unpinned.
   */
  begin(run: ReportedRun): RunReport {
    const outputFile = process.env['GITHUB_OUTPUT'] ?? ''
    const folder = process.env['RUNNER_TEMP'] ?? ''
    let resultsFile: ResultsFile
    try {
      // Without the variable the toolkit prints outputs as commands, so only a file that is named and unusable is a problem.
      if (outputFile !== '') accessSync(outputFile, constants.W_OK)
      resultsFile = new ResultsFile(folder === '' ? tmpdir() : folder)
    } catch (cause) {
      throw new RefusedError(
        [
          `What becomes of the pins could not be written down: ${describeError(cause)}. ` +
            'Are the files behind GITHUB_OUTPUT and RUNNER_TEMP there, and is the disk full?',
        ],
        { cause },
      )
    }
    return new RunReport(run, resultsFile, this.#clock, this.#clean, {
      line: (text) => this.line(text),
      tryOutputs: (outputs) => this.#tryOutputs(outputs),
      trySummary: (text) => this.#trySummary(text),
    })
  }

  /** One line in the log. */
  line(text: string): void {
    info(this.#clean.line(text, LONGEST_LINE))
  }

  /** @returns false when outputs are lost. */
  #tryOutputs(outputs: Outputs): boolean {
    try {
      setOutputs(outputs)
      return true
    } catch (cause) {
      error(
        this.#clean.line(
          `The outputs could not be set, so later steps see none: ${describeError(cause)}.`,
          LONGEST_LINE,
        ),
      )
      return false
    }
  }

  /** Takes a text whose variable parts are all cleaned. A summary that cannot be written is said in the log and changes nothing. */
  #trySummary(text: string): void {
    // Not the toolkit's writer: it is asynchronous, and a cancelled step has no time for that.
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? ''
    try {
      if (file !== '') appendFileSync(file, text)
    } catch (cause) {
      this.line(`No job summary: ${describeError(cause)}`)
    }
  }
}
