import { afterEach, describe, expect, test } from '@jest/globals'
import { readFileSync, rmSync } from 'node:fs'
import { DEFAULT_KEYS, makePin } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { beginRun } from '../../support/running.ts'
import { endSteps } from '../../support/step.ts'

const pins = [1, 2, 3].map((seed) => makePin({ size: 1024 * seed }, seed))
const [first, second, third] = pins.map(({ id }) => id) as [string, string, string]

afterEach(async () => {
  endSteps()
  await closeServices()
})

test('pins that are all unpinned make a green step, and everything about them is handed on', async () => {
  const service = await start({ pins })
  const { step, done, results } = beginRun(service)
  expect(await done).toBe(true)
  expect(service.requests.map(({ removed }) => removed)).toEqual([true, true, true])

  const file = step.outputs()['results-file'] ?? ''
  expect(file.startsWith(step.temp)).toBe(true)
  expect(step.outputs()).toEqual({
    cid: pins.map(({ cid }) => cid).join('\n'),
    size: '1024\n2048\n3072',
    status: 'DONE\nDONE\nDONE',
    name: 'release-1\nrelease-2\nrelease-3',
    result: 'unpinned\nunpinned\nunpinned',
    'unpinned-count': '3',
    'missing-count': '0',
    'failed-count': '0',
    'total-size': '6144',
    'matched-count': '3',
    'protected-count': '0',
    'kept-count': '0',
    'pin-ids': [first, second, third].join('\n'),
    results: readFileSync(file, 'utf8'),
    'results-file': file,
  })
  expect(results()).toMatchObject(pins.map((pin) => ({ pinId: pin.id, record: { ...pin }, httpStatus: 200 })))

  expect(step.log()[0]).toBe(`Unpinning 3 pins at ${service.url}, at most 180 requests a minute`)
  expect(step.log().at(-1)).toBe('3 pins: 3 unpinned (6.00 KiB); 0 failing the step, in 0.0 s.')
  for (const id of [first, second, third]) expect(step.log().join('\n')).toMatch(`${id}: unpinned, `)
  expect([step.said('error'), step.said('warning')]).toEqual([[], []])
  expect(step.summary()).toMatch('## AIOZ IPFS Unpin: 3 pins unpinned')
})

describe('a pin that the service does not have', () => {
  test.each([
    ['warn', true, 1, 0],
    ['ignore', true, 0, 0],
    ['fail', false, 0, 1],
  ])('with `on-missing: %s`', async (onMissing, green, warnings, errors) => {
    const service = await start({ pins })
    service.remove(second)
    const { step, done } = beginRun(service, { 'on-missing': onMissing })
    expect(await done).toBe(green)
    expect(step.outputs()).toMatchObject({
      result: 'unpinned\nmissing\nunpinned',
      'missing-count': '1',
      'failed-count': String(errors),
    })
    expect([step.said('warning').length, step.said('error').length]).toEqual([warnings, errors])
    for (const said of [...step.said('warning'), ...step.said('error')])
      expect(said).toMatch(`Pin ${second}: `)
  })
})

test('one failed pin makes the step red after all were tried, and is told in an annotation', async () => {
  const service = await start({
    pins,
    fault: ({ pinId }) =>
      pinId === second ? { kind: 'answer', status: 400, body: { message: 'no' } } : undefined,
  })
  const { step, done } = beginRun(service)
  expect(await done).toBe(false)
  expect(step.outputs()).toMatchObject({ result: 'unpinned\nfailed\nunpinned', 'failed-count': '1' })
  expect(step.said('error')).toEqual([
    `Pin ${second}: Not unpinned: the service refused it. The answer was HTTP 400, "no".`,
  ])
  expect(step.summary()).toMatch('1 of 3 pins failed')
})

test('a key pair that is refused fails the step before further pins are tried', async () => {
  const many = Array.from({ length: 20 }, (_, seed) => makePin({}, seed))
  const service = await start({ pins: many })
  const { step, done } = beginRun(service, { 'pinning-secret-key': 'not the secret of the pair' })
  expect(await done).toBe(false)
  expect(service.requests.length).toBeLessThan(16)
  const errors = step.said('error')
  expect(errors.length).toBe(10)
  expect(errors[0]).toMatch('the service refused the key pair (HTTP 401)')
  expect(errors[9]).toMatch('… and 11 more errors')
  expect(step.outputs()['failed-count']).toBe('20')
})

test('a dry run reads each record, removes nothing and says "would"', async () => {
  const service = await start({ pins })
  const { step, done, results } = beginRun(service, { 'dry-run': 'true' })
  expect(await done).toBe(true)
  expect(service.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    [first, second, third].map((id) => `GET /api/pinning/${id}`).sort(),
  )
  for (const id of [first, second, third]) expect(service.holds(id)).toBe(true)
  expect(results()).toMatchObject(pins.map((pin) => ({ pinId: pin.id, attempts: 0, record: { ...pin } })))
  expect(step.outputs()).toMatchObject({
    result: 'would-unpin\nwould-unpin\nwould-unpin',
    cid: pins.map(({ cid }) => cid).join('\n'),
    'pin-ids': [first, second, third].join('\n'),
    'unpinned-count': '0',
    'total-size': '0',
  })
  expect(step.log().at(-1)).toBe('Dry run: 3 pins: 3 would-unpin. Nothing was unpinned.')
})

