const WINDOW_MS = 60_000

type Times = [from: number, to: number][]

/** When no request could start: as many places taken as there are, each from its start to a minute after its end. */
export function blockedTimes(
  sent: readonly { startedMs: number; endedMs: number }[],
  places: number,
  totalMs: number,
): Times {
  const changes = sent
    .flatMap(({ startedMs, endedMs }): [number, number][] => [
      [startedMs, 1],
      [endedMs + WINDOW_MS + 1, -1],
    ])
    .sort(([a, up], [b, down]) => a - b || up - down)
  const blocked: Times = []
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

/** When a pin could do nothing but wait for a place. While the service asks every request for a pause, that is what it waits for. */
export function waitsForPlaces(
  sent: readonly { startedMs: number; endedMs: number; pauseMs: number }[],
  places: number,
  totalMs: number,
): Times {
  return sent.reduce(
    (waits, { endedMs, pauseMs }) =>
      waits.flatMap(([from, to]) =>
        [
          [from, Math.min(to, endedMs)] as Times[number],
          [Math.max(from, endedMs + pauseMs), to] as Times[number],
        ].filter(([from, to]) => from < to),
      ),
    blockedTimes(sent, places, totalMs),
  )
}

/** Milliseconds of these times that lie between the two moments. */
export function overlap(times: Times, from: number, to: number): number {
  return times.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0)
}
