/**
 * `npm run docs`: writes the tables of action.yml into README.md, and the owner of package.json's `repository` into every file that
 * names this repository.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readRepository, withRepository } from './repository.ts'
import { withTables } from './tables.ts'

const root = new URL('..', import.meta.url)
const repository = readRepository()
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8')

const examples = readdirSync(new URL('examples', root)).map((name) => `examples/${name}`)
for (const name of ['README.md', 'SECURITY.md', '.github/zizmor.yml', ...examples]) {
  const text = name === 'README.md' ? withTables(read(name), read('action.yml')) : read(name)
  writeFileSync(new URL(name, root), withRepository(text, repository))
}
