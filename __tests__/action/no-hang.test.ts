import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { start } from '../service/client.ts'
import { each, endProcesses, entriesOf, errorsOf, every, type Faults, inTurn, pin } from '../support/step.ts'
import { pins, readable, runStep, unpinEach } from '../support/step.ts'
import { bytes, type Reply, serveBytes, writeWithoutEnd } from './tcp.ts'

afterAll(endProcesses)

/** The alternative to an end is that the process is killed, long after. */
const INPUTS = { 'timeout-seconds': '1' }

const SUCCESS = JSON.stringify({ status: 'success', data: pin })
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`
const BEGUN = `${HEAD}Content-Length: 5000\r\n\r\n{"status":`

/** The step fails with words for each pin, and everything is written. */
function expectEnded(result: ActionResult, kind = 'unconfirmed'): void {
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', timedOut: false, problems: [], stderr: '' })
  for (const { pinId, result: found } of entriesOf(result)) {
    expect(found).toBe(kind)
    expect(errorsOf(result)).toMatch(new RegExp(`^Pin ${pinId}: \\S.{20}`, 'm'))
    expect(readable(result.summary)).toContain(pinId)
  }
}

describe('a service that does not come to an end', () => {
  test.concurrent('and does not answer, or not to the end, in good HTTP', async () => {
    const table: Record<string, Faults> = {
      'does not answer': { kind: 'hang', effect: 'after' },
      'sends its body a byte at a time': { kind: 'drip', everyMs: 100 },
      'sends its headers a byte at a time': { kind: 'drip-headers', everyMs: 50 },
      'sends 102 without end': { kind: 'informational', everyMs: 20 },
      'switches protocols': { kind: 'switch' },
    }
    const { result, rows } = await unpinEach(table, INPUTS)
    expectEnded(result)
    for (const { requests } of Object.values(rows)) expect(requests.length).toBeGreaterThan(0)
  })

  // Fewer than nine in each: eight pins in a row without time stop a run. The second text is sent again and again.
  const STALLING: Record<string, [string, string?]> = {
    'stops after its headers': [`${HEAD}Content-Length: 100\r\n\r\n`],
    'stops within a chunked body': [`${CHUNKED}5\r\n{"sta`],
    'sends whole JSON without the last chunk': [`${CHUNKED}${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n`],
    'stops within its status line': ['HTTP/1.1 20'],
    'sends a body without end or length': [`${HEAD}\r\n`, ' '.repeat(1000)],
    'sends headers without end': [HEAD, `X-Long: ${'x'.repeat(50)}\r\n`],
    'switches protocols and talks on': ['HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 'more'],
    'sends the body of a 500 without end': ['HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\n \r\n'],
  }
  const BREAKING: Record<string, Reply> = {
    'closes its half of the connection': (socket) => socket.end(),
    'closes its half within the headers': (socket) => socket.end(HEAD),
    'closes its half within the body': (socket) => socket.end(BEGUN),
    'resets within the body': (socket) => socket.write(BEGUN, () => socket.resetAndDestroy()),
    'does not speak HTTP': (socket) => socket.write('220 mail.example.test ESMTP\r\n'),
    'sends more headers than Node takes': (socket) => socket.write(`${HEAD}X-Long: ${'x'.repeat(70_000)}\r\n\r\n`),
    'sends two lengths': (socket) => socket.write(`${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `),
  }
  const stalling = each(STALLING, ([text, more]): Reply => (socket) => {
    socket.write(text)
    if (more !== undefined) writeWithoutEnd(socket, more, 20)
  })

  test.concurrent.each([
    ['falls silent or goes on without end', stalling],
    ['breaks off or sends rubbish', BREAKING],
  ])('and does not speak good HTTP, but %s', async (_, replies) => {
    const ids = pins(Object.keys(replies).length).map(({ id }) => id)
    const { url, heads } = await serveBytes((socket, head, index) => {
      Object.values(replies)[ids.findIndex((id) => head.includes(id))]?.(socket, head, index)
    })
    expectEnded(await runStep(url, ids, INPUTS))
    expect(ids.filter((id) => heads.every((head) => !head.includes(id)))).toEqual([])
  })

  test.concurrent('and refuses, but does not end its words: the status decides', async () => {
    const { url } = await serveBytes((socket) => socket.write('HTTP/1.1 400 X\r\nContent-Length: 100\r\n\r\n{'))
    expectEnded(await runStep(url, [pin.id], INPUTS), 'failed')
  })

  test.concurrent('and does not finish the TLS handshake, or speaks plain HTTP there: nothing was sent', async () => {
    const { port } = await serveBytes(() => {})
    expectEnded(await runStep(`https://127.0.0.1:${port}`, [pin.id], INPUTS), 'failed')
    const service = await start({ pins: [pin] })
    const result = await runStep(service.url.replace('http:', 'https:'), [pin.id], INPUTS)
    expectEnded(result, 'failed')
    expect(service.requests).toEqual([])
    expect(errorsOf(result)).toMatch(/the TLS connection failed/)
  })

  test.concurrent('and sends a body without end does not fill the memory', async () => {
    const { url } = await serveBytes((socket) => {
      socket.write(CHUNKED)
      writeWithoutEnd(socket, `10000\r\n${'x'.repeat(0x10000)}\r\n`, 1)
    })
    expectEnded(await runStep(url, [pin.id], INPUTS, { nodeArgs: ['--max-old-space-size=24'] }))
  })
})

