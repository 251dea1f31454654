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
  const told = facts.filter((fact) => fact !== null).join(', ')
  return pin.result === 'unpinned' || pin.result === 'would-unpin'
    ? `${pin.pinId}: ${told}`
    : `${pin.pinId}: ${told}. ${pin.message}`
}

/** The closing line. */
export function closingLine(tally: Tally, pins: number, durationMs: number, dryRun: boolean): string {
  if (dryRun)
    return `Dry run: ${count(tally.wouldUnpin, 'pin')} of ${pins} would be unpinned; nothing was sent.`
  const unknown = tally.unknownSizes > 0 ? `, ${tally.unknownSizes} of unknown size` : ''
  return (
    `${count(pins, 'pin')}: ${tally.unpinned} unpinned (${formatSize(tally.totalSize)}${unknown}), ` +
    `${tally.missing} missing, ${tally.failed} failing the step, in ${formatDuration(durationMs)}.`
  )
}

/** How far a long run has come. The time left is what the rate so far says. */
export function progressLine(done: number, pins: number, elapsedMs: number): string {
  const rate = done / (elapsedMs / 1000)
  const left = done === 0 ? '' : `, about ${formatDuration(((pins - done) / rate) * 1000)} left`
  return `${done} of ${count(pins, 'pin')} done, ${rate.toFixed(1)} a second${left}`
}

/** An attempt that failed, and what follows. */
export function retryLine(pinId: string, { attempt, why, waitMs, holdsAll }: RetryNotice): string {
  const who = holdsAll ? 'every request waits' : 'trying again in'
  return `${pinId}: attempt ${attempt}: ${who} ${formatDuration(waitMs)}, because of ${why}`
}
