import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import type { Fault, ServiceOptions } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  countResults,
  entriesOf,
  errorsOf,
  inTurn,
  onMethod,
  pin,
  pins,
  runStep,
  serve,
  toTheEnd,
  unpinOne,
  warningsOf,
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const HTML = '<!doctype html><title>404 Not Found</title>'
const RECORD_NOT_FOUND = { status: 'error', message: 'record not found' }
const NO_ROUTE = { message: 'no Route matched with those values' }

describe('a pin is unpinned', () => {
  test.concurrent('by one DELETE without a body, and the documented answer', async () => {
    const { result, service, entry } = await unpinOne(undefined)
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, problems: [], stderr: '' })
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    // The documented answer shows the record as it stood before.
    const record = { pinned: true }
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 1, httpStatus: 200, record })
    expect(service.holds(pin.id)).toBe(false)
    expect(service.requests).toMatchObject([{ method: 'DELETE', path: `/api/pinning/unpin/${pin.id}` }])
    const headers = service.requests[0]?.headers ?? {}
    expect(headers).toMatchObject({
      pinning_api_key: DEFAULT_KEYS.apiKey,
      pinning_secret_key: DEFAULT_KEYS.secretKey,
    })
    expect([headers['content-length'] ?? '0', headers['transfer-encoding']]).toEqual(['0', undefined])
  })

  test.concurrent('by a record that has only its id, in capitals', async () => {
    const data = { id: pin.id.toUpperCase() }
    const { result, entry } = await unpinOne(() => answer(200, { status: 'success', data }))
    expect(result.conclusion).toBe('success')
    expect(entry).toMatchObject({ result: 'unpinned', cid: null, size: null, status: null, name: null })
  })
})

describe('a pin is missing', () => {
  test.concurrent.each([
    ['warn', 'success', 1, 0, '0'],
    ['ignore', 'success', 0, 0, '0'],
    ['fail', 'failure', 0, 1, '1'],
  ])('and with `on-missing: %s` that is a %s', async (onMissing, conclusion, warnings, errors, failed) => {
    const service = await serve()
    const result = await runStep(service.url, [pin.id], { 'on-missing': onMissing })
    expect(result.conclusion).toBe(conclusion)
    expect([result.annotations.warnings.length, result.annotations.errors.length]).toEqual([warnings, errors])
    if (onMissing !== 'ignore')
      expect(warningsOf(result) + errorsOf(result)).toMatch(/does not have this pin/)
    expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 1, httpStatus: 404 }])
    expect(result.outputs).toMatchObject({
      'missing-count': '1',
      'failed-count': failed,
      'unpinned-count': '0',
    })
    expect(service.requests).toHaveLength(1)
  })

  test.concurrent.each([400, 404, 422, 429, 500, 503])(
    'by the words `record not found` with HTTP %i, at once',
    async (status) => {
      const { result, entry, service } = await unpinOne(() => answer(status, RECORD_NOT_FOUND))
      expect(entry).toMatchObject({ result: 'missing', attempts: 1 })
      expect([result.conclusion, service.requests.length]).toEqual(['success', 1])
    },
  )

  test.concurrent.each<[string, Fault]>([
    ['404 with another message', answer(404, { message: 'no such pin' })],
    ['404 with an empty object', answer(404, {})],
    ['410 with a JSON object', answer(410, { error: 'gone' })],
  ])('by %s, once one row of the list has shown that this is the service', async (_, fault) => {
    const { result, entry, service } = await unpinOne(onMethod('DELETE', fault))
    expect(entry).toMatchObject({ result: 'missing', attempts: 1 })
    expect(result.conclusion).toBe('success')
    expect(service.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      `DELETE /api/pinning/unpin/${pin.id}`,
      'GET /api/pinning/pins/',
    ])
  })

  test.concurrent(
    'by such a 404 if the key may not list: only the service refuses a key in JSON',
    async () => {
      const keys = [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin'] as const }]
      const service = await serve({ keys, fault: onMethod('DELETE', answer(404, NO_ROUTE)) })
      const result = await runStep(service.url, [pin.id])
      expect(entriesOf(result)).toMatchObject([{ result: 'missing' }])
    },
  )

  test.concurrent('by such a 404 without a question, after another pin was unpinned', async () => {
    const two = pins(2)
    const service = await serve({
      pins: two,
      fault: ({ pinId }) => (pinId === two[1]?.id ? answer(404, NO_ROUTE) : undefined),
    })
    const result = await runStep(
      service.url,
      two.map(({ id }) => id),
    )
    expect(countResults(result)).toEqual({ unpinned: 1, missing: 1 })
    expect(service.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE'])
  })

  test.concurrent('but not with HTTP 200, 401 or 403, and not by similar words', async () => {
    for (const [status, message] of [
      [200, 'record not found'],
      [401, 'record not found'],
      [403, 'record not found'],
      [400, 'user record not found'],
    ] as const) {
      const { result, entry } = await unpinOne(() => answer(status, { status: 'error', message }))
      expect(entry).toMatchObject({ result: 'failed', httpStatus: status, attempts: 1 })
      expect(result.conclusion).toBe('failure')
    }
  })
})

