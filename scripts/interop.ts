/**
 * `npm run interop [-- WORD]`: runs the committed bundle against servers that are not ours, and compares what it says with what they
 * saw. WORD picks the ways whose title holds it. A server that is not installed is skipped; with `CI=true` that is a failure.
 */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ActionResult, disposeAll, runAction } from '../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makeCertificate, makePin, startService } from '../testing/service/index.ts'
import { find, FRONTS, killServers, PROXIED_HOST, type Recipe, type Seen, startFront } from './interop/fronts.ts'
import { type Gateway, GATEWAYS, startGateway } from './interop/gateways.ts'

interface Way {
  title: string
  front: Recipe | Gateway
  byName?: true
}
const WAYS: readonly Way[] = [
  { title: 'Go net/http', front: FRONTS.go },
  { title: 'nginx', front: FRONTS.nginx },
  { title: 'nginx, pins chosen from the list', front: FRONTS.nginx, byName: true },
  { title: 'tinyproxy', front: FRONTS.tinyproxy },
  { title: 'squid', front: FRONTS.squid },
  { title: 'the answers of Envoy', front: GATEWAYS.envoy },
  { title: 'the answers of Kong', front: GATEWAYS.kong },
  { title: 'the answers of Go in HTTP/1.0', front: GATEWAYS.goInHttp10 },
]

const PINS = Array.from({ length: 300 }, (_, seed) => makePin({ metadata: { name: `interop-${seed}` } }, seed))
const IDS = PINS.map(({ id }) => id)
/** The service does not have these. */
const UNKNOWN = new Set(IDS.slice(-5))
const { apiKey, secretKey } = DEFAULT_KEYS

const root = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-interop-'))
// A server that root starts may run as another user.
chmodSync(root, 0o711)
const tls = makeCertificate([PROXIED_HOST])
const files = { key: join(root, 'key.pem'), certificate: join(root, 'certificate.pem') }
writeFileSync(files.key, tls.key, { mode: 0o600 })
writeFileSync(files.certificate, tls.cert)

interface ReportedPin {
  pinId: string
  result: string
  attempts: number
}

/** The contract's rule, applied to what was answered for one pin. */
function expected(seen: readonly Seen[], verify: boolean): string {
  const deletes = seen.filter(({ method }) => method === 'DELETE')
  const last = deletes.at(-1)?.said
  if (last === undefined) return 'not-attempted'
  if (last === 'gone') return 'missing'
  if (last === 'record') return !verify || seen.at(-1)?.said === 'gone' ? 'unpinned' : 'unconfirmed'
  return deletes.some(({ said }) => said === 'lost') ? 'unconfirmed' : 'failed'
}

/** Where the report and what the servers saw differ, in words. */
function disagreements(
  seen: readonly Seen[],
  { resultsFile, outputs, conclusion }: ActionResult,
  verify: boolean,
): string[] {
  const reported = (resultsFile ?? []) as ReportedPin[]
  const problems: string[] = []
  const same = (what: string, said: unknown, wanted: unknown): void => {
    if (said !== wanted) problems.push(`${what}: the action says ${String(said)}, the servers say ${String(wanted)}`)
  }
  const requestsOf = Map.groupBy(seen, ({ pinId }) => pinId)
  for (const { pinId, result, attempts } of reported) {
    const requests = requestsOf.get(pinId) ?? []
    same(`the result of ${pinId}`, result, expected(requests, verify))
    same(`attempts at ${pinId}`, attempts, requests.filter(({ method }) => method === 'DELETE').length)
    const removals = requests.filter(({ removed }) => removed).length
    if (result === 'unpinned') same(`removals of ${pinId}`, 1, removals)
  }
  const count = (result: string): number => reported.filter((pin) => pin.result === result).length
  const [unpinned, missing] = [count('unpinned'), count('missing')]
  const failed = reported.length - unpinned - missing
  same('unpinned-count', outputs['unpinned-count'], String(unpinned))
  same('missing-count', outputs['missing-count'], String(missing))
  same('failed-count', outputs['failed-count'], String(failed))
  same('the step', conclusion, failed === 0 && unpinned > 0 ? 'success' : 'failure')
  return problems
}

