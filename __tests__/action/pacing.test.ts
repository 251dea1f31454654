import { once } from 'node:events'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { Fault, ServiceOptions } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { eventually } from '../support/simulated-clock.ts'
import { answer, countResults, endProcesses, entriesOf, errorsOf, inTurn, nodeArgsFor, pin } from '../support/step.ts'
import { pins, runStep, startStep, unpinEach } from '../support/step.ts'

afterAll(endProcesses)

type FaultOf = NonNullable<ServiceOptions['fault']>
const twenty = pins(20)
const IDS = twenty.map(({ id }) => id)
/** Time in which a request that must not come would come, on a machine that is not busy. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000))

test.concurrent.each<[string, FaultOf]>([
  ['pins', () => undefined],
  ['retries', () => answer(503, '', { 'Retry-After': '0' })],
  ['redirects', ({ path }) => ({ kind: 'redirect', location: path })],
])('`requests-per-minute` of 2 lets two through at once, and counts %s', async (_, fault) => {
  const service = await start({ pins: twenty, fault, requestsPerMinute: 2 })
  const action = startStep(service.url, IDS.slice(0, 5), { 'requests-per-minute': '2' })
  await eventually(() => service.requests.length === 2)
  await rest()
  action.signal('SIGINT')
  await action.finished
  expect(service.requests.map(({ status }) => status)).toEqual([expect.any(Number), service.requests[0]?.status])
  expect(service.requests[0]?.status).not.toBe(429)
})

describe('`Retry-After`', () => {
  test.concurrent.each([403, 429, 503])('on HTTP %i holds every request of the run back', async (status) => {
    const fault: FaultOf = ({ pinId }) => {
      // The first goes alone. Eight end one after the other while the ninth is told to wait.
      const place = IDS.indexOf(pinId ?? '')
      if (service.requests.length === 9) return answer(status, '', { 'Retry-After': '2' })
      return place > 0 && place < 9 ? { kind: 'delay', ms: 500 + 100 * place } : undefined
    }
    const service = await start({ pins: twenty, fault })
    const { conclusion, log } = await runStep(service.url, IDS)
    const [ninth, tenth] = service.requests.slice(8)
    expect((tenth?.at ?? 0) - (ninth?.at ?? 0)).toBeGreaterThanOrEqual(1950)
    expect(log).toMatch(/every request waits 2\.0 s; trying again in 2\.\d s/)
    expect([conclusion, service.requests.length]).toEqual(['success', 21])
  })

  test.concurrent('in a date counts from the `Date` of the answer, whatever the clock of the runner says', async () => {
    const ahead = Math.ceil(Date.now() / 1000) * 1000 + 3_600_000
    const date = (ms: number): string => new Date(ahead + ms).toUTCString()
    const wait = (ms: number): Fault => answer(429, '', { Date: date(0), 'Retry-After': date(ms) })
    const nodeArgs = nodeArgsFor('Math.random = () => 0')
    const { rows } = await unpinEach({ later: inTurn(wait(1000)), passed: inTurn(wait(-60_000)) }, {}, { nodeArgs })
    const unpinned = { result: 'unpinned', attempts: 2 }
    expect(rows).toMatchObject({ later: unpinned, passed: unpinned })
    expect(rows.later.durationMs).toBeGreaterThanOrEqual(1000)
  })

  test.concurrent.each([
    ['an hour', '3600', '3600 s (1 h)'],
    ['more seconds than a number can hold', '9'.repeat(400), 'over 30 years'],
  ])('of %s does not fit: it ends its pin with words, and no further pin is started', async (_, text, words) => {
    const service = await start({ pins: twenty, fault: () => answer(429, '', { 'Retry-After': text }) })
    const result = await runStep(service.url, IDS)
    expect(service.requests).toHaveLength(1)
    expect(countResults(result)).toEqual({ failed: 1, 'not-attempted': 19 })
    expect(errorsOf(result)).toContain(`the service asked for a wait of ${words}`)
    expect(result.outputs['failed-count']).toBe('20')
  })
})

test.concurrent(
  'a 429 without `Retry-After` stops no run, even if a pin has too little time left to wait',
  async () => {
    const fault: FaultOf = ({ pinId }) => {
      const place = IDS.indexOf(pinId ?? '')
      // The second pin tries at 0, 1 and 1.7 s. At 1.2 s the tenth begins, and holds back every request for a second.
      if (place === 1) return answer(500)
      if (place === 9 && service.requests.filter((request) => request.pinId === pinId).length === 1) return answer(429)
      return place > 1 && place < 9 ? { kind: 'delay', ms: place === 2 ? 1200 : 1600 } : undefined
    }
    const service = await start({ pins: twenty, fault })
    const nodeArgs = nodeArgsFor('Math.random = () => 0.99')
    const result = await runStep(service.url, IDS, { 'timeout-seconds': '2' }, { nodeArgs })
    expect(countResults(result)).toEqual({ unpinned: 19, unconfirmed: 1 })
  },
)

const elsewhere = 'https://elsewhere.example.test/'
test.concurrent.each<[string, FaultOf | null, string]>([
  ['without an answer', () => ({ kind: 'hang', effect: 'before' }), 'unconfirmed'],
  ['at a host that refuses connections', null, 'failed'],
  ['with 403 of a firewall', () => answer(403, '<h1>Blocked</h1>'), 'failed'],
  ['with 200 and JSON of a stranger', () => answer(200, { ok: true }), 'unconfirmed'],
  ['with a redirect elsewhere', () => ({ kind: 'redirect', location: elsewhere }), 'failed'],
])('eight pins in a row %s stop the run', async (_, fault, kind) => {
  const url = fault === null ? 'http://127.0.0.1:1' : (await start({ pins: twenty, fault })).url
  const result = await runStep(url, IDS, { 'timeout-seconds': '1' })
  const tried = countResults(result)[kind] ?? 0
  // Those that began while the first eight ended go on to their end.
  expect(tried).toBeGreaterThanOrEqual(8)
  expect(tried).toBeLessThanOrEqual(16)
  expect(countResults(result)).toEqual({ [kind]: tried, 'not-attempted': 20 - tried })
  expect(entriesOf(result)[19]?.message).toMatch(/8 pins in a row/)
})

// Other systems have no second loopback address.
const linuxTest = process.platform === 'linux' ? test : test.skip
linuxTest('an address that does not answer gets 2.5 s, and then the next one of the name is tried', async () => {
  const service = await start({ pins: [pin] })
  const address = { port: service.port, host: '127.0.0.2' }
  // It accepts no connection. Once its queue is full, the system drops what comes.
  const deaf = new Worker(
    `require('node:net').createServer().listen({ ...${JSON.stringify(address)}, backlog: 1 }, () => {
      require('node:worker_threads').parentPort.postMessage('')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    })`,
    { eval: true },
  )
  await once(deaf, 'message')
  const queue = Array.from({ length: 4 }, () => connect(address).on('error', () => {}))
  await rest()
  const nodeArgs = nodeArgsFor(`
    import dns from 'node:dns'
    const found = ['127.0.0.2', '127.0.0.1'].map((address) => ({ address, family: 4 }))
    dns.lookup = (_, __, done) => done(null, found)`)
  const result = await runStep(`http://localhost:${service.port}`, [pin.id], {}, { nodeArgs })
  const [entry] = entriesOf(result)
  expect(entry).toMatchObject({ result: 'unpinned', attempts: 1 })
  expect(entry?.durationMs).toBeGreaterThanOrEqual(2400)
  for (const socket of queue) socket.destroy()
  await deaf.terminate()
})
