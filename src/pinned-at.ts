/** RFC 3339 as the service writes it; Go gives up to nine digits. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:\d{2})$/

/** A moment, finer than a millisecond where the service is. */
export interface PinnedAt {
  /** Epoch milliseconds. */
  ms: number
  /** Nanoseconds within the second, to tell apart what the milliseconds do not. */
  nanos: number
}

/** Reads `date_pinned`. Go's zero time, the year 1 in whatever zone, says that nothing was set; that and any other text is `null`. */
export function pinnedAtOf(value: unknown): PinnedAt | null {
  const parts = typeof value === 'string' ? RFC_3339.exec(value) : null
  if (parts === null) return null
  const ms = Date.parse(parts[0])
  return ms > 0 ? { ms, nanos: Number((parts[1] ?? '').padEnd(9, '0')) } : null
}

/** Newest first. */
export function newestFirst(a: PinnedAt, b: PinnedAt): number {
  return Math.floor(b.ms / 1000) - Math.floor(a.ms / 1000) || b.nanos - a.nanos
}
