import type { Page, PinRecord } from './types.ts'

interface ListQuery {
  offset: number
  limit: number
  pinned: 'all' | 'true' | 'false'
  sortBy: 'created_at' | 'size' | 'name'
  sortOrder: 'DESC' | 'ASC'
  /** Flat JSON, by which the vendor's client filters. */
  metadata: string
}

/** Why a list request is refused; the message goes to the client. */
export class BadQuery extends Error {}

function wholeNumber(query: URLSearchParams, name: string, unset: number, least: number): number {
  const text = query.get(name) ?? String(unset)
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new BadQuery(`validate: ${name} must be a whole number of at least ${least}`)
  return value
}

/** The first word is the default. */
function oneOf<Word extends string>(query: URLSearchParams, name: string, words: readonly Word[]): Word {
  const text = query.get(name) ?? words[0]
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new BadQuery(`validate: ${name} must be one of ${words.join(', ')}`)
  return word
}

/**
 * The parameters of the list with their documented defaults; others are passed over.
 *
 * @param largestPage the largest page: no documentation says how large, so a larger `limit` is clamped without a word
 * @throws BadQuery on a value that is not allowed
 */
export function readListQuery(query: URLSearchParams, largestPage: number): ListQuery {
  return {
    offset: wholeNumber(query, 'offset', 0, 0),
    limit: Math.min(wholeNumber(query, 'limit', 10, 1), largestPage),
    pinned: oneOf(query, 'pinned', ['all', 'true', 'false']),
    sortBy: oneOf(query, 'sortBy', ['created_at', 'size', 'name']),
    sortOrder: oneOf(query, 'sortOrder', ['DESC', 'ASC']),
    metadata: query.get('metadata') ?? '{}',
  }
}

/** Go leaves out the trailing zeros of a second's fraction; with them, the order of the texts is the order of the times. */
function sortableTime(text: string): string {
  const [, second = text, fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(text) ?? []
  return `${second}.${fraction.padEnd(9, '0')}`
}

const SORT_KEYS: Record<ListQuery['sortBy'], (record: PinRecord) => string | number> = {
  created_at: (record) => sortableTime(record.date_pinned),
  size: (record) => record.size,
  name: (record) => record.metadata.name ?? '',
}

function parsedFilter(text: string): [string, unknown][] {
  try {
    return Object.entries(JSON.parse(text) as object)
  } catch {
    throw new BadQuery('validate: metadata must be JSON')
  }
}

/** What the filters let through, in ascending order. */
function chosen(records: Iterable<PinRecord>, { pinned, sortBy, metadata }: ListQuery): PinRecord[] {
  const wanted = parsedFilter(metadata)
  const key = SORT_KEYS[sortBy]
  const rows = []
  for (const record of records) {
    if (pinned !== 'all' && String(record.pinned) !== pinned) continue
    const has = (name: string): unknown => record.metadata.keyvalues?.[name] ?? record.metadata[name]
    if (wanted.every(([name, value]) => has(name) === value)) rows.push({ record, key: key(record) })
  }
  rows.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1
    return a.record.id < b.record.id ? -1 : 1
  })
  return rows.map(({ record }) => record)
}

/** Pages over the records. Each order is sorted once and kept until a record changes: a long list is read in many pages. */
export class Listing {
  readonly #records: ReadonlyMap<string, PinRecord>
  readonly #kept = new Map<string, { ascending: PinRecord[]; size: number }>()

  constructor(records: ReadonlyMap<string, PinRecord>) {
    this.#records = records
  }

  /** To be called after each change of the records. */
  forget(): void {
    this.#kept.clear()
  }

  /** One page; the totals are over all that the filters let through. */
  page(query: ListQuery): Page {
    const name = [query.pinned, query.sortBy, query.metadata].join(' ')
    let kept = this.#kept.get(name)
    if (kept === undefined) {
      const rows = chosen(this.#records.values(), query)
      kept = { ascending: rows, size: rows.reduce((sum, record) => sum + record.size, 0) }
      this.#kept.set(name, kept)
    }
    const { ascending, size } = kept
    const files = ascending.length
    const { offset } = query
    const end = offset + query.limit
    const pins =
      query.sortOrder === 'ASC'
        ? ascending.slice(offset, end)
        : ascending.slice(Math.max(files - end, 0), Math.max(files - offset, 0)).reverse()
    return { totals: { files, size }, pins }
  }
}
