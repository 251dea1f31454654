import { afterAll, describe, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, type Fault, makePin, type ServiceOptions } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, answerAfterEffect, countResults, each, endProcesses, entriesOf, errorsOf } from '../support/step.ts'
import { every, type Faults, inTurn, nodeArgsFor, pin, pins, runStep, toTheEnd } from '../support/step.ts'
import { unpinEach, unpinOne, warningsOf } from '../support/step.ts'

afterAll(endProcesses)

const HTML = '<!doctype html><title>404 Not Found</title>'
const NOT_FOUND = { status: 'error', message: 'record not found' }
const NO_ROUTE = { message: 'no Route matched with those values' }
const IGNORE = { 'on-missing': 'ignore' }
const CUT: Fault = { kind: 'cut' }
const HANG: Fault = { kind: 'hang', effect: 'before' }
const twenty = pins(20)
const ids = twenty.map(({ id }) => id)
const said = (message: unknown, status = 404): Fault => answer(status, { message })
const of404 = (message: string): Fault => said(message)
/** A table whose rows are named by what they are. */
const rowsOf = (...faults: Fault[]): Record<string, Fault> =>
  Object.fromEntries(faults.map((fault) => [JSON.stringify(fault), fault]))
const READER = { ...DEFAULT_KEYS, scopes: ['data.pin_list'] as const }
const forPin = (place: number, fault: Fault): ServiceOptions => ({
  fault: ({ pinId }) => (pinId === ids[place] ? fault : undefined),
})
const atOnce = (result: string) => ({ result, attempts: 1, requests: { length: 1 } })

test.concurrent('a pin is unpinned by one DELETE without a body, and the documented answer', async () => {
  const { result, service, entry } = await unpinOne(undefined)
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, problems: [], stderr: '' })
  expect(result.annotations).toEqual({ errors: [], warnings: [], notices: [] })
  // The documented answer shows the record as it was before.
  expect(entry).toMatchObject({ result: 'unpinned', attempts: 1, httpStatus: 200, record: { pinned: true } })
  expect(service.holds(pin.id)).toBe(false)
  const headers = { 'cache-control': 'no-cache', 'accept-encoding': 'identity' }
  expect(service.requests).toMatchObject([{ method: 'DELETE', path: `/api/pinning/unpin/${pin.id}`, headers }])
  const { 'content-length': length = '0', 'transfer-encoding': coding } = service.requests[0]?.headers ?? {}
  expect([length, coding]).toEqual(['0', undefined])
})

