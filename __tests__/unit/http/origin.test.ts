import { afterEach, describe, expect, test } from '@jest/globals'
import { Deadline } from '../../../src/http/deadline.ts'
import { createExchange } from '../../../src/http/exchange.ts'
import { Gate } from '../../../src/http/gate.ts'
import { Origin, type OriginRequest, type Reply } from '../../../src/http/origin.ts'
import type { RetryNotice } from '../../../src/types.ts'
import { type Fault, makeCertificate, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, keyHeaders, start } from '../../service/client.ts'
import { eventually, SimulatedClock, turn } from '../../support/simulated-clock.ts'
import { joinRealms } from '../../support/one-realm.ts'

joinRealms()

const pin = makePin({}, 1)
const PATH = `/api/pinning/unpin/${pin.id}`
const never = new AbortController().signal

afterEach(closeServices)

/** A request as the bench sends it, with a time of its own unless a deadline is given. */
type BenchRequest = Partial<OriginRequest> & { timeoutMs?: number }

/** One origin on loopback, in a time of its own that moves on whenever no request is on its way. */
class Bench {
  readonly clock = new SimulatedClock()
  readonly retries: RetryNotice[] = []
  readonly gate: Gate
  readonly #origin: Origin
  readonly #service: Service
  #sent = 0
  #onItsWay = 0

