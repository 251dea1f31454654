import { endGroup, error, info, notice, startGroup, warning } from '@actions/core'
import type { Clock } from '../clock.ts'
import { count, formatDate } from '../format.ts'
import type { Retry } from '../http/client.ts'
import type { OnMissing, PinOutcome } from '../pin/outcome.ts'
import type { Plan } from '../plan/plan.ts'
import type { Verdict } from '../unpin/verdict.ts'
import type { Cleaner } from './clean.ts'
import { closingLine, estimate, pinLine, progressLine, retryLine } from './log-lines.ts'
import { RunFiles } from './files.ts'
import { composeOutputs, NO_OUTPUTS } from './outputs.ts'
import { entryOf, resultsJson, tallyUp } from './results.ts'
import { refusalSummary, summaryOf } from './summary.ts'

/** Characters of one line of the log, and of one annotation: the runner shows that many. */
const LONGEST_LINE = 1000
const LONGEST_ANNOTATION = 4096
/** The runner shows ten errors and ten warnings of a step. */
const MOST_ANNOTATIONS = 10
/** From this many pins on, their lines in the log are folded; so many that were not attempted share one line. */
const MOST_LINES = 20
const PROGRESS_EVERY_MS = 5000

/** What a report needs to know of its run. */
export interface RunInfo {
  apiBase: string
  dryRun: boolean
  verify: boolean
  onMissing: OnMissing
  requestsPerMinute: number
  /** The inputs that select, and those that limit, as the workflow gave them; empty where pins are given by ID. */
  selects: readonly (readonly [input: string, value: string])[]
  /** Milliseconds; `null` where age does not matter. */
  olderThanMs: number | null
}

const NO_RUN: RunInfo = {
  apiBase: '',
  dryRun: false,
  verify: false,
  onMissing: 'warn',
  requestsPerMinute: 1,
  selects: [],
  olderThanMs: null,
}

/** Writes everything that leaves the action: log, annotations, summary, outputs and the results file. Every text is cleaned. */
export class Reporter {
  readonly #clock: Clock
  readonly #cleaner: Cleaner
  readonly #startedAt: number
  readonly #outcomes: PinOutcome[] = []
  readonly #warnings: string[] = []
  readonly #files = new RunFiles()
  #warned = 0
  #run = NO_RUN
  #plan: Plan | null = null
  #ended = 0
  #listShownAt: number
  #stopProgress: () => void = () => {}

  constructor(clock: Clock, cleaner: Cleaner) {
    this.#clock = clock
    this.#cleaner = cleaner
    this.#startedAt = this.#listShownAt = clock.now()
  }

