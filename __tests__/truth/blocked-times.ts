const WINDOW_MS = 60_000

/** When no request could start: as many places taken as there are, each from its start to a minute after its end. */
export function blockedTimes(
  sent: readonly { startedMs: number; endedMs: number }[],
  places: number,
  totalMs: number,
): [number, number][] {
  const changes = sent
    .flatMap(({ startedMs, endedMs }): [number, number][] => [
      [startedMs, 1],
      [endedMs + WINDOW_MS + 1, -1],
    ])
    .sort(([a, up], [b, down]) => a - b || up - down)
  const blocked: [number, number][] = []
  let taken = 0
  let since: number | null = null
  for (const [at, change] of [...changes, [totalMs, 0] as const]) {
    taken += change
    if (taken >= places) since ??= at
    else if (since !== null) {
      blocked.push([since, at])
      since = null
    }
  }
  if (since !== null) blocked.push([since, totalMs])
  return blocked
}

/** Milliseconds of these times that lie between the two moments. */
export function overlap(times: readonly [number, number][], from: number, to: number): number {
  return times.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0)
}
