import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makeCertificate } from '../../testing/service/index.ts'
import type { Service, ServiceOptions } from '../../testing/service/index.ts'
import { type ConnectProxy, type Refusal, startProxy } from './connect-proxy.ts'
import { holdsKey, leaksOf } from './leaks.ts'
import {
  answer,
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

jest.setTimeout(30_000)
const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-proxy-'))
afterAll(async () => {
  await clearStage()
  rmSync(folder, { recursive: true })
})

/** Not loopback, which would bypass the proxy; only the proxy knows where it is. */
const HOST = 'pin.example.test'
const URL_THERE = `https://${HOST}`
const certificate = makeCertificate([HOST])
const authority = join(folder, 'authority.pem')
writeFileSync(authority, certificate.cert)
const TRUST = { NODE_EXTRA_CA_CERTS: authority }
const KEYS = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]

interface Behind {
  result: ActionResult
  service: Service
  proxy: ConnectProxy
}

/** Unpins one pin at a TLS service behind a proxy. */
async function unpinBehind(
  options: { fault?: NonNullable<ServiceOptions['fault']>; refusal?: Refusal } = {},
  inputs: Inputs = {},
  variables: (proxy: ConnectProxy) => Record<string, string> = ({ url }) => ({ https_proxy: url }),
): Promise<Behind> {
  const { fault, refusal } = options
  const service = await serve({ pins: [pin], tls: certificate, ...(fault !== undefined && { fault }) })
  const proxy = await startProxy(service.port, refusal)
  const result = await runStep(URL_THERE, [pin.id], inputs, { env: { ...TRUST, ...variables(proxy) } })
  return { result, service, proxy }
}

const REFUSED = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'

