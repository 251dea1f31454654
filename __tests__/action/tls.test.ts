import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makeCertificate, type Service, type ServiceOptions } from '../../testing/service/index.ts'
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
const authorityOf = (name: string, { cert }: { cert: string }): Record<string, string> => {
  writeFileSync(join(folder, name), cert)
  return { NODE_EXTRA_CA_CERTS: join(folder, name) }
}
const TRUST = authorityOf('authority.pem', certificate)
const TRUST_HOST = authorityOf('host.pem', certificateOfHost)

function expectUntrusted(result: ActionResult, service: Service): void {
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
  expect(errorsOf(result)).toMatch(/certificate.*NODE_EXTRA_CA_CERTS/)
  expect(service.requests).toEqual([])
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' })
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', (maxVersion) => {
  const tls = { ...certificate, maxVersion }

  test.concurrent.each([
    ['no authority is known', '127.0.0.1', {}],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0 would accept it', '127.0.0.1', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['another authority is known', '127.0.0.1', TRUST_HOST],
    ['it is for another host', 'localhost', { ...TRUST, NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('a certificate does not verify if %s, and nothing is sent', async (_, host, env) => {
    const service = await start({ pins: [pin], tls })
    expectUntrusted(await runStep(service.url.replace('127.0.0.1', host), [pin.id], {}, { env }), service)
  })

  test.concurrent(
    'a certificate of a known authority verifies, and a lost answer is a lost answer',
    async () => {
      const table = {
        'a good answer': undefined,
        'a cut': inTurn({ kind: 'cut' }),
        'a reset': inTurn({ kind: 'reset', effect: 'after' }),
      }
      const { rows, result } = await unpinEach(table, {}, { env: TRUST }, { tls })
      expect(rows).toMatchObject({
        'a good answer': { result: 'unpinned', attempts: 1 },
        'a cut': { result: 'missing', attempts: 2 },
        'a reset': { result: 'missing', attempts: 2 },
      })
      expect(result.conclusion).toBe('success')
    },
  )
})

test.concurrent('a redirect from https to plain http sends nothing there', async () => {
  const other = await start({ pins: [pin] })
  const location = `${other.url}/api/pinning/unpin/${pin.id}`
  const service = await start({ tls: certificate, fault: () => ({ kind: 'redirect', location }) })
  const result = await runStep(service.url, [pin.id], {}, { env: TRUST })
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: 302 }])
  expect(other.requests).toEqual([])
})

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
  { refusal, ...options }: ServiceOptions & { refusal?: Refusal } = {},
  inputs: Inputs = {},
  variables: (proxy: ConnectProxy) => Record<string, string> = ({ url }) => ({ https_proxy: url }),
): Promise<Behind> {
  const service = await start({ pins: [pin], tls: certificateOfHost, ...options })
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
      for (const key of KEYS) expect(isIn(proxy.heads.join('') + proxy.seen(), key)).toBe(false)
      expect(leaksOf(result, [...KEYS, 'p@ss-word', 'p%40ss-word'])).toEqual([])
    },
  )

  test.concurrent('many pins are unpinned, and a lost answer is a lost answer', async () => {
    const many = pins(30)
    const service = await start({ pins: many, tls: certificateOfHost, fault: inTurn({ kind: 'cut' }) })
    const proxy = await startProxy(service.port)
    const env = { ...TRUST_HOST, https_proxy: proxy.url }
    const ids = many.map(({ id }) => id)
    const result = await runStep(`https://${HOST}`, ids, { 'on-missing': 'fail' }, { env })
    const outputs = { 'unpinned-count': '29', 'missing-count': '1' }
    expect(result).toMatchObject({ conclusion: 'success', stderr: '', outputs })
  })

  test.concurrent('a service of this machine is not reached, and a host of `no_proxy` neither', async () => {
    const service = await start({ pins: [pin] })
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
    const service = await start({ pins: [pin], tls: certificateOfHost })
    const proxy = await startProxy(service.port)
    const result = await runStep(`https://${host}`, [pin.id], {}, { env: { https_proxy: proxy.url, ...env } })
    expectUntrusted(result, service)
    expect(proxy.heads).toHaveLength(1)
  })
})

describe('a proxy that opens no tunnel', () => {
  const answers = {
    'says 407': 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n',
    'says 403 with a page': 'HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\npage',
    'closes the connection': '\r\n',
    'does not speak HTTP': 'SSH-2.0-x\r\n\r\n',
    'opens one that ends at once': 'HTTP/1.1 200 Connection established\r\n\r\n',
    'does not answer': '',
  }

  test.concurrent.each(Object.entries(answers))(
    'and %s fails the pin in time, and nothing was sent',
    async (_, text) => {
      const { result, service } = await unpinBehind({ refusal: () => text }, { 'timeout-seconds': '1' })
      expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
      expect(service.requests).toEqual([])
      expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, timedOut: false, stderr: '' })
    },
  )

  test.concurrent('once is asked again', async () => {
    const bad = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'
    const { result } = await unpinBehind({ refusal: (index) => (index === 0 ? bad : undefined) })
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 2 }])
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

describe('before any request is refused', () => {
  test.concurrent.each([
    ['https_proxy', 'socks5://octo:p4ss-w0rd@proxy.corp:1'],
    ['https_proxy', 'http://proxy.corp:99999'],
    ['HTTPS_PROXY', '   '],
  ])('a proxy variable that cannot be used: %s=%j', async (name, value) => {
    const result = await runStep(`https://${HOST}`, [pin.id], {}, { env: { [name]: value } })
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: '',
      outputs: { result: '', results: '[]', 'failed-count': '0' },
    })
    // Windows finds a variable by its name in any letter case.
    expect(errorsOf(result)).toMatch(new RegExp(`${name}.*http://host:port`, 'i'))
    expect(result.summary).toMatch(/nothing was unpinned/)
    expect(leaksOf(result, ['p4ss-w0rd'])).toEqual([])
  })

  test.concurrent('NODE_DEBUG, which makes Node print the keys', async () => {
    const service = await start({ pins: [pin] })
    const result = await runStep(service.url, [pin.id], {}, { env: { NODE_DEBUG: 'http,net,tls' } })
    expect(errorsOf(result)).toMatch(/NODE_DEBUG/)
    expect([service.requests, leaksOf(result, KEYS)]).toEqual([[], []])
  })
})
