import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import type { Fault } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  entriesOf,
  errorsOf,
  inTurn,
  pin,
  runStep,
  serve,
  startStep,
  unpinOne,
} from './stage.ts'
import { bytes, type Reply, serveBytes, writeForEver } from './wire.ts'

jest.setTimeout(40_000)
afterAll(clearStage)

const TIMEOUT_SECONDS = 1
/** Starting Node and telling the end take far less, also on a busy machine. */
const SLACK_MS = 4000
const INPUTS = { 'timeout-seconds': String(TIMEOUT_SECONDS) }

const SUCCESS = JSON.stringify({ status: 'success', data: pin })
const LARGE = JSON.stringify({ status: 'success', data: pin, padding: 'x'.repeat(1024 * 1024) })

/** Red, in time, in words, with everything written down. */
function expectEnded(result: ActionResult, kinds: readonly string[]): void {
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', timedOut: false, problems: [] })
  expect(result.durationMs).toBeLessThan(TIMEOUT_SECONDS * 1000 + SLACK_MS)
  expect(errorsOf(result)).toMatch(new RegExp(`^Pin ${pin.id}: \\S.{20}`))
  expect(result.stderr).toBe('')
  expect(kinds).toContain(entriesOf(result)[0]?.result)
  expect(kinds).toContain(result.outputs['result'])
  expect(result.summary).toContain(pin.id)
}

const LOST = ['unconfirmed']
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'

