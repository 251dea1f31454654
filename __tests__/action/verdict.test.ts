import { afterAll, describe, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, type Fault, makePin, type ServiceOptions } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import {
  answer,
  answerAfterEffect,
  countResults,
  each,
  endProcesses,
  entriesOf,
  errorsOf,
  every,
  inTurn,
  pin,
  pins,
  runStep,
  toTheEnd,
  unpinEach,
  unpinOne,
  warningsOf,
} from '../support/step.ts'

afterAll(endProcesses)

const HTML = '<!doctype html><title>404 Not Found</title>'
const RECORD_NOT_FOUND = { status: 'error', message: 'record not found' }
const NO_ROUTE = { message: 'no Route matched with those values' }
const IGNORE = { 'on-missing': 'ignore' }
const CUT: Fault = { kind: 'cut' }
const twenty = pins(20)
const ids = twenty.map(({ id }) => id)

describe('a pin is unpinned', () => {
  test.concurrent('by one DELETE without a body, and the documented answer', async () => {
    const { result, service, entry } = await unpinOne(undefined)
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, problems: [], stderr: '' })
    expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
    // The documented answer shows the record as it stood before.
    expect(entry).toMatchObject({
      result: 'unpinned',
      attempts: 1,
      httpStatus: 200,
      record: { pinned: true },
    })
    expect(service.holds(pin.id)).toBe(false)
    expect(service.requests).toMatchObject([{ method: 'DELETE', path: `/api/pinning/unpin/${pin.id}` }])
    const headers = service.requests[0]?.headers ?? {}
    expect([headers['content-length'] ?? '0', headers['transfer-encoding']]).toEqual(['0', undefined])
  })
})

describe('a pin is missing', () => {
  test.concurrent.each([
    ['warn', 'success', 1, 0, '0'],
    ['ignore', 'success', 0, 0, '0'],
    ['fail', 'failure', 0, 1, '1'],
  ])(
    'and with `on-missing: %s` the step is a %s',
    async (onMissing, conclusion, warnings, errors, failed) => {
      const service = await start()
      const result = await runStep(service.url, [pin.id], { 'on-missing': onMissing })
      expect(result.conclusion).toBe(conclusion)
      expect([result.annotations.warnings.length, result.annotations.errors.length]).toEqual([
        warnings,
        errors,
      ])
      if (onMissing !== 'ignore')
        expect(warningsOf(result) + errorsOf(result)).toMatch(/does not have this pin/)
      expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 1, httpStatus: 404 }])
      const counts = { 'missing-count': '1', 'failed-count': failed, 'unpinned-count': '0' }
      expect(result.outputs).toMatchObject(counts)
      expect(service.requests).toHaveLength(1)
    },
  )

  test.concurrent('by the words `record not found` with any error status, at once', async () => {
    const statuses = { a: 400, b: 404, c: 422, d: 429, e: 500, f: 503 }
    const { result, rows } = await unpinEach(each(statuses, (status) => answer(status, RECORD_NOT_FOUND)))
    expect(rows).toMatchObject(every(rows, { result: 'missing', attempts: 1, requests: { length: 1 } }))
    expect(result.conclusion).toBe('success')
  })

  test.concurrent(
    'by another 404 or 410 with a JSON object, once a row of the list has shown that this is the service',
    async () => {
      const { result, rows, service } = await unpinEach({
        '404 with another message': answer(404, { message: 'no such pin' }),
        '404 with an empty object': answer(404, {}),
        '410 with a JSON object': answer(410, { error: 'gone' }),
      })
      expect(rows).toMatchObject(every(rows, { result: 'missing', attempts: 1 }))
      expect(result.conclusion).toBe('success')
      expect(service.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'DELETE', 'GET'])
      expect(service.requests[3]?.path).toMatch(/^\/api\/pinning\/pins\/\?/)
    },
  )

  test.concurrent(
    'after a 404 of any kind, if the service refuses the list in JSON: no other server does',
    async () => {
      const keys = [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin'] as const }]
      const { rows } = await unpinEach({ pin: answer(404, NO_ROUTE) }, {}, {}, { keys })
      expect(rows.pin.result).toBe('missing')
    },
  )
})

