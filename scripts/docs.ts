/** `npm run docs`: writes README.md's tables from action.yml, and its recipes from examples/. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readActionMetadata } from '../testing/runner/action-metadata.ts'
import { withExamples } from './examples.ts'
import { withTables } from './tables.ts'

const root = new URL('..', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8')
const examples = new Map(
  readdirSync(new URL('examples', root)).map((name) => [`examples/${name}`, read(`examples/${name}`)]),
)
const readme = withExamples(read('README.md'), examples)
writeFileSync(new URL('README.md', root), withTables(readme, readActionMetadata()))
