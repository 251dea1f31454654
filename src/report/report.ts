import { error, info, notice, warning } from '@actions/core'
import { accessSync, appendFileSync, constants, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Clock } from '../clock.ts'
import { describeError, RefusedError } from '../errors.ts'
import type { OnMissing, PinOutcome, RetryNotice } from '../types.ts'
import { fitAnnotations, LONGEST_ANNOTATION } from './annotations.ts'
import { type Cleaner, createCleaner } from './clean.ts'
import { count } from './format.ts'
import { closingLine, pinLine, progressLine, retryLine } from './lines.ts'
import { LARGEST_RESULTS, NO_OUTPUTS, type Outputs, outputsOf, setOutputs } from './outputs.ts'
import { type ResultEntry, ResultsFile } from './results-file.ts'
import { refusalSummary, summaryOf } from './summary.ts'
import { type ReportedPin, tallyUp, toReportedPin } from './tally.ts'

/** Characters of one line of the log. */
const LONGEST_LINE = 1000
/** Characters kept of one text of the service: far more than any name or CID has, far less than a body may hold. */
const LONGEST_TEXT = 4096
const PROGRESS_EVERY_MS = 5000

/** What a report has to know of the run it tells of. */
export interface ReportedRun {
  pinIds: readonly string[]
  apiBase: string
  dryRun: boolean
  onMissing: OnMissing
  requestsPerMinute: number
}

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

  /** A summary that cannot be written is said in the log and changes nothing. */
  #trySummary(text: string): void {
    // Not the toolkit's writer: it is asynchronous, and a cancelled step has no time for that.
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? ''
    try {
      if (file !== '') appendFileSync(file, this.#clean.redact(text))
    } catch (cause) {
      this.line(`No job summary: ${describeError(cause)}`)
    }
  }
}

/** The ways out that a run's report shares with the rest of the report. */
interface Ways {
  line(this: void, text: string): void
  tryOutputs(this: void, outputs: Outputs): boolean
  trySummary(this: void, text: string): void
}

/** Tells of one run from its first pin to its last: as it goes, and in every form at the end. */
export class RunReport {
  readonly #run: ReportedRun
  readonly #file: ResultsFile
  readonly #clock: Clock
  readonly #clean: Cleaner
  readonly #ways: Ways
  readonly #startedAt: number
  readonly #pins: ReportedPin[] = []
  #ended = 0
  #fileError: unknown = null
  #stopProgress: () => void = () => {}

  constructor(run: ReportedRun, file: ResultsFile, clock: Clock, clean: Cleaner, ways: Ways) {
    this.#run = run
    this.#file = file
    this.#clock = clock
    this.#clean = clean
    this.#ways = ways
    this.#startedAt = clock.now()
    const { pinIds, apiBase, dryRun, requestsPerMinute } = run
    ways.line(
      dryRun
        ? `Dry run: ${count(pinIds.length, 'pin')} at ${apiBase}`
        : `Unpinning ${count(pinIds.length, 'pin')} at ${apiBase}, at most ${count(requestsPerMinute, 'request')} a minute`,
    )
    if (pinIds.length > 1) this.#showProgress()
  }

  /** A pin's attempt failed and will be repeated. */
  retrying(pinId: string, retry: RetryNotice): void {
    this.#ways.line(retryLine(pinId, retry))
  }

  /** A pin has ended. Never throws: a record that cannot be kept is told at the end. */
  ended(outcome: PinOutcome, index: number): void {
    const pin = toReportedPin(outcome, this.#run.onMissing, (text) => shorten(this.#clean.redact(text)))
    this.#pins[index] = pin
    this.#ended += 1
    if (outcome.record !== null) {
      try {
        this.#file.keepRecord(index, JSON.stringify(this.#clean.json(outcome.record)))
      } catch (cause) {
        this.#fileError ??= cause
      }
    }
    this.#ways.line(pinLine(pin))
  }

  /**
   * Writes everything down: results file and outputs first, because later steps rely on them.
   *
   * @param stopped why the run was stopped from outside, in words, or `null`.
   * @returns true when no pin fails the step and nothing that was promised is lost.
   */
  finish(stopped: string | null): boolean {
    this.#stopProgress()
    const pins = this.#pins
    const tally = tallyUp(pins)
    const durationMs = this.#clock.now() - this.#startedAt

    const files = this.#writeResults()
    const outputsSet = this.#ways.tryOutputs(outputsOf(pins, tally, files, this.#clean.output))

    const failing = pins.filter((pin) => pin.fails)
    failing.sort((a, b) => Number(a.result === 'not-attempted') - Number(b.result === 'not-attempted'))
    const errors = failing.map((pin) => `Pin ${pin.pinId}: ${pin.message}`)
    if (stopped !== null && errors.length > 0) errors.unshift(stopped)
    if (this.#fileError !== null) {
      errors.unshift(
        `Not every record could be written to the results file: ${describeError(this.#fileError)}.`,
      )
    }
    this.#annotate(error, errors, 'errors')
    const warned =
      this.#run.onMissing === 'ignore' ? [] : pins.filter((pin) => pin.result === 'missing' && !pin.fails)
    this.#annotate(
      warning,
      warned.map((pin) => `Pin ${pin.pinId}: ${pin.message}`),
      'warnings',
    )

    const { apiBase, dryRun } = this.#run
    this.#ways.trySummary(summaryOf(pins, { tally, dryRun, apiBase, durationMs, cell: this.#clean.cell }))
    this.#ways.line(closingLine(tally, pins.length, durationMs, dryRun))
    return failing.length === 0 && outputsSet && this.#fileError === null
  }

  #writeResults(): { results: string; resultsFile: string } {
    const entries = this.#pins.map(toEntry)
    let resultsFile = ''
    try {
      const length = this.#file.write(entries)
      resultsFile = this.#file.path
      if (length <= LARGEST_RESULTS) return { results: readFileSync(resultsFile, 'utf8'), resultsFile }
    } catch (cause) {
      this.#fileError ??= cause
    }
    const withoutRecords = JSON.stringify(entries)
    if (Buffer.byteLength(withoutRecords) <= LARGEST_RESULTS) return { results: withoutRecords, resultsFile }
    notice(
      'The output `results` would be larger than 256 KiB, so it is `[]`. The output `results-file` names a file with all.',
    )
    return { results: '[]', resultsFile }
  }

  #annotate(annotate: (message: string) => void, messages: readonly string[], noun: string): void {
    for (const message of fitAnnotations(messages, noun))
      annotate(this.#clean.line(message, LONGEST_ANNOTATION))
  }

  /** Every few seconds from now on, until the end. */
  #showProgress(): void {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      this.#ways.line(progressLine(this.#ended, this.#run.pinIds.length, this.#clock.now() - this.#startedAt))
      this.#showProgress()
    })
  }
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`
}

function toEntry(pin: ReportedPin): ResultEntry {
  const { pinId, result, cid, size, status, name, attempts, httpStatus, durationMs, message } = pin
  return { pinId, result, cid, size, status, name, attempts, httpStatus, durationMs, message }
}
