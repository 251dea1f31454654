import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { DEFAULT_KEYS, makeCertificate } from '../../testing/service/index.ts'
import type { Service, ServiceOptions } from '../../testing/service/index.ts'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { type ConnectProxy, type Refusal, startProxy } from './connect-proxy.ts'
import { holdsKey, leaksOf } from './leaks.ts'
import {
  clearStage,
  entriesOf,
  errorsOf,
  eventually,
  type Inputs,
  inTurn,
  pin,
  pins,
  runStep,
  serve,
  startStep,
} from './stage.ts'

jest.setTimeout(120_000)
const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-tls-'))
afterAll(async () => {
  await clearStage()
  rmSync(folder, { recursive: true })
})

/** Not loopback, which would bypass the proxy; only the proxy knows where it is. */
const HOST = 'pin.example.test'
const certificate = makeCertificate()
const certificateOfHost = makeCertificate([HOST])
const authorityOf = (name: string, { cert }: { cert: string }): Record<string, string> => {
  writeFileSync(join(folder, name), cert)
  return { NODE_EXTRA_CA_CERTS: join(folder, name) }
}
const TRUST = authorityOf('authority.pem', certificate)
const TRUST_HOST = authorityOf('host.pem', certificateOfHost)
const KEYS = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]

function expectUntrusted(result: ActionResult, service: Service): void {
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
  expect(errorsOf(result)).toMatch(/certificate.*NODE_EXTRA_CA_CERTS/)
  expect(service.requests).toEqual([])
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' })
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', (maxVersion) => {
  const start = (options: ServiceOptions = {}) =>
    serve({ pins: [pin], tls: { ...certificate, maxVersion }, ...options })

  test.each([
    ['no authority is known', '127.0.0.1', {}],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0 would accept it', '127.0.0.1', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['another authority is known', '127.0.0.1', TRUST_HOST],
    ['it is for another host', 'localhost', { ...TRUST, NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('a certificate does not verify if %s, and nothing is sent', async (_, host, env) => {
    const service = await start()
    expectUntrusted(await runStep(service.url.replace('127.0.0.1', host), [pin.id], {}, { env }), service)
  })

  test('a certificate of a known authority verifies', async () => {
    const service = await start()
    const result = await runStep(service.url, [pin.id], {}, { env: TRUST })
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1 }])
    expect(service.holds(pin.id)).toBe(false)
  })

  test.each([[{ kind: 'cut' }], [{ kind: 'reset', effect: 'after' }]] as const)(
    'an answer lost by %j is a lost answer',
    async (fault) => {
      const service = await start({ fault: inTurn(fault) })
      const result = await runStep(service.url, [pin.id], {}, { env: TRUST })
      expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 2 }])
      expect(result.conclusion).toBe('success')
    },
  )
})

test.each(['http', 'https'])('a redirect from %s to the other scheme sends nothing there', async (from) => {
  const other = await serve({ pins: [pin], ...(from === 'http' && { tls: certificate }) })
  const service = await serve({
    pins: [pin],
    ...(from === 'https' && { tls: certificate }),
    fault: () => ({ kind: 'redirect', location: `${other.url}/api/pinning/unpin/${pin.id}`, status: 308 }),
  })
  const result = await runStep(service.url, [pin.id], {}, { env: TRUST })
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: 308 }])
  expect(other.requests).toEqual([])
})

test('100 pins over TLS end the process by itself, 20 times in a row', async () => {
  const hundred = pins(100)
  // `process.exit` at the end could wait for V8's compiler threads for good, https://github.com/nodejs/node/issues/54918.
  const script = 'process.exit = () => { process.reallyExit(99) }'
  const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(script)}`]
  for (let time = 0; time < 20; time += 1) {
    const service = await serve({ pins: hundred, tls: certificate })
    const ids = hundred.map(({ id }) => id)
    const result = await runStep(service.url, ids, {}, { env: TRUST, nodeArgs, timeoutMs: 20_000 })
    expect(result).toMatchObject({
      exitCode: 0,
      signal: null,
      timedOut: false,
      outputs: { 'unpinned-count': '100' },
    })
    await service.close()
  }
})

interface Behind {
  result: ActionResult
  service: Service
  proxy: ConnectProxy
}

/** Unpins one pin at a TLS service behind a proxy. */
async function unpinBehind(
  { refusal, ...options }: ServiceOptions & { refusal?: Refusal } = {},
  inputs: Inputs = {},
  variables: (proxy: ConnectProxy) => Record<string, string> = ({ url }) => ({ https_proxy: url }),
): Promise<Behind> {
  const service = await serve({ pins: [pin], tls: certificateOfHost, ...options })
  const proxy = await startProxy(service.port, refusal)
  const env = { ...TRUST_HOST, ...variables(proxy) }
  const result = await runStep(`https://${HOST}`, [pin.id], inputs, { env })
  return { result, service, proxy }
}

