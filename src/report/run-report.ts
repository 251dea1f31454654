import { error, notice, warning } from '@actions/core'
import { readFileSync } from 'node:fs'
import type { Clock } from '../clock.ts'
import { describeError } from '../errors.ts'
import type { OnMissing, PinOutcome, RetryNotice } from '../types.ts'
import { fitAnnotations, LONGEST_ANNOTATION } from './annotations.ts'
import type { Cleaner } from './clean.ts'
import { count } from './format.ts'
import { closingLine, pinLine, progressLine, retryLine } from './lines.ts'
import { LARGEST_RESULTS, type Outputs, outputsOf } from './outputs.ts'
import type { ResultEntry, ResultsFile } from './results-file.ts'
import { summaryOf } from './summary.ts'
import { type ReportedPin, tallyUp, toReportedPin } from './tally.ts'

/** Characters kept of one text of the service: far more than any name or CID has, far less than a body may hold. */
const LONGEST_TEXT = 4096
const PROGRESS_EVERY_MS = 5000

/** What a report has to know of the run it tells of. */
export interface ReportedRun {
  apiBase: string
  dryRun: boolean
  onMissing: OnMissing
  requestsPerMinute: number
  /** The inputs that select, as the workflow gave them; `null` when pins are given by ID. */
  criteria: readonly (readonly [input: string, value: string])[] | null
}

/** What happened to the run as a whole. */
export interface RunEnd {
  /** Why it was stopped from outside, a sentence, or `null`. */
  stopped: string | null
  /** Why its plan is not carried out, a sentence, or `null`; then no single pin fails the step. */
  problem: string | null
  /** What a person should know although nothing failed, or `null`. */
  warning: string | null
}

/** The ways out that a run's report shares with the rest of the report. */
export interface Ways {
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
  #expected = 0
  #triedSince = 0
  #stopProgress: () => void = () => {}

  constructor(run: ReportedRun, file: ResultsFile, clock: Clock, clean: Cleaner, ways: Ways) {
    this.#run = run
    this.#file = file
    this.#clock = clock
    this.#clean = clean
    this.#ways = ways
    this.#startedAt = clock.now()
  }

  /** The pins are known: from here on they are tried. */
  expect(pins: number): void {
    const { apiBase, dryRun, requestsPerMinute } = this.#run
    this.#expected = pins
    this.#ended = 0
    this.#triedSince = this.#clock.now()
    const verb = dryRun ? 'Dry run:' : 'Unpinning'
    this.line(
      `${verb} ${count(pins, 'pin')} at ${apiBase}, at most ${count(requestsPerMinute, 'request')} a minute`,
    )
    if (pins > 1) this.#showProgress()
  }

  /** One line in the log. */
  line(text: string): void {
    this.#ways.line(text)
  }

  /** The run ends before its first pin. */
  abandon(): void {
    this.#file.discard()
  }

  /** An attempt failed and will be repeated. */
  retrying(what: string, retry: RetryNotice): void {
    this.line(retryLine(what, retry))
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
    this.line(pinLine(pin))
  }

  /**
   * Writes everything down: results file and outputs first, because later steps rely on them.
   *
   * @returns true when nothing fails the step and nothing that was promised is lost.
   */
  finish({ stopped, problem, warning: warned }: RunEnd): boolean {
    this.#stopProgress()
    const pins = this.#pins
    if (problem !== null) for (const pin of pins) pin.fails = false
    const tally = tallyUp(pins)
    const durationMs = this.#clock.now() - this.#startedAt

    const files = this.#writeResults()
    const outputsSet = this.#ways.tryOutputs(outputsOf(pins, tally, files, this.#clean.output))

    const failing = pins.filter((pin) => pin.fails)
    const tried = failing.filter(({ result }) => result !== 'not-attempted')
    const untried = failing.filter(({ result }) => result === 'not-attempted')
    const errors = [...tried, ...untried].map((pin) => `Pin ${pin.pinId}: ${pin.message}`)
    if (stopped !== null && errors.length > 0) errors.unshift(stopped)
    if (problem !== null) errors.unshift(problem)
    if (this.#fileError !== null) {
      errors.unshift(
        `Not every record could be written to the results file: ${describeError(this.#fileError)}.`,
      )
    }
    this.#annotate(error, errors, 'errors')
    const warnings = pins.filter((pin) => this.#warns(pin)).map((pin) => `Pin ${pin.pinId}: ${pin.message}`)
    if (warned !== null) warnings.unshift(warned)
    this.#annotate(warning, warnings, 'warnings')

    const { apiBase, dryRun, criteria } = this.#run
    const now = this.#clock.epoch()
    const { cell } = this.#clean
    this.#ways.trySummary(
      summaryOf(pins, { tally, dryRun, apiBase, durationMs, criteria, problem, now, cell }),
    )
    this.line(closingLine(tally, pins.length, durationMs, dryRun))
    return problem === null && failing.length === 0 && outputsSet && this.#fileError === null
  }

  /** A pin that is missing is worth a warning unless it was said to be ignored, and so is one that was named and is protected. */
  #warns(pin: ReportedPin): boolean {
    const { onMissing, criteria } = this.#run
    if (pin.result === 'missing') return onMissing !== 'ignore' && !pin.fails
    return pin.result === 'protected' && criteria === null
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
      const elapsedMs = this.#clock.now() - this.#triedSince
      this.line(progressLine(this.#ended, this.#expected, elapsedMs, this.#run.requestsPerMinute))
      this.#showProgress()
    })
  }
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`
}

function toEntry(pin: ReportedPin): ResultEntry {
  const { pinId, result, reason, cid, size, status, name, attempts, httpStatus, durationMs, message } = pin
  return { pinId, result, reason, cid, size, status, name, attempts, httpStatus, durationMs, message }
}
