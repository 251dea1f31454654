import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/**
 * Compiles the source and bundles it with ncc into a folder; nothing is dropped yet, and comments tell the modules apart.
 *
 * ncc is never handed a TypeScript file: its own loader does not know this compiler.
 *
 * @param stats a file for what the bundler knows of its modules
 */
export function bundle(folder: string, stats?: string): void {
  // A chunk whose name has changed would stay behind.
  rmSync(folder, { recursive: true, force: true })
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
    ...(stats === undefined ? [] : ['--stats-out', stats]),
  )
}

function run(script: string, ...args: string[]): void {
  execFileSync(process.execPath, [resolve(script), ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}
