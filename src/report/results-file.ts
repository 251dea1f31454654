import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { PinOutcome, PinResult } from '../pin/outcome.ts'
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

/**
 * Removes the keys from everything that is kept of an outcome.
 *
 * @returns the entry without its record, and the record as JSON text.
 */
export function entryOf(
  outcome: PinOutcome,
  { json, redact }: Pick<Cleaner, 'json' | 'redact'>,
): { entry: ResultEntry; record: string } {
  const { pinId, result, reason, record, attempts, httpStatus, durationMs, message } = outcome
  const clean = (text: string | null) => (text === null ? null : redact(text))
  // A key may consist of digits alone.
  const size = String(record?.size ?? '')
  const entry = {
    pinId,
    result,
    reason: redact(reason),
    cid: clean(record?.cid ?? null),
    size: redact(size) === size ? (record?.size ?? null) : null,
    status: clean(record?.status ?? null),
    name: clean(record?.name ?? null),
    attempts,
    httpStatus,
    durationMs,
    message: redact(message),
  }
  return { entry, record: json(stringify(record?.raw ?? null)) }
}

/** A record that is nested too deeply for the stack is not one of the service's. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '"(nested too deeply to be shown)"'
  }
}

/** Bytes that are collected for one write. */
const BATCH = 1024 * 1024

/**
 * The file that holds the whole `results` array. Its elements go to disk as they come, beside it, so that memory does not grow with
 * what the service sends; at the end they are put together in order.
 */
export class ResultsFile {
  readonly path: string
  readonly #elementsPath: string
  readonly #elements: number
  readonly #places: { offset: number; length: number }[] = []
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
    const name = join(folder, `aioz-unpin-results-${randomUUID()}`)
    this.path = `${name}.json`
    this.#elementsPath = `${name}.records`
    writeFileSync(this.path, '[]', { flag: 'wx', mode: 0o600 })
    this.#elements = openSync(this.#elementsPath, 'wx+', 0o600)
  }

  /**
   * Keeps one element.
   *
   * @param index its place in the array.
   * @param element JSON text.
   * @throws the file system's error; the array cannot be written after that.
   */
  keep(index: number, element: string): void {
    const bytes = Buffer.from(element)
    this.#places[index] = { offset: this.#written + this.#batchLength, length: bytes.length }
    this.#batch.push(bytes)
    this.#batchLength += bytes.length
    if (this.#batchLength >= BATCH) this.#flush()
  }

  /**
   * Writes the array.
   *
   * @throws the file system's error.
   */
  write(): void {
    this.#flush()
    // Opening a FIFO would wait for its reader.
    if (statSync(this.path, { throwIfNoEntry: false })?.isFile() === false) {
      throw new Error(`${this.path} is not a regular file`)
    }
    const file = openSync(this.path, 'w', 0o600)
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
      // `filter` skips places that were never filled.
      for (const place of this.#places.filter(() => true)) {
        const part = Buffer.allocUnsafe(1 + place.length)
        part.write(before)
        readAll(this.#elements, part.subarray(1), place.offset)
        write(part, BATCH)
        before = ','
      }
      write(Buffer.from(before === '[' ? '[]' : ']'), 0)
    } finally {
      closeSync(file)
    }
  }

  /**
   * Removes the temporary file of the elements. On Windows a virus scanner may hold it open for a moment.
   *
   * @throws the file system's error.
   */
  close(): void {
    closeSync(this.#elements)
    // Retries need `recursive` (https://nodejs.org/api/fs.html#fsrmsyncpath-options).
    rmSync(this.#elementsPath, { force: true, recursive: true, maxRetries: 5, retryDelay: 20 })
  }

  /** Removes the results file itself, because it would be incomplete. */
  discard(): void {
    rmSync(this.path, { force: true })
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#batch, this.#batchLength)
    this.#batch = []
    this.#batchLength = 0
    this.#written += bytes.length
    writeAll(this.#elements, bytes)
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
