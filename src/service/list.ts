import { isDeepStrictEqual } from 'node:util'
import type { StopSign } from '../pin/outcome.ts'
import { parseRecord, type PinRecord } from '../pin/record.ts'
import type { Page, PageRequest } from './service.ts'

/** Rows asked for at once. The largest allowed number is documented nowhere. */
const PAGE_ROWS = 100
/** No account has nearly as much. These limits end a list that a broken server invents without end. */
const MOST_ROWS = 100_000
const MOST_BYTES = 128 * 1024 * 1024

export interface ListOptions {
  readPage(this: void, request: PageRequest): Promise<Page>
  /** Called after each page: how many rows are known, and how many the service counts. */
  onProgress(this: void, rows: number, ofRows: number): void
}

/** Every record of the account, or why the list could not be read to its end; whole sentences. */
export type ListReading =
  | {
      kind: 'complete'
      /** Oldest first. */
      pinned: PinRecord[]
      /** Those that are not pinned; `null` where the list was read without them. */
      notPinned: PinRecord[] | null
      requests: number
      /** The server's clock at the first answer, epoch milliseconds. */
      date: number | null
    }
  | { kind: 'failed'; problem: string; stops: StopSign | null }

/** One pass over the pages. After `incomplete`, a second pass may succeed. */
type Pass = ListReading | { kind: 'incomplete'; why: string; date: number | null }

/**
 * Reads the whole list before any pin is removed, because removing pins would shift the pages.
 *
 * If the rows disagree with the service's total, with each other, or with the documents, everything is read once more, from nothing, with
 * `pinned=all`: there an unpinned pin keeps its place.
 */
export async function readList(options: ListOptions): Promise<ListReading> {
  const first = await readPages(options, 'true')
  return first.kind === 'incomplete' ? readWholeList(options, first.date) : first
}

/** Reads the list with the records that are not pinned. @param date the server's clock at an earlier answer. */
export async function readWholeList(options: ListOptions, date: number | null = null): Promise<ListReading> {
  const pass = await readPages(options, 'all')
  if (pass.kind === 'complete') return { ...pass, date: date ?? pass.date }
  if (pass.kind === 'failed') return pass
  return failed(`The list of pins could not be read to its end: ${pass.why}. Run the step again later.`)
}

/**
 * The server may give fewer rows than asked for, so the next offset follows from the rows received. Each page begins with the last row of
 * the page before. If that row is not there, the list has changed, and a row may have been skipped.
 */
async function readPages({ readPage, onProgress }: ListOptions, pinned: PageRequest['pinned']): Promise<Pass> {
  const seen = new Map<string, PinRecord>()
  let last: PinRecord | null = null
  let bytes = 0
  let total = 0
  let date: number | null = null
  let mostRequests = 1
  const incomplete = (why: string): Pass => ({ kind: 'incomplete', why, date })
  for (let requests = 1; ; requests += 1) {
    const offset = Math.max(0, seen.size - 1)
    const page = await readPage({ offset, limit: PAGE_ROWS, pinned })
    if (page.kind === 'unreadable') return failed(`The list of pins could not be read: ${page.why}`, page.stops)
    bytes += page.bytes
    if (requests === 1) date = page.date
    const known = seen.size
    for (const [place, row] of page.rows.entries()) {
      const record = parseRecord(row)
      if (record === null) return incomplete('it has a row without a valid `id`')
      if (record.pinned === null) return incomplete(`its row of ${record.id} does not say whether it is pinned`)
      if (place === 0 && last !== null && record.id !== last.id) return incomplete('it changed while it was read')
      const before = seen.get(record.id)
      if (before !== undefined && !isDeepStrictEqual(before.raw, record.raw)) {
        return incomplete(`it has two different rows of ${record.id}`)
      }
      if (before === undefined) seen.set(record.id, record)
      last = record
    }
    if (requests === 1) mostRequests = 2 * requestsFor(page.total, page.rows.length)
    else if (page.rows.length === 0) return incomplete('it changed while it was read')
    onProgress(seen.size, page.total)
    if (seen.size > MOST_ROWS || bytes > MOST_BYTES) {
      return failed(
        `The list of pins is too large: reading stopped at row ${seen.size}. Use \`pin-id\` without \`protect\`: then no list is read.`,
      )
    }
    if (page.total < total) return incomplete('pins were removed while it was read')
    total = page.total
    // A page without a new row is the end. A list with more rows than the service counts may never end.
    if (seen.size > known && seen.size <= total) {
      if (requests < mostRequests) continue
      return failed(
        'Reading the list takes more than twice as many requests as its number of pins needs. Run the step again later.',
      )
    }
    if (seen.size !== total) return incomplete(`it has ${seen.size} different rows, but the service counts ${total}`)
    const records = [...seen.values()]
    return {
      kind: 'complete',
      pinned: records.filter((record) => record.pinned === true),
      // The service may ignore the filter.
      notPinned: pinned === 'all' ? records.filter((record) => record.pinned === false) : null,
      requests,
      date,
    }
  }
}

/** How many requests a list takes, the last one that finds its end included. All pages but the first bring one known row. */
function requestsFor(total: number, rowsOfFirst: number): number {
  return 2 + Math.ceil(Math.max(0, total - rowsOfFirst) / Math.max(1, rowsOfFirst - 1))
}

function failed(problem: string, stops: StopSign | null = null): ListReading {
  return { kind: 'failed', problem, stops }
}
