import { afterEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { Agent } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { type Fault, makeCertificate, makePin, startService } from '../../testing/service/index.ts'
import { call, closeServices, eventually, keyHeaders, open, start, unpinOverTcp } from './client.ts'

const pin = makePin({}, 1)
const tls = makeCertificate()
const execute = promisify(execFile)

afterEach(closeServices)

test('a connection serves many requests', async () => {
  const service = await start({ pins: [pin] })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number | undefined>()
  for (let i = 0; i < 3; i += 1) {
    const response = await open(`${service.url}/api/pinning/pins/`, { headers: keyHeaders(), agent })
    ports.add(response.socket.localPort)
    response.resume()
    await new Promise((resolve) => response.once('end', resolve))
  }
  agent.destroy()
  expect(ports.size).toBe(1)
})

describe('closing', () => {
  const endless: Fault[] = [
    { kind: 'hang', effect: 'before' },
    { kind: 'drip', everyMs: 1000 },
    { kind: 'drip-headers', everyMs: 1 },
    { kind: 'informational', everyMs: 1 },
    { kind: 'switch' },
    { kind: 'delay', ms: 60_000 },
  ]

  test.each(endless)('ends the connection of a $kind', async (fault) => {
    const service = await startService({ pins: [pin], fault: () => fault })
    const wire = unpinOverTcp(service, pin.id)
    await eventually(() => service.requests.length === 1)
    await service.close()
    expect((await wire).end).not.toBe('open')
  })

  test.each([undefined, tls])(
    'ends a connection that never said a word (TLS or not)',
    async (certificate) => {
      const service = await startService(certificate === undefined ? {} : { tls: certificate })
      const socket = connect(service.port, '127.0.0.1')
      const ended = new Promise((resolve) => socket.on('error', resolve).on('close', resolve))
      await new Promise((resolve) => socket.once('connect', resolve))
      await service.close()
      socket.destroy()
      await ended
    },
  )

  test('leaves nothing that keeps a process alive', async () => {
    const script = `
      import { startService } from ${JSON.stringify(new URL('../../testing/service/index.ts', import.meta.url).href)}
      for (const fault of ${JSON.stringify(endless)}) {
        const service = await startService({ fault: () => fault })
        const answer = fetch(service.url, { headers: ${JSON.stringify(keyHeaders())} })
          .then((response) => response.text())
          .catch(() => 'ended')
        while (service.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
        await service.close()
        console.log(await answer)
      }`
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 4000,
    })
    expect(stdout).toBe('ended\n'.repeat(endless.length))
  })

  test('frees the port, and may be asked for twice', async () => {
    const service = await startService()
    await Promise.all([service.close(), service.close()])
    await service.close()
    await expect(fetch(service.url)).rejects.toThrow()
  })
})

test('a service that breaks answers at once, and its close says why', async () => {
  const cause = new Error('no such fault')
  const service = await startService({
    fault: () => {
      throw cause
    },
  })
  expect((await call(service, 'GET', '/')).status).toBe(500)
  await expect(service.close()).rejects.toMatchObject({ message: expect.stringContaining('broke'), cause })
})

describe('TLS', () => {
  const client = { method: 'DELETE', headers: keyHeaders(), ca: tls.cert, agent: false } as const

  test('serves clients that trust its certificate', async () => {
    const service = await start({ pins: [pin], tls })
    expect(service.url).toBe(`https://127.0.0.1:${service.port}`)
    const response = await open(`${service.url}/api/pinning/unpin/${pin.id}`, client, httpsRequest)
    expect(response.statusCode).toBe(200)
    response.resume()
    await new Promise((resolve) => response.once('end', resolve))
    const { ca: _, ...trusting } = client
    await expect(open(service.url, trusting, httpsRequest)).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  test('uses no newer version than the one given', async () => {
    const service = await start({ tls: { ...tls, maxVersion: 'TLSv1.2' } })
    await expect(
      open(service.url, { ...client, minVersion: 'TLSv1.3' } as typeof client, httpsRequest),
    ).rejects.toThrow()
    const response = await open(service.url, client, httpsRequest)
    expect(response.statusCode).toBe(404)
    response.resume()
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('resets the connection below it, %s', async (maxVersion) => {
    const service = await start({
      pins: [pin],
      tls: { ...tls, maxVersion },
      fault: () => ({ kind: 'reset', effect: 'after' }),
    })
    await expect(
      open(`${service.url}/api/pinning/unpin/${pin.id}`, client, httpsRequest),
    ).rejects.toMatchObject({ code: 'ECONNRESET', syscall: 'read' })
    expect(service.requests[0]).toMatchObject({ removed: true })
  })

  test('cuts an answer', async () => {
    const service = await start({ pins: [pin], tls, fault: () => ({ kind: 'cut' }) })
    const response = await open(`${service.url}/api/pinning/unpin/${pin.id}`, client, httpsRequest)
    response.resume()
    await expect(
      new Promise((resolve, reject) => response.once('end', resolve).once('error', reject)),
    ).rejects.toThrow('aborted')
    expect(service.holds(pin.id)).toBe(false)
  })
})
