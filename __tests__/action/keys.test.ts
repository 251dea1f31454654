import { afterAll, describe, expect, test } from '@jest/globals'
import { type Fault, makePin, type PinRecord } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { isIn } from '../support/spellings.ts'
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
} from '../support/step.ts'
import { expectNoLeak, KEYS, SPELT } from './leaks.ts'

afterAll(endProcesses)

test('the search for leaks finds every spelling of a key', () => {
  const found = each(SPELT, (text) => KEYS.some((key) => isIn(`before ${text} after`, key)))
  expect(found).toEqual(every(SPELT, true))
})

describe('a key is never printed or written', () => {
  test.concurrent('in every text of a record, in any spelling', async () => {
    const records = Object.values(SPELT).map((text, index) => {
      const keyvalues = { [text]: [text, { deep: `x${text}` }] }
      const metadata = { name: `a${text}b`, keyvalues } as unknown as PinRecord['metadata']
      return { ...makePin({ cid: `cid ${text}`, status: `${text} status`, metadata }, index), [text]: 'field name' }
    })
    const { result } = await unpinEach(every(SPELT, undefined), {}, {}, { pins: records })
    expect(result.outputs['unpinned-count']).toBe(String(records.length))
    expectNoLeak(result)
    for (const name of result.outputs['name']?.split('\n') ?? []) expect(name).toMatch(/\*\*\*/)
  })

  test.concurrent('in the message of a refusal, in any spelling, after a retry and with debug logging', async () => {
    const refusals = each(SPELT, (text) => inTurn(answer(429), answer(400, { message: `bad key ${text}, sorry` })))
    const { result, rows } = await unpinEach(refusals, {}, { env: { RUNNER_DEBUG: '1' } })
    expectNoLeak(result)
    expect(rows).toMatchObject(every(rows, { message: expect.stringMatching(/\*\*\*[^]*, sorry/) }))
  })

  test.concurrent('in the message of a refusal, as Python, Go and Handlebars escape', async () => {
    const escaped = {
      'urllib.parse.quote leaves the slash': encodeURIComponent(KEYS[0]).replaceAll('%2F', '/'),
      'url.PathEscape leaves + and =': KEYS[0].replaceAll('/', '%2F'),
      'html/template escapes + alone': KEYS[0].replaceAll('+', '&#43;'),
      'Handlebars escapes = but no slash': KEYS[0].replaceAll('=', '&#x3D;'),
    }
    expectNoLeak((await unpinEach(each(escaped, (text) => answer(400, { message: `bad key ${text}` })))).result)
  })

  test.concurrent('in an input in which an invisible character parts it', async () => {
    const [key] = KEYS
    const parted = `${key.slice(0, 9)}\u200b${key.slice(9)}`
    const result = await runStep('http://127.0.0.1:9', [pin.id], { 'on-missing': parted })
    expect(errorsOf(result)).toMatch(/`on-missing` is "\*\*\*" \(with U\+200B\)/)
    expectNoLeak(result)
  })
})

describe('a key goes to one origin only', () => {
  // The path is the right one, so that only the origin is wrong.
  const ORIGINS: Record<string, (port: string, path: string) => string> = {
    'another name of the host': (port, path) => `http://localhost:${port}${path}`,
    'another loopback address': (port, path) => `http://127.0.0.2:${port}${path}`,
    'another host without a scheme': (port, path) => `//localhost:${port}${path}`,
    'another host behind backslashes': (port, path) => `\\\\localhost:${port}${path.replaceAll('/', '\\')}`,
    'another host behind a user like ours': (port, path) => `http://127.0.0.1:${port}@localhost:${port}${path}`,
    'https on the same port': (port, path) => `https://127.0.0.1:${port}${path}`,
    'the same host on the default port': (_, path) => `http://127.0.0.1${path}`,
    'another scheme': (port, path) => `ftp://127.0.0.1:${port}${path}`,
  }

  /** Runs redirects, with a good answer before each: eight redirects in a row stop a run. */
  async function refused(redirects: Record<string, Faults>): Promise<string> {
    const table = Object.entries(redirects).flatMap((row, at) => [[`good ${at}`, undefined] as const, row])
    const { result, rows } = await unpinEach(Object.fromEntries(table) as Record<string, Faults>)
    expect(rows).toMatchObject(every(redirects, { result: 'failed', attempts: 1, requests: { length: 1 } }))
    expectNoLeak(result)
    return errorsOf(result)
  }

  test.concurrent('a redirect to another one is not followed, and the message names it', async () => {
    const elsewhere = await start({ pins: [pin] })
    const location = `${elsewhere.url}/api/pinning/unpin/${pin.id}`
    const errors = await refused({
      ...each({ a: 301, b: 302, c: 307, d: 308 } as const, (status): Fault => ({ kind: 'redirect', location, status })),
      ...each(ORIGINS, (to): Faults => ({ headers, path }) => {
        return { kind: 'redirect', location: to(String(headers['host']).split(':')[1] ?? '', path) }
      }),
    })
    expect(elsewhere.requests).toEqual([])
    expect(errors).toContain(elsewhere.url)
  })

  test.concurrent('a redirect within it whose URL holds a key in any spelling is not followed', async () => {
    // In a header, and in a query as the URL parser leaves it.
    const arrives = (text: string): boolean =>
      /^[!-~ ]+$/.test(text) && KEYS.some((key) => isIn(new URL(`?key=${text}`, 'http://a').search, key))
    const spelt = Object.entries(SPELT).filter(([, text]) => arrives(text))
    expect(spelt.length).toBeGreaterThan(20)
    await refused(each(Object.fromEntries(spelt), (text): Fault => ({ kind: 'redirect', location: `?key=${text}` })))
  })
})
