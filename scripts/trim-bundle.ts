import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { minify } from 'terser'

/** The files of a bundle that hold code. */
export function codeFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.js'))
}

/** Trims every file of a bundle in place. */
export async function trimBundle(folder: string): Promise<void> {
  for (const name of codeFiles(folder)) {
    const path = join(folder, name)
    writeFileSync(path, (await trim(readFileSync(path, 'utf8'))).code)
  }
}

/**
 * Drops from one file what nothing in it calls: the toolkit's OIDC, summary and platform parts would otherwise be a quarter of what a
 * reviewer has to read. Names and statements stay; only dead code and comments go (the source has those).
 *
 * @returns the code, and the `mappings` of its source map (https://tc39.es/ecma426/) to the lines of what was given.
 */
export async function trim(untrimmed: string): Promise<{ code: string; mappings: string }> {
  const { code, map } = await minify(builtinsOnly(untrimmed), {
    module: true,
    mangle: false,
    // Reading a property, and constructing what nobody keeps, has no effect anywhere in this bundle.
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
    sourceMap: true,
  })
  if (code === undefined || typeof map !== 'string') throw new Error('nothing is left of the bundle')
  const { mappings } = JSON.parse(map) as { mappings: string }
  return { code: `${code}\n`, mappings }
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
