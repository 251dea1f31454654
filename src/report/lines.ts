import type { RetryNotice } from '../types.ts'
import { count, formatDuration, formatSize } from './format.ts'
import type { ReportedPin, Tally } from './tally.ts'

/** A pin's line in the log. Texts of the service in it are not yet cleaned. */
export function pinLine(pin: ReportedPin): string {
  const facts = [
    pin.result,
    pin.cid,
    pin.size === null ? null : formatSize(pin.size),
    pin.name === null ? null : `"${pin.name}"`,
  ]
  if (pin.attempts > 0) facts.push(count(pin.attempts, 'attempt'), formatDuration(pin.durationMs))
  if (pin.reason !== '') facts.push(pin.reason)
  const told = facts.filter((fact) => fact !== null).join(', ')
  const plain = ['unpinned', 'would-unpin', 'protected', 'kept'].includes(pin.result)
  return plain ? `${pin.pinId}: ${told}` : `${pin.pinId}: ${told}. ${pin.message}`
}

/** What became of all pins, e.g. `3 pins: 2 unpinned (2.75 MiB), 1 missing`. */
export function totalsOf(tally: Tally, pins: number): string {
  const unknown = tally.unknownSizes > 0 ? `, ${tally.unknownSizes} of unknown size` : ''
  const told = Object.entries(tally.counts).flatMap(([result, number]) => {
    if (number === 0) return []
    return result === 'unpinned'
      ? `${number} unpinned (${formatSize(tally.totalSize)}${unknown})`
      : `${number} ${result}`
  })
  return `${count(pins, 'pin')}${told.length === 0 ? '' : `: ${told.join(', ')}`}`
}

/** The closing line. */
export function closingLine(tally: Tally, pins: number, durationMs: number, dryRun: boolean): string {
  const totals = totalsOf(tally, pins)
  if (dryRun) return `Dry run: ${totals}. Nothing was unpinned.`
  return `${totals}; ${tally.failed} failing the step, in ${formatDuration(durationMs)}.`
}

/**
 * How far a long run has come. The time left is what the rate so far says, and no less than the rate limit leaves: each pin takes
 * one request at least.
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

/** An attempt that failed, and what follows. */
export function retryLine(what: string, { attempt, why, waitMs, holdsAll }: RetryNotice): string {
  const who = holdsAll ? 'every request waits' : 'trying again in'
  return `${what}: attempt ${attempt}: ${who} ${formatDuration(waitMs)}, because of ${why}`
}
