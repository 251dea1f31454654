import { count, formatAge, formatDuration, formatSize } from '../format.ts'
import type { Inputs } from '../inputs/read.ts'
import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'
import { nameText } from '../pin/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Verdict } from '../unpin/execute.ts'
import { IN_FILE } from './files.ts'
import { countsOf } from './log-lines.ts'
import type { Tally } from './outputs.ts'
import { type Cell, type Column, FOLDED_FROM, NUMBER, show, table, wholeSentences } from './table.ts'

/** The runner drops a summary of over 1 MiB; this stays well below it. */
const LARGEST_SUMMARY = 256 * 1024
/** Different messages of failed pins, and warnings, that are shown. */
const MOST_MESSAGES = 5
const MOST_WARNINGS = 20
/** Characters that fit into a cell of a row that is not too tall. */
const LONGEST_MESSAGE = 150
const SHOWN_NAME = 80

export interface SummaryFacts {
  /** `null` where they were refused. */
  inputs: Inputs | null
  plan: Plan
  outcomes: readonly PinOutcome[]
  tally: Tally
  verdict: Verdict
  warnings: readonly string[]
  /** What could not be written, in whole sentences. It fails the step. */
  lost: readonly string[]
  durationMs: number
  /** Epoch milliseconds, for ages. */
  now: number
}

/** The job summary: what happened, what to do, then the pins. */
export function summaryOf(facts: SummaryFacts, cell: Cell): string {
  const { inputs, plan, outcomes, verdict, warnings, lost, durationMs } = facts
  const selects = inputs?.target.kind === 'selection' ? inputs.target.selects : []
  const list = (texts: readonly string[]) => texts.map((text) => `- ${show(cell, text, 2000)}`).join('\n')
  const blocks = [
    `## AIOZ IPFS Unpin: ${title(facts)}`,
    ...[plan.refusals, verdict.stopped === null ? [] : [verdict.stopped], lost, messagesOf(facts)]
      .filter((texts) => texts.length > 0)
      .map(list),
    ...(warnings.length === 0 ? [] : [`Warnings:\n\n${list(firstOf(warnings, MOST_WARNINGS, 'warning'))}`]),
    ...selects.map(([input, lines]) => `Selected by <code>${input}</code> ${show(cell, lines.join(', '), 500)}`),
  ]
  const at = inputs === null ? '' : `At <code>${cell(inputs.apiBase, 300)}</code>. `
  const ending = `${closing(facts)}\n\n<sub>${at}In ${formatDuration(durationMs)}.</sub>\n`

  let room = LARGEST_SUMMARY - Buffer.byteLength([...blocks, ending].join('\n\n'))
  let shown = 0
  for (const { pins, heading } of sectionsOf(facts)) {
    const rows: string[][] = []
    for (const pin of pins) {
      const cells = row(pin, facts, cell)
      // With the longest tags, so that the estimate is never too small.
      room -= Buffer.byteLength(cells.join('</td><td align="right" nowrap>'))
      if (room < 0) break
      rows.push(cells)
    }
    shown += rows.length
    if (rows.length > 0) blocks.push(table(COLUMNS, rows, heading))
  }
  const more = outcomes.length - shown
  if (more > 0) blocks.push(`${count(more, 'more pin')} did not fit here. ${IN_FILE}`)
  return [...blocks, ending].join('\n\n')
}

function firstOf(texts: readonly string[], most: number, noun: string): string[] {
  const more = texts.length - most
  return [...texts.slice(0, most), ...(more > 0 ? [`… and ${count(more, `more ${noun}`)}.`] : [])]
}

function title({ inputs, plan, tally, verdict }: SummaryFacts): string {
  if (plan.refusals.length > 0) return 'nothing was unpinned'
  const [first = 'no pin was selected', ...others] = countsOf(tally)
  // `3 missing` becomes `3 pins missing`.
  const pins = [first.replace(/^\d+/, (number) => count(Number(number), 'pin')), ...others].join(', ')
  return `${verdict.stopped !== null ? 'stopped, ' : inputs?.dryRun ? 'dry run, ' : ''}${pins}`
}

/** What happened to the pins that fail the step, and what to do; each message once. */
function messagesOf({ outcomes, verdict }: SummaryFacts): string[] {
  const messages = new Map<string, number>()
  for (const { message } of untriedLast(outcomes.filter(verdict.fails)))
    if (message !== '') messages.set(message, (messages.get(message) ?? 0) + 1)
  const told = [...messages].map(([message, number]) => (number > 1 ? `${count(number, 'pin')}: ` : '') + message)
  return firstOf(told, MOST_MESSAGES, 'message')
}

