import { endGroup, error, info, notice, startGroup, warning } from '@actions/core'
import type { Clock } from '../clock.ts'
import { count, formatDate } from '../format.ts'
import type { Inputs } from '../inputs/read.ts'
import type { PinOutcome } from '../pin/outcome.ts'
import type { Plan } from '../plan/plan.ts'
import type { Verdict } from '../unpin/execute.ts'
import { type Cleaner, cut } from './clean.ts'
import { IN_FILE, RunFiles } from './files.ts'
import { annotation, closingLine, isWell, pinLine, progressLine, startLine } from './log-lines.ts'
import { composeOutputs, entryOf, tallyUp } from './outputs.ts'
import { summaryOf, untriedLast } from './summary.ts'

/** Characters of one line of the log, and of one annotation: the runner shows that many. */
const LONGEST_LINE = 1000
const LONGEST_ANNOTATION = 4096
/** The runner shows ten errors and ten warnings of a step. */
const MOST_ANNOTATIONS = 10
/** More pins than this have their lines in a group of the log; if more than this were not attempted, they share one line. */
const MOST_LINES = 20
const PROGRESS_EVERY_MS = 5000

/** Writes everything that leaves the action: log, annotations, summary, outputs and the results file. Every text is cleaned. */
export class Reporter {
  readonly #clock: Clock
  readonly #cleaner: Cleaner
  readonly #startedAt: number
  readonly #files = new RunFiles()
  readonly #outcomes: PinOutcome[] = []
  readonly #warnings: string[] = []
  #warned = 0
  /** `null` until they are accepted. */
  #inputs: Inputs | null = null
  #plan!: Plan
  /** Epoch milliseconds from which ages count. */
  #now = 0
  #ended = 0
  /** Lines of pins that did not go well, which follow the group of those that did. */
  readonly #held: string[] = []
  #grouped = false
  #readShownAt: number
  #stopProgress: () => void = () => {}

  constructor(clock: Clock, cleaner: Cleaner) {
    this.#clock = clock
    this.#cleaner = cleaner
    this.#startedAt = this.#readShownAt = clock.now()
  }

  /** Reports a run that ends before there are pins. */
  refuse(refusals: readonly string[]): void {
    this.#files.discard()
    this.#plan = { pins: [], refusals, warnings: [], chosen: 0, waiting: 0, wantsNotPinned: false }
    this.finish({ succeeded: false, stopped: null, fails: () => true })
  }

