import { readFileSync, statSync } from 'node:fs'
import { describeError } from '../errors.ts'
import { isObject } from '../json.ts'
import { parsePinId } from '../pin/cid.ts'
import { type Input, InputProblem } from './input.ts'

const LARGEST = 256 * 1024 * 1024
/** What a dry run that succeeds says of its pins. */
const OF_A_DRY_RUN: ReadonlySet<unknown> = new Set(['would-unpin', 'protected', 'kept', 'missing'])

/** The pins that a dry run would have unpinned: the IDs in lower case, each once. The file is read once, and never quoted. */
export const planFile: Input<readonly string[] | null> = {
  takes: 'the path of the results file of a dry run that succeeded',
  leftOut: null,
  parse({ text }) {
    const results = read(text)
    if (!Array.isArray(results)) throw new InputProblem({ what: 'names a file that is not a JSON array' })
    const ids = new Set<string>()
    for (const [index, entry] of (results as unknown[]).entries()) {
      const { result, pinId }: Record<string, unknown> = isObject(entry) ? entry : {}
      const id = typeof pinId === 'string' ? parsePinId(pinId) : null
      const where = `names a file whose element ${index + 1}`
      if (id === null) throw new InputProblem({ what: `${where} has no pin ID as its \`pinId\`` })
      if (!OF_A_DRY_RUN.has(result)) {
        throw new InputProblem({
          what: `${where} has another result than \`would-unpin\`, \`protected\`, \`kept\` and \`missing\``,
          advice: 'That run was no dry run, or it did not succeed. Make a new plan with `dry-run: true`.',
        })
      }
      if (result === 'would-unpin') ids.add(id)
    }
    return [...ids]
  },
}

function read(path: string): unknown {
  let text: string
  try {
    const stats = statSync(path)
    if (!stats.isFile()) throw new InputProblem({ what: 'does not name a regular file' })
    if (stats.size > LARGEST)
      throw new InputProblem({ what: `names a file of over ${LARGEST / 1024 / 1024} MiB` })
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof InputProblem) throw error
    throw new InputProblem({
      what: `names a file that cannot be read (${describeError(error)})`,
      advice: 'Was the artifact downloaded, and to this path?',
    })
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new InputProblem({ what: 'names a file that is not JSON' })
  }
}
