import { error, info, notice, warning } from '@actions/core'
import { accessSync, appendFileSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Clock } from '../clock.ts'
import { describeError, RefusedError } from '../errors.ts'
import { count } from '../format.ts'
import type { RetryNotice } from '../http/retry.ts'
import type { OnMissing, PinOutcome } from '../pin/outcome.ts'
import type { PinRecord } from '../pin/record.ts'
import type { GroupCount } from '../plan.ts'
import type { Verdict } from '../verdict.ts'
import { fitAnnotations, LONGEST_ANNOTATION } from './annotations.ts'
import type { Cleaner } from './clean.ts'
import { closingLine, pinLine, progressLine, retryLine } from './log-lines.ts'
import { appendWhole, NO_OUTPUTS, type Outputs, OutputTexts, regularFileSize, setOutputs } from './outputs.ts'
import { cleanRecord, entryOf, StoredRecord, type ResultEntry, ResultsFile } from './results-file.ts'
import { refusalSummary, summaryOf } from './summary.ts'
import { isChosen, type ReportedPin, tallyUp } from './tally.ts'

/** Characters of one line of the log: more than a message and all facts of a pin have. */
const LONGEST_LINE = 1000
/** Characters kept of one text of a pin for the log, annotations and the summary: more than any name or CID has. */
const LONGEST_TEXT = 1000
/** Lines of the log that are printed with one write. */
const LINES_AT_ONCE = 500
const PROGRESS_EVERY_MS = 5000

/** What a report needs to know of its run. */
export interface RunInfo {
  apiBase: string
  dryRun: boolean
  onMissing: OnMissing
  requestsPerMinute: number
  /** The inputs that select, as the workflow gave them; `null` when pins are given by ID. */
  criteria: readonly (readonly [input: string, value: string])[] | null
}

/** Writes everything that leaves the action: log, annotations, summary, outputs and the results file. Every text is cleaned. */
export class Reporter {
  readonly #clock: Clock
  readonly #cleaner: Cleaner
  readonly #startedAt: number
  readonly #pins: ReportedPin[] = []
  readonly #texts = new OutputTexts()
  readonly #clean: Pick<Cleaner, 'json' | 'redact'>
  #run: RunInfo = { apiBase: '', dryRun: false, onMissing: 'warn', requestsPerMinute: 1, criteria: null }
  #file: ResultsFile | null = null
  /** Why the results file does not hold everything. */
  #lost: unknown = null
  #ended = 0
  #listShownAt: number
  #stopProgress: () => void = () => {}

  constructor(clock: Clock, cleaner: Cleaner) {
    this.#clock = clock
    this.#cleaner = cleaner
    this.#clean = { json: cleaner.json, redact: rememberSome(cleaner.redact) }
    this.#startedAt = this.#listShownAt = clock.now()
  }