describe('a wrong `api-url` fails and is named', () => {
  test.concurrent.each<[string, Fault]>([
    ['HTML', answer(404, HTML, { 'Content-Type': 'text/html' })],
    ['no body', answer(404)],
    ['a JSON array', answer(404, [RECORD_NOT_FOUND])],
    ['JSON null', answer(404, 'null')],
    ['plain text', answer(410, 'record not found')],
  ])('where unknown paths are answered with %s', async (_, fault) => {
    const { result, entry, service } = await unpinOne(() => fault, { 'on-missing': 'ignore' })
    expect(entry).toMatchObject({ result: 'failed', attempts: 1 })
    expect(errorsOf(result)).toContain('`api-url`')
    expect([result.conclusion, service.requests.length]).toEqual(['failure', 1])
  })

  test.concurrent(
    'where a gateway answers every unknown path with JSON: one question for all pins',
    async () => {
      const many = pins(20)
      const service = await serve({ pins: many, fault: () => answer(404, NO_ROUTE) })
      const result = await runStep(
        service.url,
        many.map(({ id }) => id),
        { 'on-missing': 'ignore' },
      )
      expect(countResults(result)).toEqual({ failed: 20 })
      expect(errorsOf(result)).toMatch(/nothing in this run has shown that `api-url` is the AIOZ Pin API/)
      expect(service.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
      expect(result.conclusion).toBe('failure')
    },
  )

  test.concurrent('where the run is stopped by another pin, too', async () => {
    const many = pins(20)
    const fault: ServiceOptions['fault'] = ({ pinId }) =>
      pinId === many[0]?.id ? answer(401, {}) : answer(404, NO_ROUTE)
    const service = await serve({ fault })
    const result = await runStep(
      service.url,
      many.map(({ id }) => id),
      { 'on-missing': 'ignore' },
    )
    expect(Object.keys(countResults(result)).sort()).toEqual(['failed', 'not-attempted'])
    expect(service.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
  })

  test.concurrent('where the path prefix is wrong', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(`${service.url}/elsewhere`, [pin.id], { 'on-missing': 'ignore' })
    expect(errorsOf(result)).toContain('`api-url`')
    expect([result.conclusion, service.holds(pin.id)]).toEqual(['failure', true])
  })
})

describe('a pin that is missing after a lost answer', () => {
  test.concurrent.each(['warn', 'ignore', 'fail'])(
    'never fails the step: `on-missing: %s`',
    async (onMissing) => {
      const { result, service, entry } = await unpinOne(inTurn({ kind: 'cut' }), { 'on-missing': onMissing })
      expect(entry).toMatchObject({ result: 'missing', attempts: 2, httpStatus: 404 })
      expect(entry.message).toMatch(/probably/)
      expect(result).toMatchObject({ conclusion: 'success', annotations: { errors: [] } })
      expect(result.outputs).toMatchObject({ 'missing-count': '1', 'failed-count': '0' })
      expect(service.holds(pin.id)).toBe(false)
    },
  )

  test.concurrent.each<[string, Fault]>([
    ['a chunked body that is cut', { kind: 'cut', chunked: true }],
    ['a reset', { kind: 'reset', effect: 'after' }],
    ['a 502 of a gateway', { ...answer(502, HTML), effect: true } as Fault],
    ['a 200 that is not JSON', { ...answer(200, 'OK'), effect: true } as Fault],
  ])('can be explained by %s', async (_, fault) => {
    const { entry, result } = await unpinOne(inTurn(fault), { 'on-missing': 'fail' })
    expect([entry.result, entry.attempts, result.conclusion]).toEqual(['missing', 2, 'success'])
  })

  test.concurrent.each<[string, Fault]>([
    ['a 503', { ...answer(503), effect: true } as Fault],
    ['a 429', { ...answer(429), effect: true } as Fault],
  ])('is not explained by %s, which is said before any work is done', async (_, fault) => {
    const { result } = await unpinOne(inTurn(fault), { 'on-missing': 'fail' })
    expect(result.conclusion).toBe('failure')
  })
})

test.concurrent.each([408, 425, 429, 500, 503, 504])(
  'HTTP %i is tried again, and the log gives the reason and the wait',
  async (status) => {
    const { result, service, entry } = await unpinOne(inTurn(answer(status)))
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 2 })
    expect([result.conclusion, service.requests.length]).toEqual(['success', 2])
    expect(result.log).toMatch(
      new RegExp(`^Pin ${pin.id}: attempt 1: .* \\d+\\.\\d s, because of HTTP ${status}`, 'm'),
    )
  },
)