  /** @throws RefusedError when a result could not be handed on: then nothing may be unpinned. */
  begin(inputs: Inputs): void {
    this.#inputs = inputs
    this.#files.open()
    for (const text of inputs.warnings) this.warn(text)
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

  /** How far reading has come; one line every few seconds. */
  readProgress(done: number, of: number, noun: 'row' | 'pin'): void {
    if (this.#clock.now() - this.#readShownAt < PROGRESS_EVERY_MS) return
    this.#readShownAt = this.#clock.now()
    this.line(`${noun === 'row' ? 'The list of pins' : 'Pins by ID'}: ${done} of ${count(of, noun)} read`)
  }

  /** The plan is made, and nothing is removed yet. @param now epoch milliseconds from which ages count. */
  planned(plan: Plan, inputs: Inputs, now: number): void {
    const { target, requestsPerMinute } = inputs
    this.#plan = plan
    this.#now = now
    if (target.kind === 'selection') {
      const { olderThan } = target.criteria
      const given = [...target.selects, ...target.limits].map(([input, lines]) => `${input}: ${lines.join(', ')}`)
      this.line(`Selected by ${given.join('; ')}`)
      if (olderThan !== null) this.line(`older-than ${olderThan.text}: pinned before ${formatDate(now - olderThan.ms)}`)
      const waiting = plan.waiting === 0 ? '' : `. Waiting for the next run: ${plan.waiting}`
      this.line(`Matching pins: ${plan.pins.length}. Chosen to be unpinned: ${plan.chosen}${waiting}`)
    }
    for (const text of plan.warnings) this.warn(text)
    if (plan.refusals.length === 0 && plan.chosen > 0) {
      this.line(startLine(plan.chosen, inputs))
      if (plan.chosen > 1) this.#showProgress(plan.chosen, this.#clock.now(), requestsPerMinute)
    }
    this.#grouped = plan.refusals.length === 0 && plan.pins.length > MOST_LINES
    if (this.#grouped) startGroup('Pins')
  }

  /** A pin has ended. @param index the pin's place in the plan, each place once. */
  pinEnded(outcome: PinOutcome, index: number): void {
    // Keys are removed before a text is cut, because a part of a key would not be found.
    const short = (text: string) => cut(this.#cleaner.redact(text), LONGEST_ANNOTATION)
    this.#outcomes[index] = { ...outcome, message: short(outcome.message), reason: short(outcome.reason) }
    if (this.#plan.pins[index]?.kind === 'chosen') this.#ended += 1
    // When a run is cancelled, thousands of pins may end like this at once. Then the files are written first.
    if (outcome.result === 'not-attempted') return
    if (isWell(outcome) || !this.#grouped) this.line(pinLine(outcome))
    else this.#held.push(pinLine(outcome))
  }

  /**
   * Reports the end: results file, outputs and summary first, because later steps rely on them and time may be short. Then the rest
   * of the log.
   * @returns false when something that was promised could not be written.
   */
  finish(verdict: Verdict): boolean {
    this.#stopProgress()
    const plan = this.#plan
    const outcomes = this.#outcomes
    const tally = tallyUp(outcomes, verdict.fails)
    const durationMs = this.#clock.now() - this.#startedAt

    const entries = outcomes.map(entryOf)
    const results = entries.map((entry) => this.#cleaner.json(entry))
    const lost = this.#files.writeResults(results)
    const resultsFile = this.#files.path
    const [outputs, tooLarge] = composeOutputs({ entries, results, tally, plan, resultsFile }, this.#cleaner)
    lost.push(...this.#files.setOutputs(outputs))
    const facts = { inputs: this.#inputs, plan, outcomes, tally, verdict, durationMs, now: this.#now }
    const summary = summaryOf({ ...facts, lost, warnings: this.#warnings }, this.#cleaner.cell)
    if (this.#grouped) endGroup()
    // A summary that cannot be written changes nothing.
    for (const problem of this.#files.writeSummary(summary)) this.line(problem)

    for (const line of this.#held) this.line(line)
    this.#showUntried(outcomes.filter(({ result }) => result === 'not-attempted'))
    const failing = untriedLast(outcomes.filter((pin) => verdict.fails(pin) && pin.message !== ''))
    const refusal = plan.refusals.map((text) => this.#cleaner.line(text, LONGEST_ANNOTATION)).join('\n')
    if (refusal.length > LONGEST_ANNOTATION) info(refusal)
    if (refusal !== '') error(cut(refusal, LONGEST_ANNOTATION))
    const stopped = verdict.stopped === null ? [] : [verdict.stopped]
    const errors = [...lost, ...stopped, ...failing.map((pin) => annotation(pin, true))]
    this.#annotate(error, errors, refusal === '' ? 0 : 1, 'errors')
    const warnings = outcomes.filter((pin) => this.#warns(pin, verdict)).map((pin) => annotation(pin, false))
    this.#annotate(warning, [...this.#warnings.slice(this.#warned), ...warnings], this.#warned, 'warnings')
    if (tooLarge.length > 0) {
      notice(
        `These outputs would be over 120 KiB, so they are left out: ${tooLarge.map((name) => `\`${name}\``).join(', ')}. ${this.#where}`,
      )
    }
    const nothingUnpinned = this.#inputs?.dryRun === true || plan.refusals.length > 0
    this.line(closingLine(tally, verdict.succeeded && lost.length === 0, durationMs, nothingUnpinned))
    return lost.length === 0
  }

  /** A missing pin is worth a warning unless it is to be ignored, and so is one that is protected although the workflow named it. */
  #warns(pin: PinOutcome, { fails }: Verdict): boolean {
    const missing = pin.result === 'missing' && this.#inputs?.onMissing !== 'ignore' && !fails(pin)
    return missing || (pin.result === 'protected' && this.#inputs?.target.kind === 'ids')
  }

  /** Fits messages into what the runner shows; the last one says how many more there are. @param before so many were shown before. */
  #annotate(command: (text: string) => void, texts: readonly string[], before: number, noun: string): void {
    const room = MOST_ANNOTATIONS - before
    const shown = texts.length <= room ? texts : texts.slice(0, room - 1)
    for (const text of shown) command(this.#cleaner.line(text, LONGEST_ANNOTATION))
    const more = texts.length - shown.length
    if (more > 0) command(`… and ${more} more ${noun}. ${this.#where}`)
  }

  get #where(): string {
    return this.#files.path === '' ? 'The summary has more.' : IN_FILE
  }

  #showUntried(untried: readonly PinOutcome[]): void {
    for (const message of new Set(untried.map((pin) => pin.message))) {
      const pins = untried.filter((pin) => pin.message === message)
      if (pins.length <= MOST_LINES) for (const pin of pins) this.line(pinLine(pin))
      else this.line(`${count(pins.length, 'pin')}: not-attempted. ${message}`)
    }
  }

  #showProgress(pins: number, since: number, requestsPerMinute: number): void {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      this.line(progressLine(this.#ended, pins, this.#clock.now() - since, requestsPerMinute))
      this.#showProgress(pins, since, requestsPerMinute)
    })
  }
}
