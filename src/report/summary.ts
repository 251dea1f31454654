import { count, formatAge, formatDuration, formatSize } from '../format.ts'
import { type PinOutcome, type PinResult, RESULTS } from '../pin/outcome.ts'
import type { GroupCount } from '../plan.ts'
import type { Cleaner } from './clean.ts'
import { countsOf } from './log-lines.ts'
import { isChosen, type ReportedPin, type Tally, tallyUp } from './tally.ts'

/** The runner drops a summary of over 1 MiB; this stays well below it. */
const LARGEST_SUMMARY = 256 * 1024
/** From this many rows on, a table of pins that need no attention is folded. */
const FOLDED_FROM = 20
/** Pin IDs offered for the next run. */
const MOST_IDS = 200
/** Different messages of failed pins that stand in front of the table. */
const MOST_MESSAGES = 5
/** Characters that fit into a cell of a row that is not too tall. */
const LONGEST_MESSAGE = 150
const LONGEST_NAME = 80
/** Characters of a word that fit into the narrowest column: wide letters, and the small letters of code. */
const LONGEST_WORD = 17
const LONGEST_CODE = 46
const MOST_GROUPS = 200

interface SummaryFacts {
  pins: readonly ReportedPin[]
  tally: Tally
  groups: readonly GroupCount[]
  apiBase: string
  dryRun: boolean
  criteria: readonly (readonly [input: string, value: string])[] | null
  problem: string | null
  stopped: string | null
  fails(this: void, pin: Pick<PinOutcome, 'result' | 'lostAnswer'>): boolean
  durationMs: number
  /** Epoch milliseconds, for ages. */
  now: number
}

/** Makes a text mean nothing in Markdown and HTML, and cuts it. */
type Cell = Cleaner['cell']

/** The job summary of a run that reached its pins: what happened, what to do, then the pins. */
export function summaryOf(facts: SummaryFacts, cell: Cell): string {
  const { pins, problem, stopped, criteria } = facts
  const blocks = [`## AIOZ IPFS Unpin: ${title(facts)}`]
  for (const sentence of [problem, stopped])
    if (sentence !== null) blocks.push(`<b>${show(cell, sentence, 1000)}</b>`)
  blocks.push(...advice(facts, cell))
  if (criteria !== null) {
    const selectors = criteria.map(([input, value]) => `<code>${input}</code> ${show(cell, value, 500)}`)
    blocks.push(`Selected by ${selectors.join(', ')}.`)
  }
  blocks.push(...groupTable(facts, cell))

  const ending = closing(facts, cell)
  let room = LARGEST_SUMMARY - Buffer.byteLength([...blocks, ending].join('\n\n'))
  let shown = 0
  for (const { pins, heading } of sectionsOf(facts)) {
    const rows: string[][] = []
    for (const pin of pins) {
      const cells = row(pin, facts, cell)
      room -= Buffer.byteLength(cells.join(CELL_TAGS))
      if (room < 0) break
      rows.push(cells)
    }
    shown += rows.length
    if (rows.length > 0)
      blocks.push(fold(table(columnsFor(rows.some((cells) => cells.at(-1) !== '')), rows), heading))
  }
  const more = pins.length - shown
  if (more > 0)
    blocks.push(
      `${count(more, 'more pin')} did not fit here. The file that the output \`results-file\` names has all.`,
    )
  return `${[...blocks, ending].join('\n\n')}\n`
}

/** The job summary of a run that ended before its first pin. */
export function refusalSummary(problems: readonly string[], cell: Cell): string {
  const lines = problems.map((problem) => `- ${show(cell, problem, 2000)}`)
  return ['## AIOZ IPFS Unpin: nothing was unpinned', '', 'How to fix:', '', ...lines, ''].join('\n')
}

