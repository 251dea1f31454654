import { isObject, type JsonObject } from '../json.ts'
import { parsePinId } from './ids.ts'
import { parseTimestamp, type Timestamp } from './timestamp.ts'

/** A longer name, CID or status counts as unreadable: comparing it with every line of `protect` would take long. */
export const LONGEST_TEXT = 1024

/**
 * The service's record of one pin. `null` means "not known": a field that is missing or of another type is never guessed or converted.
 */
export interface PinRecord {
  /** Lower case. */
  id: string
  cid: string | null
  name: Name
  /** Bytes. */
  size: number | null
  /** The service's own word, e.g. `DONE`. */
  status: string | null
  pinned: boolean | null
  datePinned: Timestamp | null
  dateUnpinned: Timestamp | null
  /** The record as it came. */
  raw: JsonObject
}

/** `metadata.name`: a text as it is, a number or a boolean by its JSON text. An `unreadable` one could be any name. */
export type Name = { kind: 'text'; text: string } | { kind: 'none' } | { kind: 'unreadable' }

/** @returns `null` where the value is not an object with a valid pin ID as its `id`. */
export function parseRecord(value: unknown): PinRecord | null {
  if (!isObject(value)) return null
  const id = typeof value['id'] === 'string' ? parsePinId(value['id']) : null
  if (id === null) return null
  const { cid, size, status, pinned } = value
  return {
    id,
    cid: textOrNull(cid),
    name: nameIn(value['metadata']),
    // Above 2^53 the number would not be the one that the service wrote.
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    status: textOrNull(status),
    pinned: typeof pinned === 'boolean' ? pinned : null,
    datePinned: parseTimestamp(value['date_pinned']),
    dateUnpinned: parseTimestamp(value['date_unpinned']),
    raw: value,
  }
}

/** What the vendor's dashboard shows as "Unpinned". */
const UNPINNED_STATUSES: ReadonlySet<string> = new Set(['unpinnormally', 'unpinoutofmoney', 'gcdone'])

/**
 * Does the record say that the pin was unpinned? `pinned: false` alone does not: a pin that is still retrieved, queued or failed has
 * it too.
 */
export function isUnpinned({ pinned, status, dateUnpinned }: PinRecord): boolean {
  return pinned === false && (dateUnpinned !== null || UNPINNED_STATUSES.has(status?.toLowerCase() ?? ''))
}

/**
 * A key-value of a pin, by its text. The documents show key-values in `metadata.keyvalues` and at the top of `metadata`. The first
 * place wins if it has the key.
 * @returns `undefined` where the key is missing or `null`, `null` where its value is not a text, a number or a boolean.
 */
export function keyvalueOf({ raw }: PinRecord, key: string): string | null | undefined {
  const { metadata } = raw
  if (!isObject(metadata)) return undefined
  const { keyvalues } = metadata
  const place = isObject(keyvalues) && Object.hasOwn(keyvalues, key) ? keyvalues : metadata
  const value = Object.hasOwn(place, key) ? place[key] : null
  return value === null ? undefined : scalarText(value)
}

/** For people and outputs. */
export function nameText(record: PinRecord | null): string | null {
  return record?.name.kind === 'text' ? record.name.text : null
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.length <= LONGEST_TEXT ? value : null
}

function nameIn(metadata: unknown): Name {
  // Go writes an empty map as null.
  if (metadata === null) return { kind: 'none' }
  if (!isObject(metadata)) return { kind: 'unreadable' }
  const { name } = metadata
  if (name === undefined || name === null) return { kind: 'none' }
  const text = scalarText(name)
  return text === null || text.length > LONGEST_TEXT ? { kind: 'unreadable' } : { kind: 'text', text }
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  // An integer beyond 2^53 is no longer the one that the service wrote, and could be taken for another.
  const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
  return exact ? JSON.stringify(value) : null
}
