import { readFileSync, statSync } from 'node:fs'
import { errorCode } from '../errors.ts'
import { isObject } from '../json.ts'
import { parsePinId } from '../pin/ids.ts'
import type { Given, Input } from './input.ts'

const LARGEST = 256 * 1024 * 1024
/** What a dry run that succeeds says of its pins. */
const OF_A_DRY_RUN: ReadonlySet<unknown> = new Set(['would-unpin', 'protected', 'kept', 'missing'])

/** The pins that a dry run would have unpinned: the IDs in lower case, each once. The file is read once, and never quoted. */
export const planFile: Input<readonly string[] | null> = {
  allowed: 'the path of the results file of a dry run that succeeded',
  leftOut: null,
  parse(given) {
    const text = readText(given)
    if (text === null) return null
    let results: unknown
    try {
      results = JSON.parse(text)
    } catch {
      // The same as another kind of JSON.
    }
    if (!Array.isArray(results)) return given.refuse('names a file that is not a JSON array')
    const found = new Map<string, unknown>()
    for (const [index, entry] of (results as unknown[]).entries()) {
      const { result, pinId }: Record<string, unknown> = isObject(entry) ? entry : {}
      const id = typeof pinId === 'string' ? parsePinId(pinId) : null
      if (id === null || !OF_A_DRY_RUN.has(result)) {
        return given.refuse(
          `names a file whose element ${index + 1} has no pin ID, or another result than \`would-unpin\`, \`protected\`, \`kept\` and \`missing\``,
          'That run was not a dry run, or it failed. Make a new plan with `dry-run: true`.',
        )
      }
      if ((found.get(id) ?? result) !== result) return given.refuse('names a file that has one pin with two results')
      found.set(id, result)
    }
    return [...found].flatMap(([id, result]) => (result === 'would-unpin' ? id : []))
  },
}

function readText({ text: path, quote, refuse }: Given): string | null {
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return refuse('does not name a regular file')
    if (stats.size > LARGEST) return refuse(`names a file of over ${LARGEST / 1024 / 1024} MiB`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    return refuse(
      `names a file that cannot be read: ${quote(path)} (${errorCode(error) ?? 'not a path'})`,
      'Was the artifact downloaded, and to this path?',
    )
  }
}
