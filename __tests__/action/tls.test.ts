import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { makeCertificate } from '../../testing/service/index.ts'
import { clearStage, entriesOf, errorsOf, inTurn, pin, runStep, serve } from './stage.ts'

jest.setTimeout(30_000)
const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-tls-'))
afterAll(async () => {
  await clearStage()
  rmSync(folder, { recursive: true })
})

const certificate = makeCertificate()
const authority = join(folder, 'authority.pem')
writeFileSync(authority, certificate.cert)
const other = join(folder, 'other.pem')
writeFileSync(other, makeCertificate().cert)

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', (maxVersion) => {
  test.each([
    ['', {}],
    [', though NODE_TLS_REJECT_UNAUTHORIZED=0 would take it', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    [', though another authority is known', { NODE_EXTRA_CA_CERTS: other }],
  ])('a certificate that nobody vouches for fails at once, unsent%s', async (_, env) => {
    const service = await serve({ pins: [pin], tls: { ...certificate, maxVersion } })
    const result = await runStep(service.url, [pin.id], {}, { env })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: null }])
    expect(errorsOf(result)).toMatch(/certificate/)
    expect(errorsOf(result)).toMatch(/NODE_EXTRA_CA_CERTS/)
    expect(service.requests).toEqual([])
    expect(service.holds(pin.id)).toBe(true)
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' })
    expect(result.durationMs).toBeLessThan(4000)
  })

  test('a certificate whose authority NODE_EXTRA_CA_CERTS names is good', async () => {
    const service = await serve({ pins: [pin], tls: { ...certificate, maxVersion } })
    const result = await runStep(service.url, [pin.id], {}, { env: { NODE_EXTRA_CA_CERTS: authority } })
    expect(entriesOf(result)).toMatchObject([{ result: 'unpinned', attempts: 1 }])
    expect(service.holds(pin.id)).toBe(false)
    expect(result.conclusion).toBe('success')
  })

  test('a good certificate for another host fails, unsent', async () => {
    const service = await serve({ pins: [pin], tls: { ...certificate, maxVersion } })
    const url = service.url.replace('127.0.0.1', 'localhost')
    const env = { NODE_EXTRA_CA_CERTS: authority, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    const result = await runStep(url, [pin.id], {}, { env })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1 }])
    expect(errorsOf(result)).toMatch(/certificate/)
    expect(service.requests).toEqual([])
  })

  test.each([[{ kind: 'cut' } as const], [{ kind: 'reset', effect: 'after' } as const]])(
    'an answer lost by %j is a lost answer',
    async (fault) => {
      const service = await serve({ pins: [pin], tls: { ...certificate, maxVersion }, fault: inTurn(fault) })
      const result = await runStep(service.url, [pin.id], {}, { env: { NODE_EXTRA_CA_CERTS: authority } })
      expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 2 }])
      expect(result.conclusion).toBe('success')
    },
  )

  test('an untrusted certificate stops no other pin, and each is told', async () => {
    const service = await serve({ tls: { ...certificate, maxVersion } })
    const second = '00000000-0000-4000-8000-000000000000'
    const result = await runStep(service.url, [pin.id, second])
    expect(entriesOf(result).map((entry) => entry.result)).toEqual(['failed', 'failed'])
  })
})

test('a redirect from https to http on another port sends nothing there', async () => {
  const plain = await serve({ pins: [pin] })
  const service = await serve({
    pins: [pin],
    tls: certificate,
    fault: () => ({ kind: 'redirect', location: `${plain.url}/api/pinning/unpin/${pin.id}`, status: 308 }),
  })
  const result = await runStep(service.url, [pin.id], {}, { env: { NODE_EXTRA_CA_CERTS: authority } })
  expect(plain.requests).toEqual([])
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: 308 }])
})

test('a redirect from http to https sends nothing there', async () => {
  const secure = await serve({ pins: [pin], tls: certificate })
  const service = await serve({
    pins: [pin],
    fault: () => ({ kind: 'redirect', location: `${secure.url}/api/pinning/unpin/${pin.id}` }),
  })
  const result = await runStep(service.url, [pin.id], {}, { env: { NODE_EXTRA_CA_CERTS: authority } })
  expect(secure.requests).toEqual([])
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: 302 }])
})
