import { count, formatDuration, formatSize } from './format.ts'
import type { ReportedPin, Tally } from './tally.ts'

/** The runner drops a summary of over 1 MiB whole; this stays well below it. */
const LARGEST_SUMMARY = 256 * 1024
/** Characters of the service's text in one cell. */
const LONGEST_CELL = 300

/** Failures first, then what a person may want to look at, then the rest. */
const ORDER = ['failed', 'unconfirmed', 'not-attempted', 'missing', 'unpinned', 'would-unpin'] as const

export interface SummaryOptions {
  tally: Tally
  dryRun: boolean
  apiBase: string
  durationMs: number
  /** Makes a text of the service mean nothing in Markdown and HTML. */
  cell(this: void, text: string, longest: number): string
}

/** The job summary of a run that reached its pins. */
export function summaryOf(pins: readonly ReportedPin[], options: SummaryOptions): string {
  const { tally, dryRun, cell } = options
  const parts = [
    `## AIOZ IPFS Unpin: ${title(tally, pins.length, dryRun)}`,
    '',
    totals(tally, pins.length, options),
    '',
    '| Pin | Result | CID | Name | Size | Attempts | Time | What happened |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | --- |',
  ]
  const closing = again(pins, dryRun)
  let length = Buffer.byteLength(parts.join('\n') + closing)
  const sorted = [...pins].sort(
    (a, b) => Number(b.fails) - Number(a.fails) || ORDER.indexOf(a.result) - ORDER.indexOf(b.result),
  )
  let shown = 0
  for (const pin of sorted) {
    const line = row(pin, cell)
    length += Buffer.byteLength(line) + 1
    if (length > LARGEST_SUMMARY) break
    parts.push(line)
    shown += 1
  }
  if (shown < pins.length) {
    parts.push(
      '',
      `${count(pins.length - shown, 'more pin')} did not fit here; the output \`results-file\` names a file with all.`,
    )
  }
  return [...parts, '', closing, ''].join('\n')
}

/** The job summary of a run that was refused before its first request. */
export function refusalSummary(problems: readonly string[], cell: SummaryOptions['cell']): string {
  const lines = problems.map((problem) => `- ${cell(problem, 2000)}`)
  return [
    '## AIOZ IPFS Unpin: nothing was unpinned',
    '',
    'No request was sent. To mend:',
    '',
    ...lines,
    '',
  ].join('\n')
}

function title(tally: Tally, pins: number, dryRun: boolean): string {
  if (dryRun) return `dry run, ${count(tally.wouldUnpin, 'pin')} would be unpinned`
  if (tally.failed > 0) return `${tally.failed} of ${count(pins, 'pin')} failed`
  return tally.missing > 0
    ? `${tally.unpinned} unpinned, ${tally.missing} missing`
    : `${count(tally.unpinned, 'pin')} unpinned`
}

function totals(tally: Tally, pins: number, { dryRun, apiBase, durationMs, cell }: SummaryOptions): string {
  const where = `at <code>${cell(apiBase, LONGEST_CELL)}</code>`
  if (dryRun) return `${count(pins, 'pin')} ${where}. Nothing was sent and nothing was removed.`
  const unknown = tally.unknownSizes > 0 ? ` and ${tally.unknownSizes} of unknown size` : ''
  return (
    `${count(pins, 'pin')} ${where}: ${tally.unpinned} unpinned (${formatSize(tally.totalSize)}${unknown}), ` +
    `${tally.missing} missing, ${tally.failed} failing the step, in ${formatDuration(durationMs)}.`
  )
}

function row(pin: ReportedPin, cell: SummaryOptions['cell']): string {
  const cells = [
    `<code>${pin.pinId}</code>`,
    pin.fails ? `**${pin.result}**` : pin.result,
    pin.cid === null ? '' : `<code>${cell(pin.cid, 120)}</code>`,
    cell(pin.name ?? '', 120),
    pin.size === null ? '' : formatSize(pin.size),
    pin.attempts === 0 ? '' : String(pin.attempts),
    pin.attempts === 0 ? '' : formatDuration(pin.durationMs),
    cell(pin.message, LONGEST_CELL),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Pin IDs offered for the next run; a longer list is in the results file. */
const OFFERED = 200

function again(pins: readonly ReportedPin[], dryRun: boolean): string {
  if (dryRun) return 'To unpin them, run the step again with `dry-run: false`.'
  const failing = pins.filter((pin) => pin.fails).map((pin) => pin.pinId)
  if (failing.length === 0)
    return 'Running the step again is safe: a pin that is gone is reported as `missing`.'
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
