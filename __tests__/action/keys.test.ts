import { afterAll, describe, expect, test } from '@jest/globals'
import { type Fault, makePin, type PinRecord } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { isIn } from '../support/spellings.ts'
import { posixTest } from '../support/posix.ts'
import {
  answer,
  each,
  endProcesses,
  errorsOf,
  every,
  type Faults,
  inTurn,
  pin,
  unpinEach,
  unpinOne,
} from '../support/step.ts'
import { expectNoLeak, KEYS, SPELT } from './leaks.ts'

afterAll(endProcesses)

const [API_KEY, SECRET_KEY] = KEYS

test('the search for leaks finds every spelling of a key', () => {
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

  posixTest('when the step is cancelled in the middle', async () => {
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

  test.concurrent('a redirect to anything else outside of the origin is not followed', async () => {
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