describe('a pin is missing', () => {
  test.concurrent.each([
    ['warn', 'success', 1, 0, '0'],
    ['ignore', 'success', 0, 0, '0'],
    ['fail', 'failure', 0, 1, '1'],
  ])('and with `on-missing: %s` the step is a %s', async (onMissing, conclusion, warnings, errors, failed) => {
    const result = await runStep((await start()).url, [pin.id], { 'on-missing': onMissing })
    expect([result.annotations.warnings.length, result.annotations.errors.length]).toEqual([warnings, errors])
    if (onMissing !== 'ignore') expect(warningsOf(result) + errorsOf(result)).toMatch(/does not have this pin/)
    expect(entriesOf(result)).toMatchObject([{ result: 'missing', attempts: 1, httpStatus: 404 }])
    expect(result).toMatchObject({ conclusion, outputs: { 'missing-count': '1', 'failed-count': failed } })
  })

  test.concurrent('where the service names the pin by its ID, and not where it names another one', async () => {
    const words =
      (say: (id: string) => string): Faults =>
      ({ pinId = '' }) =>
        said(say(pinId), 404)
    const { rows } = await unpinEach({
      plain: words((id) => `Pin ${id} not found`),
      quoted: words((id) => `pin "${id.toUpperCase()}" does not exist`),
      invalid: words((id) => `pin id ${id}: invalid`),
      another: said('Pin 00000000-0000-4000-8000-000000000000 not found'),
    })
    expect(each(rows, ({ result }) => result)).toEqual({
      plain: 'missing',
      quoted: 'missing',
      invalid: 'missing',
      another: 'failed',
    })
  })

  const ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
  const PATH = `/api/pinning/unpin/${ID}`
  const OWN_WORDS = rowsOf(
    ...[400, 404, 409, 422, 429, 500, 503].map((status) => answer(status, NOT_FOUND)),
    said('unpin: load pin: record not found', 500),
    said('rpc error: code = Unknown desc = record not found', 400),
    said(' Record  Not\tFound\n', 400),
    answer(200, NOT_FOUND),
    said('record not found', 200),
    said('Pin not found', 410),
    ...['Pin not found', 'The pin does not exist.'].map(of404),
    ...['This pin record was not found', 'pin ID not found', 'Pin ID is invalid'].map(of404),
    ...['no such pin', 'No such pin record', 'unknown pin ID', 'invalid pin ID or key ID'].map(of404),
  )
  const SPRING = { timestamp: '2026-11-25T10:00:00.000+00:00', error: 'Not Found', path: PATH }
  const K8S = { kind: 'Status', message: 'the server could not find the requested resource', code: 404 }
  const OTHERS: Record<string, Fault> = {
    Kong: answer(404, { ...NO_ROUTE, request_id: '2f1b' }),
    'AWS, HTTP API': said('Not Found'),
    'AWS, REST API': said('Missing Authentication Token', 403),
    Envoy: answer(404),
    nginx: answer(404, HTML, { 'Content-Type': 'text/html' }),
    'Traefik and Go': answer(404, '404 page not found\n', { 'Content-Type': 'text/plain' }),
    'Spring, number': answer(404, { ...SPRING, status: 404, message: `No static resource ${PATH}.` }),
    'Spring, text': answer(404, { ...SPRING, status: 'NOT_FOUND', message: 'No message available' }),
    'Express in JSend form': answer(404, { status: 'fail', message: `Can't find ${PATH} on this server!` }),
    'JSend with a record': answer(404, { status: 'error', message: 'Record does not exist' }),
    Kubernetes: answer(404, { status: 'Failure', ...K8S }),
    Laravel: said(`The route ${PATH.slice(1)} could not be found.`),
    Gin: answer(404, { code: 'PAGE_NOT_FOUND', message: 'Page not found' }),
    Echo: said('Not Found', 410),
    FastAPI: answer(404, { detail: 'Not Found' }),
    Nest: answer(404, { message: `Cannot DELETE ${PATH}`, error: 'Not Found', statusCode: 404 }),
    PaaS: answer(404, { status: 'error', code: 404, message: 'Application not found' }),
    'an ID alone': said('ID not found'),
    'a record alone': said('The record was not found'),
    'a longer word': said('Unknown pinning endpoint'),
    'a word with a dash': said('No such pin-service'),
    'the words later in the text': said('Route for pin not found'),
    'the words under another name': answer(404, { error: 'pin not found' }),
    'no text': said({ pin: 'not found' }),
    'an array': answer(404, [NOT_FOUND]),
    'a text': answer(410, 'record not found'),
    'words of a 404 with 400': said('pin not found', 400),
    'record not found with 403': answer(403, NOT_FOUND),
  }

  test.concurrent('by the words of the service alone, and no answer of a regular gateway is one of them', async () => {
    // In turn, because eight strangers in a row stop a run.
    const own = Object.entries(OWN_WORDS)
    const table = Object.entries(OTHERS).flatMap((other, at) => [own[at] ?? [`good ${at}`, undefined], other])
    const { result, rows } = await unpinEach(Object.fromEntries(table) as Record<string, Faults>, IGNORE)
    expect(rows).toMatchObject({ ...every(OWN_WORDS, atOnce('missing')), ...every(OTHERS, atOnce('failed')) })
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent.each([['dry-run', 'true'] as const, ['protect', pin.cid] as const])(
    'if its record says that it was unpinned, and then nothing is sent: with `%s`',
    async (name, value) => {
      const gone = makePin({ pinned: false, status: 'unpinNormally', date_unpinned: '2026-11-01T00:00:00Z' }, 1)
      const service = await start({ pins: [gone] })
      const result = await runStep(service.url, [gone.id], { [name]: value })
      expect(entriesOf(result)).toMatchObject([{ result: 'missing', cid: gone.cid, attempts: 0 }])
      expect(warningsOf(result)).toMatch(/already unpinned.*2026-11-01/)
      expect(service.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    },
  )
})

test.concurrent('a gateway that answers every path with JSON proves nothing', async () => {
  const service = await start({ pins: twenty, fault: () => answer(404, NO_ROUTE) })
  const result = await runStep(service.url, ids, IGNORE)
  const { length } = service.requests
  expect(length).toBeLessThanOrEqual(16)
  expect(countResults(result)).toEqual({ failed: length, 'not-attempted': 20 - length })
  expect(errorsOf(result)).toMatch(/no Route matched.*`api-url`/)
  expect([result.conclusion, result.outputs['missing-count']]).toEqual(['failure', '0'])
})

describe('a lost answer', () => {
  test.concurrent.each([
    ['succeeds with `warn`', { 'on-missing': 'warn' }, 'success', '0'],
    ['succeeds with `fail` if the list has shown it', { 'on-missing': 'fail', protect: 'release-7' }, 'success', '0'],
    ['fails with `fail` if this run has not seen it', { 'on-missing': 'fail' }, 'failure', '6'],
  ])('and then a missing pin %s', async (_, inputs, conclusion, failed) => {
    const lost: Record<string, Faults> = {
      'a body that is cut': inTurn(CUT),
      'a chunked body that is cut': inTurn({ kind: 'cut', chunked: true }),
      'a reset': inTurn({ kind: 'reset', effect: 'after' }),
      'a 502 of a gateway': inTurn(answerAfterEffect(502, HTML)),
      'a 503 of a proxy': inTurn(answerAfterEffect(503)),
      'a 200 that is no JSON': inTurn(answerAfterEffect(200, 'OK')),
    }
    const { result, rows } = await unpinEach(lost, inputs, {}, { pins: pins(7) })
    const message = expect.stringMatching(/probably removed by the attempt whose answer was lost/)
    expect(rows).toMatchObject(every(rows, { result: 'missing', attempts: 2, httpStatus: 404, message }))
    expect(result).toMatchObject({ conclusion, outputs: { 'missing-count': '6', 'failed-count': failed } })
  })

  test.concurrent('and then any refusal leaves the pin unconfirmed', async () => {
    const refusals = rowsOf(
      said('validate: bad', 400),
      said('scope pinning.unpin is missing', 403),
      answer(403, HTML),
      answer(404, NO_ROUTE),
      answer(200, { status: 'error', message: 'no' }),
      { kind: 'redirect', location: 'https://elsewhere.example.test/' },
      answer(409, {}),
      answer(401, {}),
    )
    const { result, rows } = await unpinEach(each(refusals, (refusal) => inTurn(CUT, refusal)))
    const message = expect.stringMatching(/^It is not known whether the pin is gone: .*lost/)
    expect(rows).toMatchObject(every(rows, { result: 'unconfirmed', attempts: 2, message }))
    expect(result).toMatchObject({ conclusion: 'failure', outputs: { 'failed-count': '8', 'unpinned-count': '0' } })
  })

  test.concurrent('is none at all, any 5xx, and a 200 without a JSON object, but not 408, 425 and 429', async () => {
    const lost: Record<string, Faults> = {
      'no answer': HANG,
      'a cut body and then 408': toTheEnd(CUT, answer(408)),
      ...rowsOf(answer(200, []), said('boom', 500), answer(502, HTML), answer(503)),
    }
    // The first pin goes alone: 429 holds back every request.
    const notLost = rowsOf(answer(429), answer(408), answer(425))
    const { rows } = await unpinEach({ ...notLost, ...lost }, { 'timeout-seconds': '1' })
    const message = expect.stringMatching(/not known whether.*within 1 s \(`timeout-seconds`\)/)
    const expected = { ...every(lost, { result: 'unconfirmed', message }), ...every(notLost, { result: 'failed' }) }
    expect(rows).toMatchObject(expected)
  })
})

test.concurrent('HTTP 408, 425, 429 and 5xx are tried again, and the log gives the reason and the wait', async () => {
  const statuses = { a: 408, b: 425, c: 429, d: 500, e: 503, f: 504 }
  const { result, rows } = await unpinEach(each(statuses, (status) => inTurn(answer(status))))
  for (const [name, status] of Object.entries(statuses)) {
    expect(rows[name]).toMatchObject({ result: 'unpinned', attempts: 2, requests: { length: 2 } })
    const why = `^Pin ${rows[name]?.pinId}, attempt 1: HTTP ${status}\\b.* \\d+\\.\\d s$`
    expect(result.log).toMatch(new RegExp(why, 'm'))
  }
})

test.concurrent('an answer that proves nothing, or refuses, is final after one request', async () => {
  const other = makePin({}, 99)
  const unproven = rowsOf(
    answer(201, { status: 'success', data: pin }),
    answer(202),
    answer(204),
    answer(303, '', { Location: '/elsewhere' }),
    answer(200, {}),
    answer(200, { status: 'success', data: [pin] }),
    // A record has a status too.
    answer(200, pin),
    answer(200, { status: 'error', message: 'no', data: pin }),
    answer(200, { status: 'success', data: other }),
    answer(200, { status: 'success', message: 'record not found' }),
  )
  const refused = rowsOf(
    answer(200, { status: 'error', message: 'no' }),
    said('validate: bad', 400),
    answer(409, {}),
    answer(304),
    answer(404, HTML),
    answer(302),
  )
  const { result, rows } = await unpinEach({ ...unproven, ...refused })
  expect(rows).toMatchObject({ ...every(unproven, atOnce('unconfirmed')), ...every(refused, atOnce('failed')) })
  expect(errorsOf(result)).toContain(other.id)
  const outputs = { 'failed-count': '16', 'unpinned-count': '0', 'total-size': '0' }
  expect(result).toMatchObject({ conclusion: 'failure', outputs })
})

test.concurrent('a pin for which this program fails is unconfirmed once its request has begun', async () => {
  const nodeArgs = nodeArgsFor('import http from "node:http"; http.request = () => { throw new Error("a defect") }')
  const { result, entry } = await unpinOne(undefined, {}, { nodeArgs })
  expect(entry).toMatchObject({ result: 'unconfirmed', message: expect.stringMatching(/a defect.*report/) })
  expect(result.conclusion).toBe('failure')
})

test.concurrent.each<[string, ServiceOptions, number, Record<string, number>]>([
  ['401', { keys: [{ ...DEFAULT_KEYS, apiKey: 'another-key' }] }, 1, { failed: 1, 'not-attempted': 19 }],
  ['403 for want of a scope', { keys: [READER] }, 1, { failed: 1, 'not-attempted': 19 }],
  ['403 after a pin was unpinned', forPin(1, said('You are not allowed', 403)), 20, { failed: 1, unpinned: 19 }],
  ['403 for a new pin', forPin(0, said('created less than 5 minutes ago', 403)), 20, { failed: 1, unpinned: 19 }],
  ['403 of a firewall', forPin(0, answer(403, HTML)), 20, { failed: 1, unpinned: 19 }],
])('a refused key pair costs one request, and one pin stops no run: %s', async (_, options, requests, counts) => {
  const service = await start({ pins: twenty, ...options })
  const result = await runStep(service.url, ids)
  expect(countResults(result)).toEqual(counts)
  expect(service.requests).toHaveLength(requests)
  expect(result.outputs['failed-count']).toBe(String(20 - (counts['unpinned'] ?? 0)))
})

describe('with `verify`', () => {
  const STILL = answer(200, { status: 'success', data: pin })
  const RETRIEVAL = answer(200, { status: 'success', data: { ...pin, pinned: false, status: 'RETRIEVAL' } })
  const KEEP: Faults = ({ method }) => (method === 'DELETE' ? { kind: 'keep' } : undefined)
  /** What the `GET`s of a pin come to, in turn. The first pin has one more: for the plan. */
  const reads = (...faults: (Fault | undefined)[]): Faults => {
    const next = inTurn(...faults)
    return ({ method }) => (method === 'GET' ? next() : undefined)
  }

  test.concurrent('a pin that is gone when read again is unpinned, and the service may need a moment', async () => {
    const { rows, service } = await unpinEach(
      {
        'at the third reading': reads(undefined, STILL, RETRIEVAL),
        'its record says so': undefined,
        'the service does not have it': reads(answer(404, NOT_FOUND)),
      },
      { verify: 'true' },
    )
    expect(rows).toMatchObject(every(rows, { result: 'unpinned', attempts: 1 }))
    const at = service.requests.flatMap((request) => (request.pinId === pin.id ? request.at : []))
    // GET for the plan, DELETE, and then three times GET.
    expect([3, 4].map((index) => Math.round(((at[index] ?? 0) - (at[index - 1] ?? 0)) / 1000))).toEqual([1, 2])
  })

  test.concurrent('a pin that is not shown to be gone is unconfirmed', async () => {
    const { result, rows } = await unpinEach(
      {
        'it stays pinned': KEEP,
        'it is in retrieval': ({ method }) => (method === 'GET' ? RETRIEVAL : undefined),
        'a gateway says 404': reads(answer(404, NO_ROUTE)),
        'a page answers': reads(answer(200, HTML)),
        'its reading has no answer': reads(HANG),
      },
      { verify: 'true', 'timeout-seconds': '2' },
    )
    expect(rows).toMatchObject(every(rows, { result: 'unconfirmed', attempts: 1 }))
    expect([rows['a gateway says 404'].requests.length, rows['a page answers'].requests.length]).toEqual([2, 2])
    expect(result.conclusion).toBe('failure')
  })

  test.concurrent('a key that may not read is found while nothing is lost', async () => {
    const service = await start({ pins: twenty, keys: [{ ...DEFAULT_KEYS, scopes: ['pinning.unpin'] }] })
    const result = await runStep(service.url, ids, { verify: 'true' })
    expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
    expect(errorsOf(result)).toMatch(/`data\.pin_list`/)
    expect(countResults(result)).toEqual({ failed: 1, 'not-attempted': 19 })
  })

  test.concurrent('a service that confirms each unpin and removes nothing is not asked for every pin', async () => {
    const service = await start({ pins: twenty, fault: KEEP })
    const result = await runStep(service.url, ids, { verify: 'true', 'timeout-seconds': '1' })
    expect(countResults(result)['not-attempted'] ?? 0).toBeGreaterThanOrEqual(4)
  })
})

test.concurrent('each request has a connection of its own', async () => {
  const twice: Fault = { kind: 'twice', ms: 0 }
  const { rows, service } = await unpinEach(
    {
      'a pin': undefined,
      'a retry': inTurn(answer(503)),
      'a redirect': inTurn({ kind: 'redirect', location: '?', status: 307 }),
      'an answer twice': ({ method }) => (method === 'DELETE' ? twice : undefined),
      'an answer late': inTurn({ ...twice, ms: 50, first: { status: 503 } }),
      'a late answer behind the words of a missing pin': { ...twice, first: { status: 404, body: NOT_FOUND } },
    },
    { verify: 'true', ...IGNORE },
  )
  expect(new Set(service.requests.map(({ connection }) => connection)).size).toBe(service.requests.length)
  const results = Object.values(rows).map(({ result }) => result)
  expect(results).toEqual(['unpinned', 'unpinned', 'unpinned', 'unpinned', 'missing', 'missing'])
})