/** What stopped the run stands before what it stopped. */
export function untriedLast(outcomes: readonly PinOutcome[]): PinOutcome[] {
  const untried = ({ result }: PinOutcome) => result === 'not-attempted'
  return [...outcomes.filter((pin) => !untried(pin)), ...outcomes.filter(untried)]
}

function closing({ inputs, plan, outcomes, tally: { counts, failing } }: SummaryFacts): string {
  if (plan.refusals.length > 0) return 'Nothing was unpinned.'
  const waiting = plan.waiting === 0 ? '' : `Left for the next run (\`on-too-many\`): ${count(plan.waiting, 'pin')}. `
  if (failing > 0) {
    const rule = inputs?.onMissing === 'fail' ? ', which `on-missing: fail` makes an error' : ''
    const safe = inputs?.dryRun ? 'Nothing was unpinned, but the step fails.' : 'It is safe to run the step again.'
    return `${waiting}${safe} A pin that is already gone is reported as \`missing\`${rule}.`
  }
  if (counts.unpinned > 0) return `${waiting}The service confirmed each unpin.`
  const todo = counts['would-unpin'] > 0 ? ' To unpin, run the step again with `dry-run: false`.' : ''
  const none = outcomes.some(({ lostAnswer }) => lostAnswer) ? 'No unpin was confirmed.' : 'Nothing was unpinned.'
  return waiting + none + todo
}

/** Failures first, then what a person may want to look at. A long table of successes is folded, and so are pins that stay. */
function sectionsOf({ outcomes, verdict, inputs }: SummaryFacts): { pins: PinOutcome[]; heading: string | null }[] {
  const of = (fails: boolean, ...results: readonly PinResult[]) =>
    results.flatMap((result) => outcomes.filter((pin) => pin.result === result && verdict.fails(pin) === fails))
  const first = [...of(true, ...RESULTS), ...of(false, 'missing')]
  const well = of(false, 'unpinned', 'would-unpin')
  const stay = of(false, 'protected', 'kept')
  const heading = `${inputs?.dryRun ? 'Pins that would be unpinned' : 'Pins unpinned'}: ${well.length}`
  const folded = well.length >= FOLDED_FROM
  return [
    { pins: folded ? first : [...first, ...well], heading: null },
    { pins: folded ? well : [], heading },
    { pins: stay, heading: `Pins that stay: ${stay.length}` },
  ]
}

const COLUMNS: readonly Column[] = [
  ['Result', ' nowrap'],
  ['Pin', ' width="320"'],
  ['Size', NUMBER],
  ['Age', NUMBER],
  ['What happened', ' width="320"'],
]

/** They need no colour. */
const MARKS: Readonly<Record<PinResult, string>> = {
  failed: '✗',
  unconfirmed: '?',
  'not-attempted': '–',
  missing: '∅',
  unpinned: '✓',
  'would-unpin': '→',
  protected: '■',
  kept: '■',
}

function row(pin: PinOutcome, { verdict, now }: SummaryFacts, cell: Cell): string[] {
  const { pinId, result, record, reason, message, attempts, durationMs } = pin
  const word = `${MARKS[result]} ${result}`
  const name = nameText(record)
  const cid = record?.cid ?? null
  const nameLine = name === null ? '' : `<b>${show(cell, name, SHOWN_NAME)}</b><br>`
  const ids = [pinId, ...(cid === null ? [] : [cid])].map((id) => `<code>${show(cell, id, SHOWN_NAME)}</code>`)
  // The lines above the table say why pins were selected, and why some were not attempted.
  const stays = result === 'protected' || result === 'kept'
  const text = stays ? reason : ['unpinned', 'would-unpin', 'not-attempted'].includes(result) ? '' : message
  const tries = attempts > 1 ? ` (${count(attempts, 'attempt')}, ${formatDuration(durationMs)})` : ''
  return [
    verdict.fails(pin) ? `<b>${word}</b>` : word,
    `${nameLine}<sub>${ids.join('<br>')}</sub>`,
    record === null || record.size === null ? '' : formatSize(record.size),
    record === null || record.datePinned === null ? '' : formatAge(now - record.datePinned.ms),
    show(cell, wholeSentences(text, LONGEST_MESSAGE - tries.length), LONGEST_MESSAGE) + tries,
  ]
}
