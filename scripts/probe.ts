/** `npm run probe`: asks the real service, with one small pin, for everything that this action takes for granted. */
import { setTimeout as pause } from 'node:timers/promises'
import { parseApiUrl } from '../src/inputs/values.ts'
import { readActionMetadata } from '../testing/runner/action-metadata.ts'
import { DEFAULT_KEYS, startService } from '../testing/service/index.ts'
import { probe } from './probe/run.ts'
import { samplePins } from './sample-pins.ts'

const USAGE = 'To ask the real service, set PINNING_API_KEY, PINNING_SECRET_KEY and, for another host, API_URL (https).'
const { PINNING_API_KEY = '', PINNING_SECRET_KEY = '', API_URL = '' } = process.env
const given = { api: PINNING_API_KEY.trim(), secret: PINNING_SECRET_KEY.trim() }
const service = given.api + given.secret === '' ? await startService({ pins: samplePins() }) : null
if (service) console.log(`There are no keys, so this asks an embedded service, not AIOZ Pin. ${USAGE}\n`)
const keys = service ? { api: DEFAULT_KEYS.apiKey, secret: DEFAULT_KEYS.secretKey } : given
const host = API_URL || (readActionMetadata().inputs.get('api-url')?.default ?? '')
const base = service ? service.url : parseApiUrl(host)
const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort())
process.stdout.on('error', () => stop.abort())

if (base === null || !Object.values(keys).every((key) => /^[\x20-\x7e]{8,512}$/.test(key))) {
  console.error(`A key or API_URL is not usable. ${USAGE}`)
  process.exitCode = 2
} else {
  const ways = { pause: service ? () => pause(0) : pause, say: console.log }
  process.exitCode = (await probe({ base, keys, signal: stop.signal, ...ways }, 'reports')) ? 0 : 1
}
await service?.close()
