import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { PinOutcome, PinResult } from '../pin/outcome.ts'
import type { PinRecord } from '../pin/record.ts'
import type { Cleaner } from './clean.ts'

/**
 * One element of `results`, its fields in the order in which they are written; the service's record with all its fields follows them.
 * Described in results.schema.json.
 */
export interface ResultEntry {
  pinId: string
  result: PinResult
  reason: string
  cid: string | null
  /** Bytes. */
  size: number | null
  status: string | null
  name: string | null
  attempts: number
  httpStatus: number | null
  durationMs: number
  message: string
}

/** What `results` says of a record; no key is in it. */
interface CleanRecord {
  facts: Pick<ResultEntry, 'cid' | 'size' | 'status' | 'name'>
  /** The end of the pin's element: the whole record as JSON text, and the bracket. */
  tail: string | Place
}

/** A record of which the results file has the tail already. It stands in for the record as it came. */
export class StoredRecord implements CleanRecord {
  readonly facts: CleanRecord['facts']
  readonly tail: Place

  constructor(facts: CleanRecord['facts'], tail: Place) {
    this.facts = facts
    this.tail = tail
  }
}

export function cleanRecord(
  record: PinRecord | null,
  { json, redact }: Pick<Cleaner, 'json' | 'redact'>,
): CleanRecord & { tail: string } {
  const { cid = null, size = null, status = null, name = null, raw = null } = record ?? {}
  const clean = (text: string | null) => (text === null ? null : redact(text))
  // A key may consist of digits alone.
  const digits = String(size)
  return {
    facts: {
      cid: clean(cid),
      size: redact(digits) === digits ? size : null,
      status: clean(status),
      name: clean(name),
    },
    tail: `,"record":${json(raw)}}`,
  }
}

export function entryOf(
  { pinId, result, reason, attempts, httpStatus, durationMs, message }: PinOutcome,
  { cid, size, status, name }: CleanRecord['facts'],
  { redact }: Pick<Cleaner, 'redact'>,
): ResultEntry {
  return {
    pinId,
    result,
    reason: redact(reason),
    cid,
    size,
    status,
    name,
    attempts,
    httpStatus,
    durationMs,
    message: redact(message),
  }
}

/** Where a text stands in the temporary file; bytes. */
interface Place {
  offset: number
  length: number
}

/** Bytes that are collected for one write. */
const BATCH = 1024 * 1024

/**
 * The file that holds the whole `results` array. The parts of its elements go to disk as they come, to a temporary file beside it, so
 * that memory does not grow with what the service sends; at the end they are put together in order.
 */
export class ResultsFile {
  readonly #path: string
  readonly #partsPath: string
  readonly #parts: number
  readonly #elements: (readonly Place[])[] = []
  #batch: Buffer[] = []
  #batchLength = 0
  #written = 0

  /**
   * Creates both files. The first one holds an empty array, so that a full disk is found before anything is unpinned.
   *
   * @param folder `RUNNER_TEMP`: the runner empties it at the end of the job.
   * @throws the file system's error.
   */
  constructor(folder: string) {
    const name = join(folder, `aioz-ipfs-unpin-results-${randomUUID()}`)
    this.#path = `${name}.json`
    this.#partsPath = `${name}.records`
    writeFileSync(this.#path, '[]', { flag: 'wx', mode: 0o600 })
    // Each write goes to the end, so that a file which something else has cut short is found too short when it is read.
    this.#parts = openSync(this.#partsPath, 'ax+', 0o600)
  }

  /**
   * Puts a text on disk.
   *
   * @throws the file system's error; the array cannot be written after that.
   */
  add(text: string): Place {
    const bytes = Buffer.from(text)
    const place = { offset: this.#written + this.#batchLength, length: bytes.length }
    this.#batch.push(bytes)
    this.#batchLength += bytes.length
    if (this.#batchLength >= BATCH) this.#flush()
    return place
  }

  /**
   * @returns a text that was put on disk.
   * @throws the file system's error.
   */
  read({ offset, length }: Place): string {
    if (offset + length > this.#written) this.#flush()
    const bytes = Buffer.allocUnsafe(length)
    readAll(this.#parts, bytes, offset)
    return bytes.toString()
  }

  /**
   * Takes one element.
   *
   * @param index its place in the array.
   * @param tail the rest of its JSON text; it may be on disk already.
   * @throws the file system's error; the array cannot be written after that.
   */
  keep(index: number, head: string, tail: string | Place): void {
    this.#elements[index] = typeof tail === 'string' ? [this.add(head + tail)] : [this.add(head), tail]
  }

  /**
   * Writes the array.
   *
   * @returns the file's path.
   * @throws the file system's error.
   */
  write(): string {
    this.#flush()
    // Opening a FIFO would wait for its reader.
    if (statSync(this.#path, { throwIfNoEntry: false })?.isFile() === false) {
      throw new Error(`${this.#path} is not a regular file`)
    }
    const file = openSync(this.#path, 'w', 0o600)
    try {
      let parts: Buffer[] = []
      let length = 0
      const write = (part: Buffer, batch: number) => {
        parts.push(part)
        length += part.length
        if (length < batch) return
        writeAll(file, Buffer.concat(parts, length))
        parts = []
        length = 0
      }
      let before = '['
      // `filter` skips elements that never came.
      for (const places of this.#elements.filter(() => true)) {
        write(Buffer.from(before), BATCH)
        for (const { offset, length } of places) {
          const part = Buffer.allocUnsafe(length)
          readAll(this.#parts, part, offset)
          write(part, BATCH)
        }
        before = ','
      }
      write(Buffer.from(before === '[' ? '[]' : ']'), 0)
    } finally {
      closeSync(file)
    }
    return this.#path
  }

  /**
   * Removes the temporary file. On Windows a virus scanner may hold it open for a moment.
   *
   * @throws the file system's error.
   */
  close(): void {
    closeSync(this.#parts)
    // Retries need `recursive` (https://nodejs.org/api/fs.html#fsrmsyncpath-options).
    rmSync(this.#partsPath, { force: true, recursive: true, maxRetries: 5, retryDelay: 20 })
  }

  /** Removes the results file itself, because it would be incomplete. */
  discard(): void {
    rmSync(this.#path, { force: true })
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#batch, this.#batchLength)
    this.#batch = []
    this.#batchLength = 0
    this.#written += bytes.length
    writeAll(this.#parts, bytes)
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}

function readAll(file: number, bytes: Buffer, offset: number): void {
  for (let read = 0; read < bytes.length;) {
    const got = readSync(file, bytes, read, bytes.length - read, offset + read)
    if (got === 0) throw new Error('A part of the results is gone from the disk')
    read += got
  }
}
