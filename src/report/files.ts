import { setOutput } from '@actions/core'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeError, errorCode, RefusedError } from '../errors.ts'

export const IN_FILE = 'All pins are in the results file (output `results-file`).'

/** The files that a run leaves: results, outputs and summary. What cannot be written is returned in whole sentences, never thrown. */
export class RunFiles {
  /** Of the results file; empty where there is none. */
  path = ''

  /**
   * Creates the results file with an empty array, so that a full disk is found before anything is unpinned.
   * @throws RefusedError when results or outputs cannot be written.
   */
  open(): void {
    const outputs = process.env['GITHUB_OUTPUT'] ?? ''
    // The runner empties this folder at the end of the job.
    const folder = process.env['RUNNER_TEMP'] ?? ''
    try {
      // Without the variable the toolkit prints outputs as commands.
      if (outputs !== '') fs.closeSync(fs.openSync(outputs, 'r+'))
      const path = join(folder === '' ? tmpdir() : folder, `aioz-ipfs-unpin-results-${randomUUID()}.json`)
      fs.writeFileSync(path, '[]', { flag: 'wx', mode: 0o600 })
      this.path = path
    } catch (cause) {
      throw new RefusedError([`The results could not be written: ${describe(cause)} Nothing was unpinned.`])
    }
  }

  /** Removes the results file: it would be incomplete, or pass for the results of a dry run. */
  discard(): void {
    try {
      if (this.path !== '') fs.rmSync(this.path, { force: true })
    } catch {
      // The runner empties the folder.
    }
    this.path = ''
  }

  /** @param elements of the array, as JSON texts; in one text they could be longer than a text may be. */
  writeResults(elements: readonly string[]): string[] {
    if (this.path === '') return []
    try {
      const file = fs.openSync(this.path, 'w')
      try {
        elements.forEach((element, index) => fs.writeFileSync(file, (index === 0 ? '[' : ',') + element))
        fs.writeFileSync(file, elements.length === 0 ? '[]' : ']')
      } finally {
        fs.closeSync(file)
      }
      return []
    } catch (cause) {
      this.discard()
      return [`The results file could not be written: ${describe(cause)}`]
    }
  }

  /** Hands all outputs to the runner, small ones first: one that cannot be written does not take others along. */
  setOutputs(outputs: Readonly<Record<string, string>>): string[] {
    const file = process.env['GITHUB_OUTPUT'] ?? ''
    const failed = new Map<string, unknown>()
    for (const [name, text] of Object.entries(outputs).sort(([, a], [, b]) => a.length - b.length)) {
      try {
        if (file === '') setOutput(name, text)
        else appendWhole(file, () => setOutput(name, text))
      } catch (cause) {
        failed.set(name, cause)
      }
    }
    if (failed.size === 0) return []
    const names = [...failed.keys()].map((name) => `\`${name}\``).join(', ')
    const [cause] = failed.values()
    const where = this.path === '' ? '' : ` All results are in the file ${this.path}.`
    return [`Some outputs could not be set (${names}): ${describe(cause)}${where}`]
  }

  writeSummary(text: string): string[] {
    // Not the toolkit's writer: it is asynchronous, and a cancelled step has no time for that.
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? ''
    try {
      if (file !== '') appendWhole(file, () => fs.appendFileSync(file, text))
      return []
    } catch (cause) {
      return [`The job summary could not be written: ${describe(cause)}`]
    }
  }
}

/** Lets `append` add to the file. If that fails, e.g. because the disk is full, the part that was added is removed again. */
function appendWhole(file: string, append: () => void): void {
  const before = fs.statSync(file).size
  try {
    append()
  } catch (cause) {
    fs.truncateSync(file, before)
    throw cause
  }
}

/** Why a file cannot be written, and what to do. */
function describe(cause: unknown): string {
  const todo =
    errorCode(cause) === 'ENOSPC'
      ? 'Free some disk space on the runner.'
      : 'Check that this step may write to the files behind GITHUB_OUTPUT and GITHUB_STEP_SUMMARY, and to the folder RUNNER_TEMP.'
  return `${describeError(cause).replace(/\.$/, '')}. ${todo}`
}
