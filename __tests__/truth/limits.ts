import type { Requests, Sent, Story } from './oracle.ts'

type Wrong = (text: string) => void

const WINDOW_MS = 60_000
const AT_ONCE = 8
/** Below this a difference of two moments is rounding. */
const ROUNDING_MS = 1
/** Results without a time of their own. */
const UNTIMED = ['would-unpin', 'protected', 'kept', 'not-attempted']

/** The limit of a minute, the pauses that the service asks for, and how many requests are sent at once. */
export function keepsTheLimits({ schedule, stop, endedMs, timed }: Story, sent: readonly Sent[], wrong: Wrong): void {
  const slots = schedule.requestsPerMinute
  if (sent.some(({ startedMs }, place) => startedMs - (sent[place - slots]?.startedMs ?? -Infinity) <= WINDOW_MS))
    wrong(`more than ${slots} requests within a minute`)
  if (sent.some((one) => sent.filter((other) => other.start < one.start && other.end > one.start).length >= AT_ONCE))
    wrong(`more than ${AT_ONCE} requests at once`)
  if (!timed) return
  if (stop !== null && endedMs > stop.ms) wrong(`the run went on for ${endedMs - stop.ms} ms after its stop`)
  for (const { startedMs } of sent) {
    // What is sent in the moment in which the pause is asked for may have been on its way.
    const asked = sent.find(({ endedMs, means }) => endedMs < startedMs && startedMs < endedMs + means.waitMs)
    if (asked !== undefined) wrong(`a request within the pause that HTTP ${asked.came.status} asked for`)
  }
}

/** No pin, and not the run, takes longer than it may. */
export function keepsTime(
  story: Story,
  sent: readonly Sent[],
  planning: Requests,
  acting: Requests,
  wrong: Wrong,
): void {
  const { schedule, ends, endedMs } = story
  const limitMs = schedule.timeoutSeconds * 1000
  const pages = new Set(sent.flatMap(({ pin, url }) => (pin === null ? url : []))).size + 1
  const waited = (from: number, to: number): number => waitedMs(sent, schedule.requestsPerMinute, from, to)
  const most = (2 * schedule.pins.length + pages) * limitMs + waited(0, endedMs) + sent.length
  if (endedMs > most + ROUNDING_MS) wrong(`the run took ${endedMs} ms where ${most} ms are the most`)
  for (const { pinId, durationMs, result } of ends ?? []) {
    const own = acting.get(pinId) ?? planning.get(pinId) ?? []
    const from = own[0]?.startedMs
    if (from === undefined || UNTIMED.includes(result)) continue
    // One millisecond a request: a slot is free only after its minute is over.
    const mostMs = limitMs + waited(from, from + durationMs) + own.length
    if (durationMs > mostMs + ROUNDING_MS) wrong(`${pinId} took ${durationMs} ms of ${mostMs} ms`)
    const lastMs = (own.at(-1)?.endedMs ?? 0) - from
    if (lastMs > durationMs + ROUNDING_MS) wrong(`${pinId} says ${durationMs} ms and took ${lastMs} ms`)
  }
}

/**
 * How long a request could do nothing but wait for a slot. A slot is taken from the start of a request to a minute after its end. While
 * the service asks for a pause, that is what is waited for.
 */
function waitedMs(sent: readonly Sent[], slots: number, from: number, to: number): number {
  const edges = sent.flatMap(({ startedMs, endedMs, means }) => [
    startedMs,
    endedMs,
    endedMs + WINDOW_MS + 1,
    endedMs + means.waitMs,
  ])
  const within = [from, ...edges.filter((at) => at > from && at < to).sort((a, b) => a - b), to]
  return within.reduce((sum, at, place) => {
    const next = within[place + 1] ?? at
    const taken = sent.filter(({ startedMs, endedMs }) => startedMs <= at && next <= endedMs + WINDOW_MS + 1).length
    const paused = sent.some(({ endedMs, means }) => endedMs <= at && next <= endedMs + means.waitMs)
    return taken >= slots && !paused ? sum + next - at : sum
  }, 0)
}
