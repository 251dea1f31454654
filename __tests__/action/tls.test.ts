import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makeCertificate, type Service } from '../../testing/service/index.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { start } from '../service/client.ts'
import { isIn } from '../support/spellings.ts'
import { endProcesses, entriesOf, errorsOf, inTurn, nodeArgsFor, pin, pins } from '../support/step.ts'
import { runStep, unpinEach } from '../support/step.ts'
import { KEYS, leaksOf } from './leaks.ts'
import { type ConnectProxy, type Refusal, startProxy } from './tcp.ts'

const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-tls-'))
afterAll(async () => {
  await endProcesses()
  rmSync(folder, { recursive: true })
})

/** Not loopback, which would bypass the proxy; only the proxy knows where it is. */
const HOST = 'pin.example.test'
const certificate = makeCertificate()
const certificateOfHost = makeCertificate([HOST])
const trusting = (name: string, { cert }: { cert: string }): Record<string, string> => {
  writeFileSync(join(folder, name), cert)
  return { NODE_EXTRA_CA_CERTS: join(folder, name) }
}
const TRUST = trusting('authority.pem', certificate)
const TRUST_HOST = trusting('host.pem', certificateOfHost)
const UNCHECKED = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
const ONCE = { 'timeout-seconds': '1' }

function expectUntrusted(result: ActionResult, service: Service): void {
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
  expect(errorsOf(result)).toMatch(/certificate.*NODE_EXTRA_CA_CERTS/)
  expect(service.requests).toEqual([])
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' })
}

test.concurrent.each([
  ['no authority is known', '127.0.0.1', {}],
  ['NODE_TLS_REJECT_UNAUTHORIZED=0 would accept it', '127.0.0.1', UNCHECKED],
  ['it is for another host', 'localhost', { ...TRUST, ...UNCHECKED }],
])('a certificate does not verify if %s, and nothing is sent', async (_, host, env) => {
  const service = await start({ pins: [pin], tls: certificate })
  expectUntrusted(await runStep(service.url.replace('127.0.0.1', host), [pin.id], {}, { env }), service)
})

test.concurrent.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s a lost answer is a lost answer', async (maxVersion) => {
  const table = { good: undefined, cut: inTurn({ kind: 'cut' }), reset: inTurn({ kind: 'reset', effect: 'after' }) }
  // `process.exit` at the end could wait for V8's compiler threads for good, https://github.com/nodejs/node/issues/54918.
  const nodeArgs = nodeArgsFor('process.exit = () => { process.reallyExit(99) }')
  const options = { env: TRUST, nodeArgs }
  const { rows, result } = await unpinEach(table, {}, options, { tls: { ...certificate, maxVersion } })
  const missing = { result: 'missing', attempts: 2 }
  expect(rows).toMatchObject({ good: { result: 'unpinned', attempts: 1 }, cut: missing, reset: missing })
  expect(result.exitCode).toBe(0)
})

/** Unpins pins at a TLS service behind a proxy. */
async function unpinBehind(
  refusal?: Refusal,
  { host = HOST, count = 1, inputs = {} }: { host?: string; count?: number; inputs?: Record<string, string> } = {},
  variables: (proxy: ConnectProxy) => Record<string, string> = ({ url }) => ({ https_proxy: url }),
): Promise<{ result: ActionResult; service: Service; proxy: ConnectProxy }> {
  const some = pins(count)
  const service = await start({ pins: some, tls: certificateOfHost })
  const proxy = await startProxy(service.port, refusal)
  const env = { ...TRUST_HOST, ...variables(proxy) }
  const ids = some.map(({ id }) => id)
  return { result: await runStep(`https://${host}`, ids, inputs, { env }), service, proxy }
}

