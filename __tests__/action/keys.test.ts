import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, type Fault, makePin, type PinRecord } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { isIn, SPELLINGS } from '../support/spellings.ts'
import {
  answer,
  each,
  endProcesses,
  errorsOf,
  every,
  type Faults,
  inTurn,
  pin,
  runStep,
  unpinEach,
  unpinOne,
} from '../support/step.ts'
import { leaksOf } from './leaks.ts'
import { bytes, serveBytes } from './tcp.ts'

afterAll(endProcesses)

const KEYS = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]
const [API_KEY = '', SECRET_KEY = ''] = KEYS
/** Every spelling of both keys, by what it is. */
const SPELT: Readonly<Record<string, string>> = Object.fromEntries(
  KEYS.flatMap((key, index) =>
    Object.entries(SPELLINGS).map(([how, spell]) => [
      `${index === 0 ? 'API' : 'secret'} key ${how}`,
      spell(key),
    ]),
  ),
)
const ALL_AT_ONCE = Object.values(SPELT).join(' ')
const SHORT = { 'timeout-seconds': '1' }

function expectNoLeak(result: ActionResult): void {
  expect(leaksOf(result, KEYS)).toEqual([])
  expect(result.masks).toEqual(KEYS)
  // Masking comes first of all, so that nothing is printed before it.
  expect(result.lines.slice(0, 2).map(({ text }) => text)).toEqual(KEYS.map((key) => `::add-mask::${key}`))
}

test('the guard of these tests finds every spelling of a key', () => {
  const found = each(SPELT, (text) => KEYS.some((key) => isIn(`before ${text} after`, key)))
  expect(found).toEqual(every(SPELT, true))
})