  constructor(service: Service, { random = 0.5, perMinute = 6000 } = {}) {
    this.#service = service
    this.gate = new Gate(this.clock, perMinute)
    const exchange = createExchange(this.clock)
    this.#origin = new Origin({
      base: service.url,
      secretHeaders: keyHeaders(),
      exchange: async (request) => {
        this.#sent += 1
        this.#onItsWay += 1
        try {
          return await exchange(request)
        } finally {
          this.#onItsWay -= 1
        }
      },
      gate: this.gate,
      clock: this.clock,
      random: () => random,
    })
  }

  begin({ timeoutMs = 120_000, ...rest }: BenchRequest = {}): Promise<Reply> {
    return this.#origin.request({
      method: 'DELETE',
      path: PATH,
      deadline: new Deadline(this.clock, timeoutMs),
      signal: never,
      startSignal: never,
      isFinal: () => false,
      onRetry: (notice) => this.retries.push(notice),
      ...rest,
    })
  }

  /** A request that has come to hang at the service is waited for in simulated time, any other in real time. */
  readonly #busy = (): boolean => {
    const { requests } = this.#service
    const hangs = this.#sent === requests.length && requests.at(-1)?.fault?.kind === 'hang'
    return this.#onItsWay > 0 && !hangs
  }

  request(rest: BenchRequest = {}): Promise<Reply> {
    return this.clock.runUntilSettled(this.begin(rest), this.#busy)
  }

  settle<T>(promise: Promise<T>): Promise<T> {
    return this.clock.runUntilSettled(promise, this.#busy)
  }
}

/** A service that answers the first requests by these faults, and then as it should. */
function service(...faults: Fault[]): Promise<Service> {
  const rest = [...faults]
  return start({ pins: [pin], fault: () => rest.shift() })
}

const busy: Fault = { kind: 'answer', status: 503, body: { message: 'busy' } }
const always = (fault: Fault): Promise<Service> => start({ pins: [pin], fault: () => fault })
const told = (status: number, seconds: string): Fault => ({
  kind: 'answer',
  status,
  headers: { 'Retry-After': seconds },
})

test('a good answer is final, and the request carried the keys and asked for plain JSON', async () => {
  const up = await service()
  expect(await new Bench(up).request()).toMatchObject({
    ending: 'answered',
    answer: { status: 200 },
    status: 200,
    attempts: 1,
    lostAnswer: false,
    why: '',
  })
  expect(up.requests).toMatchObject([
    { headers: { ...keyHeaders(), accept: 'application/json', 'accept-encoding': 'identity' } },
  ])
})

describe('what can be mended is tried again', () => {
  test.each<[Fault, boolean]>([
    [busy, false],
    [{ kind: 'answer', status: 408 }, false],
    [{ kind: 'answer', status: 425 }, false],
    [{ kind: 'answer', status: 429 }, false],
    [{ kind: 'answer', status: 500 }, true],
    [{ kind: 'answer', status: 504 }, true],
    [{ kind: 'answer', status: 200, body: 'ok' }, true],
    [{ kind: 'reset', effect: 'before' }, true],
    [{ kind: 'cut' }, true],
  ])('%j', async (fault, lostAnswer) => {
    const bench = new Bench(await service(fault))
    expect(await bench.request()).toMatchObject({ ending: 'answered', attempts: 2, lostAnswer, why: '' })
    expect(bench.retries).toMatchObject([{ attempt: 1, waitMs: 500 }])
  })

  test('but not where the caller calls the answer final', async () => {
    const bench = new Bench(await always({ kind: 'answer', status: 500, body: { message: 'gone' } }))
    const isFinal = ({ body }: { body: object }): boolean => 'object' in body
    expect(await bench.request({ isFinal })).toMatchObject({ ending: 'answered', status: 500, attempts: 1 })
  })
})

describe('waits are drawn evenly', () => {
  test.each([
    [0, [0, 0, 0, 0, 0, 0, 0]],
    [0.5, [500, 1000, 2000, 4000, 8000, 15_000, 15_000]],
    [0.999, [999, 1998, 3996, 7992, 15_984, 29_970, 29_970]],
  ])('between nothing and 1, 2, 4 … 30 s: %p of it', async (random, waits) => {
    const bench = new Bench(await service(...waits.map(() => busy)), { random })
    expect(await bench.request({ timeoutMs: 1000_000 })).toMatchObject({ ending: 'answered', attempts: 8 })
    expect(bench.retries.map(({ waitMs }) => waitMs)).toEqual(waits)
    expect(bench.retries.map(({ attempt, holdsAll }) => [attempt, holdsAll])).toEqual(
      waits.map((_, index) => [index + 1, false]),
    )
    expect(bench.clock.now()).toBe(waits.reduce((sum, wait) => sum + wait, 0))
  })
})

describe('time is bounded', () => {
  test('by 30 s for one attempt', async () => {
    const bench = new Bench(await service({ kind: 'hang', effect: 'before' }), { random: 0 })
    expect(await bench.request()).toMatchObject({ ending: 'answered', attempts: 2, lostAnswer: true })
    expect(bench.retries).toMatchObject([{ why: 'no complete answer within 30 s' }])
    expect(bench.clock.now()).toBe(30_000)
  })

  test.each([1000, 45_000, 120_000])('by the time allowed for all of them, %i ms', async (timeoutMs) => {
    const bench = new Bench(await always({ kind: 'hang', effect: 'before' }), { random: 0 })
    expect(await bench.request({ timeoutMs })).toMatchObject({
      ending: 'time-used-up',
      answer: null,
      status: null,
      attempts: Math.ceil(timeoutMs / 30_000),
      lostAnswer: true,
      durationMs: timeoutMs,
    })
  })

  test('with waits that never lead beyond it', async () => {
    const bench = new Bench(await always(busy), { random: 0.999 })
    const reply = await bench.request({ timeoutMs: 10_000 })
    expect(reply).toMatchObject({ ending: 'time-used-up', status: 503, lostAnswer: false })
    expect(reply.why).toBe('HTTP 503, "busy"')
    expect(reply.durationMs).toBeLessThanOrEqual(10_000)
    expect(bench.clock.pending).toEqual([])
  })

  test('that several requests for one pin share', async () => {
    const bench = new Bench(await always({ kind: 'hang', effect: 'before' }), { random: 0 })
    const deadline = new Deadline(bench.clock, 45_000)
    const [first, second] = [
      await bench.request({ deadline, method: 'GET' }),
      await bench.request({ deadline }),
    ]
    expect(first).toMatchObject({ ending: 'time-used-up', attempts: 2, durationMs: 45_000 })
    expect(second).toMatchObject({
      ending: 'time-used-up',
      durationMs: 45_000,
      why: 'too little time was left',
    })
    expect(bench.clock.now()).toBe(45_000)
  })

  test('but waiting for a place under the rate limit does not count', async () => {
    const bench = new Bench(await service(busy, busy, busy), { random: 0, perMinute: 1 })
    const reply = await bench.request({ timeoutMs: 1000 })
    expect(reply).toMatchObject({ ending: 'answered', attempts: 4 })
    expect(bench.clock.now()).toBe(3 * 60_001)
  })
})

describe('`Retry-After`', () => {
  test.each([429, 503])('is waited for on %i', async (status) => {
    const bench = new Bench(await service(told(status, '7')))
    expect(await bench.request()).toMatchObject({ ending: 'answered', attempts: 2 })
    expect(bench.retries).toMatchObject([{ waitMs: 7000, holdsAll: true }])
    expect(bench.clock.now()).toBe(7000)
  })

  test('may be a date', async () => {
    const bench = new Bench(await service(told(503, 'Fri, 06 Nov 2026 08:49:47 GMT')))
    await bench.request()
    expect(bench.clock.now()).toBe(10_000)
  })

  test.each([
    ['0', true],
    ['1.5', false],
    ['tomorrow', false],
  ])('of %s is waited out at least as long as without it', async (seconds, holdsAll) => {
    const bench = new Bench(await service(told(503, seconds)))
    await bench.request()
    expect(bench.retries).toMatchObject([{ waitMs: 500, holdsAll }])
  })

  test('holds back every request of the run, and so does a 429 without it', async () => {
    for (const fault of [told(503, '7'), { kind: 'answer', status: 429 } as const]) {
      const up = await service(fault)
      const bench = new Bench(up)
      const first = bench.begin()
      await eventually(() => bench.retries.length === 1)
      const second = bench.begin()
      await turn()
      expect(up.requests.length).toBe(1)
      await bench.settle(Promise.all([first, second]))
      expect(bench.clock.now()).toBe(bench.retries[0]?.waitMs)
    }
  })

  test('that does not fit into the time ends the request at once, and holds back the others', async () => {
    const bench = new Bench(await always(told(429, '120')))
    expect(await bench.request({ timeoutMs: 120_000 })).toMatchObject({
      ending: 'told-to-wait',
      status: 429,
      attempts: 1,
    })
    expect(bench.retries).toEqual([])
    expect(bench.clock.now()).toBe(0)
    void bench.begin({ timeoutMs: 200_000 })
    await bench.clock.advance(119_999)
    expect(bench.clock.pending).toEqual([1])
  })

  test('that does not fit into the time of another request ends that one with words', async () => {
    const up = await service(busy, told(503, '60'))
    const bench = new Bench(up, { random: 0.999 })
    const short = bench.begin({ timeoutMs: 30_000 })
    await eventually(() => bench.retries.length === 1)
    const long = bench.begin({ timeoutMs: 120_000 })
    const [late, good] = await bench.settle(Promise.all([short, long]))
    expect(good).toMatchObject({ ending: 'answered', attempts: 2 })
    expect(late).toMatchObject({
      ending: 'time-used-up',
      attempts: 1,
      why: 'HTTP 503, "busy"; then every request of the run was held back for longer than the time left',
    })
  })

  test('that is longer than a pin may take lets it not begin, and says why', async () => {
    const up = await service()
    const bench = new Bench(up)
    bench.gate.close(60_000)
    expect(await bench.request({ timeoutMs: 30_000 })).toMatchObject({
      ending: 'interrupted',
      attempts: 0,
      lostAnswer: false,
      why: 'every request was held back for longer than `timeout-seconds`',
    })
    expect(up.requests).toEqual([])
  })

  test('that comes between a redirect and its target is told in a whole sentence', async () => {
    const up = await service({ kind: 'redirect', location: `${PATH}/` })
    const bench = new Bench(up)
    const reply = bench.begin({ timeoutMs: 30_000 })
    await eventually(() => up.requests.length === 1)
    bench.gate.close(60_000)
    expect(await bench.settle(reply)).toMatchObject({
      ending: 'time-used-up',
      why: expect.stringMatching(/^[^;]/),
    })
  })
})

describe('redirects', () => {
  test('within the origin are followed, three at most, with method and keys kept', async () => {
    const to = (location: string): Fault => ({ kind: 'redirect', location, status: 303 })
    const up = await service(to(`/1${PATH}`), to(`/2${PATH}?x`), to(PATH))
    expect(await new Bench(up).request()).toMatchObject({ ending: 'answered', status: 200, attempts: 1 })
    expect(up.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE ${PATH}`,
      `DELETE /1${PATH}`,
      `DELETE /2${PATH}?x`,
      `DELETE ${PATH}`,
    ])
    expect(up.requests[3]).toMatchObject({ headers: keyHeaders() })
  })

  test('that go on are given up', async () => {
    const up = await always({ kind: 'redirect', location: PATH })
    expect(await new Bench(up).request()).toMatchObject({
      ending: 'refused',
      status: 302,
      why: 'more than 3 redirects, one after the other',
    })
    expect(up.requests.length).toBe(4)
  })

  test('to another origin are not followed: it gets no request', async () => {
    const other = await start()
    const up = await always({ kind: 'redirect', location: `${other.url}/` })
    const reply = await new Bench(up).request()
    expect(reply).toMatchObject({ ending: 'refused', status: 302, attempts: 1 })
    expect(reply.why).toMatch(other.url)
    expect(other.requests).toEqual([])
  })

  test('count against the rate limit', async () => {
    const bench = new Bench(await service({ kind: 'redirect', location: PATH }), { perMinute: 1 })
    expect(await bench.request({ timeoutMs: 1000 })).toMatchObject({ ending: 'answered' })
    expect(bench.clock.now()).toBe(60_001)
  })

  test('share the 30 s of their attempt', async () => {
    const up = await service({ kind: 'redirect', location: PATH }, { kind: 'hang', effect: 'before' })
    const bench = new Bench(up, { perMinute: 1, random: 0 })
    const reply = bench.begin()
    await eventually(() => up.requests.length === 1)
    await bench.clock.advance(60_001)
    await eventually(() => up.requests.length === 2)
    await bench.clock.advance(30_000)
    expect(bench.retries).toMatchObject([{ why: 'no complete answer within 30 s' }])
    expect(await bench.settle(reply)).toMatchObject({ ending: 'answered', attempts: 2 })
  })
})

test('a certificate that does not verify is not tried again', async () => {
  const up = await start({ pins: [pin], tls: makeCertificate() })
  const reply = await new Bench(up).request()
  expect(reply).toMatchObject({ ending: 'refused', status: null, attempts: 1, lostAnswer: false })
  expect(reply.why).toMatch(/^the server's certificate does not verify \(/)
  expect(up.requests).toEqual([])
})

test('a service that is not there is tried until the time is used up, and nothing is lost', async () => {
  const up = await service()
  await up.close()
  const reply = await new Bench(up).request({ timeoutMs: 5000 })
  expect(reply).toMatchObject({ ending: 'time-used-up', lostAnswer: false, status: null })
  expect(reply.why).toBe('the connection was refused (ECONNREFUSED)')
})

describe('a run that is stopped', () => {
  test('ends a request that hangs, as one whose answer is lost', async () => {
    const stop = new AbortController()
    const up = await always({ kind: 'hang', effect: 'after' })
    const reply = new Bench(up).begin({ signal: stop.signal })
    await eventually(() => up.requests.length === 1)
    stop.abort()
    expect(await reply).toMatchObject({ ending: 'interrupted', attempts: 1, lostAnswer: true })
  })

  test('ends a wait, and what was lost before stays lost', async () => {
    for (const [status, lostAnswer] of [
      [503, false],
      [500, true],
    ] as const) {
      const stop = new AbortController()
      const bench = new Bench(await always({ kind: 'answer', status }))
      const reply = bench.begin({ signal: stop.signal })
      await eventually(() => bench.retries.length === 1)
      stop.abort()
      expect(await reply).toMatchObject({ ending: 'interrupted', attempts: 1, lostAnswer })
      expect(bench.clock.pending).toEqual([])
    }
  })

  test('sends nothing more', async () => {
    const up = await service()
    expect(await new Bench(up).request({ startSignal: AbortSignal.abort() })).toMatchObject({
      ending: 'interrupted',
      attempts: 0,
      durationMs: 0,
    })
    expect(up.requests).toEqual([])
  })
})

test('when no more may be started, a request that was begun still goes on to its end', async () => {
  const noMoreStarts = new AbortController()
  const bench = new Bench(await service(busy))
  const reply = bench.begin({ startSignal: noMoreStarts.signal })
  await eventually(() => bench.retries.length === 1)
  noMoreStarts.abort()
  expect(await bench.settle(reply)).toMatchObject({ ending: 'answered', status: 200, attempts: 2 })
})