test.concurrent('a body that cannot be read is a lost answer and is tried again; gzip can be read', async () => {
  const padded = (mebibytes: number): string =>
    JSON.stringify({ status: 'success', data: pin, padding: 'x'.repeat(mebibytes * 1024 * 1024) })
  const first = (body: unknown, encoding = 'identity'): Faults =>
    inTurn({ kind: 'answer', status: 200, body, headers: { 'Content-Encoding': encoding }, effect: true })
  const lost = {
    'over 8 MiB': first(padded(8)),
    'over 8 MiB unpacked': first(gzipSync(padded(8)), 'gzip'),
    'not UTF-8': first(Buffer.from(SUCCESS.replace('release', '\u00e9'), 'latin1')),
    'in another encoding': first(deflateSync(SUCCESS), 'deflate'),
    'gzip by its header only': first(SUCCESS, 'gzip'),
    'nested deeper than a parser may like': first('['.repeat(500_000)),
  }
  // The first pin: the bodies are about it.
  const { rows } = await unpinEach({ 'gzip, which was not asked for': first(gzipSync(padded(7)), 'gzip'), ...lost })
  expect(rows).toMatchObject({
    ...every(lost, { result: 'missing', attempts: 2 }),
    'gzip, which was not asked for': { result: 'unpinned', attempts: 1 },
  })
})

test.concurrent('a good answer in any form of good HTTP is good, and the step ends', async () => {
  const json = (id: string): string => JSON.stringify({ status: 'success', data: { id } })
  const good = (id: string): string => bytes('200 OK', json(id), { 'Keep-Alive': 'timeout=600' })
  const forms: Record<string, (id: string) => string> = {
    'on a connection that stays open': good,
    'behind other answers': (id) => `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nLink: </x>\r\n\r\n${good(id)}`,
    'before other bytes': (id) => `${good(id)}HTTP/1.1 500 No\r\n\r\nrubbish`,
    'without a length': (id) => `${HEAD}Connection: close\r\n\r\n${json(id)}`,
  }
  const ids = pins(4).map(({ id }) => id)
  const { url } = await serveBytes((socket, head) => {
    const index = ids.findIndex((id) => head.includes(id))
    socket.write(Object.values(forms)[index]?.(ids[index] ?? '') ?? '')
    if (index === 3) socket.end()
  })
  const result = await runStep(url, ids)
  expect([result.conclusion, result.timedOut]).toEqual(['success', false])
  for (const entry of entriesOf(result)) expect(entry).toMatchObject({ result: 'unpinned', attempts: 1 })
})
