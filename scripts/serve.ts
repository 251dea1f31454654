/**
 * `npm run serve -- FILE`: an embedded AIOZ Pin service for the steps of a workflow, until it is told to end.
 *
 * Once it answers, FILE holds `name=value` lines, as `GITHUB_OUTPUT` takes them: `url`, `api-key`, `secret-key`, `pid`, and the IDs
 * (and one CID) of the pins that it holds.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { DEFAULT_KEYS, makePin, startService } from '../testing/service/index.ts'

/** A job that was killed cannot tell it to end; no job here takes this long. */
const LONGEST_LIFE_MS = 15 * 60_000

const DAY_MS = 24 * 60 * 60_000
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('Usage: npm run serve -- FILE')
  process.exit(2)
}

const release = makePin({ size: 1_482_240, metadata: { name: 'release-1.4.0' } }, 1)
const nightlies = [40, 30, 20, 10, 1].map((days, index) =>
  makePin({ date_pinned: daysAgo(days), metadata: { name: `nightly-${index + 1}` } }, 10 + index),
)
const service = await startService({ pins: [release, ...nightlies] })

const facts = {
  url: service.url,
  'api-key': DEFAULT_KEYS.apiKey,
  'secret-key': DEFAULT_KEYS.secretKey,
  pid: process.pid,
  release: release.id,
  'release-cid': release.cid,
  ...Object.fromEntries(nightlies.map(({ id }, index) => [`nightly-${index + 1}`, id])),
}
// Whoever waits for the file must never see half of it.
writeFileSync(
  `${file}.part`,
  Object.entries(facts)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
)
renameSync(`${file}.part`, file)
console.log(`An embedded service at ${service.url} holds ${service.records.size} pins.`)

const lifetime = setTimeout(end, LONGEST_LIFE_MS)
process.on('SIGINT', end).on('SIGTERM', end)

function end(): void {
  clearTimeout(lifetime)
  void service.close()
}
