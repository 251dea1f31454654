import { afterEach, describe, expect, test } from '@jest/globals'
import { Deadline } from '../../../src/http/deadline.ts'
import { OriginClient, type RequestOptions, type RequestResult } from '../../../src/http/origin-client.ts'
import { RateLimiter } from '../../../src/http/rate-limiter.ts'
import type { RetryNotice } from '../../../src/http/retry.ts'
import { createSender } from '../../../src/http/send.ts'
import { type Fault, makeCertificate, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'
import { joinRealms } from '../../support/one-realm.ts'
import { eventually, SimulatedClock, turn } from '../../support/simulated-clock.ts'
import { answer } from '../../support/step.ts'

joinRealms()

const pin = makePin({}, 1)
const ENDPOINT = `/pinning/unpin/${pin.id}`
const PATH = `/api${ENDPOINT}`
const never = new AbortController().signal

afterEach(closeServices)

type BenchRequest = Partial<RequestOptions> & { timeoutMs?: number }

/** One client and one service, in a time of its own that moves on whenever no request is on its way. */
class Bench {
  readonly clock = new SimulatedClock()
  readonly retries: RetryNotice[] = []
  readonly limiter: RateLimiter
  readonly #client: OriginClient
  readonly #service: Service
  #sent = 0
  #onItsWay = 0

  constructor(service: Service, { random = 0.5, perMinute = 6000 } = {}) {
    this.#service = service
    this.limiter = new RateLimiter(this.clock, perMinute)
    const sender = createSender(this.clock)
    this.#client = new OriginClient({
      base: service.url,
      secretHeaders: keyHeaders(),
      holdsKey: (text) => text.includes('secret'),
      sender: {
        ...sender,
        send: async (request) => {
          this.#sent += 1
          this.#onItsWay += 1
          try {
            return await sender.send(request)
          } finally {
            this.#onItsWay -= 1
          }
        },
      },
      limiter: this.limiter,
      clock: this.clock,
      random: () => random,
    })
  }

  begin({ timeoutMs = 120_000, ...rest }: BenchRequest = {}): Promise<RequestResult> {
    return this.#client.request({
      method: 'DELETE',
      path: PATH,
      endpoint: ENDPOINT,
      deadline: new Deadline(this.clock, timeoutMs),
      signal: never,
      startSignal: never,
      isFinal: () => false,
      onRetry: (notice) => this.retries.push(notice),
      ...rest,
    })
  }

  /** A request that hangs at the service is waited for in simulated time, any other in real time. */
  settle<T>(promise: Promise<T>): Promise<T> {
    return this.clock.runUntilSettled(promise, () => {
      const { requests } = this.#service
      const hangs = this.#sent === requests.length && requests.at(-1)?.fault?.kind === 'hang'
      return this.#onItsWay > 0 && !hangs
    })
  }

  request(rest: BenchRequest = {}): Promise<RequestResult> {
    return this.settle(this.begin(rest))
  }
}

/** A service that answers the first requests by these faults, and then as it should. */
function service(...faults: Fault[]): Promise<Service> {
  const rest = [...faults]
  return start({ pins: [pin], fault: () => rest.shift() })
}

const always = (fault: Fault): Promise<Service> => start({ pins: [pin], fault: () => fault })
const busy = answer(503, { message: 'busy' })
const hang: Fault = { kind: 'hang', effect: 'before' }
const told = (status: number, seconds: string): Fault => answer(status, '', { 'Retry-After': seconds })

test('a good answer is final, and the request carries the keys and asks for plain JSON', async () => {
  const up = await service()
  const response = expect.objectContaining({ status: 200 })
  const trace = { httpStatus: 200, attempts: 1, lostAnswer: false, durationMs: 0 }
  expect(await new Bench(up).request()).toEqual({ kind: 'answered', response, ...trace })
  const headers = { ...keyHeaders(), accept: 'application/json', 'accept-encoding': 'identity' }
  expect(up.requests).toMatchObject([{ headers }])
})

