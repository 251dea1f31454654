import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makeCertificate, type Service } from '../../testing/service/index.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { start } from '../service/client.ts'
import { eventually } from '../support/simulated-clock.ts'
import { isIn } from '../support/spellings.ts'
import { posixTest } from '../support/posix.ts'
import {
  endProcesses,
  entriesOf,
  errorsOf,
  type Inputs,
  inTurn,
  nodeArgsFor,
  pin,
  pins,
  runStep,
  startStep,
  unpinEach,
} from '../support/step.ts'
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

function expectUntrusted(result: ActionResult, service: Service): void {
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
  expect(errorsOf(result)).toMatch(/certificate.*NODE_EXTRA_CA_CERTS/)
  expect(service.requests).toEqual([])
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' })
}

test.concurrent.each([
  ['no authority is known', '127.0.0.1', {}],
  ['NODE_TLS_REJECT_UNAUTHORIZED=0 would accept it', '127.0.0.1', UNCHECKED],
  ['another authority is known', '127.0.0.1', TRUST_HOST],
  ['it is for another host', 'localhost', { ...TRUST, ...UNCHECKED }],
])('a certificate does not verify if %s, and nothing is sent', async (_, host, env) => {
  const service = await start({ pins: [pin], tls: certificate })
  expectUntrusted(await runStep(service.url.replace('127.0.0.1', host), [pin.id], {}, { env }), service)
})

test.concurrent.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'over %s a pin is unpinned, and a lost answer is a lost answer',
  async (maxVersion) => {
    const table = { good: undefined, cut: inTurn({ kind: 'cut' }), reset: inTurn({ kind: 'reset', effect: 'after' }) }
    const { rows } = await unpinEach(table, {}, { env: TRUST }, { tls: { ...certificate, maxVersion } })
    const missing = { result: 'missing', attempts: 2 }
    expect(rows).toMatchObject({ good: { result: 'unpinned', attempts: 1 }, cut: missing, reset: missing })
  },
)

test.concurrent('100 pins over TLS end the process by itself', async () => {
  const hundred = pins(100)
  // `process.exit` at the end could wait for V8's compiler threads for good, https://github.com/nodejs/node/issues/54918.
  const nodeArgs = nodeArgsFor('process.exit = () => { process.reallyExit(99) }')
  const service = await start({ pins: hundred, tls: certificate })
  const ids = hundred.map(({ id }) => id)
  const result = await runStep(service.url, ids, {}, { env: TRUST, nodeArgs })
  expect(result).toMatchObject({ exitCode: 0, timedOut: false, outputs: { 'unpinned-count': '100' } })
})

interface Behind {
  result: ActionResult
  service: Service
  proxy: ConnectProxy
}

/** Unpins one pin at a TLS service behind a proxy. */
async function unpinBehind(
  refusal?: Refusal,
  inputs: Inputs = {},
  variables: (proxy: ConnectProxy) => Record<string, string> = ({ url }) => ({ https_proxy: url }),
  host = HOST,
): Promise<Behind> {
  const service = await start({ pins: [pin], tls: certificateOfHost })
  const proxy = await startProxy(service.port, refusal)
  const env = { ...TRUST_HOST, ...variables(proxy) }
  return { result: await runStep(`https://${host}`, [pin.id], inputs, { env }), service, proxy }
}