describe('a wrong `api-url` fails and is named', () => {
  test.concurrent('where unknown paths are not answered with a JSON object', async () => {
    const table: Record<string, Fault> = {
      HTML: answer(404, HTML, { 'Content-Type': 'text/html' }),
      'no body': answer(404),
      'a JSON array': answer(404, [RECORD_NOT_FOUND]),
      'JSON null': answer(404, 'null'),
      'plain text': answer(410, 'record not found'),
    }
    const { result, rows } = await unpinEach(table, IGNORE)
    expect(rows).toMatchObject(every(rows, { result: 'failed', attempts: 1, requests: { length: 1 } }))
    for (const { message } of result.annotations.errors) expect(message).toContain('`api-url`')
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent(
    'where a gateway answers every unknown path with JSON: one question for all pins',
    async () => {
      const service = await start({ pins: twenty, fault: () => answer(404, NO_ROUTE) })
      const result = await runStep(service.url, ids, IGNORE)
      expect(countResults(result)).toEqual({ failed: 20 })
      expect(errorsOf(result)).toMatch(/nothing in this run has shown that `api-url` is the AIOZ Pin API/)
      expect(service.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
      expect(result.conclusion).toBe('failure')
    },
  )

  test.concurrent('where HTTP 401 for another pin stops the run', async () => {
    const service = await start({
      fault: ({ pinId }) => (pinId === ids[0] ? answer(401, {}) : answer(404, NO_ROUTE)),
    })
    const result = await runStep(service.url, ids, IGNORE)
    expect(Object.keys(countResults(result)).sort()).toEqual(['failed', 'not-attempted'])
    expect(service.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
  })
})

describe('a pin that is missing after a lost answer', () => {
  test.concurrent.each(['warn', 'ignore', 'fail'])(
    'never fails the step: `on-missing: %s`',
    async (onMissing) => {
      const { result, rows, service } = await unpinEach(
        {
          'a body that is cut': inTurn(CUT),
          'a chunked body that is cut': inTurn({ kind: 'cut', chunked: true }),
          'a reset': inTurn({ kind: 'reset', effect: 'after' }),
          'a 502 of a gateway': inTurn(answerAfterEffect(502, HTML)),
          'a 200 that is not JSON': inTurn(answerAfterEffect(200, 'OK')),
        },
        { 'on-missing': onMissing },
      )
      const expected = {
        result: 'missing',
        attempts: 2,
        httpStatus: 404,
        message: expect.stringMatching(/probably/),
      }
      expect(rows).toMatchObject(every(rows, expected))
      expect(result).toMatchObject({ conclusion: 'success', annotations: { errors: [] } })
      expect(result.outputs).toMatchObject({ 'missing-count': '5', 'failed-count': '0' })
      expect([...service.records.values()].filter(({ pinned }) => pinned)).toEqual([])
    },
  )
})

test.concurrent(
  'HTTP 408, 425, 429 and 5xx are tried again, and the log gives the reason and the wait',
  async () => {
    const statuses = { a: 408, b: 425, c: 429, d: 500, e: 503, f: 504 }
    const { result, rows } = await unpinEach(each(statuses, (status) => inTurn(answer(status))))
    for (const [name, status] of Object.entries(statuses)) {
      const row = rows[name]
      expect(row).toMatchObject({ result: 'unpinned', attempts: 2, requests: { length: 2 } })
      const line = new RegExp(
        `^Pin ${row?.pinId}: attempt 1: .* \\d+\\.\\d s, because of HTTP ${status}`,
        'm',
      )
      expect(result.log).toMatch(line)
    }
  },
)

const COUNTS = { 'unpinned-count': '0', 'total-size': '0' }

describe('a pin is unconfirmed', () => {
  test.concurrent('after a 2xx that proves nothing, and one request', async () => {
    const { result, rows } = await unpinEach({
      '201': answer(201, { status: 'success', data: pin }),
      '202 without a body': answer(202),
      '204': answer(204),
      '200 with an empty object': answer(200, {}),
      '200 with a record in an array': answer(200, { status: 'success', data: [pin] }),
      '200 with the bare record, whose status is DONE': answer(200, pin),
    })
    expect(rows).toMatchObject(every(rows, { result: 'unconfirmed', attempts: 1, requests: { length: 1 } }))
    for (const { message } of result.annotations.errors) expect(message).toMatch(/not known/)
    expect(result.outputs).toMatchObject({ 'failed-count': '6', ...COUNTS })
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('if an answer was lost when the time is used up', async () => {
    const table = {
      'no answer': { kind: 'hang', effect: 'before' } as const,
      '500': answer(500, { message: 'boom' }),
      'a cut body and then 503': toTheEnd(CUT, answer(503)),
      '200 with an array': answer(200, []),
    }
    const { result, rows } = await unpinEach(table, { 'timeout-seconds': '2' })
    expect(rows).toMatchObject(every(rows, { result: 'unconfirmed' }))
    for (const { message } of result.annotations.errors)
      expect(message).toMatch(/`timeout-seconds`.*not known/)
    expect(result.conclusion).toBe('failure')
  })
})

describe('a pin has failed', () => {
  const other = makePin({}, 99)

  test.concurrent('after an answer that refuses, and one request', async () => {
    const { result, rows } = await unpinEach({
      'an envelope that says error': answer(200, { status: 'error', message: 'no', data: pin }),
      'the record of another pin': answer(200, { status: 'success', data: other }),
      '400': answer(400, { message: 'validate: bad' }),
      '409': answer(409, {}),
      '304': answer(304),
      'a redirect without a target': answer(302),
    })
    expect(rows).toMatchObject(
      every(rows, { result: 'failed', attempts: 1, cid: null, requests: { length: 1 } }),
    )
    expect(errorsOf(result)).toMatch(new RegExp(`${rows['the record of another pin'].pinId}.*${other.id}`))
    expect(result.annotations.errors).toHaveLength(6)
    expect(result.outputs).toMatchObject({ 'failed-count': '6', ...COUNTS })
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('after 503 until the time is used up, because nothing was lost', async () => {
    const nodeArgs = ['--import', 'data:text/javascript,Math.random=()=>0.9999']
    const { result, entry } = await unpinOne(answer(503), { 'timeout-seconds': '2' }, { nodeArgs })
    expect(entry).toMatchObject({ result: 'failed', httpStatus: 503 })
    expect(errorsOf(result)).toMatch(/`timeout-seconds`/)
    // With the longest waits the last attempt has nearly no time left.
    expect(entry.message).not.toMatch(/within 0 s/)
  })

  test.concurrent('if the name of the host does not resolve', async () => {
    const result = await runStep('https://pin.example.invalid', [pin.id], { 'timeout-seconds': '2' })
    expect(entriesOf(result)).toMatchObject([{ result: 'failed', httpStatus: null }])
    expect(result.log).toMatch(/attempt 1: /)
  })
})

describe('a key pair that the service refuses', () => {
  test.concurrent.each<[string, ServiceOptions['keys'], RegExp]>([
    ['with 401', [{ ...DEFAULT_KEYS, apiKey: 'another-key' }], /pinning-api-key.*pinning-secret-key/],
    ['with 403', [{ ...DEFAULT_KEYS, scopes: ['data.pin_list'] }], /`pinning\.unpin`/],
  ])('%s before any success stops the run', async (_, keys = [], words) => {
    const service = await start({ pins: twenty, keys })
    const result = await runStep(service.url, ids)
    const { length } = service.requests
    expect(length).toBeLessThanOrEqual(8)
    expect(countResults(result)).toEqual({ failed: length, 'not-attempted': 20 - length })
    expect(errorsOf(result)).toMatch(words)
    expect(result.outputs['failed-count']).toBe('20')
  })
})

test.concurrent.each([{ 'dry-run': 'true' }, { protect: 'other' }])(
  'a pin whose record says that it is already unpinned is missing, and nothing is removed: %j',
  async (inputs) => {
    const gone = makePin({ pinned: false, status: 'unpinNormally' }, 1)
    const { entry, service } = await unpinOne(answer(200, { status: 'success', data: gone }), inputs)
    expect(entry).toMatchObject({ result: 'missing', cid: gone.cid })
    expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  },
)
