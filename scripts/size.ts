/** `npm run size`: the sizes of the bundle and of what a runner downloads, and whether each is within its budget. */
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'

const files = readdirSync('dist').filter((name) => name.endsWith('.js'))
const sizes = files.map((name): [string, number] => [`dist/${name}`, statSync(`dist/${name}`).size])
// GitHub makes the same archive for a tag; .gitattributes says what is left out of it.
const archive = execFileSync('git', ['archive', '--worktree-attributes', '--format=tar.gz', 'HEAD'], {
  maxBuffer: 64 * 1024 * 1024,
})

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(7)} kB`
for (const [name, bytes] of sizes) console.log(`${kilobytes(bytes)}  ${name}`)

// The sizes of today, rounded up: what a reviewer has to read does not grow unnoticed.
const budgets: [what: string, bytes: number, most: number][] = [
  ['loaded by an unpin by ID (dist/index.js)', statSync('dist/index.js').size, 162_000],
  ['all of dist/*.js', sizes.reduce((sum, [, bytes]) => sum + bytes, 0), 205_000],
  ['downloaded by a runner, compressed', archive.length, 140_000],
]
for (const [what, bytes, most] of budgets) {
  console.log(`${kilobytes(bytes)}  ${what}: ${bytes <= most ? '' : 'TOO LARGE, '}${most / 1000} kB at most`)
  if (bytes > most) process.exitCode = 1
}