  /** Reports a run that ends before its first pin: all outputs, one annotation with all problems, the summary. No file is left. */
  refuse(problems: readonly string[]): void {
    this.#tidyUp((file) => file.close())
    this.#tidyUp((file) => file.discard())
    this.#tryOutputs(NO_OUTPUTS)
    const lines = problems.map((problem) => this.#cleaner.line(problem, LONGEST_ANNOTATION))
    error(lines.join('\n').slice(0, LONGEST_ANNOTATION))
    this.#trySummary(refusalSummary(problems, this.#cleaner.cell))
  }

  /**
   * Opens what results will be written to.
   *
   * @throws RefusedError when a result could not be handed on: then nothing may be unpinned.
   */
  begin(run: RunInfo): void {
    this.#run = run
    const outputFile = process.env['GITHUB_OUTPUT'] ?? ''
    const folder = process.env['RUNNER_TEMP'] ?? ''
    try {
      // Without the variable the toolkit prints outputs as commands.
      if (outputFile !== '') {
        regularFileSize(outputFile)
        accessSync(outputFile, constants.W_OK)
      }
      this.#file = new ResultsFile(folder === '' ? tmpdir() : folder)
    } catch (cause) {
      throw cannotWrite(cause)
    }
  }

  /**
   * Cleans a record and puts it on disk before any pin is tried. It needs no memory then, and no time when the run is cancelled.
   *
   * @returns the record for which this is done, and its size in bytes.
   * @throws RefusedError when it could not be written.
   */
  storeRecord(record: PinRecord): { record: PinRecord; bytes: number } {
    const { facts, tail } = cleanRecord(record, this.#clean)
    try {
      const raw = this.#file === null ? record.raw : new StoredRecord(facts, this.#file.add(tail))
      return { record: { ...record, raw }, bytes: tail.length }
    } catch (cause) {
      throw cannotWrite(cause)
    }
  }

  /** One line in the log. */
  line(text: string): void {
    info(this.#cleaner.line(text, LONGEST_LINE))
  }

  /** One warning, at once. */
  warn(text: string): void {
    warning(this.#cleaner.line(text, LONGEST_ANNOTATION))
  }

  /** How far the list of pins was read; one line every few seconds. */
  listProgress(rows: number, ofRows: number): void {
    if (this.#clock.now() - this.#listShownAt < PROGRESS_EVERY_MS) return
    this.#listShownAt = this.#clock.now()
    this.line(`The list of pins: ${rows} of ${count(ofRows, 'row')} read`)
  }

  /** An attempt failed and will be repeated. */
  retrying(what: string, retry: RetryNotice): void {
    this.line(retryLine(what, retry))
  }

  /** From here on pins are tried. */
  starting(pins: number): void {
    const { apiBase, dryRun, requestsPerMinute } = this.#run
    const verb = dryRun ? 'Dry run:' : 'Unpinning'
    this.line(
      `${verb} ${count(pins, 'pin')} at ${apiBase}, at most ${count(requestsPerMinute, 'request')} a minute`,
    )
    if (pins > 1) this.#showProgress(pins, this.#clock.now())
  }

  /**
   * A pin has ended. Never throws: what cannot be kept is reported at the end.
   *
   * @param index the pin's place in the order given, each place once.
   */
  pinEnded(outcome: PinOutcome, index: number): void {
    const { record } = outcome
    const { facts, tail } =
      record?.raw instanceof StoredRecord ? record.raw : cleanRecord(record, this.#clean)
    const entry = entryOf(outcome, facts, this.#clean)
    const bare = JSON.stringify(entry)
    const head = bare.slice(0, -1)
    const whole = () =>
      typeof tail === 'string' ? head + tail : this.#withFile((file) => head + file.read(tail))
    this.#texts.add(index, entry, bare, whole, this.#cleaner.output)
    this.#withFile((file) => file.keep(index, head, tail))
    const pin = toReportedPin(entry, outcome)
    this.#pins[index] = pin
    // The pins that a selection leaves have ended before any pin is tried.
    if (this.#run.criteria === null || isChosen(pin)) this.#ended += 1
    // When a run is cancelled, thousands of pins may end like this at once. Then the files are written first.
    if (pin.result !== 'not-attempted') this.line(pinLine(pin, true))
  }

  /**
   * Reports the end: results file, outputs and summary first, because later steps rely on them and time may be short. Then the rest
   * of the log.
   *
   * @returns false when something that was promised could not be written.
   */
  finish(verdict: Verdict, groups: readonly GroupCount[]): boolean {
    this.#stopProgress()
    const { problem, stopped, fails } = verdict
    const { apiBase, dryRun, criteria } = this.#run
    // `filter` skips places of pins that never ended.
    const pins = this.#pins.filter(() => true)
    const tally = tallyUp(pins, fails)
    const durationMs = this.#clock.now() - this.#startedAt

    const resultsFile = this.#writeResultsFile()
    const { outputs, tooLarge } = this.#texts.compose(tally, resultsFile)
    const written = this.#tryOutputs(outputs) && this.#lost === null
    const now = this.#clock.epoch()
    this.#trySummary(
      summaryOf(
        { pins, tally, groups, apiBase, dryRun, criteria, problem, stopped, fails, durationMs, now },
        this.#cleaner.cell,
      ),
    )

    this.#tidyUp((file) => file.close())
    const untried = pins.filter(({ result }) => result === 'not-attempted')
    for (let start = 0; start < untried.length; start += LINES_AT_ONCE) {
      const some = untried.slice(start, start + LINES_AT_ONCE)
      info(some.map((pin) => this.#cleaner.line(pinLine(pin, problem === null), LONGEST_LINE)).join('\n'))
    }
    const failing = pins.filter(fails)
    const about = ({ pinId, message }: ReportedPin) => `Pin ${pinId}: ${message}`
    const errors = [
      ...(this.#lost === null
        ? []
        : [
            `The results file could not be written: ${describeError(this.#lost)}. Check the disk space of the runner.`,
          ]),
      ...(problem === null ? [] : [problem]),
      ...(stopped === null ? [] : [stopped]),
      ...failing.filter(({ result }) => result !== 'not-attempted').map(about),
      ...failing.filter(({ result }) => result === 'not-attempted').map(about),
    ]
    for (const text of fitAnnotations(errors, 'errors')) error(this.#cleaner.line(text, LONGEST_ANNOTATION))
    const warnings = [...verdict.warnings, ...pins.filter((pin) => this.#warns(pin, verdict)).map(about)]
    for (const text of fitAnnotations(warnings, 'warnings')) this.warn(text)
    if (tooLarge.length > 0) {
      const names = tooLarge.map((name) => `\`${name}\``).join(', ')
      const where =
        resultsFile === '' ? '' : ' All results are in the file that the output `results-file` names.'
      notice(`Larger than 120 KiB, so left empty: ${names}.${where}`)
    }
    this.line(closingLine(tally, verdict.succeeded && written, durationMs, dryRun))
    return written
  }

  /** A missing pin is worth a warning unless it is to be ignored, and so is one that is protected although the workflow named it. */
  #warns(pin: ReportedPin, { fails }: Verdict): boolean {
    const { onMissing, criteria } = this.#run
    if (pin.result === 'missing') return onMissing !== 'ignore' && !fails(pin)
    return pin.result === 'protected' && criteria === null
  }

  /** @returns the file's path; empty when it does not hold everything. */
  #writeResultsFile(): string {
    const path = this.#withFile((file) => file.write())
    if (path === null) this.#tidyUp((file) => file.discard())
    return path ?? ''
  }

  /** @returns `null` once something could not be written. */
  #withFile<T>(work: (file: ResultsFile) => T): T | null {
    if (this.#file === null || this.#lost !== null) return null
    try {
      return work(this.#file)
    } catch (cause) {
      this.#lost = cause
      return null
    }
  }

  /** A file that cannot be removed does no harm. */
  #tidyUp(remove: (file: ResultsFile) => void): void {
    try {
      if (this.#file !== null) remove(this.#file)
    } catch (cause) {
      this.line(`A temporary file is left behind: ${describeError(cause)}`)
    }
  }

  /** @returns false when outputs are lost. */
  #tryOutputs(outputs: Outputs): boolean {
    try {
      setOutputs(outputs)
      return true
    } catch (cause) {
      const text = `Some outputs could not be set, so later steps cannot read them: ${describeError(cause)}. Check the disk space of the runner.`
      error(this.#cleaner.line(text, LONGEST_LINE))
      return false
    }
  }

  /**
   * A summary that cannot be written is reported in the log and changes nothing.
   *
   * @param text all variable parts of it are clean.
   */
  #trySummary(text: string): void {
    // Not the toolkit's writer: it is asynchronous, and a cancelled step has no time for that.
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? ''
    try {
      if (file !== '') appendWhole(file, () => appendFileSync(file, text))
    } catch (cause) {
      this.line(`The job summary could not be written: ${describeError(cause)}`)
    }
  }

  #showProgress(pins: number, since: number): void {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      const elapsedMs = this.#clock.now() - since
      this.line(progressLine(this.#ended, pins, elapsedMs, this.#run.requestsPerMinute))
      this.#showProgress(pins, since)
    })
  }
}

function cannotWrite(cause: unknown): RefusedError {
  return new RefusedError([
    `The results could not be written: ${describeError(cause)}. Nothing was unpinned. ` +
      'Check that the files behind GITHUB_OUTPUT and RUNNER_TEMP exist and that the disk has space.',
  ])
}

function toReportedPin(entry: ResultEntry, { lostAnswer, record }: PinOutcome): ReportedPin {
  const { pinId, result, attempts, durationMs, size } = entry
  return {
    pinId,
    result,
    lostAnswer,
    attempts,
    durationMs,
    size,
    cid: entry.cid === null ? null : shorten(entry.cid),
    name: entry.name === null ? null : shorten(entry.name),
    reason: shorten(entry.reason),
    message: shorten(entry.message),
    pinnedMs: record?.datePinned?.ms ?? null,
  }
}

function shorten(text: string): string {
  // A slice would keep the whole text alive (V8 shares its memory); a Buffer copies.
  return text.length <= LONGEST_TEXT ? text : `${Buffer.from(text.slice(0, LONGEST_TEXT)).toString()}…`
}

/** Pins that are not attempted come by the thousand, with the same few texts. */
function rememberSome(clean: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const cleaned = known.get(text) ?? clean(text)
    if (known.size === 8) known.clear()
    known.set(text, cleaned)
    return cleaned
  }
}
