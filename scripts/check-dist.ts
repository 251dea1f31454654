/** `npm run check-dist`: builds into a temporary folder, and fails if `dist` differs from that in a file or in a byte. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const built = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-dist-'))
const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])
const bytesOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'latin1') : undefined)

const { status } = spawnSync(process.execPath, ['scripts/build.ts', built], { stdio: 'inherit' })
const different = [...new Set([...namesIn('dist'), ...namesIn(built)])].filter(
  (name) => bytesOf(join('dist', name)) !== bytesOf(join(built, name)),
)
rmSync(built, { recursive: true, force: true })
if (status !== 0) process.exitCode = 1
else if (different.length > 0) {
  console.error(`Not what the source builds: dist/${different.join(', dist/')}. Run \`npm run build\`.`)
  process.exitCode = 1
} else console.log('dist is what the source builds.')
