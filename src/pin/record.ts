import { isObject, type JsonObject } from '../json.ts'
import { parsePinId } from './pin-id.ts'
import { parseTimestamp, type Timestamp } from './timestamp.ts'

/**
 * The service's record of one pin. `null` means "not known": a field that is missing or of another type is never guessed or converted.
 */
export interface PinRecord {
  /** Lower case. */
  id: string
  cid: string | null
  /** `metadata.name`, where it is a text. */
  name: string | null
  /** The name that `protect` and `group-by` compare. */
  label: Label
  /** Texts as they are, numbers and booleans by their JSON text; anything else is left out. */
  keyvalues: ReadonlyMap<string, string>
  /** Bytes. */
  size: number | null
  /** The service's own word, e.g. `DONE`. */
  status: string | null
  pinned: boolean | null
  datePinned: Timestamp | null
  dateUnpinned: Timestamp | null
  /** The record as it came, or what the report has made of it. Only the report looks inside. */
  raw: unknown
}

/** A pin's name, also where it is a number or a boolean. An `unreadable` one could be any name. */
export type Label = { kind: 'text'; text: string } | { kind: 'none' } | { kind: 'unreadable' }

/** @returns `null` where the value is not an object with a valid pin ID as its `id`. */
export function parseRecord(value: unknown): PinRecord | null {
  if (!isObject(value)) return null
  const id = typeof value['id'] === 'string' ? parsePinId(value['id']) : null
  if (id === null) return null
  const { cid, size, status, pinned, metadata } = value
  return {
    id,
    cid: textOr(cid),
    name: isObject(metadata) ? textOr(metadata['name']) : null,
    label: isObject(metadata) ? labelFrom(metadata) : { kind: 'unreadable' },
    keyvalues: isObject(metadata) ? keyvaluesFrom(metadata) : new Map(),
    // Above 2^53 the number would not be the one that the service wrote.
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    status: textOr(status),
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

/** Fills the unknown fields of a record from another record of the same pin. */
export function fillIn(record: PinRecord, other: PinRecord): PinRecord {
  return {
    ...record,
    cid: record.cid ?? other.cid,
    name: record.name ?? other.name,
    size: record.size ?? other.size,
    status: record.status ?? other.status,
    datePinned: record.datePinned ?? other.datePinned,
  }
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function labelFrom({ name }: JsonObject): Label {
  if (name === undefined || name === null) return { kind: 'none' }
  const text = scalarText(name)
  return text === null ? { kind: 'unreadable' } : { kind: 'text', text }
}

/** The documents show key-values in `metadata.keyvalues` and at the top of `metadata`. The first place counts where it has the key. */
function keyvaluesFrom(metadata: JsonObject): Map<string, string> {
  const found = new Map<string, string>()
  const { keyvalues } = metadata
  for (const place of isObject(keyvalues) ? [metadata, keyvalues] : [metadata]) {
    for (const [key, value] of Object.entries(place)) {
      const text = scalarText(value)
      if (text === null) found.delete(key)
      else found.set(key, text)
    }
  }
  return found
}

/** A text as it is, numbers and booleans by their JSON text. */
function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  // An integer beyond 2^53 is no longer the one that the service wrote, and could be taken for another.
  const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
  return exact ? JSON.stringify(value) : null
}