describe('a key is never printed or written', () => {
  test.concurrent('in a quiet run, although the requests carry both', async () => {
    const { result, service } = await unpinOne(undefined)
    expectNoLeak(result)
    expect(service.requests).toMatchObject([
      {
        headers: { pinning_api_key: API_KEY, pinning_secret_key: SECRET_KEY },
        path: `/api/pinning/unpin/${pin.id}`,
      },
    ])
  })

  test.concurrent('in a run with debug logging', async () => {
    const { result } = await unpinOne(inTurn(answer(503)), {}, { env: { RUNNER_DEBUG: '1', NODE_DEBUG: '' } })
    expectNoLeak(result)
  })

  test.concurrent('in every text of a record, in any spelling', async () => {
    const records = Object.values(SPELT).map((text, index) => {
      const keyvalues = { [text]: [text, { deep: `x${text}` }] }
      const metadata = { name: `a${text}b`, keyvalues } as unknown as PinRecord['metadata']
      const record = makePin({ cid: `cid ${text}`, status: `${text} status`, metadata }, index)
      return { ...record, [text]: 'field name' }
    })
    const { result } = await unpinEach(every(SPELT, undefined), {}, {}, { pins: records })
    expect(result.outputs['unpinned-count']).toBe(String(records.length))
    expectNoLeak(result)
    for (const name of result.outputs['name']?.split('\n') ?? []) expect(name).toMatch(/\*\*\*/)
  })

  test.concurrent('in the message of a refusal, in any spelling', async () => {
    const table = each(SPELT, (text) => answer(400, { message: `bad key ${text}, sorry` }))
    const { result, rows } = await unpinEach(table)
    expectNoLeak(result)
    expect(rows).toMatchObject(every(rows, { message: expect.stringMatching(/\*\*\*[^]*, sorry/) }))
  })

  test.concurrent('of all spellings in any answer', async () => {
    const { result, rows } = await unpinEach(
      {
        'a 500, tried again': answer(500, { message: ALL_AT_ONCE }),
        'a 404': answer(404, { message: ALL_AT_ONCE }),
        'an envelope that says error': answer(200, { status: `error ${ALL_AT_ONCE}`, message: ALL_AT_ONCE }),
        'the id of another record': answer(200, { status: 'success', data: { id: ALL_AT_ONCE } }),
        'a body that is no JSON': answer(200, ALL_AT_ONCE),
        'a body that is HTML': answer(404, `<html>${ALL_AT_ONCE}</html>`),
        'the content encoding': answer(200, '{}', { 'Content-Encoding': API_KEY }),
        'other headers': answer(400, '', { 'X-Key': API_KEY, 'Set-Cookie': `key=${SECRET_KEY}` }),
      },
      SHORT,
    )
    expect(rows).not.toMatchObject(every(rows, { result: 'unpinned' }))
    expectNoLeak(result)
  })

  test.concurrent.each<[string, Fault]>([
    ['a 401', answer(401, { message: ALL_AT_ONCE })],
    ['a 403', answer(403, { message: ALL_AT_ONCE })],
    ['Retry-After', answer(429, '', { 'Retry-After': API_KEY })],
    ['a 503 with Retry-After', answer(503, { message: SECRET_KEY }, { 'Retry-After': `0; ${SECRET_KEY}` })],
  ])('of all spellings in %s, which concerns the whole run', async (_, fault) => {
    expectNoLeak((await unpinOne(fault, SHORT)).result)
  })

  test.concurrent.each([
    ['the reason phrase', bytes(`400 ${API_KEY}`, '{}')],
    ['an invalid status line', `HTTP/1.1 ${SECRET_KEY}\r\n\r\n`],
    ['an invalid header line', `HTTP/1.1 200 OK\r\n${SECRET_KEY}\r\n\r\n`],
    ['a chunk size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${API_KEY}\r\n`],
    ['no HTTP at all', `${API_KEY}\r\n${SECRET_KEY}\r\n`],
  ])('in %s', async (_, text) => {
    const { url } = await serveBytes((socket) => socket.end(text))
    expectNoLeak(await runStep(url, [pin.id], SHORT))
  })

  test.concurrent('when the step is cancelled in the middle', async () => {
    const signalAfter = { signal: 'SIGINT', text: 'Unpinning' } as const
    expectNoLeak((await unpinOne({ kind: 'hang', effect: 'before' }, {}, { signalAfter })).result)
  })
})

describe('a key goes to one origin only', () => {
  test.concurrent('a redirect to another port is not followed, whatever its status', async () => {
    const elsewhere = await start({ pins: [pin] })
    const location = `${elsewhere.url}/api/pinning/unpin/${pin.id}`
    const to = (status: 301 | 302 | 303 | 307 | 308): Fault => ({ kind: 'redirect', location, status })
    const table = { 301: to(301), 302: to(302), 303: to(303), 307: to(307), 308: to(308) }
    const { result, rows } = await unpinEach(table)
    for (const [status, row] of Object.entries(rows))
      expect(row).toMatchObject({ result: 'failed', attempts: 1, httpStatus: Number(status), requests: [{}] })
    expect(elsewhere.requests).toEqual([])
    expect(errorsOf(result)).toContain(`127.0.0.1:${elsewhere.port}`)
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('nor is a redirect to anything else outside of the origin', async () => {
    // The path is the right one, so that only the origin is wrong.
    const locations: Record<string, (port: string, path: string) => string> = {
      'another name of the same host': (port, path) => `http://localhost:${port}${path}`,
      'another loopback address': (port, path) => `http://127.0.0.2:${port}${path}`,
      'another host without a scheme': (port, path) => `//localhost:${port}${path}`,
      'another host behind backslashes': (port, path) => `\\\\localhost:${port}${path.replaceAll('/', '\\')}`,
      'another host behind a user that looks like ours': (port, path) =>
        `http://127.0.0.1:${port}@localhost:${port}${path}`,
      'https on the same port': (port, path) => `https://127.0.0.1:${port}${path}`,
      'the same host on the default port': (_, path) => `http://127.0.0.1${path}`,
      'another scheme': (port, path) => `ftp://127.0.0.1:${port}${path}`,
      'a file': (_, path) => `file://${path}`,
      data: (_, path) => `data:${path}`,
    }
    const to =
      (location: (port: string, path: string) => string): Faults =>
      ({ headers, path }) => ({
        kind: 'redirect',
        location: location(String(headers['host']).split(':')[1] ?? '', path),
      })
    const { result, rows } = await unpinEach(each(locations, to))
    expect(rows).toMatchObject(every(rows, { result: 'failed', attempts: 1, requests: [expect.any(String)] }))
    expectNoLeak(result)
  })

  test.concurrent(
    'a redirect within the origin whose URL holds a key in any spelling is not followed',
    async () => {
      // In a header, and in a query as the URL parser leaves it.
      const spelt = Object.entries(SPELT).filter(
        ([, text]) =>
          /^[!-~ ]+$/.test(text) && KEYS.some((key) => isIn(new URL(`?key=${text}`, 'http://a').search, key)),
      )
      expect(spelt.length).toBeGreaterThan(20)
      const to = (text: string): Fault => ({ kind: 'redirect', location: `?key=${text}` })
      const { result, rows } = await unpinEach(each(Object.fromEntries(spelt), to))
      expect(rows).toMatchObject(
        every(rows, { result: 'failed', attempts: 1, requests: [expect.any(String)] }),
      )
      expectNoLeak(result)
    },
  )
})
