/** `npm run build [-- FOLDER]`: compiles the source, bundles it with ncc and drops what nothing calls. */
import { bundle } from './bundle.ts'
import { trimBundle } from './trim-bundle.ts'

const folder = process.argv[2] ?? 'dist'
bundle(folder)
await trimBundle(folder)
