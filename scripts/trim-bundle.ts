import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { minify } from 'terser'

/**
 * Drops from every file of a bundle what nothing in it calls: the toolkit's OIDC, summary and platform parts would otherwise be
 * a quarter of what a reviewer has to read. Names and statements stay; only dead code and comments go (the source has those).
 */
export async function trimBundle(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const path = join(folder, name)
    const { code } = await minify(readFileSync(path, 'utf8'), {
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
    })
    if (code === undefined) throw new Error(`nothing is left of ${path}`)
    writeFileSync(path, `${code}\n`)
  }
}
