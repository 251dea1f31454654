/**
 * `npm run docs`: writes the owner of package.json's `repository` into every file that names this repository, and into README.md
 * also the tables of action.yml and the recipes of examples/.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readActionMetadata } from '../testing/runner/action-metadata.ts'
import { withExamples } from './examples.ts'
import { readRepository, withRepository } from './repository.ts'
import { withTables } from './tables.ts'

const root = new URL('..', import.meta.url)
const repository = readRepository()

function rewrite(name: string, change: (text: string) => string): string {
  const file = new URL(name, root)
  const text = change(withRepository(readFileSync(file, 'utf8'), repository))
  writeFileSync(file, text)
  return text
}

const same = (text: string): string => text
const names = readdirSync(new URL('examples', root)).map((name) => `examples/${name}`)
const examples = new Map(names.map((name) => [name, rewrite(name, same)]))
for (const name of ['SECURITY.md', '.github/zizmor.yml']) rewrite(name, same)
rewrite('README.md', (text) => withTables(withExamples(text, examples), readActionMetadata()))