describe('through a proxy', () => {
  test.concurrent.each(['https_proxy', 'HTTPS_PROXY'])(
    'of %s: unpinned, and the proxy sees no key',
    async (name) => {
      const { result, service, proxy } = await unpinBehind({}, {}, ({ url }) => ({ [name]: url }))
      expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1 }])
      expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
      expect(service.requests).toHaveLength(1)
      expect(proxy.heads).toHaveLength(1)
      expect(proxy.heads[0]).toMatch(new RegExp(`^CONNECT ${HOST}:443 `))
      expect(proxy.seen().length).toBeGreaterThan(100)
      for (const key of KEYS) expect(holdsKey(proxy.heads.join('') + proxy.seen(), key)).toBe(false)
      expect(proxy.seen()).not.toContain(pin.id)
      expect(leaksOf(result, KEYS)).toEqual([])
    },
  )

  test.concurrent('user and password go to the proxy, and nowhere into the log', async () => {
    const { result, service, proxy } = await unpinBehind({}, {}, ({ port }) => ({
      https_proxy: `http://octo:p%40ss-word@127.0.0.1:${port}`,
    }))
    expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
    const credentials = Buffer.from('octo:p@ss-word').toString('base64')
    expect(proxy.heads[0]?.toLowerCase()).toContain(`proxy-authorization: basic ${credentials}`.toLowerCase())
    expect(service.requests[0]?.headers['proxy-authorization']).toBeUndefined()
    expect(leaksOf(result, ['p@ss-word', 'p%40ss-word'])).toEqual([])
  })

  test.concurrent('many pins share tunnels and come to their end', async () => {
    const many = pins(30)
    const service = await serve({ pins: many, tls: certificate })
    const proxy = await startProxy(service.port)
    const result = await runStep(
      URL_THERE,
      many.map(({ id }) => id),
      {},
      { env: { ...TRUST, https_proxy: proxy.url } },
    )
    expect(result.outputs['unpinned-count']).toBe('30')
    expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
  })

  test.concurrent('a service of this machine is reached directly', async () => {
    const service = await serve({ pins: [pin] })
    const proxy = await startProxy(service.port)
    const env = { https_proxy: proxy.url, http_proxy: proxy.url, HTTP_PROXY: proxy.url }
    const result = await runStep(service.url, [pin.id], {}, { env })
    expect(result.conclusion).toBe('success')
    expect(proxy.heads).toEqual([])
  })

  test.concurrent('no_proxy is obeyed: the proxy is told nothing', async () => {
    const { result, proxy } = await unpinBehind({}, { 'timeout-seconds': '1' }, ({ url }) => ({
      https_proxy: url,
      no_proxy: '.example.test',
    }))
    expect(proxy.heads).toEqual([])
    expect(entriesOf(result)[0]?.result).toBe('failed')
  })

  test.concurrent.each([
    ['', {}],
    [', though NODE_TLS_REJECT_UNAUTHORIZED=0 would take it', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('a certificate that nobody vouches for fails at once, unsent%s', async (_, env) => {
    const service = await serve({ pins: [pin], tls: certificate })
    const proxy = await startProxy(service.port)
    const result = await runStep(URL_THERE, [pin.id], {}, { env: { https_proxy: proxy.url, ...env } })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1 }])
    expect(errorsOf(result)).toMatch(/certificate/)
    expect(service.requests).toEqual([])
    expect(proxy.heads).toHaveLength(1)
    expect(result).toMatchObject({ conclusion: 'failure', stderr: '' })
  })

  test.concurrent('a certificate for another host fails, unsent', async () => {
    const service = await serve({ pins: [pin], tls: certificate })
    const proxy = await startProxy(service.port)
    const env = { ...TRUST, https_proxy: proxy.url }
    const result = await runStep('https://other.example.test', [pin.id], {}, { env })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1 }])
    expect(errorsOf(result)).toMatch(/certificate/)
    expect(service.requests).toEqual([])
  })

  test.concurrent('a lost answer is a lost answer: missing then, and green', async () => {
    const { result } = await unpinBehind({ fault: inTurn({ kind: 'cut' }) }, { 'on-missing': 'fail' })
    expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 2 }])
    expect(result).toMatchObject({ conclusion: 'success', stderr: '' })
  })

  test.concurrent('a service that never answers is unconfirmed, in time', async () => {
    const { result } = await unpinBehind(
      { fault: () => ({ kind: 'hang', effect: 'after' }) },
      { 'timeout-seconds': '1' },
    )
    expect(entriesOf(result)[0]?.result).toBe('unconfirmed')
    expect(result.durationMs).toBeLessThan(5000)
  })

  test.concurrent('a redirect to another host is not followed', async () => {
    const { result, proxy } = await unpinBehind({
      fault: () => answer(302, '', { Location: 'https://elsewhere.example.test/' }),
    })
    expect(entriesOf(result)[0]?.result).toBe('failed')
    expect(proxy.heads.join('')).not.toContain('elsewhere')
  })
})

