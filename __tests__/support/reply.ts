import { sleep } from '../../src/clock.ts'
import type { Body } from '../../src/http/body.ts'
import { Client, type Reply, type Retry } from '../../src/http/client.ts'
import { RateLimiter } from '../../src/http/rate-limiter.ts'
import type { HttpResponse, Send, SendRequest, SendResult } from '../../src/http/send.ts'
import type { JsonObject } from '../../src/json.ts'
import { keyHeaders } from '../service/client.ts'
import { SimulatedClock } from './simulated-clock.ts'

export const HTML = { kind: 'not-json', problem: 'HTML instead of JSON', begins: 'Sign in' } as const satisfies Body

export const json = (object: JsonObject): Body => ({ kind: 'json', object, bytes: 9 })

export const responseOf = (status: number, body: Body = json({}), head: Partial<HttpResponse> = {}): HttpResponse => ({
  status,
  location: null,
  retryAfter: null,
  date: null,
  body,
  ...head,
})

type Facts = Pick<Reply, 'attempts' | 'httpStatus' | 'durationMs' | 'lostAnswer'>
type Ending = Reply extends infer One ? (One extends Reply ? Omit<One, keyof Facts> : never) : never

/** How a request ended, after one attempt without an answer unless said otherwise. */
export const replyOf = (ending: Ending, facts: Partial<Facts> = {}): Reply => ({
  attempts: 1,
  httpStatus: null,
  durationMs: 12,
  lostAnswer: false,
  ...facts,
  ...ending,
})

/** A request with this answer. */
export const answered = (status: number, body?: Body, facts: Partial<Facts> = {}): Reply =>
  replyOf({ end: 'answered', response: responseOf(status, body) }, { httpStatus: status, ...facts })

export const answerOf = (status: number, body?: Body, head: Partial<HttpResponse> = {}): SendResult => ({
  kind: 'answered',
  response: responseOf(status, body, head),
})

/** A client of `https://pin.example/ipfs` whose requests are answered from a list, in simulated time. */
export class ScriptedClient {
  readonly clock = new SimulatedClock()
  readonly requests: SendRequest[] = []
  readonly retries: Retry[] = []
  readonly limiter: RateLimiter
  readonly client: Client

  /** @param script one for each request; the last one for all that follow. `hang` answers nothing, and a number waits so long first. */
  constructor(script: readonly (SendResult | 'hang' | number)[], { random = 0.5, perMinute = 6000 } = {}) {
    this.limiter = new RateLimiter(this.clock, perMinute)
    const left = [...script]
    const next = () => (left.length > 1 ? left.shift() : left[0]) ?? 'hang'
    const send: Send = async (request) => {
      this.requests.push(request)
      const first = next()
      const waitMs = first === 'hang' ? Infinity : typeof first === 'number' ? first : 0
      const result = typeof first === 'number' ? next() : first
      if (waitMs > 0) await sleep(this.clock, Math.min(waitMs, request.limitMs), request.signal)
      if (request.signal.aborted) return { kind: 'interrupted', lost: true, head: null }
      return typeof result === 'object' && waitMs <= request.limitMs
        ? result
        : { kind: 'failed', failure: 'lost', why: 'there was no answer', head: null }
    }
    this.client = new Client({
      base: 'https://pin.example/ipfs',
      secretHeaders: keyHeaders(),
      holdsKey: (text) => text.includes('secret'),
      send,
      limiter: this.limiter,
      clock: this.clock,
      random: () => random,
      onRetry: (retry) => this.retries.push(retry),
    })
  }

  /** Waits in simulated time. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    await this.clock.runUntilIdle()
    return promise
  }
}