describe('through a proxy', () => {
  test.concurrent.each(['https_proxy', 'HTTPS_PROXY'])(
    'of %s a pin is unpinned, and the proxy sees no key',
    async (name) => {
      const { result, service, proxy } = await unpinBehind(undefined, {}, ({ port }) => ({
        [name]: `http://octo:p%40ss-word@127.0.0.1:${port}`,
        http_proxy: 'rubbish',
      }))
      expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1 }])
      expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
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

  test.concurrent('each request has a tunnel of its own, and a lost answer is a lost answer', async () => {
    const many = pins(10)
    const service = await start({ pins: many, tls: certificateOfHost, fault: inTurn({ kind: 'cut' }) })
    const proxy = await startProxy(service.port)
    const env = { ...TRUST_HOST, https_proxy: proxy.url }
    const ids = many.map(({ id }) => id)
    const result = await runStep(`https://${HOST}`, ids, {}, { env })
    expect(result).toMatchObject({ stderr: '', outputs: { 'unpinned-count': '9', 'missing-count': '1' } })
    expect([proxy.heads.length, service.requests.length]).toEqual([11, 11])
  })

  test.concurrent('a service of this machine is not reached, and a host of `no_proxy` neither', async () => {
    const service = await start({ pins: [pin] })
    const proxy = await startProxy(service.port)
    const env = { https_proxy: proxy.url, http_proxy: proxy.url, HTTP_PROXY: proxy.url }
    expect((await runStep(service.url, [pin.id], {}, { env })).conclusion).toBe('success')
    const except = ({ url }: ConnectProxy) => ({ https_proxy: url, no_proxy: '.example.test' })
    const behind = await unpinBehind(undefined, { 'timeout-seconds': '1' }, except)
    expect([proxy.heads, behind.proxy.heads]).toEqual([[], []])
    expect(entriesOf(behind.result)[0]?.result).toBe('failed')
  })

  test.concurrent.each([
    [HOST, { NODE_EXTRA_CA_CERTS: '', ...UNCHECKED }],
    ['other.example.test', {}],
  ])('a certificate does not verify for %s with %j, and nothing is sent', async (host, env) => {
    const { result, service, proxy } = await unpinBehind(undefined, {}, ({ url }) => ({ https_proxy: url, ...env }), host)
    expectUntrusted(result, service)
    expect(proxy.heads).toHaveLength(1)
  })
})

describe('a proxy that opens no tunnel', () => {
  const refused = (status: string): string => `HTTP/1.1 ${status}\r\nContent-Length: 4\r\n\r\npage`

  test.concurrent.each(['407 Proxy Authentication Required', '403 Forbidden'])(
    'and says %s is asked once, and the message names the variable',
    async (status) => {
      const { result, service, proxy } = await unpinBehind(() => refused(status))
      expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
      expect(errorsOf(result)).toMatch(new RegExp(`\`https_proxy\`.*${status.slice(0, 3)}`))
      expect(errorsOf(result)).not.toMatch(/api-url/)
      expect([service.requests, proxy.heads.length]).toEqual([[], 1])
    },
  )

  test.concurrent.each([
    ['closes the connection', '\r\n'],
    ['does not speak HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['opens one that ends at once', 'HTTP/1.1 200 Connection established\r\n\r\n'],
    ['does not answer', ''],
  ])('and %s fails the pin in time, and nothing was sent', async (_, text) => {
    const { result, service } = await unpinBehind(() => text, { 'timeout-seconds': '1' })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: null }])
    expect(service.requests).toEqual([])
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, timedOut: false, stderr: '' })
  })

  test.concurrent('but 502 is asked again', async () => {
    const { result } = await unpinBehind((index) => (index === 0 ? refused('502 Bad Gateway') : undefined))
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 2 }])
  })

  // FAILS: the advice is `api-url`; the proxy variable is not named ("Words that point to the cause").
  test.concurrent('because it is not there is named by its variable', async () => {
    const { result } = await unpinBehind(undefined, { 'timeout-seconds': '1' }, () => ({
      HTTPS_PROXY: 'http://127.0.0.1:1',
    }))
    expect(errorsOf(result)).toMatch(/`HTTPS_PROXY`/)
  })

  posixTest('and does not answer a cancelled step does not hold it up', async () => {
    const service = await start({ pins: [pin], tls: certificateOfHost })
    const proxy = await startProxy(service.port, () => '')
    const env = { ...TRUST_HOST, https_proxy: proxy.url }
    const action = startStep(`https://${HOST}`, [pin.id], {}, { env })
    await eventually(() => proxy.heads.length > 0)
    action.signal('SIGINT')
    const result = await action.finished
    expect(result).toMatchObject({ exitCode: 1, timedOut: false })
    expect(entriesOf(result)).toHaveLength(1)
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
  expect(result.summary).toMatch(/nothing was unpinned/)
  expect(leaksOf(result, ['p4ss-w0rd'])).toEqual([])
})
