/**
 * `npm run build [-- FOLDER]`: compiles the source, bundles it with ncc and drops what nothing calls.
 *
 * ncc is never handed a TypeScript file: its own loader does not know this compiler.
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { trimBundle } from './trim-bundle.ts'

const folder = process.argv[2] ?? 'dist'
const { resolve } = createRequire(import.meta.url)
const run = (script: string, ...args: string[]) => {
  execFileSync(process.execPath, [resolve(script), ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}
run('../node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'lib/index.js',
  '-o',
  folder,
  '--no-cache',
  '--license',
  'licenses.txt',
)
await trimBundle(folder)