/** The files below the folder that hold a key, as it is or as programs encode it. */
function filesWithKey(folder: string): string[] {
  const encoded = [apiKey, secretKey].map((key) => Buffer.from(key).toString('base64').slice(0, -4))
  const spellings = [apiKey, secretKey, ...[apiKey, secretKey].map(encodeURIComponent), ...encoded]
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return paths.filter((path) => spellings.some((key) => readFileSync(path, 'latin1').includes(key)))
}

/** Runs the action one way, prints a line, and returns whether all agree. */
async function trial({ title, front: kind, byName }: Way, verify: boolean): Promise<boolean> {
  const name = `${title}${verify ? ', with verify' : ''}`
  const folder = join(root, name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder)
  const replayed = 'noRoute' in kind
  // A gateway loses answers itself. Elsewhere the service removes these pins and cuts the connection, once for each.
  const cut = new Set(replayed ? [] : IDS.slice(0, 5))
  const service = await startService({
    pins: PINS.filter(({ id }) => !UNKNOWN.has(id)),
    ...(!replayed && kind.proxy && { tls }),
    fault: ({ method, pinId = '' }) =>
      method === 'DELETE' && cut.delete(pinId) ? { kind: 'reset', effect: 'after' } : undefined,
  })
  const url = new URL(service.url)
  const front = replayed
    ? await startGateway(kind, url, IDS)
    : await startFront(kind, { folder, service: url, ...files })
  await using result = await runAction({
    inputs: {
      ...(byName ? { name: 'interop-*', 'max-unpins': '300' } : { 'pin-id': IDS.join('\n') }),
      'pinning-api-key': apiKey,
      'pinning-secret-key': secretKey,
      'api-url': front.url,
      'requests-per-minute': '6000',
      verify: String(verify),
    },
    env: front.env,
  })
  const connections = await front.end()
  await service.close()

  const gone = new Set<string>()
  const served = service.requests.map(({ method, pinId = '', status, fault, removed }): Seen => {
    const said = fault !== undefined ? 'lost' : status === 404 || gone.has(pinId) ? 'gone' : 'record'
    if (removed) gone.add(pinId)
    return { method, pinId, said, removed }
  })
  const seen = front.seen ?? served
  const problems = disagreements(seen, result, verify)
  problems.push(...filesWithKey(folder).map((file) => `a key is in ${file}`))
  const different = new Set(connections).size
  if (connections.length !== seen.length) problems.push(`${connections.length} requests logged`)
  if (different !== connections.length) problems.push(`${connections.length} requests over ${different} connections`)
  const { 'unpinned-count': unpinned, 'missing-count': missing, 'failed-count': failed } = result.outputs
  const facts = `${seen.length} requests, ${unpinned} unpinned, ${missing} missing, ${failed} failed`
  console.log(`${problems.length === 0 ? 'ok    ' : 'NOT OK'} ${name}: ${facts}`)
  if (problems.length > 0) console.log([...problems.slice(0, 10), result.log.slice(-2000)].join('\n'))
  return problems.length === 0
}

process.once('exit', () => {
  killServers()
  rmSync(root, { recursive: true, force: true })
})
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))
const skipped = new Set<string>()
const agreed: boolean[] = []
for (const way of WAYS.filter(({ title }) => title.includes(process.argv[2] ?? ''))) {
  const missing = 'needs' in way.front ? way.front.needs.filter((name) => find(name) === '') : []
  for (const name of missing) skipped.add(name)
  if (missing.length === 0) agreed.push(...(await Promise.all([false, true].map((verify) => trial(way, verify)))))
}
await disposeAll()
const good = agreed.filter(Boolean).length
console.log(`interop: in ${good} of ${agreed.length} runs the action says what the servers saw`)
if (skipped.size > 0)
  console.log(
    `interop: skipped what needs ${[...skipped].join(', ')}: not installed here. \`npm run tools\` installs it.`,
  )
if (good < agreed.length || (good === 0 && skipped.size === 0) || (skipped.size > 0 && process.env['CI'] === 'true'))
  process.exitCode = 1
