/** `npm run release-notes -- TAG`: prints what CHANGELOG.md says of a release, once tag, package.json and changelog agree. */
import { readFileSync } from 'node:fs'
import { releaseNotes } from './changelog.ts'

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const { version } = JSON.parse(read('package.json')) as { version: string }
const found = releaseNotes(process.argv[2] ?? '', version, read('CHANGELOG.md'))
if ('problem' in found) {
  console.error(found.problem)
  process.exitCode = 1
} else console.log(found.notes)
