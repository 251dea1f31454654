/**
 * `npm run bench [-- --quick]`: measures the committed bundle in whole processes, and writes docs/bench.md.
 * `BUNDLE=path/to/dist/index.js` adds another bundle to each round. `NODE_PATH` says where axios is, as nothing else needs it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { makeCertificate, makePin, type ServiceOptions, startService } from '../testing/service/index.ts'
import { actions, BARE_NODE, bareScript, FAST_CLOCK, keptAlive, otherClients } from './bench/contenders.ts'
import { type Contender, type Found, race } from './bench/measure.ts'

const quick = process.argv.includes('--quick')
const folder = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-bench-'))
// The files of the runs lie below it, too.
process.env['TMPDIR'] = folder
const certificate = join(folder, 'service.pem')
const tls = makeCertificate()
writeFileSync(certificate, tls.cert)

const rows: string[][] = []
const targets: string[][] = []
const target = (what: string, measured: number, most: number): number =>
  targets.push([what, measured.toFixed(2), most.toFixed(2), measured <= most ? 'met' : '**missed**'])

function table(...[head = [], ...rows]: readonly string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/**
 * Races bare Node and the contenders against a service with so many pins, and adds their rows. Before each run the pins are all there
 * again, and the service has forgotten what counts against its limit.
 *
 * @param leastMs what the time is compared with; by default the bare script's
 * @returns what this action took
 */
async function measure(
  title: string,
  [count, rounds, leastMs]: [pins: number, rounds: number, leastMs?: number],
  contenders: (url: string, pinIds: readonly string[]) => Contender[],
  options: ServiceOptions = {},
): Promise<Found> {
  console.error(`${title}, ${rounds} rounds`)
  const pins = Array.from({ length: count }, (_, seed) => makePin({}, seed))
  let minutes = 0
  const now = (): number => Date.now() + minutes * 60_000
  const service = await startService({ tls, now, pins, ...options })
  const ids = pins.map(({ id }) => id)
  const found = await race([BARE_NODE, ...contenders(service.url, ids)], rounds, leastMs ?? 'bare script', () => {
    if (options.requestsPerMinute !== undefined) minutes += 1
    service.add(...pins.filter(({ id }) => !service.holds(id)))
  })
  await service.close()
  for (const { name, ms, toNode, toLeast, cpuMs, peakMiB } of found) {
    if (name === BARE_NODE.name && count > 1) continue
    const ratios = [toNode, toLeast].map((ratio) => (Number.isNaN(ratio) ? '' : ratio.toFixed(2)))
    const times = [`${(ms / 1000).toFixed(3)} s`, ...ratios, `${(cpuMs / 1000).toFixed(2)} s`]
    rows.push([title, name, String(rounds), ...times, peakMiB.toFixed(0)])
  }
  const refused = service.requests.filter(({ status }) => status === 429).length
  if (options.requestsPerMinute !== undefined) target('requests refused because of the limit', refused, 0)
  const own = found.find(({ name }) => name === 'this action')
  if (own === undefined) throw new Error('This action was not measured')
  return own
}

const act = (url: string, inputs: Record<string, string>, nodeArgs: readonly string[] = []): Contender[] =>
  actions({ 'api-url': url, 'requests-per-minute': '6000', ...inputs }, certificate, nodeArgs)
const actOn = (ids: readonly string[], url: string, rate = '6000'): Contender[] =>
  act(url, { 'pin-id': ids.join('\n'), 'requests-per-minute': rate })

try {
  const one = await measure('one pin', [1, quick ? 10 : 40], (url, ids) => {
    const unpin = `${url}/api/pinning/unpin/${ids[0]}`
    const bare = bareScript(certificate, 'DELETE', [unpin])
    return [...actOn(ids, url), bare, ...otherClients(certificate, unpin, folder)]
  })
  target('one pin, × bare Node', one.toNode, 2.2)
  target('one pin, × bare script', one.toLeast, 1.25)

  // The least is eight at once, and no time but the delay.
  const late: ServiceOptions = { fault: () => ({ kind: 'delay', ms: 50 }) }
  const plan: [number, number, number] = [1000, quick ? 2 : 5, (1000 / 8) * 50]
  await measure('1,000 pins by ID, 50 ms each', plan, (url, ids) => actOn(ids, url), late)

  const dry = await measure('dry run over 5,900 pins', [5900, quick ? 3 : 9], (url) =>
    act(url, { name: 'release-*', 'max-unpins': '5900', 'dry-run': 'true' }),
  )
  target('dry run over 5,900 pins, s', dry.ms / 1000, 0.5)

  const list = await measure('list of 59,000 rows, one match', [59_000, quick ? 3 : 9], (url) => {
    // The action asks for 100 rows at a time.
    const query = 'pinned=true&sortBy=created_at&sortOrder=ASC&limit=100'
    const pages = Array.from({ length: 590 }, (_, n) => `${url}/api/pinning/pins/?${query}&offset=${100 * n}`)
    const bare = bareScript(certificate, 'GET', pages)
    return [...act(url, { name: 'release-7', 'dry-run': 'true' }), bare, keptAlive(bare)]
  })
  target('list of 59,000 rows, s', list.ms / 1000, 1.3)
  target('list of 59,000 rows, × bare script', list.toLeast, 1.5)

  let cpuForEach = 0
  for (const pins of quick ? [1000, 10_000] : [1000, 10_000, 50_000]) {
    const inputs = { name: 'release-*', 'max-unpins': String(pins), 'timeout-seconds': '3600' }
    const title = `${pins.toLocaleString('en')} pins selected and removed`
    const found = await measure(title, [pins, quick ? 1 : 3], (url) => act(url, inputs, FAST_CLOCK))
    target(`${title}, MiB`, found.peakMiB, pins > 10_000 ? 600 : 200)
    const forEach = (found.cpuMs - one.cpuMs) / pins
    if (pins > 1000) target(`${title}, ms of CPU for each (1.1 × the row before)`, forEach, 1.1 * cpuForEach)
    cpuForEach = forEach
  }

  const pins = quick ? 200 : 400
  const bounded: [number, number, number] = [pins, 1, (Math.ceil(pins / 180) - 1) * 60_000]
  const paced = (url: string, ids: readonly string[]): Contender[] => actOn(ids, url, '180')
  const limit = { requestsPerMinute: 180 }
  const { toLeast } = await measure(`${pins} pins at 180 requests a minute`, bounded, paced, limit)
  target('under the limit, × least', toLeast, 1.02)

  const machine = [cpus()[0]?.model, `${cpus().length} cores`, `${Math.round(totalmem() / 2 ** 30)} GiB`]
  const text = `# Speed

Made by \`npm run bench${quick ? ' -- --quick' : ''}\` on ${new Date().toISOString().slice(0, 10)}; do not edit. Machine: ${machine.join(', ')}, ${type()} ${release().split('-')[0]}, Node ${process.versions.node}.

Whole processes against a service over TLS on the same machine. Medians of rounds in which all clients take turns; the ratios are taken within a round. "Least" is a bare \`https\` script that sends the same requests, each on a connection of its own; for 1,000 pins at 50 ms, eight at once, only the delay; under the limit, the minutes that it takes.

${table(['Run', 'Client', 'Rounds', 'Time', '× bare Node', '× least', 'CPU', 'Peak MiB'], ...rows)}

${table(['Target', 'Measured', 'At most', ''], ...targets)}
`
  writeFileSync('docs/bench.md', text)
  console.log(text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