  /** Reports a run that ends before there are pins: all outputs, one annotation with all problems, the summary. No file is left. */
  refuse(problems: readonly string[]): void {
    this.#files.discard()
    const lost = this.#files.setOutputs(NO_OUTPUTS)
    this.#writeSummary(refusalSummary([...problems, ...lost, ...this.#warnings], this.#cleaner.cell))
    const lines = [...problems, ...lost].map((problem) => this.#cleaner.line(problem, LONGEST_ANNOTATION))
    error(lines.join('\n').slice(0, LONGEST_ANNOTATION))
  }

  /** @throws RefusedError when a result could not be handed on: then nothing may be unpinned. */
  begin(run: RunInfo): void {
    this.#run = run
    this.#files.open()
  }

  /** One line in the log. */
  line(text: string): void {
    info(this.#cleaner.line(text, LONGEST_LINE))
  }

  /** One warning, at once. It stands in the summary too. */
  warn(text: string): void {
    this.#warnings.push(text)
    if (this.#warned >= MOST_ANNOTATIONS - 1) return
    this.#warned += 1
    warning(this.#cleaner.line(text, LONGEST_ANNOTATION))
  }

  /** How far the list of pins was read; one line every few seconds. */
  listProgress(rows: number, ofRows: number): void {
    if (this.#clock.now() - this.#listShownAt < PROGRESS_EVERY_MS) return
    this.#listShownAt = this.#clock.now()
    this.line(`The list of pins: ${rows} of ${count(ofRows, 'row')} read`)
  }

  /** An attempt failed and will be repeated. */
  retrying(retry: Retry): void {
    this.line(retryLine(retry))
  }

  /**
   * The plan is made, and nothing is removed yet.
   *
   * @param now epoch milliseconds from which ages count.
   */
  planned(plan: Plan, now: number): void {
    this.#plan = plan
    const { apiBase, dryRun, verify, requestsPerMinute, selects, olderThanMs } = this.#run
    if (selects.length > 0) {
      const age = olderThanMs === null ? '' : ` Older means pinned before ${formatDate(now - olderThanMs)}.`
      this.line(
        `Selected by ${selects.map(([input, value]) => `${input}: ${value.split('\n').join(', ')}`).join('; ')}.${age}`,
      )
      this.line(`Matching pins: ${plan.pins.length}. Chosen to be unpinned: ${plan.chosen}.`)
    }
    for (const warning of plan.warnings) this.warn(warning)
    if (plan.waiting > 0)
      this.line(`Waiting for the next run, because of \`on-too-many\`: ${count(plan.waiting, 'pin')}`)
    if (plan.refusal === null && plan.chosen > 0) {
      const takes = estimate(plan.chosen * (verify ? 2 : 1), requestsPerMinute)
      const verb = dryRun ? 'Dry run: would unpin' : 'Unpinning'
      this.line(
        `${verb} ${count(plan.chosen, 'pin')} at ${apiBase}. ${dryRun ? 'A real run takes' : 'This takes'} ${takes} at ` +
          `${count(requestsPerMinute, 'request')} a minute.`,
      )
    }
    if (plan.pins.length > MOST_LINES) startGroup('Pins')
    if (plan.refusal === null && plan.chosen > 1) this.#showProgress(plan.chosen, this.#clock.now())
  }

  /** A pin has ended. @param index the pin's place in the plan, each place once. */
  pinEnded(outcome: PinOutcome, index: number): void {
    this.#outcomes[index] = outcome
    if (this.#plan?.pins[index]?.kind === 'chosen') this.#ended += 1
    // When a run is cancelled, thousands of pins may end like this at once. Then the files are written first.
    if (outcome.result !== 'not-attempted') this.line(pinLine(outcome))
  }

  /**
   * Reports the end: results file, outputs and summary first, because later steps rely on them and time may be short. Then the rest
   * of the log.
   *
   * @returns false when something that was promised could not be written.
   */
  finish(verdict: Verdict): boolean {
    this.#stopProgress()
    const plan = this.#plan ?? { pins: [], refusal: null, warnings: [], groups: [], chosen: 0, waiting: 0 }
    const { apiBase, dryRun, selects } = this.#run
    const outcomes = this.#outcomes
    const tally = tallyUp(outcomes, verdict.fails)
    const durationMs = this.#clock.now() - this.#startedAt

    const entries = outcomes.map((outcome) => entryOf(outcome, this.#cleaner))
    const results = resultsJson(entries, outcomes, this.#cleaner, true)
    const lost = this.#files.writeResults(results)
    const { outputs, tooLarge } = composeOutputs(
      { entries, outcomes, results, tally, plan, resultsFile: this.#files.path },
      this.#cleaner,
    )
    lost.push(...this.#files.setOutputs(outputs))
    const about = ({ pinId, message }: PinOutcome) => `Pin ${pinId}: ${message}`
    const warnings = [...this.#warnings, ...outcomes.filter((pin) => this.#warns(pin, verdict)).map(about)]
    const facts = {
      outcomes,
      tally,
      plan,
      verdict,
      apiBase,
      dryRun,
      selects,
      durationMs,
      now: this.#clock.epoch(),
    }
    this.#writeSummary(summaryOf({ ...facts, warnings: [...lost, ...this.#warnings] }, this.#cleaner.cell))

    if (plan.pins.length > MOST_LINES) endGroup()
    this.#showUntried(outcomes.filter(({ result }) => result === 'not-attempted'))
    const failing = outcomes.filter((pin) => verdict.fails(pin) && pin.message !== '')
    const errors = [
      ...lost,
      ...[plan.refusal, verdict.stopped].filter((text) => text !== null),
      ...failing.filter(({ result }) => result !== 'not-attempted').map(about),
      ...failing.filter(({ result }) => result === 'not-attempted').map(about),
    ]
    this.#annotate(error, errors, 0, 'errors')
    this.#annotate(warning, warnings.slice(this.#warned), this.#warned, 'warnings')
    if (tooLarge.length > 0) {
      const where =
        this.#files.path === '' ? '' : ' All results are in the file that the output `results-file` names.'
      notice(
        `Larger than 120 KiB, so left empty: ${tooLarge.map((name) => `\`${name}\``).join(', ')}.${where}`,
      )
    }
    const succeeded = verdict.succeeded && lost.length === 0
    this.line(closingLine(tally, succeeded, durationMs, dryRun || plan.refusal !== null))
    return lost.length === 0
  }

  /** A missing pin is worth a warning unless it is to be ignored, and so is one that is protected although the workflow named it. */
  #warns(pin: PinOutcome, { fails }: Verdict): boolean {
    const { onMissing, selects } = this.#run
    if (pin.result === 'missing') return onMissing !== 'ignore' && !fails(pin)
    return pin.result === 'protected' && selects.length === 0
  }

  /** Fits messages into what the runner shows; the last one says how many more there are. @param before so many were shown before. */
  #annotate(command: (text: string) => void, texts: readonly string[], before: number, noun: string): void {
    const room = MOST_ANNOTATIONS - before
    const shown = texts.length <= room ? texts : texts.slice(0, room - 1)
    for (const text of shown) command(this.#cleaner.line(text, LONGEST_ANNOTATION))
    const more = texts.length - shown.length
    const where =
      this.#files.path === ''
        ? 'The summary has more.'
        : 'The file that the output `results-file` names has all pins.'
    if (more > 0) command(`… and ${more} more ${noun}. ${where}`)
  }

  #showUntried(untried: readonly PinOutcome[]): void {
    const byMessage = new Map<string, PinOutcome[]>()
    for (const pin of untried)
      byMessage.set(pin.message, [...(byMessage.get(pin.message)?.slice(0, MOST_LINES) ?? []), pin])
    for (const [message, pins] of byMessage) {
      if (pins.length <= MOST_LINES) for (const pin of pins) this.line(pinLine(pin))
      else {
        const number = untried.filter((pin) => pin.message === message).length
        this.line(`${count(number, 'pin')}: not-attempted${message === '' ? '' : `. ${message}`}`)
      }
    }
  }

  /** A summary that cannot be written changes nothing. @param text all variable parts of it are clean. */
  #writeSummary(text: string): void {
    for (const problem of this.#files.writeSummary(text)) this.line(problem)
  }

  #showProgress(pins: number, since: number): void {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      this.line(progressLine(this.#ended, pins, this.#clock.now() - since, this.#run.requestsPerMinute))
      this.#showProgress(pins, since)
    })
  }
}