describe('a proxy that opens no tunnel', () => {
  test.concurrent.each([
    ['407', REFUSED],
    ['502', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'],
    ['403 with a page', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\npage'],
    ['a closed connection', '\r\n'],
    ['what is not HTTP', 'SSH-2.0-x\r\n\r\n'],
  ])('with %s is asked again, and the pin has failed: nothing was sent', async (_, text) => {
    const { result, service, proxy } = await unpinBehind({ refusal: () => text }, { 'timeout-seconds': '2' })
    expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
    expect(entriesOf(result)[0]?.attempts).toBeGreaterThanOrEqual(proxy.heads.length)
    expect(proxy.heads.length).toBeGreaterThan(1)
    expect(service.requests).toEqual([])
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' })
    expect(result.durationMs).toBeLessThan(6000)
  })

  test.concurrent('with 502 once is asked again, and the pin is unpinned', async () => {
    const { result } = await unpinBehind({
      refusal: (index) => (index === 0 ? 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n' : undefined),
    })
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 2 }])
  })

  test.concurrent('without an answer still ends in time: nothing was sent', async () => {
    const { result, proxy } = await unpinBehind({ refusal: () => '' }, { 'timeout-seconds': '1' })
    expect(proxy.heads.length).toBeGreaterThan(0)
    expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
    expect(result).toMatchObject({ exitCode: 1, timedOut: false, stderr: '' })
    expect(result.durationMs).toBeLessThan(5000)
  })

  test.concurrent('without an answer, and the step is cancelled: ends within 2 s', async () => {
    const service = await serve({ pins: [pin], tls: certificate })
    const proxy = await startProxy(service.port, () => '')
    const action = startStep(URL_THERE, [pin.id], {}, { env: { ...TRUST, https_proxy: proxy.url } })
    await eventually(() => proxy.heads.length > 0)
    const signalledAt = performance.now()
    action.signal('SIGINT')
    const result = await action.finished
    expect(performance.now() - signalledAt).toBeLessThan(2000)
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure' })
    expect(entriesOf(result)).toHaveLength(1)
    expect(result.outputs['results-file']).not.toBe('')
  })

  test.concurrent('that is not there: refused, retried, failed', async () => {
    const service = await serve()
    await service.close()
    const env = { ...TRUST, https_proxy: `http://127.0.0.1:${service.port}` }
    const result = await runStep(URL_THERE, [pin.id], { 'timeout-seconds': '2' }, { env })
    expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
    expect(entriesOf(result)[0]?.attempts).toBeGreaterThan(1)
  })

  test.concurrent('with a tunnel that ends at once: nothing was sent', async () => {
    const { result } = await unpinBehind(
      { refusal: () => 'HTTP/1.1 200 Connection established\r\n\r\n' },
      { 'timeout-seconds': '2' },
    )
    expect(entriesOf(result)[0]?.result).toBe('failed')
    expect(result).toMatchObject({ exitCode: 1, stderr: '' })
  })
})

describe('a proxy variable that cannot be used is refused before any request', () => {
  test.concurrent.each([
    'proxy.corp:8080',
    'socks5://x:1',
    'http://',
    'https://',
    'http://us%er:p%zz@proxy.corp:8080',
    'http://proxy corp:8080',
    'http://proxy.corp:99999',
    'ftp://proxy.corp:8080',
    '://',
    '   ',
  ])('%j', async (value) => {
    for (const name of ['https_proxy', 'HTTPS_PROXY']) {
      const result = await runStep(URL_THERE, [pin.id], {}, { env: { [name]: value } })
      expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' })
      expect(errorsOf(result)).toContain(name)
      expect(errorsOf(result)).toMatch(/http:\/\/host:port/)
      expect(result.outputs).toMatchObject({ result: '', results: '[]', 'failed-count': '0' })
      expect(result.summary).toMatch(/nothing was unpinned/)
      expect(result.durationMs).toBeLessThan(4000)
    }
  })

  test.concurrent('the password in it is not shown', async () => {
    const env = { https_proxy: 'socks5://octo:p4ss-w0rd@proxy.corp:1080' }
    const result = await runStep(URL_THERE, [pin.id], {}, { env })
    expect(leaksOf(result, ['p4ss-w0rd'])).toEqual([])
  })

  test.concurrent('a host name that begins with 127. would go round the proxy', async () => {
    const proxy = await startProxy(1)
    const result = await runStep(
      'https://127.example.test',
      [pin.id],
      {},
      { env: { https_proxy: proxy.url } },
    )
    expect(errorsOf(result)).toMatch(/begins with 127\./)
    expect(result.outputs['results']).toBe('[]')
    expect(proxy.heads).toEqual([])
  })

  test.concurrent('one for http does not matter to https', async () => {
    const { result } = await unpinBehind({}, {}, ({ url }) => ({ https_proxy: url, http_proxy: 'rubbish' }))
    expect(result.conclusion).toBe('success')
  })

  test.concurrent('an unusable one does not matter to a service of this machine', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(
      service.url,
      [pin.id],
      {},
      { env: { https_proxy: 'rubbish', http_proxy: 'rubbish' } },
    )
    expect(result.conclusion).toBe('success')
  })
})
