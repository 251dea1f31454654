import type { RequestResult } from '../http/origin-client.ts'
import { isObject } from '../json.ts'
import { whyUnread } from './judge-read.ts'

/**
 * One page of the list of pins.
 *
 * - `rows`: the documented answer; the rows are not yet checked. `total` is the number of pins that the service counts.
 * - `too-large`: more than the largest body that is read.
 * - `unreadable`: anything else; `why` is the end of a sentence, and what to do.
 */
export type Page =
  | { kind: 'rows'; rows: unknown[]; total: number }
  | { kind: 'too-large' }
  | { kind: 'unreadable'; why: string }

export function pageIn(result: RequestResult, timeoutSeconds: number): Page {
  const unreadable: Page = { kind: 'unreadable', why: whyUnread(result, timeoutSeconds) }
  if (result.kind !== 'answered' || result.response.status !== 200) return unreadable
  const { body } = result.response
  if (body.kind === 'too-large') return { kind: 'too-large' }
  if (body.kind !== 'json') return unreadable
  const { status, data } = body.object
  if (status !== 'success' || !isObject(data) || !isObject(data['totals'])) return unreadable
  const total = data['totals']['files']
  // Go writes an empty list as null.
  const rows: unknown = data['pins'] ?? []
  const counted = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0
  return counted && Array.isArray(rows) ? { kind: 'rows', rows, total } : unreadable
}
