/** `npm run size`: compares the bundle, and what a runner downloads, with their limits. Exit code 3: the download cannot be measured. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** GitHub makes such an archive of a tag; .gitattributes says what is left out. This one is of the files as they are now. */
function downloadSize(): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-size-'))
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') }
  const git = (...args: string[]) => spawnSync('git', args, { env, maxBuffer: 64 * 1024 * 1024 })
  git('add', '--all')
  const tree = git('write-tree').stdout?.toString().trim() ?? ''
  const { status, stdout } = git('archive', '--worktree-attributes', '--format=tar.gz', tree)
  rmSync(folder, { recursive: true })
  return status === 0 ? stdout.length : undefined
}

function compare(what: string, bytes: number, most: number): void {
  const verdict = bytes <= most ? '' : 'TOO LARGE, '
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${what}: ${verdict}${most / 1000} kB at most`)
  if (bytes > most) process.exitCode = 1
}

compare('dist/index.js', statSync('dist/index.js').size, 160_000)
const size = downloadSize()
if (size !== undefined) compare('downloaded by a runner, compressed', size, 140_000)
else {
  console.log('The download was not measured: that needs git, and a clone of the repository.')
  process.exitCode ??= 3
}
