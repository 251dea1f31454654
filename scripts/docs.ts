/**
 * `npm run docs`: writes the owner of package.json's `repository` into every file that names this repository, and into README.md
 * also the tables of action.yml.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readActionMetadata } from '../testing/runner/action-metadata.ts'
import { readRepository, withRepository } from './repository.ts'
import { withTables } from './tables.ts'

const root = new URL('..', import.meta.url)
const repository = readRepository()

function rewrite(name: string, change: (text: string) => string = (text) => text): void {
  const file = new URL(name, root)
  writeFileSync(file, change(withRepository(readFileSync(file, 'utf8'), repository)))
}

for (const name of readdirSync(new URL('examples', root))) rewrite(`examples/${name}`)
for (const name of ['SECURITY.md', '.github/zizmor.yml']) rewrite(name)
rewrite('README.md', (text) => withTables(text, readActionMetadata()))
