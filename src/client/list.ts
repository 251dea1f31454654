import { parseRecord, type PinRecord } from '../pin/record.ts'
import type { Page } from './page.ts'
import type { PageRequest } from './service.ts'

/** Rows asked for at once. The largest allowed number is documented nowhere. */
const PAGE_ROWS = 100
/** No account has nearly as much. These limits end a list that a broken server invents without end. */
const MOST_ROWS = 100_000
const MOST_KEPT_BYTES = 64 * 1024 * 1024

export interface ListOptions {
  readPage(this: void, request: PageRequest): Promise<Page>
  /** The record as it is to be kept, and its size; `null` if it is not needed. */
  keep(this: void, record: PinRecord): ListedRecord | null
  /** Called after each page: how many rows are known, and how many the service counts. */
  onProgress(this: void, rows: number, ofRows: number): void
}

export interface ListedRecord {
  record: PinRecord
  /** About as much as was stored elsewhere for it. */
  bytes: number
}

/** Every pin of the account that is pinned and needed, or why the list could not be read to its end; whole sentences. */
export type ListReading =
  { kind: 'complete'; records: PinRecord[]; requests: number } | { kind: 'failed'; problem: string }

/** One pass over the pages. After `incomplete`, a second pass may succeed. */
type Pass = ListReading | { kind: 'incomplete'; why: string; requests: number }

/**
 * Reads the whole list before any pin is removed, because removing pins would shift the pages.
 *
 * When the rows and the service's total disagree, or when the list moved while it was read, everything is read once more with
 * `pinned=all`, where an unpinned pin keeps its place.
 */
export async function readList(options: ListOptions): Promise<ListReading> {
  const first = await readPages(options, 'true')
  if (first.kind !== 'incomplete') return first
  const second = await readPages(options, 'all')
  if (second.kind === 'complete') return { ...second, requests: first.requests + second.requests }
  if (second.kind === 'failed') return second
  return failed(`The list of pins could not be completed: ${second.why}. Run the step again later.`)
}

/**
 * The server may give fewer rows than asked for, so the next offset follows from the rows received. Each page begins with the last
 * row of the page before. If that row is not there, the list has changed, and a row may have been skipped.
 */
async function readPages(
  { readPage, keep, onProgress }: ListOptions,
  pinned: PageRequest['pinned'],
): Promise<Pass> {
  const seen = new Set<string>()
  const records: PinRecord[] = []
  let keptBytes = 0
  let requests = 0
  let offset = 0
  let limit = PAGE_ROWS
  let highestTotal = 0
  let lastId: string | null = null
  // If a page has room for one row only, the known row needs a request of its own.
  let oneByOne = false
  for (;;) {
    const overlap = lastId !== null && !oneByOne
    const page = await readPage({ offset: overlap ? offset - 1 : offset, limit, pinned })
    requests += 1
    if (page.kind === 'unreadable') return failed(`The list of pins could not be read: ${page.why}`)
    if (page.kind === 'too-large') {
      if (limit === 1)
        return failed(
          `The list of pins holds a record of over 1 MiB, at row ${offset + 1}. Use \`pin-id\` instead of a selection.`,
        )
      limit = Math.ceil(limit / 2)
      oneByOne = limit === 1
      continue
    }
    const found = page.rows.map(parseRecord)
    const rows = found.filter((record) => record !== null)
    if (rows.length < found.length) {
      return failed(
        'The list of pins holds a row without a valid `id`, so it cannot be trusted. Use `pin-id` instead of a selection.',
      )
    }
    const known = seen.size
    if (lastId !== null) {
      let seam = overlap ? rows.shift() : undefined
      if (oneByOne) {
        const before = await readPage({ offset: offset - 1, limit: 1, pinned })
        requests += 1
        if (before.kind === 'unreadable') return failed(`The list of pins could not be read: ${before.why}`)
        seam = before.kind === 'rows' ? (parseRecord(before.rows[0]) ?? undefined) : undefined
      }
      if (seam?.id !== lastId) return { kind: 'incomplete', why: 'it changed while it was read', requests }
    }
    for (const record of rows) {
      if (seen.has(record.id)) continue
      seen.add(record.id)
      // The service may ignore the filter of the first pass, and the second pass has none.
      const kept = record.pinned === true ? keep(record) : null
      if (kept === null) continue
      records.push(kept.record)
      keptBytes += kept.bytes + sizeOf(kept.record)
    }
    offset += rows.length
    lastId = rows.at(-1)?.id ?? lastId
    onProgress(seen.size, page.total)
    if (seen.size > MOST_ROWS || keptBytes > MOST_KEPT_BYTES) {
      return failed(
        `The list of pins is too large: reading stopped at row ${offset}. Use \`pin-id\` instead of a selection.`,
      )
    }
    if (page.total < highestTotal) {
      return { kind: 'incomplete', why: 'pins were removed while it was read', requests }
    }
    highestTotal = page.total
    if (seen.size < page.total && overlap && rows.length === 0) {
      // The server gives one row at a time.
      oneByOne = true
      continue
    }
    // A page without a new row is the end. A list with more rows than the service counts may never end.
    if (seen.size > known && seen.size <= page.total) continue
    if (seen.size === page.total) return { kind: 'complete', records, requests }
    const why = `it has ${seen.size} different rows, but the service counts ${page.total}`
    return { kind: 'incomplete', why, requests }
  }
}

/** About the bytes that stay in memory: texts can be long. */
function sizeOf({ cid, name, status, keyvalues }: PinRecord): number {
  const texts = [cid, name, status, ...keyvalues.keys(), ...keyvalues.values()]
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
}

function failed(problem: string): ListReading {
  return { kind: 'failed', problem }
}
