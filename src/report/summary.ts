import { count, formatAge, formatDuration, formatSize } from './format.ts'
import { totalsOf } from './lines.ts'
import { isChosen, type ReportedPin, type Tally } from './tally.ts'

/** The runner drops a summary of over 1 MiB whole; this stays well below it. */
const LARGEST_SUMMARY = 256 * 1024
/** Characters of the service's text in one cell. */
const LONGEST_CELL = 300
/** Pin IDs offered for the next run; a longer list is in the results file. */
const OFFERED = 200

/** Failures first, then what a person may want to look at, then the rest. */
const ORDER = [
  'failed',
  'unconfirmed',
  'not-attempted',
  'missing',
  'unpinned',
  'would-unpin',
  'protected',
  'kept',
] as const

export interface SummaryOptions {
  tally: Tally
  dryRun: boolean
  apiBase: string
  durationMs: number
  /** The inputs that selected the pins, as the workflow gave them; `null` when they were given by ID. */
  criteria: readonly (readonly [input: string, value: string])[] | null
  /** What is wrong with the run as a whole, or `null`. */
  problem: string | null
  /** Epoch milliseconds, for ages. */
  now: number
  /** Makes a text mean nothing in Markdown and HTML. */
  cell(this: void, text: string, longest: number): string
}

/** The job summary of a run that reached its pins. */
export function summaryOf(pins: readonly ReportedPin[], options: SummaryOptions): string {
  const { tally, dryRun, criteria, problem, cell } = options
  const head = [`## AIOZ IPFS Unpin: ${title(tally, pins.length, options)}`, '']
  if (problem !== null) head.push(`**${cell(problem, 1000)}**`, '')
  if (criteria !== null) {
    head.push('Selected by:', '')
    for (const [input, value] of criteria) head.push(`- <code>${input}</code>: ${cell(value, 1000)}`)
    head.push('')
  }
  head.push(totals(tally, pins.length, options), '')
  if (pins.length > 0) head.push(...HEADER)
  const closing =
    problem === null ? again(pins, dryRun) : 'Nothing was unpinned, so nothing has to be undone.'
  const sorted = [...pins].sort(
    (a, b) => Number(b.fails) - Number(a.fails) || ORDER.indexOf(a.result) - ORDER.indexOf(b.result),
  )
  const rows: string[] = []
  let length = Buffer.byteLength([...head, closing].join('\n'))
  for (const pin of sorted) {
    const line = row(pin, options)
    length += Buffer.byteLength(line) + 1
    if (length > LARGEST_SUMMARY) break
    rows.push(line)
  }
  const more = pins.length - rows.length
  if (more > 0) {
    rows.push(
      '',
      `${count(more, 'more pin')} did not fit here; the output \`results-file\` names a file with all.`,
    )
  }
  return [...head, ...rows, '', closing, ''].join('\n')
}

/** The job summary of a run that ended before its first pin. */
export function refusalSummary(problems: readonly string[], cell: SummaryOptions['cell']): string {
  const lines = problems.map((problem) => `- ${cell(problem, 2000)}`)
  return ['## AIOZ IPFS Unpin: nothing was unpinned', '', 'To mend:', '', ...lines, ''].join('\n')
}

function title(tally: Tally, pins: number, { dryRun, problem }: SummaryOptions): string {
  const { unpinned, missing, 'would-unpin': would } = tally.counts
  if (problem !== null) return 'nothing was unpinned'
  if (tally.failed > 0) return `${tally.failed} of ${count(pins, 'pin')} failed`
  if (dryRun) return `dry run, ${count(would, 'pin')} would be unpinned`
  return missing > 0 ? `${unpinned} unpinned, ${missing} missing` : `${count(unpinned, 'pin')} unpinned`
}

function totals(tally: Tally, pins: number, { dryRun, apiBase, durationMs, cell }: SummaryOptions): string {
  const where = `at <code>${cell(apiBase, LONGEST_CELL)}</code>`
  const ending = dryRun ? 'Nothing was unpinned.' : `In ${formatDuration(durationMs)}.`
  return `${totalsOf(tally, pins)}, ${where}. ${ending}`
}

const HEADER = [
  '| Pin | Result | CID | Name | Size | Age | Attempts | Time | What happened |',
  '| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |',
]

function row(pin: ReportedPin, { cell, now }: SummaryOptions): string {
  const said = isChosen(pin) && pin.result !== 'would-unpin' ? pin.message : ''
  const cells = [
    `<code>${pin.pinId}</code>`,
    pin.fails ? `**${pin.result}**` : pin.result,
    pin.cid === null ? '' : `<code>${cell(pin.cid, 120)}</code>`,
    cell(pin.name ?? '', LONGEST_CELL),
    pin.size === null ? '' : formatSize(pin.size),
    pin.pinnedAtMs === null ? '' : formatAge(now - pin.pinnedAtMs),
    pin.attempts === 0 ? '' : String(pin.attempts),
    pin.attempts === 0 ? '' : formatDuration(pin.durationMs),
    cell([pin.reason, said].filter((text) => text !== '').join('; '), LONGEST_CELL),
  ]
  return `| ${cells.join(' | ')} |`
}

function again(pins: readonly ReportedPin[], dryRun: boolean): string {
  if (dryRun) return 'To unpin what would be unpinned, run the step again with `dry-run: false`.'
  const failing = pins.filter((pin) => pin.fails).map((pin) => pin.pinId)
  if (failing.length === 0) return 'Running the step again is safe: a pin that is gone is not unpinned twice.'
  if (failing.length > OFFERED) {
    return 'To try again, run the step again as it is: a pin that is gone by then is reported as `missing`.'
  }
  return [
    'To try the failed ones again:',
    '',
    '```yaml',
    'pin-id: |',
    ...failing.map((pinId) => `  ${pinId}`),
    '```',
  ].join('\n')
}
