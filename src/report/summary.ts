import { count, formatAge, formatDuration, formatSize } from '../format.ts'
import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'
import { nameText } from '../pin/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Verdict } from '../unpin/verdict.ts'
import { countsOf } from './log-lines.ts'
import { type Tally, tallyUp } from './results.ts'
import { type Cell, type Column, fold, FOLDED_FROM, NUMBER, show, table, wholeSentences } from './table.ts'

/** The runner drops a summary of over 1 MiB; this stays well below it. */
const LARGEST_SUMMARY = 256 * 1024
/** Pin IDs offered for the next run. */
const MOST_IDS = 200
/** Different messages of failed pins, warnings, and groups that are shown. */
const MOST_MESSAGES = 5
const MOST_WARNINGS = 20
const MOST_GROUPS = 200
/** Characters that fit into a cell of a row that is not too tall. */
const LONGEST_MESSAGE = 150
const LONGEST_NAME = 80

export interface SummaryFacts {
  outcomes: readonly PinOutcome[]
  tally: Tally
  plan: Pick<Plan, 'refusal' | 'groups' | 'waiting'>
  verdict: Verdict
  warnings: readonly string[]
  apiBase: string
  dryRun: boolean
  /** The inputs that select, and those that limit, as the workflow gave them. */
  selects: readonly (readonly [input: string, value: string])[]
  durationMs: number
  /** Epoch milliseconds, for ages. */
  now: number
}

/** The job summary of a run that has a plan: what happened, what to do, then the pins. */
export function summaryOf(facts: SummaryFacts, cell: Cell): string {
  const { outcomes, plan, verdict, warnings, selects, apiBase, durationMs } = facts
  const blocks = [`## AIOZ IPFS Unpin: ${title(facts)}`]
  for (const sentence of [plan.refusal, verdict.stopped]) {
    if (sentence !== null) blocks.push(`<b>${show(cell, sentence, 2000)}</b>`)
  }
  blocks.push(...advice(facts, cell))
  if (warnings.length > 0) {
    const shown = warnings.slice(0, MOST_WARNINGS).map((text) => `- ${show(cell, text, 1000)}`)
    const more = warnings.length - shown.length
    blocks.push(
      `Warnings:\n\n${[...shown, ...(more > 0 ? [`- … and ${more} more. They are in the log.`] : [])].join('\n')}`,
    )
  }
  if (selects.length > 0) {
    blocks.push(
      `Selected by ${selects.map(([input, value]) => `<code>${input}</code> ${show(cell, value, 500)}`).join(', ')}.`,
    )
  }
  blocks.push(...groupTable(facts, cell))
  const ending = `${closing(facts)}<sub>At <code>${cell(apiBase, 300)}</code>, in ${formatDuration(durationMs)}.</sub>`

  let room = LARGEST_SUMMARY - Buffer.byteLength([...blocks, ending].join('\n\n'))
  let shown = 0
  for (const { pins, heading } of sectionsOf(facts)) {
    const rows: string[][] = []
    for (const pin of pins) {
      const cells = row(pin, facts, cell)
      room -= Buffer.byteLength(cells.join('</td><td align="right" nowrap>'))
      if (room < 0) break
      rows.push(cells)
    }
    shown += rows.length
    if (rows.length > 0) blocks.push(table(COLUMNS, rows, heading))
  }
  const more = outcomes.length - shown
  if (more > 0)
    blocks.push(
      `${count(more, 'more pin')} did not fit here. The file that the output \`results-file\` names has all.`,
    )
  return `${[...blocks, ending].join('\n\n')}\n`
}

/** The job summary of a run that ended before there were pins. */
export function refusalSummary(problems: readonly string[], cell: Cell): string {
  const lines = problems.map((problem) => `- ${show(cell, problem, 2000)}`)
  return ['## AIOZ IPFS Unpin: nothing was unpinned', '', ...lines, ''].join('\n')
}

function title({ outcomes, tally, verdict, dryRun, plan }: SummaryFacts): string {
  if (plan.refusal !== null) return 'nothing was unpinned'
  if (outcomes.length === 0)
    return dryRun ? 'dry run, no pin was selected' : 'no pin was selected, nothing was unpinned'
  const start = verdict.stopped === null ? (dryRun ? 'dry run, ' : '') : 'stopped, '
  if (tally.failing === 0 || verdict.stopped !== null) {
    const [first = '', ...others] = countsOf(tally)
    // `3 missing` becomes `3 pins missing`.
    return (
      start + [first.replace(/^\d+(?! pin)/, (number) => count(Number(number), 'pin')), ...others].join(', ')
    )
  }
  const all = tally.failing === outcomes.length
  const failed = all
    ? `${count(tally.failing, 'pin')} failed`
    : `${tally.failing} of ${count(outcomes.length, 'pin')} failed`
  const others = tallyUp(
    outcomes.filter((pin) => !verdict.fails(pin)),
    () => false,
  )
  return start + [failed, ...countsOf(others)].join(', ')
}