describe('a request is repeated', () => {
  test.each<[Fault, boolean]>([
    [busy, false],
    [answer(500), true],
    [answer(200, 'ok'), true],
    [{ kind: 'reset', effect: 'before' }, true],
    [{ kind: 'cut' }, true],
  ])('after %j; was the answer lost? %p', async (fault, lostAnswer) => {
    const bench = new Bench(await service(fault))
    expect(await bench.request()).toMatchObject({ kind: 'answered', attempts: 2, lostAnswer })
    expect(bench.retries).toMatchObject([{ attempt: 1, waitMs: 500 }])
  })

  test('but not where the caller calls the answer final', async () => {
    const bench = new Bench(await always(answer(500, { message: 'gone' })))
    const isFinal: RequestOptions['isFinal'] = ({ body }) => body.kind === 'json'
    expect(await bench.request({ isFinal })).toMatchObject({ kind: 'answered', httpStatus: 500, attempts: 1 })
  })

  test.each([
    [0, [0, 0, 0, 0, 0, 0, 0]],
    [0.5, [500, 1000, 2000, 4000, 8000, 15_000, 15_000]],
    [0.999, [999, 1998, 3996, 7992, 15_984, 29_970, 29_970]],
  ])('after waits drawn evenly up to 1, 2, 4 … 30 s: %p of each', async (random, waits) => {
    const bench = new Bench(await service(...waits.map(() => busy)), { random })
    expect(await bench.request({ timeoutMs: 1000_000 })).toMatchObject({ kind: 'answered', attempts: 8 })
    const notice = { why: 'HTTP 503, "busy"', holdsAll: false }
    expect(bench.retries).toEqual(waits.map((waitMs, index) => ({ ...notice, attempt: index + 1, waitMs })))
    expect(bench.clock.now()).toBe(waits.reduce((sum, wait) => sum + wait, 0))
  })
})

describe('the time is bounded', () => {
  test.each([
    [1000, 1],
    [45_000, 2],
    [120_000, 4],
  ])('by the %i ms of its deadline, in %i attempts of 30 s at most', async (timeoutMs, attempts) => {
    const bench = new Bench(await always(hang), { random: 0 })
    const trace = { httpStatus: null, attempts, lostAnswer: true, durationMs: timeoutMs }
    expect(await bench.request({ timeoutMs })).toMatchObject({ kind: 'time-used-up', ...trace })
  })

  test('also for the waits, which do not lead beyond the deadline', async () => {
    const bench = new Bench(await always(busy), { random: 0.999 })
    const result = await bench.request({ timeoutMs: 10_000 })
    const used = { kind: 'time-used-up', httpStatus: 503, lostAnswer: false, last: 'HTTP 503, "busy"' }
    expect(result).toMatchObject(used)
    expect(result.durationMs).toBeLessThanOrEqual(10_000)
    expect(bench.clock.pending).toEqual([])
  })

  test('for several requests that share a deadline', async () => {
    const bench = new Bench(await always(hang), { random: 0 })
    const deadline = new Deadline(bench.clock, 45_000)
    const read = await bench.request({ deadline, method: 'GET' })
    expect(read).toMatchObject({ kind: 'time-used-up', attempts: 2, durationMs: 45_000 })
    const removed = { kind: 'time-used-up', attempts: 0, last: 'too little time was left' }
    expect(await bench.request({ deadline })).toMatchObject(removed)
    expect(bench.clock.now()).toBe(45_000)
  })
})

describe('`Retry-After`', () => {
  const heldBack = 'every request of the run was held back for longer than the time left'

  test.each([
    [429, '7', 7000, true],
    [503, 'Fri, 06 Nov 2026 08:49:47 GMT', 10_000, true],
    [503, '0', 500, true],
    [503, '1.5', 500, false],
  ])('with HTTP %i and the value %s is a wait of %i ms', async (status, value, waitMs, holdsAll) => {
    const bench = new Bench(await service(told(status, value)))
    expect(await bench.request()).toMatchObject({ kind: 'answered', attempts: 2 })
    expect(bench.retries).toMatchObject([{ waitMs, holdsAll }])
    expect(bench.clock.now()).toBe(waitMs)
  })

  test.each([told(503, '7'), answer(429)])(
    'holds back every request of the run, and so does a 429 without it: %j',
    async (fault) => {
      const up = await service(fault)
      const bench = new Bench(up)
      const first = bench.begin()
      await eventually(() => bench.retries.length === 1)
      const second = bench.begin()
      await turn()
      expect(up.requests.length).toBe(1)
      await bench.settle(Promise.all([first, second]))
      expect(bench.clock.now()).toBe(bench.retries[0]?.waitMs)
    },
  )

  test('that does not fit into the deadline ends the request at once, and holds back the others', async () => {
    const bench = new Bench(await always(told(429, '120')))
    const ended = { kind: 'told-to-wait', askedMs: 120_000, httpStatus: 429, attempts: 1 }
    expect(await bench.request({ timeoutMs: 120_000 })).toMatchObject(ended)
    expect([bench.retries, bench.clock.now()]).toEqual([[], 0])
    expect(await bench.request({ timeoutMs: 30_000 })).toMatchObject({ kind: 'held-back', attempts: 0 })
    void bench.begin({ timeoutMs: 200_000 })
    await bench.clock.advance(119_999)
    expect(bench.clock.pending).toEqual([1])
  })

  test.each<[string, Fault, string]>([
    ['before a wait', busy, `HTTP 503, "busy"; then ${heldBack}`],
    ['between a redirect and its target', { kind: 'redirect', location: `${PATH}/` }, heldBack],
  ])('that comes %s and does not fit ends the request with words', async (_, fault, last) => {
    const up = await start({
      pins: [pin],
      fault() {
        bench.limiter.hold(60_000)
        return fault
      },
    })
    const bench = new Bench(up)
    const result = await bench.request({ timeoutMs: 30_000 })
    expect(result).toMatchObject({ kind: 'time-used-up', attempts: 1, last })
  })
})

