/**
 * Drops from every file of the bundle what nothing in it calls: the toolkit's OIDC, platform and path parts would otherwise be
 * a sixth of what a reviewer has to read. Names stay, lines stay; only dead code and comments go (the source has those).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { minify } from 'terser'

const folder = process.argv[2] ?? 'dist'
for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
  const path = join(folder, name)
  const { code } = await minify(readFileSync(path, 'utf8'), {
    module: true,
    mangle: false,
    // Reading a property and constructing a class at the top level have no effect in any module of this bundle.
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
  if (code === undefined) throw new Error(`nothing left of ${path}`)
  writeFileSync(path, `${code}\n`)
}
