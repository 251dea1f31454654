import { type Clock, sleep } from '../clock.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { type JsonObject, within } from '../json.ts'
import { judgeRedirect } from './redirect.ts'
import { askedWaitMs, type Deadline, isRetryable } from './retry.ts'
import { type Failure, type HttpResponse, mayHaveHadEffect, type Send } from './send.ts'

export interface ClientOptions {
  /** Origin and path prefix, without a trailing slash. */
  base: string
  /** Sent with every request, and with nothing else. */
  secretHeaders: Readonly<Record<string, string>>
  /** Does a text hold the value of a secret header? */
  holdsKey(this: void, text: string): boolean
  send: Send
  limiter: RateLimiter
  clock: Clock
  /** Evenly from [0, 1). */
  random(this: void): number
  /** Called before each wait for another attempt. */
  onRetry(this: void, retry: Retry): void
}

/** When a request must stop. */
export interface Signals {
  /** Aborts: stop at once, wherever the request is. */
  signal: AbortSignal
  /** Aborts: do not begin, if nothing was sent within the request's deadline yet. Aborts with `signal` at the latest. */
  startSignal?: AbortSignal
}

export interface Request extends Signals {
  method: 'DELETE' | 'GET'
  /** The path below `/api`, begins with `/`. A redirect must keep it. */
  endpoint: string
  query?: string
  /** For people, such as `Pin …`. */
  what: string
  /** The time it may take; several requests can share it. */
  deadline: Deadline
  /** Is this answer final, although it could be repeated? */
  isFinal?(this: void, response: HttpResponse): boolean
}

/** An attempt that failed and will be repeated, for the log. */
export interface Retry {
  what: string
  /** The attempt that failed, from 1. */
  attempt: number
  why: string
  waitMs: number
  /** How long every request of the run waits, as the service asked. */
  holdMs: number
}

/** What went wrong with an attempt. `why` is a clause such as `the connection was refused`. */
export type Trouble =
  | { kind: Failure; why: string }
  | { kind: 'redirect' | 'key-in-url'; why: string }
  | { kind: 'answer'; why: string; response: HttpResponse }

type ReplyEnd =
  | { end: 'answered'; response: HttpResponse }
  /** Another attempt would not help. */
  | { end: 'refused'; trouble: Trouble }
  /** `askedMs`: the service asked for a wait that does not fit. `trouble` is `null` where no attempt has failed. */
  | { end: 'out-of-time'; trouble: Trouble | null; askedMs: number | null }
  /** `trouble`: of the attempt before. */
  | { end: 'interrupted'; trouble: Trouble | null }

/** How a request ended, after all its attempts. */
export type Reply = ReplyEnd & {
  /** Redirects do not count. */
  attempts: number
  /** Status of the last answer that began, whole or not; `null` where none came. */
  httpStatus: number | null
  /** From the first request to the end, waits included. */
  durationMs: number
  /** The answer to an attempt was lost, so the service may have acted on it. */
  lostAnswer: boolean
}

/** What may not change by another attempt. A name may: it gets three. */
const FINAL: ReadonlySet<string> = new Set(['certificate', 'tunnel', 'denied'])
const ATTEMPTS_FOR_A_NAME = 3

/** Sends requests to the one origin that gets the keys. Repeats them where that can help, within the time allowed. */
export class Client {
  readonly #options: ClientOptions
  readonly #headers: Readonly<Record<string, string>>

  constructor(options: ClientOptions) {
    this.#options = options
    // An answer that is not compressed cannot be a decompression bomb.
    const plain = { accept: 'application/json', 'accept-encoding': 'identity', 'cache-control': 'no-cache' }
    this.#headers = { ...plain, ...options.secretHeaders }
  }

