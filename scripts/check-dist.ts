/** `npm run check-dist`: fails if dist differs from what is committed, untracked files included; `npm run build` comes first. */
import { execFileSync } from 'node:child_process'

const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { encoding: 'utf8' })
if (changed !== '') {
  console.error(`dist differs from what the source builds; run \`npm run build\` and commit it:\n${changed}`)
  process.exitCode = 1
}
