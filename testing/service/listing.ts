import type { PinRecord } from './types.ts'

const SORTED_BY = ['created_at', 'size', 'name'] as const
const PINNED = ['all', 'true', 'false'] as const
const ORDERS = ['ASC', 'DESC'] as const

type SortedBy = (typeof SORTED_BY)[number]
type Pinned = (typeof PINNED)[number]

export interface ListQuery {
  offset: number
  limit: number
  pinned: Pinned
  sortBy: SortedBy
  sortOrder: (typeof ORDERS)[number]
}

export interface Page {
  totals: { files: number; size: number }
  pins: PinRecord[]
}

/** Why a list request is refused; the message goes to the client. */
export class BadQuery extends Error {
  override name = 'BadQuery'
}

function wholeNumber(query: URLSearchParams, name: string, unset: number, least: number): number {
  const text = query.get(name)
  if (text === null) return unset
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new BadQuery(`validate: ${name} must be a whole number of at least ${least}`)
  }
  return value
}

function oneOf<Word extends string>(
  query: URLSearchParams,
  name: string,
  unset: Word,
  words: readonly Word[],
): Word {
  const text = query.get(name)
  if (text === null) return unset
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new BadQuery(`validate: ${name} must be one of ${words.join(', ')}`)
  return word
}

/**
 * The parameters of the list with their documented defaults. Others are passed over: whether the service honours any is unknown.
 *
 * @param largestPage the largest page: no documentation says how large, so a larger `limit` is clamped without a word
 * @throws BadQuery on a value that is not allowed
 */
export function readListQuery(query: URLSearchParams, largestPage: number): ListQuery {
  return {
    offset: wholeNumber(query, 'offset', 0, 0),
    limit: Math.min(wholeNumber(query, 'limit', 10, 1), largestPage),
    pinned: oneOf(query, 'pinned', 'all', PINNED),
    sortBy: oneOf(query, 'sortBy', 'created_at', SORTED_BY),
    sortOrder: oneOf(query, 'sortOrder', 'DESC', ORDERS),
  }
}

/** Go leaves out the trailing zeros of a second's fraction; with them, the order of the texts is the order of the times. */
function sortableTime(text: string): string {
  const [, second = text, fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(text) ?? []
  return `${second}.${fraction.padEnd(9, '0')}`
}

const SORT_KEYS: Record<SortedBy, (record: PinRecord) => string | number> = {
  created_at: (record) => sortableTime(record.date_pinned),
  size: (record) => record.size,
  name: (record) => record.metadata.name ?? '',
}

interface Sorted {
  ascending: PinRecord[]
  size: number
}

function sorted(records: Iterable<PinRecord>, pinned: Pinned, sortBy: SortedBy): Sorted {
  const key = SORT_KEYS[sortBy]
  const rows = []
  let size = 0
  for (const record of records) {
    if (pinned !== 'all' && String(record.pinned) !== pinned) continue
    rows.push({ record, key: key(record) })
    size += record.size
  }
  rows.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1
    return a.record.id < b.record.id ? -1 : 1
  })
  return { ascending: rows.map(({ record }) => record), size }
}

/** Pages over the records. Each order is sorted once and kept until a record changes: a long list is read in many pages. */
export class Listing {
  readonly #records: ReadonlyMap<string, PinRecord>
  readonly #kept = new Map<string, Sorted>()

  constructor(records: ReadonlyMap<string, PinRecord>) {
    this.#records = records
  }

  /** To be called after each change of the records. */
  forget(): void {
    this.#kept.clear()
  }

  /** One page; the totals are over all that the filter lets through. */
  page({ offset, limit, pinned, sortBy, sortOrder }: ListQuery): Page {
    const name = `${pinned} ${sortBy}`
    const { ascending, size } = this.#kept.get(name) ?? sorted(this.#records.values(), pinned, sortBy)
    this.#kept.set(name, { ascending, size })
    const files = ascending.length
    const pins =
      sortOrder === 'ASC'
        ? ascending.slice(offset, offset + limit)
        : ascending.slice(Math.max(files - offset - limit, 0), Math.max(files - offset, 0)).reverse()
    return { totals: { files, size }, pins }
  }
}