  /** Sends a request until it has a final answer or its time is over. Whatever the other side does, it does not reject. */
  async request(request: Request): Promise<Reply> {
    const { method, endpoint, query = '', what, deadline, signal, startSignal = signal } = request
    const { base, holdsKey, send, limiter, clock, random, onRetry } = this.#options
    const asked = new URL(`${base}/api${endpoint}${query}`)
    const facts = { attempts: 0, httpStatus: null as number | null, lostAnswer: false }
    const reply = (end: ReplyEnd): Reply => ({ ...facts, durationMs: Math.round(deadline.elapsed()), ...end })
    const refused = (kind: 'key-in-url' | 'redirect', why: string) => reply({ end: 'refused', trouble: { kind, why } })
    let trouble: Trouble | null = null
    // Only a wait that never fits into `timeout-seconds` stops the run. Any other ends this pin alone.
    const stopsRun = (askedMs: number) => (deadline.everFits(askedMs) ? null : askedMs)
    if (holdsKey(asked.pathname + asked.search)) return refused('key-in-url', 'the URL would hold the value of a key')
    for (let url = asked; ;) {
      // A pin's second request, or the hop of a redirect, may come when the first has taken nearly all of the time.
      if (deadline.running && !deadline.fits(0)) return reply({ end: 'out-of-time', trouble, askedMs: null })
      const slot = await limiter.acquire(deadline, deadline.running ? signal : startSignal)
      if (slot.kind === 'interrupted') return reply({ end: 'interrupted', trouble })
      if (slot.kind === 'held-too-long') {
        return reply({ end: 'out-of-time', trouble, askedMs: stopsRun(slot.heldMs) })
      }
      deadline.start()
      // The hop of a redirect belongs to the same attempt.
      if (url === asked) facts.attempts += 1
      const options = { method, url, headers: this.#headers, limitMs: deadline.attemptMs(), signal }
      const result = await send(options).finally(() => limiter.release())
      const head = result.kind === 'answered' ? result.response : result.head
      if (head !== null) facts.httpStatus = head.status
      if (result.kind === 'interrupted') {
        facts.lostAnswer ||= result.lost
        return reply({ end: 'interrupted', trouble })
      }
      if (result.kind === 'answered') {
        const { response } = result
        const redirect = judgeRedirect(response, asked, endpoint, holdsKey)
        if (redirect.kind === 'refused') return refused('redirect', `the server answered with ${redirect.problem}`)
        if (redirect.kind === 'follow') {
          const second = `the server answered with a second redirect (HTTP ${response.status}), to ${redirect.url.pathname}`
          if (url !== asked) return refused('redirect', second)
          url = redirect.url
          continue
        }
        if (request.isFinal?.(response) === true || !isRetryable(response, method)) {
          return reply({ end: 'answered', response })
        }
        facts.lostAnswer ||= mayHaveHadEffect(response.status)
        trouble = { kind: 'answer', why: describeResponse(response), response }
      } else {
        const { failure } = result
        facts.lostAnswer ||= failure === 'lost'
        trouble = { kind: failure, why: result.why }
        if (FINAL.has(failure) || (failure === 'name' && facts.attempts >= ATTEMPTS_FOR_A_NAME)) {
          return reply({ end: 'refused', trouble })
        }
      }
      const askedMs = askedWaitMs(head, clock)
      if (askedMs !== null && !deadline.fits(askedMs)) {
        limiter.hold(askedMs)
        return reply({ end: 'out-of-time', trouble, askedMs: stopsRun(askedMs) })
      }
      // There is always a random wait too. Otherwise a service that repeats `Retry-After: 0` would be asked without a pause.
      const drawnMs = deadline.backoffMs(facts.attempts, random)
      if (drawnMs === null) return reply({ end: 'out-of-time', trouble, askedMs: null })
      const holdMs = askedMs ?? 0
      const waitMs = Math.max(holdMs, drawnMs)
      if (holdMs > 0) limiter.hold(holdMs)
      onRetry({ what, attempt: facts.attempts, why: trouble.why, waitMs, holdMs })
      await sleep(clock, waitMs, signal)
      url = asked
    }
  }
}

/** Says the status of an answer and what it says: its text, or its first words. */
export function describeResponse({ status, body }: HttpResponse): string {
  if (body.kind === 'not-json') {
    return `HTTP ${status} with ${body.problem}${body.begins === '' ? '' : `: "${body.begins}"`}`
  }
  const text = textIn(body.object)
  return text === '' ? `HTTP ${status}` : `HTTP ${status}, "${text}"`
}

/** Fields in which programs write what is wrong. */
const OF_TEXTS = /^(?:.*message|msg|errors?|details?|title|reason|description)$/i

/** What a service says: its `message`, the field that the vendor's own clients read, else the texts in other fields. */
export function textIn(object: JsonObject): string {
  const { message, data } = object
  if (typeof message === 'string' && message.trim() !== '') return message
  const texts = Object.entries(object).flatMap(([name, value]) => (OF_TEXTS.test(name) ? within(value, 4) : []))
  return [...texts, data].filter((one) => typeof one === 'string' && one.trim() !== '').join('; ')
}
