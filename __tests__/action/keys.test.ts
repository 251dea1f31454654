import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import type { Fault, PinRecord, ReceivedRequest, ServiceOptions } from '../../testing/service/index.ts'
import { holdsKey, leaksOf, spellings } from './leaks.ts'
import { answer, clearStage, entriesOf, errorsOf, inTurn, pin, runStep, serve, unpinOne } from './stage.ts'
import { bytes, serveBytes } from './wire.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const KEYS = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]
const [API_KEY = '', SECRET_KEY = ''] = KEYS
/** Every spelling of both keys, by what it is. */
const SPELT = KEYS.flatMap((key, index) =>
  Object.entries(spellings(key)).map(([how, text]): [string, string] => [
    `${index === 0 ? 'API' : 'secret'} key ${how}`,
    text,
  ]),
)
const ALL_AT_ONCE = SPELT.map(([, text]) => text).join(' ')

function expectNoLeak(result: ActionResult): void {
  expect(leaksOf(result, KEYS)).toEqual([])
  expect(result.masks).toEqual(KEYS)
  // Masking comes first of all, so that nothing is printed before it.
  expect(result.lines.slice(0, 2).map(({ text }) => text)).toEqual(KEYS.map((key) => `::add-mask::${key}`))
}

const echo = (fault: Fault, inputs = {}, options = {}): Promise<{ result: ActionResult }> =>
  unpinOne(() => fault, { 'timeout-seconds': '1', ...inputs }, options)

test.each(SPELT)('the guard of these tests finds the %s', (_, text) => {
  expect(KEYS.some((key) => holdsKey(`before ${text} after`, key))).toBe(true)
})

