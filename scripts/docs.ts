/** `npm run docs`: writes README.md's tables of inputs and outputs from action.yml. */
import { readFileSync, writeFileSync } from 'node:fs'
import { readActionMetadata } from '../runner/action-metadata.ts'
import { withTables } from './tables.ts'

const readme = new URL('../README.md', import.meta.url)
writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), readActionMetadata()))
