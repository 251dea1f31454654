import { describe, expect, test } from '@jest/globals'
import type { Reply, Request } from '../../../src/http/client.ts'
import { Deadline } from '../../../src/http/retry.ts'
import type { Failure, Head, SendResult } from '../../../src/http/send.ts'
import { keyHeaders } from '../../service/client.ts'
import { times } from '../../support/outcome.ts'
import { answerOf, HTML, json, responseOf, ScriptedClient } from '../../support/reply.ts'
import { turn } from '../../support/simulated-clock.ts'

const OK = answerOf(200)
const BUSY = answerOf(503, json({ message: 'busy' }))
const ENDPOINT = '/pinning/unpin/1'
const PIN_URL = `https://pin.example/ipfs/api${ENDPOINT}`
const failed = (failure: Failure, head: Head | null = null): SendResult => ({ kind: 'failed', failure, why: 'x', head })
const told = (status: number, retryAfter: string, date: string | null = null): SendResult =>
  answerOf(status, HTML, { retryAfter, date })
const to = (location: string, status = 307): SendResult => answerOf(status, HTML, { location })

type Asked = Partial<Request> & { seconds?: number }

function begin({ client, clock }: ScriptedClient, { seconds = 120, ...rest }: Asked = {}): Promise<Reply> {
  const { signal } = new AbortController()
  const deadline = new Deadline(clock, seconds)
  return client.request({ method: 'DELETE', endpoint: ENDPOINT, what: 'Pin 1', deadline, signal, ...rest })
}
const request = (scripted: ScriptedClient, asked?: Asked): Promise<Reply> => scripted.settle(begin(scripted, asked))

test('a good answer is final, and the request has the keys and asks for fresh plain JSON', async () => {
  const scripted = new ScriptedClient([OK])
  const facts = { attempts: 1, httpStatus: 200, durationMs: 0, lostAnswer: false }
  expect(await request(scripted, { query: '?a=1' })).toEqual({ ...facts, end: 'answered', response: responseOf(200) })
  const plain = { accept: 'application/json', 'accept-encoding': 'identity', 'cache-control': 'no-cache' }
  const [sent] = scripted.requests
  expect([sent?.method, sent?.url.href]).toEqual(['DELETE', `${PIN_URL}?a=1`])
  expect(sent?.headers).toEqual({ ...plain, ...keyHeaders() })
})

describe('a request is repeated', () => {
  const [AT, LATER] = ['Fri, 06 Nov 2026 10:00:00 GMT', 'Fri, 06 Nov 2026 10:00:03 GMT']
  const cut = responseOf(503, HTML, { retryAfter: '7' })
  test.each<[string, SendResult, httpStatus: number | null, lost: boolean, waitMs: number, holdMs: number]>([
    ['503', BUSY, 503, true, 500, 0],
    ['200 that is no JSON', answerOf(200, HTML), 200, true, 500, 0],
    ['429', answerOf(429), 429, false, 500, 0],
    ['429 that asks for 7 s', told(429, '7'), 429, false, 7000, 7000],
    ['403 that asks for 1 s', told(403, '1'), 403, false, 1000, 1000],
    ['503 that asks for no wait', told(503, '0'), 503, true, 500, 0],
    ['503 that asks for a moment', told(503, LATER, AT), 503, true, 3000, 3000],
    ['500 that asks for 7 s', told(500, '7'), 500, true, 500, 0],
    ['a cut answer that asks for 7 s', failed('lost', cut), 503, true, 7000, 7000],
    ['no connection', failed('network'), null, false, 500, 0],
  ])('after %s', async (_, result, httpStatus, lostAnswer, waitMs, holdMs) => {
    const scripted = new ScriptedClient([result, OK])
    const first = begin(scripted)
    await turn()
    const second = begin(scripted)
    await turn()
    // Whether every request of the run waits, or this one alone.
    expect(scripted.requests).toHaveLength(holdMs > 0 ? 1 : 2)
    const reply = { end: 'answered', attempts: 2, lostAnswer, durationMs: waitMs }
    expect(await scripted.settle(Promise.all([first, second]))).toMatchObject([reply, { attempts: 1 }])
    expect(scripted.retries).toMatchObject([{ what: 'Pin 1', attempt: 1, waitMs, holdMs }])
    const lostBefore = new ScriptedClient([failed('lost'), result, answerOf(400)])
    expect(await request(lostBefore)).toMatchObject({ lostAnswer: true, attempts: 3, httpStatus: 400 })
    const out = { end: 'out-of-time', attempts: 1, httpStatus, lostAnswer, trouble: expect.anything() }
    expect(await request(new ScriptedClient([result]), { seconds: 0.4 })).toMatchObject(out)
  })

  test('but not after a failure that it cannot change, and twice only for a name that does not resolve', async () => {
    const attempts = { certificate: 1, tunnel: 1, denied: 1, name: 3, proxy: 4, network: 4 }
    for (const [failure, most] of Object.entries(attempts) as [Failure, number][]) {
      const refused = { end: 'refused', trouble: { kind: failure, why: 'x' } }
      const reply = await request(new ScriptedClient([...times(3, failed(failure)), OK]))
      expect(reply).toMatchObject({ attempts: most, lostAnswer: false, ...(most < 4 ? refused : { end: 'answered' }) })
    }
  })
})

