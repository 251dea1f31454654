import { afterEach, beforeAll, expect, test } from '@jest/globals'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { systemClock } from '../../../src/clock.ts'
import { createExchange, type Exchange } from '../../../src/http/exchange.ts'
import { makeCertificate, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'

const pin = makePin({}, 1)
const trusted = getCACertificates('default')
let certificate: { key: string; cert: string }

beforeAll(() => {
  certificate = makeCertificate()
})

afterEach(async () => {
  setDefaultCACertificates(trusted)
  await closeServices()
})

const unpin = (service: Service, host = '127.0.0.1'): Promise<Exchange> =>
  createExchange(systemClock)({
    method: 'DELETE',
    url: `https://${host}:${service.port}/api/pinning/unpin/${pin.id}`,
    headers: keyHeaders(),
    limitMs: 10_000,
    signal: new AbortController().signal,
  })

test('a server whose certificate verifies gets the request', async () => {
  const service = await start({ pins: [pin], tls: certificate })
  setDefaultCACertificates([...trusted, certificate.cert])
  expect(await unpin(service)).toMatchObject({ kind: 'answered', answer: { status: 200 } })
  expect(service.holds(pin.id)).toBe(false)
})

test('a server whose certificate does not verify gets nothing', async () => {
  const service = await start({ pins: [pin], tls: certificate })
  expect(await unpin(service)).toMatchObject({ kind: 'untrusted', why: expect.stringMatching('certificate') })
  expect(service.requests).toEqual([])
})

test('a server whose certificate is for another name gets nothing', async () => {
  const service = await start({ pins: [pin], tls: certificate })
  setDefaultCACertificates([...trusted, certificate.cert])
  expect(await unpin(service, 'localhost')).toMatchObject({ kind: 'untrusted' })
  expect(service.requests).toEqual([])
})

test('a server that takes the request and leaves without a word may have acted on it', async () => {
  const service = await start({
    pins: [pin],
    tls: certificate,
    fault: () => ({ kind: 'reset', effect: 'after' }),
  })
  setDefaultCACertificates([...trusted, certificate.cert])
  expect(await unpin(service)).toMatchObject({ kind: 'lost', status: null })
  expect(service.holds(pin.id)).toBe(false)
})
