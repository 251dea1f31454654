/**
 * `npm run interop [-- WORD]`: runs the committed bundle against servers that are not ours, and compares what it says with what they
 * saw. WORD picks the scenarios whose title holds it. Exit code 3: a server is missing here.
 */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isIn } from '../__tests__/support/spellings.ts'
import { disposeAll, runAction } from '../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makeCertificate, makePin } from '../testing/service/index.ts'
import { connectionsOf, disagreements, type PinIds, unseenAttempts } from './interop/comparison.ts'
import { missingFronts, PROXIED_HOST } from './interop/fronts.ts'
import { buildGoService, findGo, startGoService } from './interop/go-service.ts'
import { killServers } from './interop/processes.ts'
import { type Scenario, SCENARIOS } from './interop/scenarios.ts'

const PINS = 300
/** Of these, the answer to the first `DELETE` is cut off after its effect. */
const CUT = 5
/** Of these, the service knows nothing; a list does not have them. */
const UNKNOWN = 5
/** Each request that meets a closed connection waits up to a second before it is sent again. */
const LONGEST_RUN_MS = 60_000
const KEYS = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]

/** What is the same for all scenarios. */
interface Setting {
  /** Everything temporary is below it. */
  folder: string
  /** The compiled service.go. */
  program: string
  key: string
  cert: string
  keyFile: string
  certificateFile: string
}

/** The files below the folder that hold a key in any spelling, and how many files were read. */
function keysInFiles(folder: string): { files: number; withKey: string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const withKey = files.filter((file) => {
    const text = readFileSync(file, 'latin1')
    return KEYS.some((key) => isIn(text, key))
  })
  return { files: files.length, withKey }
}

/** Runs a scenario, prints its line, and returns whether all agree. */
async function trial(setting: Setting, scenario: Scenario, verify: boolean): Promise<boolean> {
  const { key, cert, keyFile, certificateFile, program } = setting
  const title = `${scenario.title}${verify ? ', with verify' : ''}`
  const folder = join(setting.folder, title.replaceAll(/\W+/g, '-'))
  const startedAt = performance.now()
  const pins = Array.from({ length: PINS }, (_, seed) =>
    makePin({ metadata: { name: `interop-${seed}` } }, seed),
  )
  const ids = pins.map(({ id }) => id)
  const plainFrom = CUT + (scenario.chosenBy === 'name' ? 0 : UNKNOWN)
  const groups: PinIds = {
    cut: ids.slice(0, CUT),
    unknown: ids.slice(CUT, plainFrom),
    plain: ids.slice(plainFrom),
  }
  const frontFolder = join(folder, 'front')
  mkdirSync(frontFolder, { recursive: true })
  const errors = join(folder, 'service.log')
  const service = await startGoService(
    program,
    {
      ...scenario.service,
      apiKey: DEFAULT_KEYS.apiKey,
      secretKey: DEFAULT_KEYS.secretKey,
      pins: pins.filter(({ id }) => !groups.unknown.includes(id)),
      cutAfterEffect: groups.cut,
      ...(scenario.secure ? { key, cert } : { key: '', cert: '' }),
    },
    errors,
  )
  const { port } = service
  const front = await scenario.front?.start({ folder: frontFolder, port, keyFile, certificateFile })

  await using result = await runAction({
    inputs: {
      ...(scenario.chosenBy === 'pin-id'
        ? { 'pin-id': ids.join('\n') }
        : { name: 'interop-*', 'max-unpins': String(PINS) }),
      'pinning-api-key': DEFAULT_KEYS.apiKey,
      'pinning-secret-key': DEFAULT_KEYS.secretKey,
      'api-url': front?.url ?? `http://127.0.0.1:${port}`,
      'requests-per-minute': '6000',
      verify: String(verify),
    },
    env: front?.env ?? {},
    timeoutMs: LONGEST_RUN_MS,
  })
  const frontLogged = await front?.end()
  const seen = await service.end()
  const { files, withKey } = keysInFiles(folder)
  const problems = [
    ...disagreements({ scenario, verify, pins: groups, result, seen, frontLogged }),
    ...withKey.map((file) => `a key is in ${file}:\n${readFileSync(file, 'latin1')}`),
  ]

  const { 'unpinned-count': unpinned, 'missing-count': missing } = result.outputs
  const unseen = unseenAttempts({ result, seen })
  const facts = [
    `${PINS} pins`,
    `${seen.length} requests over ${connectionsOf(seen)} connections`,
    ...(unseen === 0 ? [] : [`${unseen} more that the service never saw`]),
    `${unpinned} unpinned`,
    `${missing} missing`,
    `${withKey.length} of ${files} files with a key`,
    `${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  ]
  console.log(`${problems.length === 0 ? 'ok    ' : 'NOT OK'} ${title}: ${facts.join(', ')}`)
  if (problems.length > 0) console.log(`${problems.slice(0, 10).join('\n')}\n\n${result.log.slice(-4000)}`)
  return problems.length === 0
}

async function runAll(go: string, folder: string, scenarios: readonly Scenario[]): Promise<void> {
  const { key, cert } = makeCertificate([PROXIED_HOST])
  const keyFile = join(folder, 'service.key')
  const certificateFile = join(folder, 'service.pem')
  writeFileSync(keyFile, key, { mode: 0o600 })
  writeFileSync(certificateFile, cert)
  const setting = { folder, program: await buildGoService(go, folder), key, cert, keyFile, certificateFile }
  const agreed: boolean[] = []
  for (const scenario of scenarios)
    agreed.push(...(await Promise.all([false, true].map((verify) => trial(setting, scenario, verify)))))
  const good = agreed.filter(Boolean).length
  console.log(`interop: in ${good} of ${agreed.length} runs the action says what the servers saw`)
  if (good < agreed.length || good === 0) process.exitCode = 1
}

const [word = ''] = process.argv.slice(2)
const go = findGo()
const missing = [...(go === undefined ? ['go'] : []), ...missingFronts()]
if (go === undefined || missing.length > 0) {
  console.error(`There is no ${missing.join(', no ')}. To install what can be: bash scripts/install-tools.sh`)
  process.exitCode = 3
} else {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-interop-'))
  // A server that root starts may run as another user.
  chmodSync(folder, 0o711)
  process.once('exit', () => {
    killServers()
    rmSync(folder, { recursive: true, force: true })
  })
  const stop = (exitCode: number): void => void disposeAll().finally(() => process.exit(exitCode))
  process.once('SIGINT', () => stop(130)).once('SIGTERM', () => stop(143))
  try {
    await runAll(
      go,
      folder,
      SCENARIOS.filter(({ title }) => title.includes(word)),
    )
  } finally {
    await disposeAll()
    killServers()
  }
}
