import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import type { Fault } from '../../testing/service/index.ts'
import { answer, clearStage, entriesOf, errorsOf, inTurn, pin, runStep, serve, unpinOne } from './stage.ts'
import { bytes, type Reply, serveBytes, writeForEver } from './wire.ts'

jest.setTimeout(40_000)
afterAll(clearStage)

const TIMEOUT_SECONDS = 1
/** Starting Node and reporting the end take far less, also on a busy machine. */
const SLACK_MS = 7000
const INPUTS = { 'timeout-seconds': String(TIMEOUT_SECONDS) }

const SUCCESS = JSON.stringify({ status: 'success', data: pin })
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`

/** The step fails in time and in words, and everything is written. */
function expectEnded(result: ActionResult, kind = 'unconfirmed'): void {
  expect(result).toMatchObject({
    exitCode: 1,
    conclusion: 'failure',
    timedOut: false,
    problems: [],
    stderr: '',
  })
  expect(result.durationMs).toBeLessThan(TIMEOUT_SECONDS * 1000 + SLACK_MS)
  expect(errorsOf(result)).toMatch(new RegExp(`^Pin ${pin.id}: \\S.{20}`))
  expect([entriesOf(result)[0]?.result, result.outputs['result']]).toEqual([kind, kind])
  expect(result.summary).toContain(pin.id)
}

describe('a service that does not come to an end', () => {
  test.concurrent.each<[string, Fault]>([
    ['does not answer', { kind: 'hang', effect: 'after' }],
    ['sends its body a byte at a time', { kind: 'drip', everyMs: 100 }],
    ['sends its headers a byte at a time', { kind: 'drip-headers', everyMs: 50 }],
    ['sends 102 without end', { kind: 'informational', everyMs: 20 }],
    ['switches protocols', { kind: 'switch' }],
  ])('and %s', async (_, fault) => {
    const { result, service } = await unpinOne(() => fault, INPUTS)
    expectEnded(result)
    expect(service.requests.length).toBeGreaterThan(0)
  })

  const writes =
    (text: string): Reply =>
    (socket) =>
      socket.write(text)
  const endsWith =
    (text: string): Reply =>
    (socket) =>
      socket.end(text)
  const endless =
    (text: string, more: string): Reply =>
    (socket) => {
      socket.write(text)
      writeForEver(socket, more, 20)
    }

  test.concurrent.each<[string, Reply]>([
    ['stops after its headers', writes(`${HEAD}Content-Length: 100\r\n\r\n`)],
    ['stops within a chunked body', writes(`${CHUNKED}5\r\n{"sta`)],
    [
      'does not send the last chunk of whole JSON',
      writes(`${CHUNKED}${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n`),
    ],
    ['stops within its status line', writes('HTTP/1.1 20')],
    ['sends a body without end or length', endless(`${HEAD}\r\n`, ' '.repeat(1000))],
    ['sends headers without end', endless(HEAD, `X-Long: ${'x'.repeat(50)}\r\n`)],
    [
      'switches protocols and talks on',
      endless('HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 'more'),
    ],
    [
      'sends the body of a 500 without end',
      endless('HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\n \r\n'),
    ],
    ['closes its half of the connection', endsWith('')],
    ['closes its half within the headers', endsWith(HEAD)],
    ['closes its half within the body', endsWith(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`)],
    [
      'resets within the body',
      (socket) => {
        socket.write(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`, () => socket.resetAndDestroy())
      },
    ],
    ['does not speak HTTP', writes('220 mail.example.test ESMTP\r\n')],
    ['sends more headers than Node takes', writes(`${HEAD}X-Long: ${'x'.repeat(70_000)}\r\n\r\n`)],
    ['sends two lengths that disagree', writes(`${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `)],
  ])('and %s', async (_, reply) => {
    const wire = await serveBytes(reply)
    expectEnded(await runStep(wire.url, [pin.id], INPUTS))
    expect(wire.connections).toBeGreaterThan(0)
  })

  test.concurrent('and does not finish the TLS handshake: nothing was sent', async () => {
    const { port } = await serveBytes(() => {})
    expectEnded(await runStep(`https://127.0.0.1:${port}`, [pin.id], INPUTS), 'failed')
  })

  test.concurrent('and speaks plain HTTP behind an https URL: nothing was sent', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url.replace('http:', 'https:'), [pin.id], INPUTS)
    expectEnded(result, 'failed')
    expect(service.requests).toEqual([])
    expect(result.log).toMatch(/attempt 1: .* TLS/)
  })

  test.concurrent.each([
    ['followed', `/v2/api/pinning/unpin/${pin.id}`, 'unpinned'],
    ['refused', 'https://elsewhere.example.test/', 'failed'],
  ])('in the body of a redirect is not waited for: it is %s', async (_, location, expected) => {
    const { url } = await serveBytes((socket, __, index) => {
      if (index > 0) return void socket.end(bytes('200 OK', SUCCESS))
      socket.write(`HTTP/1.1 307 X\r\nLocation: ${location}\r\nTransfer-Encoding: chunked\r\n\r\n`)
      writeForEver(socket, '1\r\n \r\n', 20)
    })
    const result = await runStep(url, [pin.id], { 'timeout-seconds': '10' })
    expect(entriesOf(result)).toMatchObject([{ result: expected, attempts: 1 }])
  })

  test.concurrent('after a good answer fails the next pin only', async () => {
    const { url } = await serveBytes((socket, head) => {
      if (head.includes(pin.id)) socket.write(bytes('200 OK', SUCCESS))
    })
    const result = await runStep(url, [pin.id, '00000000-0000-4000-8000-000000000000'], INPUTS)
    expect(entriesOf(result).map((entry) => entry.result)).toEqual(['unpinned', 'unconfirmed'])
  })

  test.concurrent('and sends a body without end does not fill the memory', async () => {
    const { url } = await serveBytes((socket) => {
      socket.write(CHUNKED)
      writeForEver(socket, `10000\r\n${'x'.repeat(0x10000)}\r\n`, 1)
    })
    expectEnded(await runStep(url, [pin.id], INPUTS, { nodeArgs: ['--max-old-space-size=24'] }))
  })
})