describe('a service that does not come to an end', () => {
  test.concurrent.each([
    ['never answers', { kind: 'hang', effect: 'before' }],
    ['never answers, but has removed the pin', { kind: 'hang', effect: 'after' }],
    ['sends its body a byte at a time', { kind: 'drip', everyMs: 100 }],
    ['sends its headers a byte at a time', { kind: 'drip-headers', everyMs: 50 }],
    ['sends 102 without end', { kind: 'informational', everyMs: 20 }],
    ['switches protocols', { kind: 'switch' }],
  ] as [string, Fault][])('and %s', async (_, fault) => {
    const service = await serve({ pins: [pin], fault: () => fault })
    expectEnded(await runStep(service.url, [pin.id], INPUTS), LOST)
    expect(service.requests.length).toBeGreaterThan(0)
  })

  const replies: [string, Reply][] = [
    ['stops after its headers', (socket) => socket.write(`${HEAD}Content-Length: 100\r\n\r\n`)],
    ['stops within its body', (socket) => socket.write(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`)],
    [
      'stops within a chunked body',
      (socket) => socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"sta`),
    ],
    [
      'never sends the last chunk of a body that is whole JSON',
      (socket) =>
        socket.write(
          `${HEAD}Transfer-Encoding: chunked\r\n\r\n${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n`,
        ),
    ],
    ['stops within its status line', (socket) => socket.write('HTTP/1.1 20')],
    [
      'sends a body without end or length',
      (socket) => {
        socket.write(`${HEAD}\r\n`)
        writeForEver(socket, ' '.repeat(1000), 20)
      },
    ],
    [
      'sends chunks without end',
      (socket) => {
        socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
        writeForEver(socket, '1\r\n \r\n', 20)
      },
    ],
    [
      'sends headers without end',
      (socket) => {
        socket.write(HEAD)
        writeForEver(socket, `X-Long: ${'x'.repeat(50)}\r\n`, 20)
      },
    ],
    ['sends 100 Continue without end', (socket) => writeForEver(socket, 'HTTP/1.1 100 Continue\r\n\r\n', 20)],
    [
      'sends 103 Early Hints without end',
      (socket) => writeForEver(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', 20),
    ],
    [
      'switches protocols and talks on',
      (socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
        writeForEver(socket, 'more', 20)
      },
    ],
    [
      'sends the body of a 500 without end',
      (socket) => {
        socket.write('HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n')
        writeForEver(socket, '1\r\n \r\n', 20)
      },
    ],
    ['closes its half of the connection without a word', (socket) => socket.end()],
    ['closes its half within the headers', (socket) => socket.end(HEAD)],
    [
      'closes its half within the body',
      (socket) => socket.end(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`),
    ],
    ['closes at once', (socket) => socket.destroy()],
    [
      'closes within a chunked body',
      (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"sta`),
    ],
    [
      'resets within the body',
      (socket) => {
        socket.write(`${HEAD}Content-Length: 5000\r\n\r\n{"status":`, () => socket.resetAndDestroy())
      },
    ],
    ['does not speak HTTP', (socket) => socket.write('220 mail.example.test ESMTP\r\n')],
    [
      'sends more headers than Node takes',
      (socket) => socket.write(`${HEAD}X-Long: ${'x'.repeat(70_000)}\r\n\r\n`),
    ],
    [
      'sends two lengths that disagree',
      (socket) => socket.write(`${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `),
    ],
    [
      'sends a chunk size that is no number',
      (socket) => socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`),
    ],
  ]
  test.concurrent.each(replies)('and %s', async (_, reply) => {
    const wire = await serveBytes(reply)
    expectEnded(await runStep(wire.url, [pin.id], INPUTS), LOST)
    expect(wire.connections).toBeGreaterThan(0)
  })

  test.concurrent('a service that takes the connection and is silent', async () => {
    const { url } = await serveBytes(
      () => {},
      (socket) => socket.pause(),
    )
    expectEnded(await runStep(url, [pin.id], INPUTS), LOST)
  })

  test.concurrent(
    'a service that never finishes the TLS handshake: nothing was sent, so it failed',
    async () => {
      const { port } = await serveBytes(() => {})
      expectEnded(await runStep(`https://127.0.0.1:${port}`, [pin.id], INPUTS), ['failed'])
    },
  )

  test.concurrent('plain HTTP behind an https URL: nothing was sent, so it failed', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(service.url.replace('http:', 'https:'), [pin.id], INPUTS)
    expectEnded(result, ['failed'])
    expect(service.requests).toEqual([])
    expect(result.log).toMatch(/attempt 1: .* TLS/)
  })

  test.concurrent('a redirect to another origin whose body never ends is refused at once', async () => {
    const { url } = await serveBytes((socket) => {
      socket.write(
        'HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example.test/\r\nTransfer-Encoding: chunked\r\n\r\n',
      )
      writeForEver(socket, '1\r\n \r\n', 20)
    })
    expectEnded(await runStep(url, [pin.id], INPUTS), ['failed'])
  })

  test.concurrent('a redirect without a target whose body never comes is refused at once', async () => {
    const { url } = await serveBytes((socket) =>
      socket.write('HTTP/1.1 302 Found\r\nContent-Length: 10\r\n\r\n'),
    )
    expectEnded(await runStep(url, [pin.id], INPUTS), ['failed'])
  })

  test.concurrent('a redirect within the origin whose body never ends is followed all the same', async () => {
    const { url, heads } = await serveBytes((socket, _, index) => {
      if (index > 0) socket.end(bytes('200 OK', SUCCESS))
      else
        socket.write(
          `HTTP/1.1 307 Temporary Redirect\r\nLocation: /moved/${pin.id}\r\nContent-Length: 1000\r\n\r\nx`,
        )
    })
    const result = await runStep(url, [pin.id], INPUTS)
    expect(result.conclusion).toBe('success')
    expect(heads.map((head) => head.split('\r\n')[0])).toEqual([
      `DELETE /api/pinning/unpin/${pin.id} HTTP/1.1`,
      `DELETE /moved/${pin.id} HTTP/1.1`,
    ])
  })

  test.concurrent('a service that turns silent after a good answer fails the next pin only', async () => {
    const { url } = await serveBytes((socket, head) => {
      if (head.includes(pin.id)) socket.write(bytes('200 OK', SUCCESS))
    })
    const other = '00000000-0000-4000-8000-000000000000'
    const result = await runStep(url, [pin.id, other], INPUTS)
    expect(entriesOf(result).map((entry) => entry.result)).toEqual(['unpinned', 'unconfirmed'])
    expect(result.durationMs).toBeLessThan(TIMEOUT_SECONDS * 1000 + SLACK_MS)
  })
})