describe('a pin is unconfirmed', () => {
  test.concurrent.each<[string, Fault]>([
    ['201', answer(201, { status: 'success', data: pin })],
    ['202 without a body', answer(202)],
    ['204', answer(204)],
    ['200 with an empty object', answer(200, {})],
    ['200 with a record in an array', answer(200, { status: 'success', data: [pin] })],
    ['200 with the bare record, whose status is DONE', answer(200, pin)],
  ])('after %s, which proves nothing, and one request', async (_, fault) => {
    const { result, entry, service } = await unpinOne(() => fault)
    expect(entry).toMatchObject({ result: 'unconfirmed', attempts: 1 })
    expect([result.conclusion, service.requests.length]).toEqual(['failure', 1])
    expect(errorsOf(result)).toMatch(/not known/)
    expect(result.outputs).toMatchObject({ 'failed-count': '1', 'unpinned-count': '0', 'total-size': '0' })
  })

  test.concurrent.each<[string, [Fault, ...Fault[]]]>([
    ['no answer', [{ kind: 'hang', effect: 'before' }]],
    ['500', [answer(500, { message: 'boom' })]],
    ['a cut body and then 503', [{ kind: 'cut' }, answer(503)]],
    ['200 with an array', [answer(200, [])]],
  ])('after %s until the time is used up', async (_, faults) => {
    const { result, entry } = await unpinOne(toTheEnd(...faults), { 'timeout-seconds': '2' })
    expect([entry.result, result.conclusion]).toEqual(['unconfirmed', 'failure'])
    expect(errorsOf(result)).toMatch(/`timeout-seconds`.*not known/)
  })
})

describe('a pin has failed', () => {
  test.concurrent.each<[string, Fault]>([
    ['an envelope that says error', answer(200, { status: 'error', message: 'no', data: pin })],
    ['the record of another pin', answer(200, { status: 'success', data: makePin({}, 2) })],
    ['400', answer(400, { message: 'validate: bad' })],
    ['409', answer(409, {})],
    ['304', answer(304)],
    ['a redirect without a target', answer(302)],
  ])('after %s and one request', async (_, fault) => {
    const { result, entry, service } = await unpinOne(() => fault)
    expect(entry).toMatchObject({ result: 'failed', attempts: 1 })
    expect([result.conclusion, service.requests.length]).toEqual(['failure', 1])
    expect(result.annotations.errors).toHaveLength(1)
    expect(result.outputs).toMatchObject({ 'failed-count': '1', 'unpinned-count': '0', 'total-size': '0' })
  })

  test.concurrent('after the record of another pin, which the message names', async () => {
    const other = makePin({}, 2)
    const service = await serve({ pins: [pin, other], fault: () => ({ kind: 'wrong-record' }) })
    const result = await runStep(service.url, [pin.id])
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', cid: null }])
    expect(errorsOf(result)).toMatch(new RegExp(`${pin.id}.*${other.id}`))
  })

  test.concurrent('after 503 until the time is used up, because nothing was lost', async () => {
    const nodeArgs = ['--import', 'data:text/javascript,Math.random=()=>0.9999']
    const { result, entry } = await unpinOne(() => answer(503), { 'timeout-seconds': '2' }, { nodeArgs })
    expect(entry).toMatchObject({ result: 'failed', httpStatus: 503 })
    expect(errorsOf(result)).toMatch(/`timeout-seconds`/)
    // With the longest waits the last attempt has nearly no time left.
    expect(entry.message).not.toMatch(/within 0 s/)
  })

  test.concurrent('after refused connections, and after a name that does not resolve', async () => {
    const service = await serve()
    await service.close()
    const refused = await runStep(service.url, [pin.id], { 'timeout-seconds': '2' })
    expect(entriesOf(refused)).toMatchObject([{ result: 'failed', httpStatus: null }])
    expect(refused.log).toMatch(/attempt 1: .* refused/)
    const unknown = await runStep('https://pin.example.invalid', [pin.id], { 'timeout-seconds': '1' })
    expect(entriesOf(unknown)).toMatchObject([{ result: 'failed', httpStatus: null }])
  })

  test.concurrent('after a lost answer and a refusal, and may be gone', async () => {
    const { result, entry } = await unpinOne(inTurn({ kind: 'cut' }, answer(400, { message: 'no' })))
    expect(entry).toMatchObject({ result: 'failed', attempts: 2 })
    expect(errorsOf(result)).toMatch(/may be gone/)
  })

  test.concurrent('without stopping the others', async () => {
    const all = pins(20)
    const fault: ServiceOptions['fault'] = ({ pinId }) =>
      pinId === all[0]?.id ? answer(400, { message: 'no' }) : undefined
    const service = await serve({ pins: all, fault })
    const result = await runStep(
      service.url,
      all.map(({ id }) => id),
    )
    expect(countResults(result)).toEqual({ failed: 1, unpinned: 19 })
    expect(result.outputs).toMatchObject({ 'unpinned-count': '19', 'failed-count': '1' })
    expect(result.conclusion).toBe('failure')
  })
})