describe('a body that cannot be read', () => {
  const gzip = { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }
  const large = JSON.stringify({ status: 'success', data: pin, padding: 'x'.repeat(1024 * 1024) })

  test.concurrent.each<[string, Fault]>([
    ['is over 1 MiB', answer(200, large)],
    [
      'is not UTF-8',
      { kind: 'answer', status: 200, body: Buffer.from(SUCCESS.replace('release', '\u00e9'), 'latin1') },
    ],
    ['is compressed', { kind: 'answer', status: 200, headers: gzip, body: gzipSync(SUCCESS) }],
    ['is nested deeper than a parser may like', answer(200, '['.repeat(500_000))],
  ])('because it %s is a lost answer and is tried again', async (_, fault) => {
    const { result, entry } = await unpinOne(inTurn({ ...fault, effect: true } as Fault))
    expect(entry).toMatchObject({ result: 'missing', attempts: 2 })
    expect(result.conclusion).toBe('success')
  })

  test.concurrent('proves nothing with HTTP 404, either', async () => {
    const { result, entry } = await unpinOne(() => answer(404, large), INPUTS)
    expect(entry.result).toBe('failed')
    expect(errorsOf(result)).toContain('`api-url`')
  })
})

describe('a good answer', () => {
  const writesGood =
    (before: string, after = ''): Reply =>
    (socket) =>
      socket.write(`${before}${bytes('200 OK', SUCCESS, { 'Keep-Alive': 'timeout=600' })}${after}`)

  test.concurrent.each<[string, Reply]>([
    ['on a connection that stays open', writesGood('')],
    [
      'after interim answers',
      writesGood('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nLink: </x>\r\n\r\n'),
    ],
    ['before other bytes', writesGood('', 'HTTP/1.1 500 No\r\n\r\nrubbish')],
    ['without a length', (socket) => socket.end(`${HEAD}Connection: close\r\n\r\n${SUCCESS}`)],
  ])('%s is good, and the step ends', async (_, reply) => {
    const { url } = await serveBytes(reply)
    const result = await runStep(url, [pin.id], INPUTS)
    expect(result.conclusion).toBe('success')
    expect(result.durationMs).toBeLessThan(SLACK_MS)
  })

  test.concurrent('that comes slowly but in time is good', async () => {
    const { entry } = await unpinOne(() => ({ kind: 'drip', everyMs: 1 }))
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 1 })
  })
})
