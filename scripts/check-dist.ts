/** `npm run check-dist`: builds anew and fails when what is committed differs, untracked files included. */
import { execFileSync } from 'node:child_process'

const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { encoding: 'utf8' })
if (changed !== '') {
  console.error(`dist is not what the source builds; run \`npm run build\` and commit it:\n${changed}`)
  process.exitCode = 1
}