describe('a body that cannot be read', () => {
  const invalid = Buffer.from(SUCCESS.replace('release-1', 'release-\u00e9'), 'latin1')
  const gzip = { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }
  const bodies: [string, Fault][] = [
    ['is over 1 MiB', answer(200, LARGE)],
    ['is not UTF-8', { kind: 'answer', status: 200, body: invalid }],
    [
      'is compressed, which was not asked for',
      { kind: 'answer', status: 200, headers: gzip, body: gzipSync(SUCCESS) },
    ],
    ['says that it is compressed and is not', { kind: 'answer', status: 200, headers: gzip, body: SUCCESS }],
    ['begins with a byte order mark and is no JSON', answer(200, '\ufeff<html>')],
    ['is nested deeper than a parser may like', answer(200, '['.repeat(500_000))],
  ]

  test.concurrent.each(bodies)('and %s is a lost answer, to the end', async (_, fault) => {
    const { result } = await unpinOne(() => fault, INPUTS)
    expectEnded(result, LOST)
  })

  test.concurrent.each(bodies)(
    'and %s is tried again: the pin is missing then, and green',
    async (_, fault) => {
      const { result, entry } = await unpinOne(inTurn({ ...fault, effect: true } as Fault))
      expect(entry).toMatchObject({ result: 'missing', attempts: 2 })
      expect(result.conclusion).toBe('success')
    },
  )

  test.concurrent(
    'a 404 with a JSON object of over 1 MiB is not a proof that the pin is missing',
    async () => {
      const { result, entry } = await unpinOne(() => answer(404, LARGE), INPUTS)
      expect(entry.result).toBe('failed')
      expect(errorsOf(result)).toContain('api-url')
    },
  )

  test.concurrent('a body without end is not held in memory', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const { url } = await serveBytes((socket) => {
      socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
      writeForEver(socket, chunk, 1)
    })
    const result = await runStep(url, [pin.id], INPUTS, { nodeArgs: ['--max-old-space-size=24'] })
    expectEnded(result, LOST)
  })
})

describe('what is late but good', () => {
  test.concurrent('a slow body that ends in time is good', async () => {
    const { result, entry } = await unpinOne(() => ({ kind: 'drip', everyMs: 1 }))
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 1 })
    expect(result.conclusion).toBe('success')
  })

  test.concurrent('informational answers before a good one do no harm', async () => {
    const { url } = await serveBytes((socket) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n')
      socket.write(bytes('200 OK', SUCCESS))
    })
    expect((await runStep(url, [pin.id], INPUTS)).conclusion).toBe('success')
  })

  test.concurrent('a good answer without a length that ends with the connection is good', async () => {
    const { url } = await serveBytes((socket) => socket.end(`${HEAD}Connection: close\r\n\r\n${SUCCESS}`))
    expect((await runStep(url, [pin.id], INPUTS)).conclusion).toBe('success')
  })

  test.concurrent('a good answer on a connection that then stays open does not keep the step', async () => {
    const { url } = await serveBytes((socket) =>
      socket.write(bytes('200 OK', SUCCESS, { 'Keep-Alive': 'timeout=600' })),
    )
    const result = await startStep(url, [pin.id]).finished
    expect(result.conclusion).toBe('success')
    expect(result.durationMs).toBeLessThan(SLACK_MS)
  })

  test.concurrent('bytes after a good answer do no harm', async () => {
    const { url } = await serveBytes((socket) =>
      socket.write(`${bytes('200 OK', SUCCESS)}HTTP/1.1 500 No\r\n\r\nrubbish`),
    )
    expect((await runStep(url, [pin.id], INPUTS)).conclusion).toBe('success')
  })
})