describe('a redirect', () => {
  test('within the origin is followed with its method and keys, three times at most', async () => {
    const paths = [PATH, `/1${PATH}`, `/2${PATH}?x`, PATH]
    const to = (location: string): Fault => ({ kind: 'redirect', location, status: 303 })
    const up = await service(...paths.slice(1).map(to))
    expect(await new Bench(up).request()).toMatchObject({ kind: 'answered', httpStatus: 200, attempts: 1 })
    const headers = expect.objectContaining(keyHeaders())
    expect(up.requests).toMatchObject(paths.map((path) => ({ method: 'DELETE', path, headers })))
  })

  test.each([
    [PATH, 'more than 3 redirects in a row', 4],
    ['https://other.example/', 'https://other.example', 1],
    [`/secret${PATH}`, 'holds a key', 1],
    [PATH.replace('unpin/', ''), 'to another endpoint', 1],
  ])('to %s is refused in the end: %s', async (location, words, requests) => {
    const up = await always({ kind: 'redirect', location })
    const refusal = { kind: 'redirect', problem: expect.stringContaining(words) }
    expect(await new Bench(up).request()).toMatchObject({ kind: 'refused', refusal, httpStatus: 302 })
    expect(up.requests.length).toBe(requests)
  })

  test('takes a slot of the rate limit and shares the 30 s of its attempt, which waiting for a slot does not use up', async () => {
    const up = await service({ kind: 'redirect', location: PATH }, hang)
    const bench = new Bench(up, { perMinute: 1, random: 0 })
    const result = bench.begin()
    await eventually(() => up.requests.length === 1)
    await bench.clock.advance(60_001)
    await eventually(() => up.requests.length === 2)
    await bench.clock.advance(30_000)
    expect(bench.retries).toMatchObject([{ why: 'no complete answer within 30 s' }])
    expect(await bench.settle(result)).toMatchObject({ kind: 'answered', attempts: 2 })
  })
})

test('a certificate that does not verify is not tried again', async () => {
  const up = await start({ pins: [pin], tls: makeCertificate() })
  const refusal = { kind: 'certificate', problem: expect.stringContaining('certificate') }
  const trace = { httpStatus: null, attempts: 1, lostAnswer: false }
  expect(await new Bench(up).request()).toMatchObject({ kind: 'refused', refusal, ...trace })
  expect(up.requests).toEqual([])
})

test('a service that cannot be reached is tried until the deadline, and nothing is lost', async () => {
  const up = await service()
  await up.close()
  const last = 'the connection was refused (ECONNREFUSED)'
  const ended = { kind: 'time-used-up', lostAnswer: false, httpStatus: null, last }
  expect(await new Bench(up).request({ timeoutMs: 5000 })).toMatchObject(ended)
})

describe('a stopped run', () => {
  test.each<[Fault, retries: number, lostAnswer: boolean]>([
    [{ kind: 'hang', effect: 'after' }, 0, true],
    [answer(500), 1, true],
    [answer(503), 1, false],
  ])(
    'ends a request that met %j, after %i waits; was the answer lost? %p',
    async (fault, retries, lostAnswer) => {
      const stop = new AbortController()
      const up = await always(fault)
      const bench = new Bench(up)
      const result = bench.begin({ signal: stop.signal })
      await eventually(() => up.requests.length === 1 && bench.retries.length === retries)
      stop.abort()
      expect(await result).toMatchObject({ kind: 'interrupted', attempts: 1, lostAnswer })
      expect(bench.clock.pending).toEqual([])
    },
  )

  test('sends nothing more', async () => {
    const up = await service()
    const result = await new Bench(up).request({ startSignal: AbortSignal.abort() })
    expect(result).toMatchObject({ kind: 'interrupted', attempts: 0, durationMs: 0 })
    expect(up.requests).toEqual([])
  })
})

test('when no request may start any more, a running one still goes on to its end', async () => {
  const noMoreStarts = new AbortController()
  const bench = new Bench(await service(busy))
  const result = bench.begin({ startSignal: noMoreStarts.signal })
  await eventually(() => bench.retries.length === 1)
  noMoreStarts.abort()
  expect(await bench.settle(result)).toMatchObject({ kind: 'answered', httpStatus: 200, attempts: 2 })
})