function title({ pins, tally, fails, dryRun, problem, stopped }: SummaryFacts): string {
  if (problem !== null) return 'nothing was unpinned'
  const start = stopped === null ? (dryRun ? 'dry run, ' : '') : 'stopped, '
  if (tally.failing > 0 && stopped === null) {
    const others = countsOf(
      tallyUp(
        pins.filter((pin) => !fails(pin)),
        fails,
      ),
    )
    const failed = tally.failing === pins.length ? 'failed' : `of ${count(pins.length, 'pin')} failed`
    const number = tally.failing === pins.length ? count(pins.length, 'pin') : tally.failing
    return start + [`${number} ${failed}`, ...others].join(', ')
  }
  const [first = '0 pins', ...others] = countsOf(tally)
  // `3 missing` becomes `3 pins missing`.
  return (
    start + [first.replace(/^\d+(?! pin)/, (number) => count(Number(number), 'pin')), ...others].join(', ')
  )
}

/** What to do about the pins that fail the step, and their IDs. */
function advice({ pins, fails }: SummaryFacts, cell: Cell): string[] {
  const failing = pins.filter(fails)
  if (failing.length === 0) return []
  const untried = failing.filter(({ result }) => result === 'not-attempted')
  const messages = new Map<string, number>()
  for (const { result, message } of failing)
    if (result !== 'not-attempted') messages.set(message, (messages.get(message) ?? 0) + 1)
  const told = [...messages].slice(0, MOST_MESSAGES)
  if (messages.size > MOST_MESSAGES)
    told.push([`${messages.size - MOST_MESSAGES} other messages are in the table.`, 0])
  if (untried[0] !== undefined) told.push([untried[0].message, untried.length])
  const blocks = [
    told
      .map(
        ([message, number]) =>
          `- ${number > 1 ? `${count(number, 'pin')}: ` : ''}${show(cell, wholeSentences(message, 600), 600)}`,
      )
      .join('\n'),
  ]
  if (failing.length > MOST_IDS) return [...blocks, 'To try again, run the step again as it is.']
  const ids = ['```yaml', 'pin-id: |', ...failing.map(({ pinId }) => `  ${pinId}`), '```'].join('\n')
  const heading = 'To try only the failed pins again:'
  return [...blocks, failing.length < FOLDED_FROM ? `${heading}\n\n${ids}` : fold(ids, heading)]
}

function closing({ tally, apiBase, durationMs, dryRun, problem }: SummaryFacts, cell: Cell): string {
  const where = `<sub>At <code>${cell(apiBase, 300)}</code>, in ${formatDuration(durationMs)}.</sub>`
  if (problem !== null) return `Nothing was unpinned, so nothing has to be undone.\n\n${where}`
  if (dryRun) return `Nothing was unpinned. To unpin, run the step again with \`dry-run: false\`.\n\n${where}`
  const confirmed = tally.counts.unpinned > 0 ? 'The service confirmed each unpin. ' : ''
  return `${confirmed}It is safe to run the step again: a pin that is already gone is reported as \`missing\`.\n\n${where}`
}

function groupTable({ groups, dryRun }: SummaryFacts, cell: Cell): string[] {
  if (groups.length === 0) return []
  const rows = groups
    .slice(0, MOST_GROUPS)
    .map(({ value, matched, chosen }) => [show(cell, value, LONGEST_NAME), String(matched), String(chosen)])
  const chosen = dryRun ? 'Would be unpinned' : 'Chosen'
  const columns: [string, string][] = [
    ['Group', ''],
    ['Pins', NUMBER],
    [chosen, NUMBER],
  ]
  const text = table(columns, rows)
  const more = groups.length - rows.length
  const blocks = [fold(text, groups.length < FOLDED_FROM ? null : `Groups: ${groups.length}`)]
  return more > 0 ? [...blocks, `${count(more, 'more group')} did not fit here.`] : blocks
}

/** Failures first, then what a person may want to look at. A long table of successes is folded, and so are pins that stay. */
function sectionsOf({
  pins,
  fails,
  dryRun,
}: SummaryFacts): { pins: ReportedPin[]; heading: string | null }[] {
  const ordered = (some: readonly ReportedPin[], results: readonly PinResult[]) =>
    results.flatMap((result) => some.filter((pin) => pin.result === result))
  const others = pins.filter((pin) => !fails(pin))
  const well = ordered(others, ['unpinned', 'would-unpin'])
  const stay = ordered(others, ['protected', 'kept'])
  const first = [
    ...ordered(pins.filter(fails), RESULTS),
    ...ordered(others, ['failed', 'unconfirmed', 'not-attempted', 'missing']),
  ]
  const stays = { pins: stay, heading: `Pins that stay: ${stay.length}` }
  if (well.length < FOLDED_FROM) return [{ pins: [...first, ...well], heading: null }, stays]
  const heading = `${dryRun ? 'Pins that would be unpinned' : 'Pins unpinned'}: ${well.length}`
  return [{ pins: first, heading: null }, { pins: well, heading }, stays]
}

