import { count, formatDuration, formatSize } from '../format.ts'
import type { RetryNotice } from '../http/retry.ts'
import { type PinResult, RESULTS } from '../pin/outcome.ts'
import type { ReportedPin, Tally } from './tally.ts'

/** What a result is called inside a sentence. */
const RESULT_WORDS: Readonly<Record<PinResult, string>> = {
  failed: 'failed',
  unconfirmed: 'unconfirmed',
  'not-attempted': 'not attempted',
  missing: 'missing',
  unpinned: 'unpinned',
  'would-unpin': 'would be unpinned',
  protected: 'protected',
  kept: 'kept',
}

/** Results that need no message: the word says it all, or the reason does. */
const PLAIN: readonly PinResult[] = ['unpinned', 'would-unpin', 'protected', 'kept']

/**
 * A pin's line in the log.
 *
 * @param withMessage false where the run as a whole has the message.
 */
export function pinLine(pin: ReportedPin, withMessage: boolean): string {
  const facts = [
    pin.result,
    pin.cid,
    pin.size === null ? null : formatSize(pin.size),
    pin.name === null ? null : `"${pin.name}"`,
    ...(pin.attempts === 0 ? [] : [count(pin.attempts, 'attempt'), formatDuration(pin.durationMs)]),
    pin.reason === '' ? null : pin.reason,
  ]
  const line = `${pin.pinId}: ${facts.filter((fact) => fact !== null).join(', ')}`
  return withMessage && !PLAIN.includes(pin.result) ? `${line}. ${pin.message}` : line
}

/** The results that occur, each with its count and words, and its size where pins are or would be unpinned. */
export function countsOf({ counts, bytes, unknownSizes }: Tally): string[] {
  return RESULTS.filter((result) => counts[result] > 0).map((result) => {
    const told = `${counts[result]} ${RESULT_WORDS[result]}`
    if (result !== 'unpinned' && result !== 'would-unpin') return told
    const unknown = unknownSizes[result] > 0 ? `, ${unknownSizes[result]} of unknown size` : ''
    return `${told} (${formatSize(bytes[result])}${unknown})`
  })
}

/** All counts in one phrase: `3 pins: 1 missing, 2 unpinned (2.75 MiB)`. */
function totalsOf(tally: Tally): string {
  const counts = countsOf(tally)
  return `${count(tally.pins, 'pin')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`
}

/** The last line of the log. It agrees with the exit code. */
export function closingLine(tally: Tally, succeeded: boolean, durationMs: number, dryRun: boolean): string {
  const step = succeeded ? 'the step succeeds' : 'the step fails'
  const nothing = dryRun ? ' Nothing was unpinned.' : ''
  return `${dryRun ? 'Dry run: ' : ''}${totalsOf(tally)}; ${step}, in ${formatDuration(durationMs)}.${nothing}`
}

/**
 * How far a long run has come. The time left follows from the rate so far, and is never less than the rate limit needs: each pin
 * takes one request at least.
 */
export function progressLine(
  done: number,
  pins: number,
  elapsedMs: number,
  requestsPerMinute: number,
): string {
  const rate = done / (elapsedMs / 1000)
  const limitMs = Math.floor((pins - 1) / requestsPerMinute) * 60_000 - elapsedMs
  const leftMs = Math.max(((pins - done) / rate) * 1000, limitMs)
  const left = done === 0 ? '' : `, about ${formatDuration(leftMs)} left`
  return `${done} of ${count(pins, 'pin')} done, ${rate.toFixed(1)} a second${left}`
}

/** A failed attempt, and what follows. */
export function retryLine(what: string, { attempt, why, waitMs, holdsAll }: RetryNotice): string {
  const next = holdsAll ? 'every request waits' : 'trying again in'
  return `${what}: attempt ${attempt}: ${next} ${formatDuration(waitMs)}, because of ${why}`
}