describe('through a proxy', () => {
  test.concurrent.each(['https_proxy', 'HTTPS_PROXY'])(
    'of %s a pin is unpinned, and the proxy sees no key',
    async (name) => {
      const { result, service, proxy } = await unpinBehind(undefined, {}, ({ port }) => ({
        [name]: `http://octo:p%40ss-word@127.0.0.1:${port}`,
        http_proxy: 'rubbish',
      }))
      expect(result).toMatchObject({ conclusion: 'success', stderr: '', outputs: { result: 'unpinned' } })
      expect(service.requests).toMatchObject([{ method: 'DELETE' }])
      expect(service.requests[0]?.headers['proxy-authorization']).toBeUndefined()
      expect(proxy.heads).toEqual([expect.stringMatching(`^CONNECT ${HOST}:443 `)])
      const credentials = `basic ${Buffer.from('octo:p@ss-word').toString('base64')}`
      expect(proxy.heads[0]?.toLowerCase()).toContain(credentials.toLowerCase())
      expect(proxy.seen().length).toBeGreaterThan(100)
      for (const key of KEYS) expect(isIn(proxy.heads.join('') + proxy.seen(), key)).toBe(false)
      expect(leaksOf(result, [...KEYS, 'p@ss-word', 'p%40ss-word'])).toEqual([])
    },
  )

  test.concurrent('each request has a tunnel of its own, and 502 in place of one is asked again', async () => {
    const bad = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'
    const { result, service, proxy } = await unpinBehind((index) => (index === 0 ? bad : undefined), { count: 10 })
    expect(result).toMatchObject({ stderr: '', outputs: { 'unpinned-count': '10' } })
    expect([proxy.heads.length, service.requests.length]).toEqual([11, 10])
  })

  test.concurrent.each([
    [HOST, { NODE_EXTRA_CA_CERTS: '', ...UNCHECKED }],
    ['other.example.test', {}],
  ])('a certificate does not verify for %s with %j, and nothing is sent', async (host, env) => {
    const variables = ({ url }: ConnectProxy) => ({ https_proxy: url, ...env })
    const { result, service, proxy } = await unpinBehind(undefined, { host }, variables)
    expectUntrusted(result, service)
    expect(proxy.heads).toHaveLength(1)
  })

  test.concurrent.each([407, 403])('that says %i, the pin fails at once, and the variable is named', async (status) => {
    const { result, service, proxy } = await unpinBehind(() => `HTTP/1.1 ${status} No\r\nContent-Length: 4\r\n\r\npage`)
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
    expect(errorsOf(result)).toMatch(new RegExp(`\`https_proxy\`.*${status}`))
    expect(errorsOf(result)).not.toMatch(/api-url/)
    expect([service.requests, proxy.heads.length]).toEqual([[], 1])
  })

  test.concurrent.each([
    ['closes the connection', '\r\n'],
    ['does not speak HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['opens a tunnel that ends at once', 'HTTP/1.1 200 Connection established\r\n\r\n'],
    ['does not answer', ''],
  ])('that %s, the pin fails in time, and nothing was sent', async (_, text) => {
    const { result, service } = await unpinBehind(() => text, { inputs: ONCE })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: null }])
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, timedOut: false, stderr: '' })
    expect(service.requests).toEqual([])
  })

  test.concurrent('that is not there, the variable is named', async () => {
    const { result } = await unpinBehind(undefined, { inputs: ONCE }, () => ({ HTTPS_PROXY: 'http://127.0.0.1:1' }))
    // On Windows letter case does not count in names of variables.
    expect(errorsOf(result)).toMatch(/`HTTPS_PROXY`/i)
  })
})

test.concurrent.each([
  ['https_proxy', 'socks5://octo:p4ss-w0rd@proxy.corp:1'],
  ['https_proxy', 'http://proxy.corp:99999'],
  ['HTTPS_PROXY', '   '],
])('a proxy variable that cannot be used is refused before any request: %s=%j', async (name, value) => {
  const result = await runStep(`https://${HOST}`, [pin.id], {}, { env: { [name]: value } })
  expect(result).toMatchObject({ exitCode: 1, stderr: '', outputs: { result: '', results: '[]', 'failed-count': '0' } })
  // Windows finds a variable by its name in any letter case.
  expect(errorsOf(result)).toMatch(new RegExp(`${name}.*http://host:port`, 'i'))
  expect(leaksOf(result, ['p4ss-w0rd'])).toEqual([])
})
