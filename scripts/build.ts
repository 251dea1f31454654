/** `npm run build [-- FOLDER]`: compiles the source, bundles it into `dist` or another folder, and drops what nothing calls. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { minify } from 'terser'

const { resolve } = createRequire(import.meta.url)
const folder = process.argv[2] ?? 'dist'

// A chunk whose name has changed would stay behind.
rmSync(folder, { recursive: true, force: true })
run('../node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
// ncc is never handed a TypeScript file: its own loader does not know this compiler.
const bundling = ['build', 'lib/index.js', '-o', folder, '--no-cache', '--license', 'licenses.txt']
run('@vercel/ncc/dist/ncc/cli.js', ...bundling)
addLicences(join(folder, 'licenses.txt'))
for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
  const path = join(folder, name)
  writeFileSync(path, await trim(readFileSync(path, 'utf8')))
}

function run(script: string, ...args: string[]): void {
  execFileSync(process.execPath, [resolve(script), ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** ncc overlooks packages that are imported by their parts. */
function addLicences(file: string): void {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  for (const name of Object.keys(dependencies)) {
    if (readFileSync(file, 'utf8').includes(`${name}\n`)) continue
    const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string }
    appendFileSync(file, `\n${name}\n${license}\n${read(`node_modules/${name}/LICENSE`)}`)
  }
}

/**
 * Drops from one file what nothing in it calls: the toolkit's OIDC, summary and platform parts would otherwise be a quarter of what a
 * reviewer has to read. Names and statements stay; only dead code and comments go (the source has those).
 */
async function trim(untrimmed: string): Promise<string> {
  const { code } = await minify(builtinsOnly(untrimmed), {
    module: true,
    mangle: false,
    // Reading a property, and constructing what is never used, has no effect anywhere in this bundle.
    compress: {
      defaults: false,
      unused: true,
      dead_code: true,
      toplevel: true,
      pure_getters: true,
      pure_new: true,
      passes: 4,
    },
    format: { beautify: true, indent_level: 2, comments: false, width: 110, quote_style: 3 },
  })
  if (code === undefined) throw new Error('nothing is left of the bundle')
  return `${code}\n`
}

/**
 * ncc has Node's own modules loaded with `createRequire`, which could load any file on the machine. `process.getBuiltinModule` can
 * load nothing else than those (https://nodejs.org/api/process.html), and starts sooner.
 */
function builtinsOnly(code: string): string {
  return code
    .replace(/^import \{ createRequire as __WEBPACK_EXTERNAL_createRequire \} from "module";$/m, '')
    .replaceAll('__WEBPACK_EXTERNAL_createRequire(import.meta.url)(', 'process.getBuiltinModule(')
}