/** The HTML between two cells, to estimate the size of a row. */
const CELL_TAGS = '</td><td align="right" nowrap>'
const NUMBER = ' align="right" nowrap'

/** Without a limit, the CIDs would take the width that the last column needs. */
const columnsFor = (hasMessage: boolean): [heading: string, attributes: string][] => [
  ['Result', ' nowrap'],
  ['Pin', hasMessage ? ' width="320"' : ''],
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

function row(pin: ReportedPin, { fails, now }: SummaryFacts, cell: Cell): string[] {
  const { result, name, cid, size, pinnedMs } = pin
  const word = `${MARKS[result]} ${result}`
  return [
    fails(pin) ? `<b>${word}</b>` : word,
    [
      name === null ? '' : `<b>${show(cell, name, LONGEST_NAME)}</b><br>`,
      `<sub><code>${pin.pinId}</code>`,
      cid === null ? '' : `<br><code>${show(cell, cid, LONGEST_NAME, LONGEST_CODE)}</code>`,
      '</sub>',
    ].join(''),
    size === null ? '' : formatSize(size),
    pinnedMs === null ? '' : formatAge(now - pinnedMs),
    show(cell, whatHappened(pin), LONGEST_MESSAGE),
  ]
}

/** Leaves out what stands above the table: why pins were selected, and why pins were not attempted. */
function whatHappened(pin: ReportedPin): string {
  const { result, reason, message, attempts, durationMs } = pin
  const tries = attempts > 1 ? `(${count(attempts, 'attempt')}, ${formatDuration(durationMs)})` : ''
  if (!isChosen(pin)) return reason
  const text = ['unpinned', 'would-unpin', 'not-attempted'].includes(result) ? '' : message
  return [wholeSentences(text, LONGEST_MESSAGE - tries.length - 1), tries]
    .filter((text) => text !== '')
    .join(' ')
}

/** As many sentences as fit. */
function wholeSentences(text: string, longest: number): string {
  if (text.length <= longest) return text
  return /^[^]*[.?!](?=\s)/.exec(text.slice(0, longest + 1))?.[0] ?? text
}

/**
 * Makes a text fit for the page. A browser may break words that are longer than a column is wide, and words in backticks are code.
 *
 * @param longest characters of the text.
 * @param word characters of a word.
 */
function show(cell: Cell, text: string, longest: number, word = LONGEST_WORD): string {
  if (text === '') return ''
  const shown = cell(text, longest).replace(/&#96;([\w-]+)&#96;/g, '<code>$1</code>')
  if (text.length <= word) return shown
  // A character reference counts as one and stays whole.
  return shown.replace(new RegExp(`(?:&#?\\w+;|[^\\s&<]){${word}}(?=[^\\s<])`, 'gu'), '$&<wbr>')
}

/** A table in HTML: in one of Markdown a long text squeezes the other columns. GitHub allows these attributes. */
function table(columns: readonly [heading: string, attributes: string][], rows: readonly string[][]): string {
  const used = columns.map((_, index) => rows.some((cells) => cells[index] !== ''))
  const line = (tag: string, cells: readonly string[]) => {
    const shown = cells.map((cell, index) =>
      used[index] ? `<${tag}${columns[index]?.[1]}>${cell}</${tag}>` : '',
    )
    return `<tr>${shown.join('')}</tr>`
  }
  const header = line(
    'th',
    columns.map(([heading]) => heading),
  )
  return ['<table>', header, ...rows.map((cells) => line('td', cells)), '</table>'].join('\n')
}

function fold(block: string, heading: string | null): string {
  return heading === null ? block : `<details><summary>${heading}</summary>\n\n${block}\n\n</details>`
}