/** What to do about the pins that fail the step, and the IDs of those for which another try can help. */
function advice({ outcomes, verdict: { fails }, plan }: SummaryFacts, cell: Cell): string[] {
  const failing = outcomes.filter(fails)
  const messages = new Map<string, number>()
  // The pins that were not attempted come last: what stopped the run stands before them.
  for (const last of [false, true]) {
    for (const { result, message } of failing) {
      if (message !== '' && (result === 'not-attempted') === last)
        messages.set(message, (messages.get(message) ?? 0) + 1)
    }
  }
  const told = [...messages].slice(0, MOST_MESSAGES).map(([message, number]) => {
    const pins = number > 1 ? `${count(number, 'pin')}: ` : ''
    return `- ${pins}${show(cell, wholeSentences(message, 600), 600)}`
  })
  if (messages.size > MOST_MESSAGES)
    told.push(`- ${count(messages.size - MOST_MESSAGES, 'other message')}: see the table.`)
  const blocks = told.length === 0 ? [] : [told.join('\n')]
  // A pin that is missing would be missing again.
  const again = failing.filter(({ result }) => result !== 'missing')
  if (again.length === 0 || plan.refusal !== null) return blocks
  if (again.length > MOST_IDS) return [...blocks, 'To try again, run the step again as it is.']
  const ids = ['```yaml', 'pin-id: |', ...again.map(({ pinId }) => `  ${pinId}`), '```'].join('\n')
  const heading = 'To try only the failed pins again:'
  return [...blocks, again.length < FOLDED_FROM ? `${heading}\n\n${ids}` : fold(ids, heading)]
}

function closing({ tally: { counts, failing, pins }, dryRun, plan }: SummaryFacts): string {
  const texts = [
    ...(plan.refusal === null && plan.waiting > 0
      ? [`${count(plan.waiting, 'pin')} wait for the next run (\`on-too-many\`).`]
      : []),
    plan.refusal !== null
      ? 'Nothing was unpinned, so nothing has to be undone.'
      : dryRun
        ? 'Nothing was unpinned. To unpin, run the step again with `dry-run: false`.'
        : failing > 0
          ? 'It is safe to run the step again: a pin that is already gone is reported as `missing`.'
          : counts.unpinned > 0
            ? 'The service confirmed each unpin.'
            : pins > 0
              ? 'Nothing was unpinned.'
              : '',
  ].filter((text) => text !== '')
  return texts.length === 0 ? '' : `${texts.join(' ')}\n\n`
}

function groupTable({ plan: { groups }, dryRun }: SummaryFacts, cell: Cell): string[] {
  if (groups.length === 0) return []
  const columns: Column[] = [
    ['Group', ''],
    ['Pins', NUMBER],
    [dryRun ? 'Would be unpinned' : 'Chosen', NUMBER],
    ['Stay', NUMBER],
  ]
  const rows = groups
    .slice(0, MOST_GROUPS)
    .map(({ value, matched, chosen }) => [
      show(cell, value, LONGEST_NAME),
      String(matched),
      String(chosen),
      String(matched - chosen),
    ])
  const more = groups.length - rows.length
  const text = table(columns, rows, groups.length < FOLDED_FROM ? null : `Groups: ${groups.length}`)
  return more > 0 ? [text, `${count(more, 'more group')} did not fit here.`] : [text]
}

/** Failures first, then what a person may want to look at. A long table of successes is folded, and so are pins that stay. */
function sectionsOf({
  outcomes,
  verdict: { fails },
  dryRun,
}: SummaryFacts): { pins: PinOutcome[]; heading: string | null }[] {
  const ordered = (some: readonly PinOutcome[], results: readonly PinResult[]) =>
    results.flatMap((result) => some.filter((pin) => pin.result === result))
  const others = outcomes.filter((pin) => !fails(pin))
  const well = ordered(others, ['unpinned', 'would-unpin'])
  const stay = ordered(others, ['protected', 'kept'])
  const first = [...ordered(outcomes.filter(fails), RESULTS), ...ordered(others, ['missing'])]
  const stays = { pins: stay, heading: `Pins that stay: ${stay.length}` }
  if (well.length < FOLDED_FROM) return [{ pins: [...first, ...well], heading: null }, stays]
  const heading = `${dryRun ? 'Pins that would be unpinned' : 'Pins unpinned'}: ${well.length}`
  return [{ pins: first, heading: null }, { pins: well, heading }, stays]
}

const COLUMNS: readonly Column[] = [
  ['Result', ' nowrap'],
  ['Pin', ' width="320"'],
  ['Size', NUMBER],
  ['Age', NUMBER],
  ['What happened', ' width="240"'],
]

/** Marks that need no colour. */
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
  const name = record === null ? null : nameText(record)
  const names = [
    name === null ? '' : `<b>${show(cell, name, LONGEST_NAME)}</b><br>`,
    `<sub><code>${cell(pinId, LONGEST_NAME)}</code>`,
    record === null || record.cid === null ? '' : `<br><code>${show(cell, record.cid, LONGEST_NAME)}</code>`,
    '</sub>',
  ]
  // Above the table stands why pins were selected, and why pins were not attempted.
  const stays = result === 'protected' || result === 'kept'
  const text = stays ? reason : ['unpinned', 'would-unpin', 'not-attempted'].includes(result) ? '' : message
  const tries = attempts > 1 ? ` (${count(attempts, 'attempt')}, ${formatDuration(durationMs)})` : ''
  return [
    verdict.fails(pin) ? `<b>${word}</b>` : word,
    names.join(''),
    record === null || record.size === null ? '' : formatSize(record.size),
    record === null || record.datePinned === null ? '' : formatAge(now - record.datePinned.ms),
    show(cell, wholeSentences(text, LONGEST_MESSAGE - tries.length), LONGEST_MESSAGE) + tries,
  ]
}
