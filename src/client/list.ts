import type { Reply } from '../http/origin.ts'
import { isObject } from '../json.ts'
import { pinIdOf } from '../pin-id.ts'
import type { JsonObject } from '../types.ts'
import { whyUnread } from './judge-reading.ts'

/** Rows asked for at once. The largest allowed number is documented nowhere; this many records are far below the body limit. */
const PAGE = 100
/** No account comes near these; they end a list that a server makes up as it goes. */
const MOST_ROWS = 100_000
const MOST_KEPT_BYTES = 64 * 1024 * 1024

export interface PageRequest {
  offset: number
  limit: number
  /** The service's own filter. */
  pinned: 'true' | 'all'
}

/** Every pin of the account that is pinned and matters, or why the list could not be read to its end; the reason is a sentence. */
export type ListReading = { records: JsonObject[]; requests: number } | { problem: string }

/** One pass through the pages. `complete` says whether the rows are as many as the service says there are. */
type Pass = { records: JsonObject[]; requests: number; complete: boolean; why: string } | { problem: string }

type ReadPage = (request: PageRequest) => Promise<Reply>
/** Says which records are worth their memory. */
type Matters = (record: JsonObject) => boolean

/**
 * Reads the list to its end before anybody acts on it: deleting while paging by offset would shift the pages.
 *
 * The server may give fewer rows than asked for, so the number received leads on. When the rows and the service's total do not
 * agree, or the total fell on the way (then a removed pin has moved others past the reader), everything is read once more with
 * `pinned=all`, where a removed pin keeps its place.
 */
export async function readList(
  readPage: ReadPage,
  matters: Matters,
  timeoutSeconds: number,
): Promise<ListReading> {
  const first = await pass(readPage, matters, 'true', timeoutSeconds)
  if ('problem' in first || first.complete) return first
  const second = await pass(readPage, matters, 'all', timeoutSeconds)
  if ('problem' in second) return second
  if (second.complete) return { ...second, requests: first.requests + second.requests }
  return {
    problem: `The list of pins could not be completed: ${second.why}. Run the step again when less is going on.`,
  }
}

async function pass(
  readPage: ReadPage,
  matters: Matters,
  pinned: PageRequest['pinned'],
  timeoutSeconds: number,
): Promise<Pass> {
  const seen = new Set<string>()
  const records: JsonObject[] = []
  let keptBytes = 0
  let offset = 0
  let total = 0
  let highestTotal = 0
  for (let requests = 1; ; requests += 1) {
    const reply = await readPage({ offset, limit: PAGE, pinned })
    const page = pageIn(reply)
    if (page === null)
      return { problem: `The list of pins could not be read: ${whyUnread(reply, timeoutSeconds)}` }
    const known = seen.size
    for (const row of page.rows) {
      const id = isObject(row) && typeof row['id'] === 'string' ? pinIdOf(row['id']) : null
      if (id === null || !isObject(row)) {
        return { problem: 'The list of pins holds a row without a valid `id`, so it cannot be acted on.' }
      }
      if (seen.has(id)) continue
      seen.add(id)
      // The first pass's filter may not be honoured, the second has none.
      if (row['pinned'] !== true || !matters(row)) continue
      records.push(row)
      keptBytes += JSON.stringify(row).length
    }
    offset += page.rows.length
    if (seen.size > MOST_ROWS || keptBytes > MOST_KEPT_BYTES) {
      return { problem: `The list of pins is larger than this action can act on at once, at row ${offset}.` }
    }
    // Where the total is counted along with the rows, a page beyond the end counts nothing; then the one before it stands.
    if (page.rows.length > 0 || page.total > 0) total = page.total
    const fell = total < highestTotal
    highestTotal = Math.max(highestTotal, total)
    // An empty page is the end, and so is one that says nothing new: a server that ignores the offset would go on for ever.
    if (seen.size > known && !fell) continue
    const complete = seen.size === total && !fell
    const why = fell
      ? 'pins were removed while it was read'
      : `it has ${seen.size} different rows where the service counts ${total}`
    return { records, requests, complete, why }
  }
}

/** The rows and the total of a page, or `null` when the answer is not the documented one. */
function pageIn({ answer }: Reply): { rows: unknown[]; total: number } | null {
  if (answer?.status !== 200 || !('object' in answer.body)) return null
  const { status, data } = answer.body.object
  if (status !== 'success' || !isObject(data) || !isObject(data['totals'])) return null
  const total = data['totals']['files']
  // Go writes an empty list as null.
  const rows: unknown = data['pins'] ?? []
  const counted = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0
  return counted && Array.isArray(rows) ? { rows, total } : null
}