test.each([
  [1, [1000]],
  [45, [30_000, 15_000]],
  [120, [60_000, 60_000]],
])('the time of %i s is used up by attempts of 30 s or half of it: %j', async (seconds, limits) => {
  const scripted = new ScriptedClient(['hang'], { random: 0 })
  const facts = { attempts: limits.length, httpStatus: null, lostAnswer: true, durationMs: seconds * 1000 }
  const trouble = { kind: 'lost', why: 'there was no answer' }
  expect(await request(scripted, { seconds })).toEqual({ ...facts, end: 'out-of-time', trouble, askedMs: null })
  expect(scripted.requests.map(({ limitMs }) => limitMs)).toEqual(limits)
})

test('a wait that does not fit ends the request at once, and holds back the others', async () => {
  const scripted = new ScriptedClient([told(429, '120')])
  const ended = { end: 'out-of-time', askedMs: 120_000 }
  const facts = { trouble: { kind: 'answer' }, httpStatus: 429, attempts: 1, durationMs: 0 }
  expect(await request(scripted)).toMatchObject({ ...ended, ...facts })
  const untried = { trouble: null, httpStatus: null, attempts: 0 }
  expect(await request(scripted, { seconds: 30 })).toMatchObject({ ...ended, ...untried })
  void begin(scripted, { seconds: 200 })
  await turn()
  expect([scripted.retries, scripted.clock.pending]).toEqual([[], [120_000]])
  const lateToAsk = new ScriptedClient([50_000, told(429, '100')])
  const notTooLong = { end: 'out-of-time', askedMs: null, trouble: { kind: 'answer' }, durationMs: 50_000 }
  expect(await request(lateToAsk)).toMatchObject(notTooLong)
})

test('an answer that is final for the one who asks is not repeated', async () => {
  const reply = await request(new ScriptedClient([BUSY, OK]), { isFinal: ({ status }) => status === 503 })
  expect(reply).toMatchObject({ end: 'answered', attempts: 1, httpStatus: 503, lostAnswer: false })
})

describe('a redirect', () => {
  test('within the origin is followed once in each attempt, with its method and keys, and takes a slot', async () => {
    const scripted = new ScriptedClient([to('/v2/pinning/unpin/1', 308), BUSY, to('1/'), OK], { perMinute: 1 })
    expect(await request(scripted)).toMatchObject({ end: 'answered', httpStatus: 200, attempts: 2 })
    const urls = [PIN_URL, 'https://pin.example/v2/pinning/unpin/1', PIN_URL, `${PIN_URL}/`]
    const headers = expect.objectContaining(keyHeaders())
    expect(scripted.requests).toMatchObject(urls.map((href) => ({ method: 'DELETE', url: { href }, headers })))
    expect(scripted.clock.now()).toBeGreaterThan(180_000)
  })

  test.each([
    ['1', /\/unpin\/1/],
    ['//evil.example', /evil\.example/],
  ])('to %s is refused, and the message says %p', async (location, words) => {
    const trouble = { kind: 'redirect', why: expect.stringMatching(words) }
    const refused = { end: 'refused', trouble, httpStatus: 307, attempts: 1, lostAnswer: false }
    expect(await request(new ScriptedClient([to(location)]))).toMatchObject(refused)
  })

  test.each([
    [6000, 0, { end: 'answered', durationMs: 9000 }],
    [9900, 0, { end: 'out-of-time', durationMs: 9900, httpStatus: 307, askedMs: null }],
    [5000, 60_000, { end: 'out-of-time', durationMs: 5000, httpStatus: 307, askedMs: 55_000 }],
  ])('after %i ms of 10 s, with a hold of %i ms, has the time that is left', async (takesMs, hold, reply) => {
    const scripted = new ScriptedClient([takesMs, to('1'), 3000, OK])
    const result = begin(scripted, { seconds: 10 })
    await turn()
    scripted.limiter.hold(hold)
    expect(await scripted.settle(result)).toMatchObject({ ...reply, attempts: 1 })
  })
})

test('a URL with a key is not sent', async () => {
  const scripted = new ScriptedClient([OK])
  const trouble = { kind: 'key-in-url', why: expect.stringMatching(/value of a key/) }
  for (const asked of [{ endpoint: '/pinning/secret' }, { query: '?a=secret' }])
    expect(await request(scripted, asked)).toMatchObject({ end: 'refused', trouble, attempts: 0, httpStatus: null })
  expect(scripted.requests).toEqual([])
})

describe('a run that is stopped', () => {
  test.each<[string, SendResult | 'hang', lostAnswer: boolean]>([
    ['a connection without an answer', 'hang', true],
    ['the wait after a lost answer', answerOf(500), true],
    ['the wait after another answer', answerOf(429), false],
  ])('ends its request within %s', async (_, result, lostAnswer) => {
    const stop = new AbortController()
    const scripted = new ScriptedClient([result])
    const reply = begin(scripted, { signal: stop.signal })
    await turn()
    stop.abort()
    const trouble = result === 'hang' ? null : { kind: 'answer' }
    expect(await reply).toMatchObject({ end: 'interrupted', attempts: 1, lostAnswer, trouble })
    expect(scripted.clock.waits).toBe(false)
  })

  test('begins nothing, but what has begun goes on if only no further request may begin', async () => {
    const stop = new AbortController()
    const scripted = new ScriptedClient([BUSY, OK])
    const running = begin(scripted, { startSignal: stop.signal })
    await turn()
    stop.abort()
    const interrupted = { end: 'interrupted', attempts: 0, durationMs: 0, lostAnswer: false }
    for (const name of ['startSignal', 'signal'])
      expect(await begin(scripted, { [name]: stop.signal })).toMatchObject(interrupted)
    expect(scripted.requests).toHaveLength(1)
    expect(await scripted.settle(running)).toMatchObject({ end: 'answered', attempts: 2 })
  })
})