describe('through a proxy', () => {
  test.concurrent.each(['https_proxy', 'HTTPS_PROXY'])(
    'of %s a pin is unpinned, and the proxy sees no key',
    async (name) => {
      const { result, service, proxy } = await unpinBehind({}, {}, ({ port }) => ({
        [name]: `http://octo:p%40ss-word@127.0.0.1:${port}`,
        http_proxy: 'rubbish',
      }))
      expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1 }])
      expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
      expect(service.requests).toHaveLength(1)
      expect(service.requests[0]?.headers['proxy-authorization']).toBeUndefined()
      expect(proxy.heads).toEqual([expect.stringMatching(`^CONNECT ${HOST}:443 `)])
      const credentials = `basic ${Buffer.from('octo:p@ss-word').toString('base64')}`
      expect(proxy.heads[0]?.toLowerCase()).toContain(credentials.toLowerCase())
      expect(proxy.seen().length).toBeGreaterThan(100)
      for (const key of KEYS) expect(holdsKey(proxy.heads.join('') + proxy.seen(), key)).toBe(false)
      expect(leaksOf(result, [...KEYS, 'p@ss-word', 'p%40ss-word'])).toEqual([])
    },
  )

  test.concurrent('many pins are unpinned', async () => {
    const many = pins(30)
    const service = await serve({ pins: many, tls: certificateOfHost })
    const proxy = await startProxy(service.port)
    const env = { ...TRUST_HOST, https_proxy: proxy.url }
    const result = await runStep(
      `https://${HOST}`,
      many.map(({ id }) => id),
      {},
      { env },
    )
    expect(result).toMatchObject({ conclusion: 'success', stderr: '', outputs: { 'unpinned-count': '30' } })
  })

  test.concurrent('a service of this machine is not reached, and a host of `no_proxy` neither', async () => {
    const service = await serve({ pins: [pin] })
    const proxy = await startProxy(service.port)
    const env = { https_proxy: proxy.url, http_proxy: proxy.url, HTTP_PROXY: proxy.url }
    expect((await runStep(service.url, [pin.id], {}, { env })).conclusion).toBe('success')
    const behind = await unpinBehind({}, { 'timeout-seconds': '1' }, ({ url }) => ({
      https_proxy: url,
      no_proxy: '.example.test',
    }))
    expect([proxy.heads, behind.proxy.heads]).toEqual([[], []])
    expect(entriesOf(behind.result)[0]?.result).toBe('failed')
  })

  test.concurrent.each([
    [HOST, {}],
    [HOST, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['other.example.test', TRUST_HOST],
  ])('a certificate does not verify for %s with %j, and nothing is sent', async (host, env) => {
    const service = await serve({ pins: [pin], tls: certificateOfHost })
    const proxy = await startProxy(service.port)
    const result = await runStep(`https://${host}`, [pin.id], {}, { env: { https_proxy: proxy.url, ...env } })
    expectUntrusted(result, service)
    expect(proxy.heads).toHaveLength(1)
  })

  test.concurrent('a lost answer is a lost answer', async () => {
    const { result } = await unpinBehind({ fault: inTurn({ kind: 'cut' }) }, { 'on-missing': 'fail' })
    expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 2 }])
    expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
  })

  test.concurrent('a redirect to another host is not followed', async () => {
    const location = 'https://elsewhere.example.test/'
    const { result, proxy } = await unpinBehind({ fault: () => ({ kind: 'redirect', location }) })
    expect(entriesOf(result)[0]?.result).toBe('failed')
    expect(proxy.heads.join('')).not.toContain('elsewhere')
  })
})

describe('a proxy that opens no tunnel', () => {
  test.concurrent.each([
    ['says 407', 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'],
    ['says 403 with a page', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\npage'],
    ['closes the connection', '\r\n'],
    ['does not speak HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['opens one that ends at once', 'HTTP/1.1 200 Connection established\r\n\r\n'],
    ['does not answer', ''],
  ])('and %s fails the pin in time, and nothing was sent', async (_, text) => {
    const { result, service } = await unpinBehind({ refusal: () => text }, { 'timeout-seconds': '1' })
    expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
    expect(service.requests).toEqual([])
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, timedOut: false, stderr: '' })
    expect(result.durationMs).toBeLessThan(8000)
  })

  test.concurrent('once is asked again', async () => {
    const bad = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'
    const { result } = await unpinBehind({ refusal: (index) => (index === 0 ? bad : undefined) })
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 2 }])
  })

  test.concurrent('and does not answer a cancelled step does not hold it up', async () => {
    const service = await serve({ pins: [pin], tls: certificateOfHost })
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

describe('before any request is refused', () => {
  test.concurrent.each([
    ['https_proxy', 'proxy.corp:8080'],
    ['https_proxy', 'socks5://octo:p4ss-w0rd@proxy.corp:1'],
    ['HTTPS_PROXY', 'http://'],
    ['HTTPS_PROXY', 'http://us%er:p%zz@proxy.corp:8080'],
    ['https_proxy', 'http://proxy.corp:99999'],
    ['HTTPS_PROXY', '   '],
  ])('a proxy variable that cannot be used: %s=%j', async (name, value) => {
    const result = await runStep(`https://${HOST}`, [pin.id], {}, { env: { [name]: value } })
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: '',
      outputs: { result: '', results: '[]', 'failed-count': '0' },
    })
    expect(errorsOf(result)).toMatch(new RegExp(`${name}.*http://host:port`))
    expect(result.summary).toMatch(/nothing was unpinned/)
    expect(leaksOf(result, ['p4ss-w0rd'])).toEqual([])
  })

  test.concurrent('a host that begins with 127. and would bypass the proxy', async () => {
    const proxy = await startProxy(1)
    const result = await runStep(
      'https://127.example.test',
      [pin.id],
      {},
      { env: { https_proxy: proxy.url } },
    )
    expect(errorsOf(result)).toMatch(/begins with 127\./)
    expect([result.outputs['results'], proxy.heads]).toEqual(['[]', []])
  })

  test.concurrent('NODE_DEBUG, which makes Node print the keys', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], {}, { env: { NODE_DEBUG: 'http,net,tls' } })
    expect(errorsOf(result)).toMatch(/NODE_DEBUG/)
    expect([service.requests, leaksOf(result, KEYS)]).toEqual([[], []])
  })

  test.concurrent('but nothing for a service of this machine', async () => {
    const service = await serve({ pins: [pin] })
    const env = { https_proxy: 'rubbish', http_proxy: 'rubbish' }
    expect((await runStep(service.url, [pin.id], {}, { env })).conclusion).toBe('success')
  })
})