describe('a key is never printed or written', () => {
  test.concurrent('in a quiet run, although the requests carry both', async () => {
    const { result, service } = await unpinOne(undefined)
    expectNoLeak(result)
    expect(service.requests[0]?.headers).toMatchObject({
      pinning_api_key: API_KEY,
      pinning_secret_key: SECRET_KEY,
    })
    expect(service.requests[0]?.path).toBe(`/api/pinning/unpin/${pin.id}`)
  })

  test.concurrent('in a run with debug logging', async () => {
    const { result } = await unpinOne(inTurn(answer(503)), {}, { env: { RUNNER_DEBUG: '1', NODE_DEBUG: '' } })
    expectNoLeak(result)
  })

  test.concurrent('in every text of a record, in any spelling', async () => {
    const records = SPELT.map(([, text], index) => {
      const keyvalues = { [text]: [text, { deep: `x${text}` }] }
      const metadata = { name: `a${text}b`, keyvalues } as unknown as PinRecord['metadata']
      return {
        ...makePin({ cid: `cid ${text}`, status: `${text} status`, metadata }, index),
        [text]: 'field name',
      }
    })
    const service = await serve({ pins: records })
    const result = await runStep(
      service.url,
      records.map(({ id }) => id),
    )
    expect(result.outputs['unpinned-count']).toBe(String(SPELT.length))
    expectNoLeak(result)
    for (const name of result.outputs['name']?.split('\n') ?? []) expect(name).toMatch(/\*\*\*/)
  })

  test.concurrent('in the message of a refusal, in any spelling', async () => {
    const records = SPELT.map((_, index) => makePin({}, index))
    const fault = ({ pinId }: ReceivedRequest) =>
      answer(400, {
        message: `invalid key ${SPELT[records.findIndex(({ id }) => id === pinId)]?.[1]}, sorry`,
      })
    const service = await serve({ pins: records, fault })
    const result = await runStep(
      service.url,
      records.map(({ id }) => id),
    )
    expectNoLeak(result)
    for (const { message } of entriesOf(result)) expect(message).toMatch(/\*\*\*.*, sorry/)
  })

  test.concurrent.each([
    ['the message of a 401', answer(401, { message: ALL_AT_ONCE })],
    ['the message of a 403', answer(403, { message: ALL_AT_ONCE })],
    ['the message of a 500, tried again', answer(500, { message: ALL_AT_ONCE })],
    ['the message of a 404', answer(404, { message: ALL_AT_ONCE })],
    ['an envelope that says error', answer(200, { status: `error ${ALL_AT_ONCE}`, message: ALL_AT_ONCE })],
    ['the id of another record', answer(200, { status: 'success', data: { id: ALL_AT_ONCE } })],
    ['a body that is no JSON', answer(200, ALL_AT_ONCE)],
    ['a body that is HTML', answer(404, `<html>${ALL_AT_ONCE}</html>`)],
    ['Retry-After', answer(429, '', { 'Retry-After': API_KEY })],
    ['a 503 with Retry-After', answer(503, { message: SECRET_KEY }, { 'Retry-After': `0; ${SECRET_KEY}` })],
    ['the content encoding', answer(200, '{}', { 'Content-Encoding': API_KEY })],
    ['other headers', answer(400, '', { 'X-Key': API_KEY, 'Set-Cookie': `key=${SECRET_KEY}` })],
  ] as [string, Fault][])('in any spelling in %s', async (_, fault) => {
    const { result } = await echo(fault)
    expectNoLeak(result)
  })

  test.concurrent.each([
    ['the reason phrase', bytes(`400 ${API_KEY}`, '{}')],
    ['a status line that is none', `HTTP/1.1 ${SECRET_KEY}\r\n\r\n`],
    ['a header line that is none', `HTTP/1.1 200 OK\r\n${SECRET_KEY}\r\n\r\n`],
    ['a chunk size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${API_KEY}\r\n`],
    ['no HTTP at all', `${API_KEY}\r\n${SECRET_KEY}\r\n`],
  ])('in %s', async (_, text) => {
    const { url } = await serveBytes((socket) => socket.end(text))
    expectNoLeak(await runStep(url, [pin.id], { 'timeout-seconds': '1' }))
  })

  test.concurrent('split over the fields of a record, or over an array', async () => {
    const halves = [API_KEY.slice(0, 22), API_KEY.slice(22)]
    const record = { ...pin, cid: halves[0], status: halves[1], metadata: { name: halves[1], parts: halves } }
    const { result } = await echo(answer(200, { status: 'success', data: record }))
    expect(result.outputs['result']).toBe('unpinned')
    // Halves are no keys, and nothing may put them together.
    expect(leaksOf(result, KEYS)).toEqual([])
  })

  test.concurrent('at the place where a long text is cut', async () => {
    for (const length of [110, 290, 985, 4085]) {
      const { result } = await echo(
        answer(400, { message: `${'x'.repeat(length)}${API_KEY}${SECRET_KEY}${'y'.repeat(5000)}` }),
      )
      const texts = [
        result.log.replaceAll(/^::add-mask::.*$/gm, ''),
        result.files.summary,
        result.files.output,
      ]
      for (const text of texts) {
        expect(text.includes(API_KEY.slice(0, 8))).toBe(false)
        expect(text.includes(SECRET_KEY.slice(0, 8))).toBe(false)
      }
    }
  })

  test.concurrent('when both keys touch or overlap', async () => {
    const inputs = { 'pinning-api-key': 'abcdefgh-ijkl', 'pinning-secret-key': 'ijkl-mnopqrst' }
    const keys = { apiKey: 'abcdefgh-ijkl', secretKey: 'ijkl-mnopqrst', scopes: ['admin'] as const }
    const service = await serve({
      keys: [keys],
      fault: () => answer(400, { message: 'abcdefgh-ijkl-mnopqrst, abcdefgh-ijklijkl-mnopqrst' }),
    })
    const result = await runStep(service.url, [pin.id], inputs)
    expect(leaksOf(result, Object.values(inputs))).toEqual([])
    expect(errorsOf(result)).not.toMatch(/mnopq|abcdef/)
  })

  test.concurrent(
    'when a key holds what would be special in a pattern, in HTML or in a command',
    async () => {
      const keys = {
        apiKey: '.*+?^${}()|[]\\::set-output',
        secretKey: '<b>&amp;%41"\'##[error]',
        scopes: ['admin'] as const,
      }
      const service = await serve({
        keys: [keys],
        pins: [{ ...pin, metadata: { name: `${keys.apiKey} ${keys.secretKey}` } }],
      })
      const result = await runStep(service.url, [pin.id], {
        'pinning-api-key': keys.apiKey,
        'pinning-secret-key': keys.secretKey,
      })
      expect(result.conclusion).toBe('success')
      expect(leaksOf(result, [keys.apiKey, keys.secretKey])).toEqual([])
      expect(result.outputs['name']).toBe('*** ***')
    },
  )

  test.concurrent('when the inputs are refused', async () => {
    const service = await serve()
    const result = await runStep(service.url, ['nonsense'], { 'dry-run': 'perhaps' })
    expect(result.conclusion).toBe('failure')
    expectNoLeak(result)
  })

  test.concurrent('when the step is cancelled in the middle', async () => {
    const service = await serve({ pins: [pin], fault: () => ({ kind: 'hang', effect: 'before' }) })
    const result = await runStep(
      service.url,
      [pin.id],
      {},
      { signalAfter: { signal: 'SIGINT', text: 'Unpinning' } },
    )
    expectNoLeak(result)
  })

  test.concurrent('with blanks and line ends around it, which are trimmed', async () => {
    const { result, service } = await unpinOne(undefined, {
      'pinning-api-key': ` ${API_KEY}\n`,
      'pinning-secret-key': `\t${SECRET_KEY}\r\n`,
    })
    expect(result.conclusion).toBe('success')
    expect(service.requests).toHaveLength(1)
    expectNoLeak(result)
  })
})

describe('a key goes to one origin only', () => {
  /** A service whose answer is a redirect, and what the step came to. */
  async function redirected(
    location: string | ((port: number) => string),
    options: Omit<ServiceOptions, 'fault'> = {},
    status: 301 | 302 | 303 | 307 | 308 = 302,
  ): Promise<{ result: ActionResult; requests: readonly { path: string }[] }> {
    const service = await serve({
      pins: [pin],
      ...options,
      fault: () => ({
        kind: 'redirect',
        location: typeof location === 'string' ? location : location(service.port),
        status,
      }),
    })
    const result = await runStep(service.url, [pin.id], { 'timeout-seconds': '3' })
    return { result, requests: service.requests }
  }

  test.concurrent.each([301, 302, 303, 307, 308] as const)(
    'a %s to another port is not followed',
    async (status) => {
      const elsewhere = await serve({ pins: [pin] })
      const { result, requests } = await redirected(
        `${elsewhere.url}/api/pinning/unpin/${pin.id}`,
        {},
        status,
      )
      expect(elsewhere.requests).toEqual([])
      expect(elsewhere.holds(pin.id)).toBe(true)
      expect(requests).toHaveLength(1)
      expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: status }])
      expect(errorsOf(result)).toContain(`127.0.0.1:${elsewhere.port}`)
      expect(result.conclusion).toBe('failure')
    },
  )

  test.concurrent.each([
    ['another name of the same host', (port: number) => `http://localhost:${port}/`],
    ['another loopback address', (port: number) => `http://127.0.0.2:${port}/`],
    ['another host without a scheme', (port: number) => `//localhost:${port}/`],
    ['another host behind backslashes', (port: number) => `\\\\localhost:${port}\\`],
    [
      'another host behind a user that looks like ours',
      (port: number) => `http://127.0.0.1:${port}@localhost:${port}/`,
    ],
    ['https on the same port', (port: number) => `https://127.0.0.1:${port}/`],
    ['the same host on the default port', () => 'http://127.0.0.1/'],
    ['another scheme', () => 'ftp://127.0.0.1/'],
    ['a file', () => 'file:///etc/passwd'],
    ['data', () => 'data:application/json,{}'],
  ])('a redirect to %s is not followed', async (_, location) => {
    const { result, requests } = await redirected(location)
    expect(requests).toHaveLength(1)
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1 }])
    expect(result.conclusion).toBe('failure')
    expectNoLeak(result)
  })

  test.concurrent('a target that names a key as its host is refused without naming the key', async () => {
    const keys = { apiKey: 'abcdef0123456789', secretKey: 'fedcba9876543210', scopes: ['admin'] as const }
    const service = await serve({
      keys: [keys],
      fault: () => ({ kind: 'redirect', location: `https://${keys.apiKey}.example.test/${keys.secretKey}` }),
    })
    const result = await runStep(service.url, [pin.id], {
      'pinning-api-key': keys.apiKey,
      'pinning-secret-key': keys.secretKey,
    })
    expect(entriesOf(result)[0]?.result).toBe('failed')
    expect(leaksOf(result, [keys.apiKey, keys.secretKey])).toEqual([])
    expect(errorsOf(result)).toContain('.example.test')
  })

  const IN_URLS = SPELT.filter(([how]) => !/zero-width|line end|escapes|references/.test(how))
  test.concurrent.each(IN_URLS)(
    'a redirect within the origin whose URL holds the %s is not followed',
    async (_, text) => {
      const { result, requests } = await redirected(`/echo?key=${text}`)
      expect(requests.map(({ path }) => path)).toEqual([`/api/pinning/unpin/${pin.id}`])
      expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1 }])
      expectNoLeak(result)
    },
  )
})
