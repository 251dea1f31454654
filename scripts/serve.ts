/** `npm run serve -- FILE`: an embedded AIOZ Pin service for the steps of a workflow, until it is told to end. */
import { renameSync, writeFileSync } from 'node:fs'
import { DEFAULT_KEYS, makePin, startService } from '../testing/service/index.ts'

const USAGE = `Usage: npm run serve -- FILE

Starts an embedded AIOZ Pin service that holds one pin. Once it answers, FILE holds name=value lines, as
GITHUB_OUTPUT takes them: url, api-key, secret-key, pid, pin-id and cid. It ends with SIGTERM or SIGINT,
or after 15 minutes.`
/** A job that was killed cannot tell it to end. */
const LONGEST_LIFE_MS = 15 * 60_000

async function serve(file: string): Promise<void> {
  const pin = makePin({ size: 1_482_240, metadata: { name: 'release-1.4.0' } }, 1)
  const service = await startService({ pins: [pin] })
  const facts = {
    url: service.url,
    'api-key': DEFAULT_KEYS.apiKey,
    'secret-key': DEFAULT_KEYS.secretKey,
    pid: process.pid,
    'pin-id': pin.id,
    cid: pin.cid,
  }
  const lines = Object.entries(facts).map(([name, value]) => `${name}=${value}\n`)
  // A reader that waits for the file must never see half of it.
  writeFileSync(`${file}.part`, lines.join(''))
  renameSync(`${file}.part`, file)
  console.log(`An embedded service at ${service.url} holds the pin ${pin.id}.`)

  const end = (): void => {
    clearTimeout(lifetime)
    void service.close()
  }
  const lifetime = setTimeout(end, LONGEST_LIFE_MS)
  process.on('SIGINT', end).on('SIGTERM', end)
}

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error(USAGE)
  process.exitCode = 2
} else if (file === '--help') console.log(USAGE)
else await serve(file)
