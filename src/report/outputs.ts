import { setOutput } from '@actions/core'
import { statSync, truncateSync } from 'node:fs'
import type { ResultEntry } from './results-file.ts'
import { isChosen, type Tally } from './tally.ts'

/**
 * The most bytes of one output. A later step gets it in a variable, and Linux takes 128 KiB in one (MAX_ARG_STRLEN). Seven outputs
 * can be this large: together they stay below the 1 MB that GitHub keeps of a job's outputs.
 */
const LARGEST_OUTPUT = 120 * 1024

/** The outputs of a run that ends before its first pin. */
export const NO_OUTPUTS = {
  cid: '',
  size: '',
  status: '',
  name: '',
  result: '',
  'unpinned-count': '0',
  'missing-count': '0',
  'failed-count': '0',
  'total-size': '',
  'matched-count': '0',
  'protected-count': '0',
  'kept-count': '0',
  'pin-ids': '',
  results: '[]',
  'results-file': '',
}

/** Every output's name and text. */
export type Outputs = Record<keyof typeof NO_OUTPUTS, string>

/** Texts of the pins in the order given. They are dropped as soon as they are too large for an output, and need no memory then. */
class Texts {
  #texts: string[] | null = []
  #bytes = -1

  /**
   * @param index the pin's place in the order given.
   * @param text `null` where it cannot be read; then all texts are dropped.
   */
  set(index: number, text: () => string | null): void {
    if (this.#texts === null) return
    const value = text()
    if (value === null) {
      this.#texts = null
      return
    }
    this.#texts[index] = value
    this.#bytes += Buffer.byteLength(value) + 1
    // Two more for the brackets of an array.
    if (this.#bytes + 2 > LARGEST_OUTPUT) this.#texts = null
  }

  /** @returns `null` when it is too large. */
  join(separator: string): string | null {
    // `filter` skips places without a text.
    return this.#texts?.filter(() => true).join(separator) ?? null
  }
}

/** Outputs with one line for each pin. */
const COLUMNS = ['cid', 'size', 'status', 'name', 'result'] as const

/** Collects what the pins have in the outputs. For one pin, an output about single pins is simply its value. */
export class OutputTexts {
  readonly #columns = new Map([...COLUMNS, 'pin-ids' as const].map((name) => [name, new Texts()] as const))
  readonly #bare = new Texts()
  readonly #whole = new Texts()

  /**
   * Takes one pin.
   *
   * @param bare the entry as JSON text, its record left out.
   * @param whole the entry as JSON text, asked for only while the texts of all pins are not too large.
   * @param clean removes line ends and control characters.
   */
  add(
    index: number,
    entry: ResultEntry,
    bare: string,
    whole: () => string | null,
    clean: (text: string) => string,
  ): void {
    for (const name of COLUMNS) this.#columns.get(name)?.set(index, () => clean(String(entry[name] ?? '')))
    if (isChosen(entry)) this.#columns.get('pin-ids')?.set(index, () => entry.pinId)
    this.#bare.set(index, () => bare)
    this.#whole.set(index, whole)
  }

  /** @returns all outputs, and the names of those that were too large and are empty. */
  compose(
    { pins, counts, failing, bytes }: Tally,
    resultsFile: string,
  ): { outputs: Outputs; tooLarge: string[] } {
    const results = this.#whole.join(',') ?? this.#bare.join(',')
    const columns = [...this.#columns].map(([name, texts]) => [name, texts.join('\n')] as const)
    const tooLarge = columns.flatMap(([name, text]) => (text === null ? [name as string] : []))
    if (results === null) tooLarge.push('results')
    const outputs = {
      ...NO_OUTPUTS,
      ...Object.fromEntries(columns.map(([name, text]) => [name, text ?? ''])),
      'unpinned-count': String(counts.unpinned),
      'missing-count': String(counts.missing),
      'failed-count': String(failing),
      'total-size': String(bytes.unpinned),
      'matched-count': String(pins),
      'protected-count': String(counts.protected),
      'kept-count': String(counts.kept),
      results: `[${results ?? ''}]`,
      'results-file': resultsFile,
    }
    return { outputs, tooLarge }
  }
}

/**
 * Hands all outputs to the runner. When one cannot be written, those before it stand whole.
 *
 * @throws the file system's error, or that the file is not a regular one.
 */
export function setOutputs(outputs: Outputs): void {
  const file = process.env['GITHUB_OUTPUT'] ?? ''
  for (const [name, text] of Object.entries(outputs)) {
    // Without the variable the toolkit prints the output as a command.
    if (file === '') setOutput(name, text)
    else appendWhole(file, () => setOutput(name, text))
  }
}

/** Lets `append` add to the file. If that fails, e.g. because the disk is full, the part that was added is removed again. */
export function appendWhole(file: string, append: () => void): void {
  const before = regularFileSize(file)
  try {
    append()
  } catch (cause) {
    truncateSync(file, before)
    throw cause
  }
}

/**
 * Writing to a FIFO would wait for its reader, and a device keeps nothing.
 *
 * @returns the file's size in bytes.
 * @throws where there is no regular file.
 */
export function regularFileSize(file: string): number {
  const stats = statSync(file)
  if (!stats.isFile()) throw new Error(`${file} is not a regular file`)
  return stats.size
}
