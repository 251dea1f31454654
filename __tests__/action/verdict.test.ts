import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { makePin } from '../../testing/service/index.ts'
import type { Fault } from '../../testing/service/index.ts'
import {
  answer,
  clearStage,
  countResults,
  entriesOf,
  errorsOf,
  eventually,
  inTurn,
  pin,
  pins,
  runStep,
  serve,
  startStep,
  toTheEnd,
  unpinOne,
  warningsOf,
} from './stage.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

const HTML = '<!doctype html><title>404 Not Found</title>'
const RECORD_NOT_FOUND = { status: 'error', message: 'record not found' }
const MISSING_TWICE = ['warn', 'ignore', 'fail'] as const

describe('unpinned', () => {
  test.concurrent('the documented answer is green, though its record still says pinned', async () => {
    const { result, service, entry } = await unpinOne(undefined)
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, problems: [] })
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    expect(entry).toMatchObject({
      result: 'unpinned',
      attempts: 1,
      httpStatus: 200,
      record: { pinned: true },
    })
    expect(service.holds(pin.id)).toBe(false)
    expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE /api/pinning/unpin/${pin.id}`,
    ])
  })

  test.concurrent('an answer that writes the id in capitals is about the same pin', async () => {
    const { result, entry } = await unpinOne(() =>
      answer(200, { status: 'success', data: { ...pin, id: pin.id.toUpperCase() } }),
    )
    expect(result.conclusion).toBe('success')
    expect(entry.result).toBe('unpinned')
  })

  test.concurrent('a record with nothing but its id is proof enough', async () => {
    const { result, entry } = await unpinOne(() => answer(200, { status: 'success', data: { id: pin.id } }))
    expect(result.conclusion).toBe('success')
    expect(entry).toMatchObject({ result: 'unpinned', cid: null, size: null, status: null, name: null })
  })

  test.concurrent(
    'the request has no body, and the two headers under the names that the service reads',
    async () => {
      const { service } = await unpinOne(undefined)
      const headers = service.requests[0]?.headers ?? {}
      expect(Object.keys(headers).filter((name) => name.includes('key'))).toEqual([
        'pinning_api_key',
        'pinning_secret_key',
      ])
      expect(headers['content-length'] ?? '0').toBe('0')
      expect(headers['transfer-encoding']).toBeUndefined()
    },
  )
})

describe('missing', () => {
  test.concurrent('by default is green with a warning that says why', async () => {
    const service = await serve()
    const result = await runStep(service.url, [pin.id])
    expect(result.conclusion).toBe('success')
    expect(result.annotations.errors).toEqual([])
    expect(result.annotations.warnings).toHaveLength(1)
    expect(warningsOf(result)).toMatch(/does not have this pin/)
    expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 1, httpStatus: 404 }])
    expect(result.outputs).toMatchObject({
      result: 'missing',
      'missing-count': '1',
      'failed-count': '0',
      'unpinned-count': '0',
    })
  })

  test.concurrent('with on-missing ignore is green without a word of warning', async () => {
    const service = await serve()
    const result = await runStep(service.url, [pin.id], { 'on-missing': 'ignore' })
    expect(result.conclusion).toBe('success')
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    expect(result.outputs).toMatchObject({ result: 'missing', 'missing-count': '1', 'failed-count': '0' })
  })

  test.concurrent('with on-missing fail is red', async () => {
    const service = await serve()
    const result = await runStep(service.url, [pin.id], { 'on-missing': 'fail' })
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1 })
    expect(errorsOf(result)).toMatch(/does not have this pin/)
    expect(result.outputs).toMatchObject({ result: 'missing', 'missing-count': '1', 'failed-count': '1' })
  })

  test.concurrent.each([
    ['404 with any JSON object', answer(404, {})],
    ['404 with another message', answer(404, { message: 'no such pin' })],
    ['410 with a JSON object', answer(410, { error: 'gone' })],
    ['500 with `record not found`, at once', answer(500, RECORD_NOT_FOUND)],
    ['503 with `record not found`', answer(503, RECORD_NOT_FOUND)],
    ['429 with `record not found`', answer(429, RECORD_NOT_FOUND)],
    ['400 with `record not found`', answer(400, RECORD_NOT_FOUND)],
    ['422 with `record not found`', answer(422, RECORD_NOT_FOUND)],
  ] as [string, Fault][])('is what %s says', async (_, fault) => {
    const { result, entry } = await unpinOne(() => fault)
    expect(entry).toMatchObject({ result: 'missing', attempts: 1 })
    expect(result.conclusion).toBe('success')
  })

  test.concurrent.each([
    ['401 with `record not found`', 401],
    ['403 with `record not found`', 403],
  ])('is not what %s says: the keys are at fault', async (_, status) => {
    const { result, entry } = await unpinOne(() => answer(status, RECORD_NOT_FOUND))
    expect(entry).toMatchObject({ result: 'failed', httpStatus: status, attempts: 1 })
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('is not what a 200 with `record not found` says', async () => {
    const { result, entry } = await unpinOne(() => answer(200, RECORD_NOT_FOUND))
    expect(entry.result).toBe('failed')
    expect(entry.message).toContain('record not found')
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('is not what another message of a 400 says, though it holds the words', async () => {
    const { entry } = await unpinOne(() => answer(400, { message: 'user record not found' }))
    expect(entry.result).toBe('failed')
  })

  test.concurrent.each([
    ['404 with HTML', answer(404, HTML, { 'Content-Type': 'text/html' })],
    ['404 with HTML that calls itself JSON', answer(404, HTML, { 'Content-Type': 'application/json' })],
    ['404 without a body', answer(404)],
    ['404 with a JSON array', answer(404, [RECORD_NOT_FOUND])],
    ['404 with JSON text', answer(404, '"record not found"')],
    ['404 with plain text', answer(404, 'record not found')],
    ['404 with JSON null', answer(404, 'null')],
    ['410 with HTML', answer(410, HTML)],
    ['410 without a body', answer(410)],
  ] as [string, Fault][])('is not what %s says: that is a wrong api-url, and red', async (_, fault) => {
    const { result, entry } = await unpinOne(() => fault, { 'on-missing': 'ignore' })
    expect(entry).toMatchObject({ result: 'failed', attempts: 1 })
    expect(errorsOf(result)).toContain('api-url')
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('a real host with another path prefix fails and names api-url', async () => {
    const service = await serve({ pins: [pin] })
    const result = await runStep(`${service.url}/elsewhere`, [pin.id], { 'on-missing': 'ignore' })
    expect(result.conclusion).toBe('failure')
    expect(errorsOf(result)).toContain('api-url')
    expect(service.holds(pin.id)).toBe(true)
  })
})

describe('missing after a lost answer', () => {
  test.concurrent.each(MISSING_TWICE)(
    'a cut body after the effect ends as missing, green, and says it was probably this run, on-missing %s',
    async (onMissing) => {
      const { result, service, entry } = await unpinOne(inTurn({ kind: 'cut' }), { 'on-missing': onMissing })
      expect(entry).toMatchObject({ result: 'missing', attempts: 2, httpStatus: 404 })
      expect(entry.message).toMatch(/probably/)
      expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 })
      expect(result.annotations.errors).toEqual([])
      expect(result.outputs).toMatchObject({ 'missing-count': '1', 'failed-count': '0' })
      expect(service.holds(pin.id)).toBe(false)
    },
  )

  test.concurrent.each([
    ['a chunked body cut', { kind: 'cut', chunked: true }],
    ['a reset', { kind: 'reset', effect: 'after' }],
    ['a 500', { ...answer(500, { message: 'boom' }), effect: true }],
    ['a 502 of a gateway', { ...answer(502, HTML), effect: true }],
    ['a 504 of a gateway', { ...answer(504, HTML), effect: true }],
    ['an answer that switches protocols', { kind: 'switch' }],
    ['a 200 that is no JSON', { ...answer(200, 'OK'), effect: true }],
    ['a 200 with an array', { ...answer(200, []), effect: true }],
    ['a 200 without a body', { ...answer(200), effect: true }],
  ] as [string, Fault][])('%s after the effect counts as a lost answer', async (_, fault) => {
    const service = await serve({
      pins: [pin],
      fault: () => {
        if (service.requests.length > 1) return undefined
        if (fault.kind === 'switch') service.remove(pin.id)
        return fault
      },
    })
    const result = await runStep(service.url, [pin.id], { 'on-missing': 'fail' })
    expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 2 }])
    expect(entriesOf(result)[0]?.message).toMatch(/probably/)
    expect(result.conclusion).toBe('success')
  })

  test.concurrent.each([
    ['503', answer(503, { message: 'busy' })],
    ['429', answer(429, { message: 'slow down' })],
    ['408', answer(408)],
    ['425', answer(425)],
  ] as [string, Fault][])(
    'a %s is an answer: a pin missing after it was missing before, and on-missing fail is red',
    async (_, fault) => {
      const service = await serve({ fault: inTurn(fault) })
      const result = await runStep(service.url, [pin.id], { 'on-missing': 'fail' })
      expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 2 }])
      expect(entriesOf(result)[0]?.message).not.toMatch(/probably/)
      expect(result.conclusion).toBe('failure')
    },
  )
})

describe('tried again', () => {
  test.concurrent.each([
    ['a reset before the effect', { kind: 'reset', effect: 'before' }],
    ['408', answer(408)],
    ['425', answer(425)],
    ['429', answer(429)],
    ['500', answer(500, { message: 'boom' })],
    ['501', answer(501)],
    ['502', answer(502, HTML)],
    ['503', answer(503)],
    ['504', answer(504)],
    ['599', answer(599)],
    ['200 with HTML', answer(200, HTML)],
    ['200 with half of the JSON, whole by its length', answer(200, '{"status":"success","data":{')],
  ] as [string, Fault][])(
    '%s, then the documented answer: green, and the log gives the reason and the wait',
    async (_, fault) => {
      const { result, entry, service } = await unpinOne(inTurn(fault))
      expect(entry).toMatchObject({ result: 'unpinned', attempts: 2, httpStatus: 200 })
      expect(result.conclusion).toBe('success')
      expect(service.requests).toHaveLength(2)
      expect(result.log).toMatch(new RegExp(`^${pin.id}: attempt 1: .* \\d+\\.\\d s, because of \\S`, 'm'))
    },
  )

  test.concurrent('there is no count of retries: three bad answers and a good one are green', async () => {
    const bad = answer(503, '', { 'Retry-After': '0' })
    const { result, entry } = await unpinOne(inTurn(bad, bad, bad), { 'timeout-seconds': '30' })
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 4 })
    expect(result.conclusion).toBe('success')
  })
})

describe('unconfirmed', () => {
  test.concurrent.each([
    ['201', answer(201, { status: 'success', data: pin })],
    ['202', answer(202, { status: 'success', data: pin })],
    ['202 without a body', answer(202)],
    ['203', answer(203, { status: 'success', data: pin })],
    ['204', answer(204)],
    ['206', answer(206, { status: 'success', data: pin })],
    ['200 with an empty object', answer(200, {})],
    ['200 with an envelope without a record', answer(200, { status: 'success' })],
    ['200 with a record that is null', answer(200, { status: 'success', data: null })],
    ['200 with a record in an array', answer(200, { status: 'success', data: [pin] })],
    ['200 with a record without an id', answer(200, { status: 'success', data: { cid: pin.cid } })],
    ['200 with an id that is no text', answer(200, { status: 'success', data: { id: 7 } })],
    ['200 with a status that is no text', answer(200, { status: true, data: pin })],
    ['200 with the bare record, whose status is DONE', answer(200, pin)],
  ] as [string, Fault][])('%s proves nothing: red after one request', async (_, fault) => {
    const { result, entry, service } = await unpinOne(() => fault)
    expect(result.conclusion).toBe('failure')
    expect(entry.attempts).toBe(1)
    expect(service.requests).toHaveLength(1)
    expect(entry.result).toBe('unconfirmed')
    expect(errorsOf(result)).toMatch(/not known/)
    expect(result.outputs).toMatchObject({ 'failed-count': '1', 'unpinned-count': '0', 'total-size': '0' })
  })

  test.concurrent.each([
    ['no answer at all', [{ kind: 'hang', effect: 'before' }]],
    ['500 all the time', [answer(500, { message: 'boom' })]],
    ['502 all the time', [answer(502)]],
    ['a reset all the time', [{ kind: 'reset', effect: 'before' }]],
    ['a cut body, then 503 to the end', [{ kind: 'cut' }, answer(503)]],
    ['a reset, then 429 to the end', [{ kind: 'reset', effect: 'after' }, answer(429)]],
    ['200 with an array all the time', [answer(200, [])]],
    ['200 with JSON null all the time', [answer(200, 'null')]],
    ['200 without a body all the time', [answer(200)]],
  ] as [string, [Fault, ...Fault[]]][])(
    '%s: an answer was lost and the time is used up',
    async (_, faults) => {
      const { result, entry } = await unpinOne(toTheEnd(...faults), { 'timeout-seconds': '2' })
      expect(entry.result).toBe('unconfirmed')
      expect(errorsOf(result)).toMatch(/timeout-seconds/)
      expect(errorsOf(result)).toMatch(/not known/)
      expect(result.conclusion).toBe('failure')
    },
  )
})

describe('failed', () => {
  test.concurrent.each([
    ['an envelope that says error', answer(200, { status: 'error', message: 'no', data: pin })],
    ['an envelope that says fail', answer(200, { status: 'fail' })],
    ['an envelope that says SUCCESS in capitals', answer(200, { status: 'SUCCESS', data: pin })],
    ['the record of another pin', answer(200, { status: 'success', data: makePin({}, 2) })],
    ['400', answer(400, { message: 'validate: bad' })],
    ['402', answer(402, { message: 'User not enough balance' })],
    ['405', answer(405, HTML)],
    ['409', answer(409, {})],
    ['418', answer(418)],
    ['451', answer(451)],
    ['499', answer(499)],
    ['300', answer(300)],
    ['304', answer(304)],
    ['305', answer(305, '', { Location: '/' })],
    ['a redirect without a target', answer(302)],
    ['a redirect to what is no URL', answer(302, '', { Location: 'http://' })],
  ] as [string, Fault][])('%s is red after one request', async (_, fault) => {
    const { result, entry, service } = await unpinOne(() => fault)
    expect(entry).toMatchObject({ result: 'failed', attempts: 1 })
    expect(result.conclusion).toBe('failure')
    expect(result.annotations.errors).toHaveLength(1)
    expect(service.requests).toHaveLength(1)
    expect(result.outputs).toMatchObject({ 'failed-count': '1', 'unpinned-count': '0', 'total-size': '0' })
  })

  test.concurrent('a service that removes one pin and speaks of another is told with both', async () => {
    const other = makePin({}, 2)
    const service = await serve({ pins: [pin, other], fault: () => ({ kind: 'wrong-record' }) })
    const result = await runStep(service.url, [pin.id])
    expect(entriesOf(result)[0]?.result).toBe('failed')
    expect(errorsOf(result)).toContain(pin.id)
    expect(errorsOf(result)).toContain(other.id)
  })

  test.concurrent.each([
    ['503', answer(503)],
    ['429', answer(429)],
    ['408', answer(408)],
  ] as [string, Fault][])('%s all the time: nothing was lost, so it failed', async (_, fault) => {
    const { result, entry, service } = await unpinOne(() => fault, { 'timeout-seconds': '2' })
    expect(entry.result).toBe('failed')
    expect(service.requests.length).toBeGreaterThan(1)
    expect(entry.attempts).toBeGreaterThanOrEqual(service.requests.length)
    expect(errorsOf(result)).toMatch(/timeout-seconds/)
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent(
    '503 all the time has failed at the longest waits too, which leave the last attempt no time',
    async () => {
      const { entry } = await unpinOne(
        () => answer(503),
        { 'timeout-seconds': '2' },
        { nodeArgs: ['--import', 'data:text/javascript,Math.random=()=>0.9999'] },
      )
      expect(entry.result).toBe('failed')
      expect(entry.message).not.toMatch(/within 0 s/)
    },
  )

  test.concurrent('a refused connection is retried, and nothing was lost', async () => {
    const service = await serve()
    await service.close()
    const result = await runStep(service.url, [pin.id], { 'timeout-seconds': '2' })
    expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
    expect(entriesOf(result)[0]?.attempts).toBeGreaterThan(1)
    expect(result.log).toMatch(/attempt 1: .* refused/)
  })

  test.concurrent('a host name that does not resolve lost nothing', async () => {
    const result = await runStep('https://pin.example.invalid', [pin.id], { 'timeout-seconds': '1' })
    expect(entriesOf(result)[0]).toMatchObject({ result: 'failed', httpStatus: null })
    expect(result.conclusion).toBe('failure')
    expect(result.durationMs).toBeLessThan(5000)
  })

  test.concurrent('a refusal after a lost answer says that the pin may be gone all the same', async () => {
    const { result, entry } = await unpinOne(inTurn({ kind: 'cut' }, answer(400, { message: 'no' })))
    expect(entry).toMatchObject({ result: 'failed', attempts: 2 })
    expect(errorsOf(result)).toMatch(/may be gone/)
  })

  test.concurrent('one failed pin does not stop the others', async () => {
    const all = pins(20)
    const bad = all[0]?.id
    const service = await serve({
      pins: all,
      fault: ({ pinId }) => (pinId === bad ? answer(400, { message: 'no' }) : undefined),
    })
    const result = await runStep(
      service.url,
      all.map(({ id }) => id),
    )
    expect(countResults(result)).toEqual({ failed: 1, unpinned: 19 })
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({ 'unpinned-count': '19', 'failed-count': '1' })
  })
})

describe('keys that the service refuses', () => {
  const twenty = pins(20)
  const ids = twenty.map(({ id }) => id)

  test.concurrent('401 stops the rest: at most eight were started', async () => {
    const service = await serve({ pins: twenty })
    const result = await runStep(service.url, ids, { 'pinning-secret-key': 'another-secret-key' })
    expect(service.requests.length).toBeLessThanOrEqual(8)
    expect(countResults(result)).toEqual({
      failed: service.requests.length,
      'not-attempted': 20 - service.requests.length,
    })
    expect(result.outputs['failed-count']).toBe('20')
    expect(errorsOf(result)).toMatch(/pinning-api-key.*pinning-secret-key/)
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('401 stops the rest after successes too', async () => {
    const last = ids[9]
    const service = await serve({
      pins: twenty,
      fault: ({ pinId }) => (pinId === last ? answer(401) : { kind: 'delay', ms: 100 }),
    })
    const result = await runStep(service.url, ids)
    expect(entriesOf(result)[9]).toMatchObject({ result: 'failed', httpStatus: 401 })
    expect(countResults(result)['not-attempted']).toBeGreaterThan(0)
    expect(entriesOf(result)[19]?.result).toBe('not-attempted')
  })

  test.concurrent('403 before any success stops the rest, and names the scope', async () => {
    const keys = {
      apiKey: 'an-api-key-that-may-read',
      secretKey: 'its-secret-key',
      scopes: ['data.pin_list'],
    }
    const service = await serve({ pins: twenty, keys: [{ ...keys, scopes: ['data.pin_list'] }] })
    const result = await runStep(service.url, ids, {
      'pinning-api-key': keys.apiKey,
      'pinning-secret-key': keys.secretKey,
    })
    expect(service.requests.length).toBeLessThanOrEqual(8)
    expect(countResults(result)).toEqual({
      failed: service.requests.length,
      'not-attempted': 20 - service.requests.length,
    })
    expect(errorsOf(result)).toContain('pinning.unpin')
  })

  test.concurrent('403 after a success concerns its own pin only', async () => {
    // The tenth is started only once one of the first eight has succeeded.
    const service = await serve({
      pins: twenty,
      fault: ({ pinId }) => (pinId === ids[9] ? answer(403, { message: 'not yours' }) : undefined),
    })
    const result = await runStep(service.url, ids)
    expect(countResults(result)).toEqual({ failed: 1, unpinned: 19 })
    expect(entriesOf(result)[9]).toMatchObject({ result: 'failed', httpStatus: 403 })
    expect(result.conclusion).toBe('failure')
  })
})

describe('dry-run', () => {
  test.concurrent('reads each record, removes nothing, is green and says would', async () => {
    const two = pins(2)
    const service = await serve({ pins: two })
    const result = await runStep(
      service.url,
      two.map(({ id }) => id),
      { 'dry-run': 'true' },
    )
    expect(service.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      two.map(({ id }) => `GET /api/pinning/${id}`).sort(),
    )
    for (const { id } of two) expect(service.holds(id)).toBe(true)
    expect(result.conclusion).toBe('success')
    expect(countResults(result)).toEqual({ 'would-unpin': 2 })
    expect(entriesOf(result).map(({ record }) => record)).toEqual(two)
    expect(result.outputs).toMatchObject({
      result: 'would-unpin\nwould-unpin',
      'unpinned-count': '0',
      'failed-count': '0',
      'total-size': '0',
    })
    expect(result.summary).toMatch(/would/)
    expect(result.log).toMatch(/would/)
  })

  test.concurrent('says of a pin that is not there what the real run would say', async () => {
    for (const [onMissing, conclusion] of [
      ['ignore', 'success'],
      ['fail', 'failure'],
    ] as const) {
      const service = await serve()
      const result = await runStep(service.url, [pin.id], { 'dry-run': 'true', 'on-missing': onMissing })
      expect(entriesOf(result)).toMatchObject([{ result: 'missing', httpStatus: 404, attempts: 0 }])
      expect(result.conclusion).toBe(conclusion)
    }
  })

  test.concurrent('with a key that may not read is red, and names the scope that it needs', async () => {
    const keys = { apiKey: 'an-api-key-that-unpins', secretKey: 'its-secret-key' }
    const service = await serve({ pins: [pin], keys: [{ ...keys, scopes: ['pinning.unpin'] }] })
    const result = await runStep(service.url, [pin.id], {
      'dry-run': 'true',
      'pinning-api-key': keys.apiKey,
      'pinning-secret-key': keys.secretKey,
    })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: 403 }])
    expect(errorsOf(result)).toContain('`data.pin_list`')
  })
})

describe('cancelled', () => {
  test.concurrent('a DELETE in flight is unconfirmed, the rest not-attempted', async () => {
    const ten = pins(10)
    const service = await serve({ pins: ten, fault: () => ({ kind: 'hang', effect: 'before' }) })
    const action = startStep(
      service.url,
      ten.map(({ id }) => id),
    )
    await eventually(() => service.requests.length === 8)
    action.signal('SIGINT')
    const result = await action.finished
    expect(entriesOf(result).map((entry) => entry.result)).toEqual([
      ...Array.from({ length: 8 }, () => 'unconfirmed'),
      'not-attempted',
      'not-attempted',
    ])
    expect(result.outputs).toMatchObject({ 'failed-count': '10', 'unpinned-count': '0' })
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent(
    'a pin that waits to be tried again after an answer has failed, as far as is known',
    async () => {
      const service = await serve({ pins: [pin], fault: () => answer(503, '', { 'Retry-After': '8' }) })
      const action = startStep(service.url, [pin.id])
      await action.waitFor('attempt 1')
      action.signal('SIGTERM')
      const result = await action.finished
      expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 1, httpStatus: 503 }])
      expect(result.conclusion).toBe('failure')
    },
  )

  test.concurrent('a pin that waits to be tried again after a lost answer is unconfirmed', async () => {
    const service = await serve({
      pins: [pin],
      fault: toTheEnd({ kind: 'cut' }, answer(503, '', { 'Retry-After': '8' })),
    })
    const action = startStep(service.url, [pin.id])
    await action.waitFor('attempt 2')
    action.signal('SIGINT')
    const result = await action.finished
    expect(entriesOf(result)).toMatchObject([{ result: 'unconfirmed', attempts: 2 }])
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent(
    'a pin that waits for its place is not-attempted, and what succeeded stays known',
    async () => {
      const two = pins(2)
      const service = await serve({ pins: two })
      const action = startStep(
        service.url,
        two.map(({ id }) => id),
        { 'requests-per-minute': '1' },
      )
      await action.waitFor('unpinned')
      action.signal('SIGINT')
      const result = await action.finished
      expect(entriesOf(result).map((entry) => entry.result)).toEqual(['unpinned', 'not-attempted'])
      expect(entriesOf(result)[1]).toMatchObject({ attempts: 0, httpStatus: null })
      expect(result.outputs).toMatchObject({
        'unpinned-count': '1',
        'failed-count': '1',
        cid: `${two[0]?.cid}\n`,
      })
      expect(service.requests).toHaveLength(1)
      expect(result.conclusion).toBe('failure')
    },
  )
})

test('a DELETE that the reading has left no time for is not begun', async () => {
  const service = await serve({
    pins: [pin],
    fault: ({ method }) => ({ kind: 'delay', ms: method === 'GET' ? 900 : 300 }),
  })
  const result = await runStep(service.url, [pin.id], { 'timeout-seconds': '1', protect: 'other' })
  expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  expect(entriesOf(result)).toMatchObject([{ result: 'failed' }])
})
