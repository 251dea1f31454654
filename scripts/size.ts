/** `npm run size`: how large the bundle is and where it comes from, and what a runner downloads. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LARGEST_ARCHIVE, readArchive } from './archive.ts'
import { bundle } from './bundle.ts'
import { moduleNames, partsOf } from './bundle-parts.ts'
import { codeFiles, trim } from './trim-bundle.ts'

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-size-'))
const parts = new Map<string, number>()
let total = 0
try {
  const stats = join(folder, 'stats.json')
  bundle(folder, stats)
  const names = moduleNames(readFileSync(stats, 'utf8'))
  for (const name of codeFiles(folder)) {
    const untrimmed = readFileSync(join(folder, name), 'utf8')
    const { code, mappings } = await trim(untrimmed)
    const bytes = Buffer.byteLength(code)
    total += bytes
    console.log(`${kilobytes(bytes)}  dist/${name}`)
    for (const [part, count] of partsOf(untrimmed, code, mappings, names))
      parts.set(part, (parts.get(part) ?? 0) + count)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${kilobytes(total)}  in all, of which`)
for (const [part, bytes] of [...parts].sort(([, a], [, b]) => b - a))
  console.log(`${kilobytes(bytes)}  ${String(Math.round((bytes / total) * 100)).padStart(3)} %  ${part}`)

const archive = readArchive()
console.log(
  `${kilobytes(archive.bytes)}  compressed, ${archive.files.length} files: what a runner downloads; ${kilobytes(LARGEST_ARCHIVE).trim()} at most`,
)
if (archive.bytes > LARGEST_ARCHIVE) process.exitCode = 1
