/** `npm run serve -- FILE`: an embedded AIOZ Pin service for the steps of a workflow, until it is told to end. */
import { renameSync, writeFileSync } from 'node:fs'
import { DEFAULT_KEYS, startService } from '../testing/service/index.ts'
import { samplePins } from './sample-pins.ts'

const USAGE = `Usage: npm run serve -- FILE

Starts an embedded AIOZ Pin service that holds some pins. Once it answers, FILE holds name=value lines, as GITHUB_OUTPUT takes them: url,
api-key, secret-key, pid, and pin-id and cid of one pin. It ends with SIGTERM or SIGINT, or after 15 minutes.`
/** A job that was killed cannot tell it to end. */
const LONGEST_LIFE_MS = 15 * 60_000

const [file = '--help'] = process.argv.slice(2)
if (file === '--help') {
  console.log(USAGE)
} else {
  const pins = samplePins()
  const service = await startService({ pins })
  const { apiKey, secretKey } = DEFAULT_KEYS
  const keys = `api-key=${apiKey}\nsecret-key=${secretKey}\n`
  const pin = `pin-id=${pins[0]?.id}\ncid=${pins[0]?.cid}\n`
  // A reader that waits for the file must never see half of it.
  writeFileSync(`${file}.part`, `url=${service.url}\npid=${process.pid}\n${keys}${pin}`)
  renameSync(`${file}.part`, file)
  console.log(`An embedded service at ${service.url} holds ${pins.length} pins.`)

  const end = (): void => {
    clearTimeout(lifetime)
    void service.close()
  }
  const lifetime = setTimeout(end, LONGEST_LIFE_MS)
  process.on('SIGINT', end).on('SIGTERM', end)
}
