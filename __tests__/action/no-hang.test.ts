import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { start } from '../service/client.ts'
import {
  endProcesses,
  entriesOf,
  errorsOf,
  every,
  inTurn,
  pin,
  pins,
  runStep,
  unpinEach,
} from '../support/step.ts'
import { bytes, type Reply, serveBytes, writeForEver } from './tcp.ts'

afterAll(endProcesses)

/** The alternative to an end is that the process is killed, long after. */
const INPUTS = { 'timeout-seconds': '1' }

const SUCCESS = JSON.stringify({ status: 'success', data: pin })
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`

/** The step fails with words for each pin, and everything is written. */
function expectEnded(result: ActionResult, kind = 'unconfirmed'): void {
  const ended = { exitCode: 1, conclusion: 'failure', timedOut: false, problems: [], stderr: '' }
  expect(result).toMatchObject(ended)
  for (const { pinId, result: found } of entriesOf(result)) {
    expect(found).toBe(kind)
    expect(errorsOf(result)).toMatch(new RegExp(`^Pin ${pinId}: \\S.{20}`, 'm'))
    expect(result.summary).toContain(pinId)
  }
}

describe('a service that does not come to an end', () => {
  test.concurrent('and does not answer, or not to the end, in good HTTP', async () => {
    const { result, rows } = await unpinEach(
      {
        'does not answer': { kind: 'hang', effect: 'after' },
        'sends its body a byte at a time': { kind: 'drip', everyMs: 100 },
        'sends its headers a byte at a time': { kind: 'drip-headers', everyMs: 50 },
        'sends 102 without end': { kind: 'informational', everyMs: 20 },
        'switches protocols': { kind: 'switch' },
      },
      INPUTS,
    )
    expectEnded(result)
    for (const { requests } of Object.values(rows)) expect(requests.length).toBeGreaterThan(0)
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
  const resets: Reply = (socket) => {
    socket.write(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`, () => socket.resetAndDestroy())
  }
  const upgrade = 'HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'

  // A run ends early where more pins than in each of these have no time left.
  const STALLING: Record<string, Reply> = {
    'stops after its headers': writes(`${HEAD}Content-Length: 100\r\n\r\n`),
    'stops within a chunked body': writes(`${CHUNKED}5\r\n{"sta`),
    'sends whole JSON without the last chunk': writes(
      `${CHUNKED}${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n`,
    ),
    'stops within its status line': writes('HTTP/1.1 20'),
    'sends a body without end or length': endless(`${HEAD}\r\n`, ' '.repeat(1000)),
    'sends headers without end': endless(HEAD, `X-Long: ${'x'.repeat(50)}\r\n`),
    'switches protocols and talks on': endless(upgrade, 'more'),
    'sends the body of a 500 without end': endless(
      'HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\n \r\n',
    ),
  }
  const BREAKING: Record<string, Reply> = {
    'closes its half of the connection': endsWith(''),
    'closes its half within the headers': endsWith(HEAD),
    'closes its half within the body': endsWith(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`),
    'resets within the body': resets,
    'does not speak HTTP': writes('220 mail.example.test ESMTP\r\n'),
    'sends more headers than Node takes': writes(`${HEAD}X-Long: ${'x'.repeat(70_000)}\r\n\r\n`),
    'sends two lengths that disagree': writes(`${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `),
  }

  test.concurrent.each([
    ['falls silent or goes on without end', STALLING],
    ['breaks off or sends rubbish', BREAKING],
  ])('and does not speak good HTTP, but %s', async (_, replies) => {
    const ids = pins(Object.keys(replies).length).map(({ id }) => id)
    const { url, heads } = await serveBytes((socket, head, index) => {
      Object.values(replies)[ids.findIndex((id) => head.includes(id))]?.(socket, head, index)
    })
    expectEnded(await runStep(url, ids, INPUTS))
    expect(ids.filter((id) => heads.every((head) => !head.includes(id)))).toEqual([])
  })

  test.concurrent('and does not finish the TLS handshake: nothing was sent', async () => {
    const { port } = await serveBytes(() => {})
    expectEnded(await runStep(`https://127.0.0.1:${port}`, [pin.id], INPUTS), 'failed')
  })

  test.concurrent('and speaks plain HTTP behind an https URL: nothing was sent', async () => {
    const service = await start({ pins: [pin] })
    const result = await runStep(service.url.replace('http:', 'https:'), [pin.id], INPUTS)
    expectEnded(result, 'failed')
    expect(service.requests).toEqual([])
    expect(errorsOf(result)).toMatch(/did not speak TLS/)
  })

  test.concurrent('and sends a body without end does not fill the memory', async () => {
    const { url } = await serveBytes((socket) => {
      socket.write(CHUNKED)
      writeForEver(socket, `10000\r\n${'x'.repeat(0x10000)}\r\n`, 1)
    })
    expectEnded(await runStep(url, [pin.id], INPUTS, { nodeArgs: ['--max-old-space-size=24'] }))
  })
})

test.concurrent('a body that cannot be read is a lost answer and is tried again', async () => {
  const large = JSON.stringify({ status: 'success', data: pin, padding: 'x'.repeat(1024 * 1024) })
  const first = (body: unknown, headers: Record<string, string> = {}) =>
    inTurn({ kind: 'answer', status: 200, body, headers, effect: true })
  const { result, rows } = await unpinEach({
    'it is over 1 MiB': first(large),
    'it is not UTF-8': first(Buffer.from(SUCCESS.replace('release', '\u00e9'), 'latin1')),
    'it is compressed': first(gzipSync(SUCCESS), { 'Content-Encoding': 'gzip' }),
    'it is nested deeper than a parser may like': first('['.repeat(500_000)),
  })
  expect(rows).toMatchObject(every(rows, { result: 'missing', attempts: 2 }))
  expect(result.conclusion).toBe('success')
})

test.concurrent('a good answer in any form of good HTTP is good, and the step ends', async () => {
  const good = (id: string): string =>
    bytes('200 OK', JSON.stringify({ status: 'success', data: { id } }), { 'Keep-Alive': 'timeout=600' })
  const forms: ((id: string) => string)[] = [
    // On a connection that stays open.
    good,
    (id) => `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nLink: </x>\r\n\r\n${good(id)}`,
    // Before other bytes.
    (id) => `${good(id)}HTTP/1.1 500 No\r\n\r\nrubbish`,
    // Without a length.
    (id) => `${HEAD}Connection: close\r\n\r\n{"status":"success","data":{"id":"${id}"}}`,
  ]
  const ids = pins(forms.length).map(({ id }) => id)
  const { url } = await serveBytes((socket, head) => {
    const index = ids.findIndex((id) => head.includes(id))
    socket.write(forms[index]?.(ids[index] ?? '') ?? '')
    if (index === 3) socket.end()
  })
  const result = await runStep(url, ids)
  expect([result.conclusion, result.timedOut]).toEqual(['success', false])
  for (const entry of entriesOf(result)) expect(entry).toMatchObject({ result: 'unpinned', attempts: 1 })
})
