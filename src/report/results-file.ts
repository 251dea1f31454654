import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** One element of `results`, in the order in which its fields are written; `record` follows them. */
export interface ResultEntry {
  pinId: string
  result: string
  reason: string
  cid: string | null
  size: number | null
  status: string | null
  name: string | null
  attempts: number
  httpStatus: number | null
  durationMs: number
  message: string
}

/**
 * The file that holds the whole `results` array. Records go to disk as they come, beside it, so that memory does not grow with
 * what the service sends; the array is put together in order at the end.
 */
export class ResultsFile {
  readonly path: string
  readonly #recordsPath: string
  readonly #records: number
  readonly #places = new Map<number, { offset: number; length: number }>()
  #recordsLength = 0

  /**
   * Creates both files, so that a folder that cannot be written is found before anything is unpinned.
   *
   * @param folder `RUNNER_TEMP`: emptied by the runner at the end of the job.
   * @throws the file system's error.
   */
  constructor(folder: string) {
    const name = join(folder, `aioz-unpin-results-${randomUUID()}`)
    this.path = `${name}.json`
    this.#recordsPath = `${name}.records`
    closeSync(openSync(this.path, 'wx', 0o600))
    this.#records = openSync(this.#recordsPath, 'wx+', 0o600)
  }

  /**
   * Keeps one pin's record.
   *
   * @param index the pin's place in the order given.
   * @param record JSON text.
   * @throws the file system's error.
   */
  keepRecord(index: number, record: string): void {
    const bytes = Buffer.from(record)
    const offset = this.#recordsLength
    this.#writeAll(this.#records, bytes)
    this.#recordsLength += bytes.length
    this.#places.set(index, { offset, length: bytes.length })
  }

  /**
   * Writes the array and lets go of the kept records.
   *
   * @returns the length of the array's text in bytes.
   * @throws the file system's error.
   */
  write(entries: readonly ResultEntry[]): number {
    const file = openSync(this.path, 'w', 0o600)
    let length = 0
    const append = (bytes: Buffer) => {
      this.#writeAll(file, bytes)
      length += bytes.length
    }
    try {
      append(Buffer.from('['))
      entries.forEach((entry, index) => {
        const start = JSON.stringify(entry).slice(0, -1)
        append(
          Buffer.concat([
            Buffer.from(`${index === 0 ? '' : ','}${start},"record":`),
            this.#record(index),
            CLOSE,
          ]),
        )
      })
      append(Buffer.from(']'))
    } finally {
      closeSync(file)
      closeSync(this.#records)
      rmSync(this.#recordsPath, { force: true })
    }
    return length
  }

  /** Lets go of both files: nothing came of the run. */
  discard(): void {
    closeSync(this.#records)
    rmSync(this.#recordsPath, { force: true })
    rmSync(this.path, { force: true })
  }

  #record(index: number): Buffer {
    const place = this.#places.get(index)
    if (place === undefined) return NO_RECORD
    const bytes = Buffer.alloc(place.length)
    readSync(this.#records, bytes, 0, place.length, place.offset)
    return bytes
  }

  #writeAll(file: number, bytes: Buffer): void {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
  }
}

const CLOSE = Buffer.from('}')
const NO_RECORD = Buffer.from('null')
