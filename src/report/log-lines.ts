import { count, formatDuration, formatSize } from '../format.ts'
import type { Retry } from '../http/client.ts'
import type { Inputs } from '../inputs/read.ts'
import { type PinOutcome, RESULTS } from '../pin/outcome.ts'
import { nameText } from '../pin/record.ts'
import type { Tally } from './outputs.ts'

/** A pin that needs no message: the result says it all, or the reason does. */
export function isWell({ result }: Pick<PinOutcome, 'result'>): boolean {
  return ['unpinned', 'would-unpin', 'protected', 'kept'].includes(result)
}

/** A pin's line in the log. */
export function pinLine({ pinId, result, reason, record, attempts, durationMs, message }: PinOutcome): string {
  const name = nameText(record)
  const facts = [
    result,
    record?.cid ?? null,
    record === null || record.size === null ? null : formatSize(record.size),
    name === null ? null : `"${name}"`,
    ...(attempts === 0 ? [] : [count(attempts, 'attempt'), formatDuration(durationMs)]),
    reason === '' ? null : reason,
  ]
  const line = `${pinId}: ${facts.filter((fact) => fact !== null).join(', ')}`
  return isWell({ result }) || message === '' ? line : `${line}. ${message}`
}

/** What an error or a warning says of a pin. */
export function annotation({ pinId, result, message }: PinOutcome, fails: boolean): string {
  const rule = fails && result === 'missing' ? ' The step fails because of `on-missing: fail`.' : ''
  return `Pin ${pinId}: ${message}${rule}`
}

/** The results that occur, each with its count, and the size of what is, or would be, unpinned. */
export function countsOf({ counts, bytes, unknownSizes }: Tally): string[] {
  const sizes = [
    bytes === 0n ? [] : formatSize(bytes),
    unknownSizes === 0 ? [] : `${unknownSizes} of unknown size`,
  ].flat()
  const size = sizes.join(', ') || '0 bytes'
  return RESULTS.filter((result) => counts[result] > 0).map((result) => {
    if (result === 'would-unpin') return `${counts[result]} would be unpinned (${size})`
    return `${counts[result]} ${result.replace('-', ' ')}${result === 'unpinned' ? ` (${size})` : ''}`
  })
}

/** The last line of the log. It agrees with the exit code. */
export function closingLine(tally: Tally, succeeded: boolean, durationMs: number, nothingUnpinned: boolean): string {
  const counts = countsOf(tally)
  const pins = `${count(tally.pins, 'pin')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`
  const step = succeeded ? 'The step succeeds' : 'The step fails'
  return `${pins}. ${step}, after ${formatDuration(durationMs)}.${nothingUnpinned ? ' Nothing was unpinned.' : ''}`
}

/** How long so many requests take, for people. What was read before may have used up a minute of the limit already. */
export function estimate(requests: number, requestsPerMinute: number): string {
  const minutes = Math.floor(Math.max(0, requests - 1) / requestsPerMinute)
  return minutes === 0 ? 'about a minute or less' : `about ${formatDuration(minutes * 60_000)}`
}

/** What a run is about to do, and how long that takes. */
export function startLine(chosen: number, { apiBase, dryRun, verify, requestsPerMinute }: Inputs): string {
  const takes = estimate(chosen * (verify ? 2 : 1), requestsPerMinute)
  const [does, real] = dryRun ? ['Dry run: would unpin', 'A real run takes'] : ['Unpinning', 'This takes']
  return `${does} ${count(chosen, 'pin')} at ${apiBase}. ${real} ${takes} at ${count(requestsPerMinute, 'request')} a minute.`
}

/** How far a long run has come. The time left is never less than the rate limit needs for one request for each pin. */
export function progressLine(done: number, pins: number, elapsedMs: number, requestsPerMinute: number): string {
  const byRate = done === 0 ? 0 : ((pins - done) * elapsedMs) / done
  const byLimit = Math.floor((pins - 1) / requestsPerMinute) * 60_000 - elapsedMs
  const leftMs = Math.max(byRate, byLimit)
  return `${done} of ${count(pins, 'pin')} done${leftMs > 0 ? `, about ${formatDuration(leftMs)} left` : ''}`
}

/** A failed attempt, and what follows. */
export function retryLine({ what, attempt, why, waitMs, holdMs }: Retry): string {
  const hold = holdMs > 0 ? `every request waits ${formatDuration(holdMs)}; ` : ''
  return `${what}, attempt ${attempt}: ${why}; ${hold}trying again in ${formatDuration(waitMs)}`
}
