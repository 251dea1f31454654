import { afterEach, describe, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import * as fc from 'fast-check'
import { BODY_LIMIT, parseBody, readBody } from '../../../src/http/body.ts'

const servers: Server[] = []

/** A real answer to a real request, its body still unread. */
async function answered(answer: (response: ServerResponse) => void): Promise<IncomingMessage> {
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: address.port, agent: false }, resolve).on('error', reject)
  })
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

describe('bytes are read as a JSON object', () => {
  test('for any object', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object)
        expect(parseBody(Buffer.from(text))).toEqual({ kind: 'json', object: JSON.parse(text) })
      }),
    ))

  test.each([
    ['an empty body', ['']],
    ['a body that is not JSON', ['{', 'ok', 'no <p>']],
    ['HTML or XML instead of JSON', ['<!doctype html>', '\n <?xml?>']],
    ['JSON that is not an object', ['[]', 'null', '"text"', '7']],
  ])('but %s is not one: %j', (problem, texts) => {
    for (const text of texts) expect(parseBody(Buffer.from(text))).toEqual({ kind: 'unusable', problem })
  })

  test('but bytes that are not UTF-8 are refused, not replaced', () => {
    const body = parseBody(Buffer.from('{"\xff":1}', 'latin1'))
    expect(body).toEqual({ kind: 'unusable', problem: 'a body that is not UTF-8' })
  })
})

describe('the body of an answer', () => {
  test('is put together from its pieces, also where a character is split', async () => {
    const bytes = Buffer.from('{"name":"Grüße 🐘"}')
    const message = await answered((response) => {
      response.write(bytes.subarray(0, 12))
      setTimeout(() => response.end(bytes.subarray(12)), 5)
    })
    expect(await readBody(message)).toEqual({ kind: 'json', object: { name: 'Grüße 🐘' } })
  })

  test.each(['identity', 'IDENTITY'])('may say that it is not encoded: %s', async (encoding) => {
    const message = await answered((response) =>
      response.writeHead(200, { 'Content-Encoding': encoding }).end('{}'),
    )
    expect(await readBody(message)).toEqual({ kind: 'json', object: {} })
  })

  test('is refused in an encoding that was not asked for, and its connection is closed', async () => {
    const message = await answered((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).write('bomb'),
    )
    const problem = expect.stringContaining('content encoding')
    expect(await readBody(message)).toEqual({ kind: 'unusable', problem })
    expect(message.destroyed).toBe(true)
  })

  test('may have 1 MiB, and not one byte more', async () => {
    const longest = `{"a":"${'x'.repeat(BODY_LIMIT - 8)}"}`
    expect(await readBody(await answered((response) => response.end(longest)))).toHaveProperty('kind', 'json')
    const endless = await answered((response) => {
      response.write(`${longest} `)
    })
    expect(await readBody(endless)).toEqual({ kind: 'too-large', problem: 'a body of over 1 MiB' })
    expect(endless.destroyed).toBe(true)
  })

  test.each([
    ['short of its length', { 'Content-Length': '100' }],
    ['without its last chunk', { 'Transfer-Encoding': 'chunked' }],
  ])('that ends %s is an error, never a body', async (_, headers) => {
    const message = await answered((response) => {
      response.writeHead(200, headers)
      response.write('{"status":"success"}', () => response.destroy())
    })
    await expect(readBody(message)).rejects.toThrow('the body was cut short')
  })
})