describe('where something is protected', () => {
  test('each record is read first, and what is protected is not touched, with a warning', async () => {
    const service = await start({ pins })
    const { step, done, results } = beginRun(service, { protect: `release-2\n${third}` })
    expect(await done).toBe(true)
    expect(service.requests.map(({ method, pinId = '' }) => `${method} ${pinId}`).sort()).toEqual(
      [`DELETE ${first}`, `GET ${first}`, `GET ${second}`, `GET ${third}`].sort(),
    )
    expect([first, second, third].map((id) => service.holds(id))).toEqual([false, true, true])
    expect(results()).toMatchObject([
      { result: 'unpinned', reason: '', record: { ...pins[0] } },
      { result: 'protected', reason: 'protected by the name "release-2"', record: { ...pins[1] } },
      { result: 'protected', reason: 'protected by its ID', record: { ...pins[2] } },
    ])
    expect(step.outputs()).toMatchObject({
      result: 'unpinned\nprotected\nprotected',
      size: '1024\n2048\n3072',
      'total-size': '1024',
      'protected-count': '2',
      'pin-ids': first,
    })
    expect(step.said('warning')).toEqual([
      `Pin ${second}: Not unpinned: protected by the name "release-2".`,
      `Pin ${third}: Not unpinned: protected by its ID.`,
    ])
    expect(step.said('error')).toEqual([])
  })

  test('a pin whose record cannot be read is not removed', async () => {
    const service = await start({
      pins,
      fault: ({ method, pinId }) =>
        method === 'GET' && pinId === second ? { kind: 'answer', status: 200, body: {} } : undefined,
    })
    const { step, done } = beginRun(service, { protect: 'something-else' })
    expect(await done).toBe(false)
    expect(step.outputs()['result']).toBe('unpinned\nfailed\nunpinned')
    expect(service.holds(second)).toBe(true)
    expect(step.said('error')).toEqual([
      expect.stringMatching(`^Pin ${second}: Not unpinned: the pin's record`),
    ])
  })
})

test('with `verify` each pin is read again, and only one that is gone counts', async () => {
  const service = await start({
    pins,
    fault: ({ method, pinId }) =>
      method === 'GET' && pinId === second
        ? { kind: 'answer', status: 200, body: { status: 'success', data: { ...pins[1], pinned: true } } }
        : undefined,
  })
  const { step, done } = beginRun(service, { verify: 'true' })
  expect(await done).toBe(false)
  expect(step.outputs()).toMatchObject({ result: 'unpinned\nunconfirmed\nunpinned', 'failed-count': '1' })
  expect(step.said('error')).toEqual([expect.stringMatching(`^Pin ${second}: .* it is still there`)])
  expect(service.requests.map(({ method }) => method).sort()).toEqual([
    ...Array(3).fill('DELETE'),
    ...Array(3).fill('GET'),
  ])
})

test('a key that the service sends back, in whatever field, leaves this process nowhere', async () => {
  const { apiKey, secretKey } = DEFAULT_KEYS
  const leaky = makePin({
    cid: `x${apiKey}`,
    status: secretKey,
    metadata: { name: encodeURIComponent(apiKey), [secretKey]: 1 },
  })
  const service = await start({
    pins: [leaky, makePin({}, 1)],
    fault: ({ pinId }) =>
      pinId === leaky.id
        ? undefined
        : { kind: 'answer', status: 400, body: { message: `%2B ${secretKey} ${apiKey}` } },
  })
  const { step, done } = beginRun(service)
  expect(await done).toBe(false)
  const outputs = step.outputs()
  const masks = step.lines().filter((line) => line.kind === 'command' && line.name === 'add-mask').length
  expect(masks).toBe(2)
  const printed = step
    .lines()
    .flatMap((line) => (line.kind === 'command' && line.name === 'add-mask' ? [] : [line.text]))
  const left = [
    ...printed,
    ...Object.values(outputs),
    step.summary(),
    readFileSync(outputs['results-file'] ?? '', 'utf8'),
  ]
  for (const key of [apiKey, secretKey, encodeURIComponent(apiKey)]) {
    expect(left.filter((text) => text.toLowerCase().includes(key.toLowerCase()))).toEqual([])
  }
  expect(outputs).toMatchObject({ cid: 'x***\n', status: '***\n', name: '***\n' })
})

describe('what cannot be handed on makes the step red', () => {
  test('when the file for outputs is gone at the end', async () => {
    const service = await start({
      pins,
      fault: () => {
        rmSync(step.outputFile, { force: true })
        return undefined
      },
    })
    const { step, done } = beginRun(service)
    expect(await done).toBe(false)
    expect(step.said('error')).toEqual([expect.stringMatching(/^The outputs could not be set/)])
  })

  test('when the folder for results is gone at the end', async () => {
    const service = await start({
      pins,
      fault: () => {
        rmSync(step.temp, { recursive: true, force: true })
        return undefined
      },
    })
    const { step, done, results } = beginRun(service)
    expect(await done).toBe(false)
    expect(step.said('error')).toEqual([
      expect.stringMatching(/^Not every record could be written to the results file: /),
    ])
    expect(step.outputs()).toMatchObject({ 'results-file': '', 'unpinned-count': '3' })
    expect(results()).toMatchObject([{ pinId: first }, { pinId: second }, { pinId: third }])
  })

  test('but not when there is only no summary: that is said in the log', async () => {
    const service = await start({ pins })
    const { step, done } = beginRun(service)
    process.env['GITHUB_STEP_SUMMARY'] = step.temp
    expect(await done).toBe(true)
    expect(step.log().join('\n')).toMatch(/No job summary: .*EISDIR/)
  })
})