describe('a key pair that the service refuses', () => {
  const twenty = pins(20)
  const ids = twenty.map(({ id }) => id)

  test.concurrent.each<[string, ServiceOptions, RegExp]>([
    [
      'with 401',
      { keys: [{ ...DEFAULT_KEYS, apiKey: 'another-key' }] },
      /pinning-api-key.*pinning-secret-key/,
    ],
    ['with 403', { keys: [{ ...DEFAULT_KEYS, scopes: ['data.pin_list'] }] }, /`pinning\.unpin`/],
  ])('%s before any success stops the run', async (_, options, words) => {
    const service = await serve({ pins: twenty, ...options })
    const result = await runStep(service.url, ids)
    const { length } = service.requests
    expect(length).toBeLessThanOrEqual(8)
    expect(countResults(result)).toEqual({ failed: length, 'not-attempted': 20 - length })
    expect(errorsOf(result)).toMatch(words)
    expect(result.outputs['failed-count']).toBe('20')
  })

  test.concurrent.each([
    [401, true],
    [403, false],
  ])('with %i after a success stops the run: %p', async (status, stops) => {
    // The tenth pin starts when one of the first eight has ended.
    const fault: ServiceOptions['fault'] = ({ pinId }) =>
      pinId === ids[9] ? answer(status, { message: 'not yours' }) : { kind: 'delay', ms: 100 }
    const service = await serve({ pins: twenty, fault })
    const result = await runStep(service.url, ids)
    expect(entriesOf(result)[9]).toMatchObject({ result: 'failed', httpStatus: status })
    expect(entriesOf(result)[19]?.result).toBe(stops ? 'not-attempted' : 'unpinned')
  })
})

describe('a record that says that the pin is already unpinned', () => {
  const gone = makePin({ pinned: false, status: 'unpinNormally', date_unpinned: '2024-05-06T07:08:09Z' }, 1)
  const fault = onMethod('GET', answer(200, { status: 'success', data: gone }))

  test.concurrent.each([
    ['a dry run', { 'dry-run': 'true' }, 'success'],
    ['a run with `protect`', { protect: 'other' }, 'success'],
    ['a dry run with `on-missing: fail`', { 'dry-run': 'true', 'on-missing': 'fail' }, 'failure'],
  ])('makes it missing in %s, with the date', async (_, inputs, conclusion) => {
    const { result, entry, service } = await unpinOne(fault, inputs)
    expect(entry).toMatchObject({ result: 'missing', cid: gone.cid })
    expect(entry.message).toMatch(/already unpinned.*2024-05-06T07:08:09/)
    expect(result.conclusion).toBe(conclusion)
    expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test.concurrent('proves with `verify` that it was unpinned', async () => {
    const { entry } = await unpinOne(fault, { verify: 'true' })
    expect(entry.result).toBe('unpinned')
  })
})

test.concurrent('a DELETE for which the read has left no time is not sent', async () => {
  const { service, entry } = await unpinOne(
    ({ method }) => ({ kind: 'delay', ms: method === 'GET' ? 900 : 300 }),
    { 'timeout-seconds': '1', protect: 'other' },
  )
  expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  expect(entry.result).toBe('failed')
})
