import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Core, loadCore } from './core.ts'

/** A rule of the action, broken by one change of one file of `src`, and the scenario in which it shows. */
export interface Mutant {
  name: string
  scenario: string
  file: string
  from: string
  to: string
}

/** Reads `mutants.txt`: blocks of a heading `name | scenario | file`, lines that go (`- `) and lines that come (`+ `). */
export function readMutants(): Mutant[] {
  const blocks = readFileSync(new URL('mutants.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n\n')
  return blocks.map((block) => {
    const [heading = '', ...lines] = block.split('\n')
    const [name = '', scenario = '', file = ''] = heading.split(' | ')
    const marked = (mark: string): string =>
      lines.flatMap((line) => (line.startsWith(mark) ? [line.slice(2)] : [])).join('\n')
    return { name, scenario, file, from: marked('- '), to: marked('+ ') }
  })
}

/** Loads `src` with the rule broken, from a copy that is removed at once. */
export async function loadMutant({ file, from, to }: Mutant): Promise<Core> {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-mutant-'))
  try {
    cpSync('src', folder, { recursive: true })
    const path = join(folder, file)
    const parts = readFileSync(path, 'utf8').split(from)
    if (parts.length !== 2) throw new Error(`src/${file} does not hold this exactly once: ${from}`)
    writeFileSync(path, parts.join(to))
    return await loadCore(pathToFileURL(`${folder}/`))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
