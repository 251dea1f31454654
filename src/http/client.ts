import { type Clock, sleep } from '../clock.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { judgeRedirect } from './redirect.ts'
import { askedWaitMs, type Deadline, isRetryable } from './retry.ts'
import { type Failure, type HttpResponse, mayHaveHadEffect, type Send, type SendResult } from './send.ts'

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

export interface Request {
  method: 'DELETE' | 'GET'
  /** The path below `/api`, begins with `/`. A redirect must keep it. */
  endpoint: string
  query?: string
  /** For people, such as `Pin …`. */
  what: string
  /** The time it may take; several requests can share it. */
  deadline: Deadline
  /** Aborts: stop at once, wherever the request is. */
  signal: AbortSignal
  /** Aborts: do not begin, if nothing was sent within this deadline yet. Aborts with `signal` at the latest. */
  startSignal?: AbortSignal
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
  /** Every request of the run waits, not only this one. */
  holdsAll: boolean
}

/** What went wrong with an attempt. `why` is a clause such as `the connection was refused`. */
export type Trouble =
  | { kind: Failure; why: string }
  | { kind: 'redirect' | 'key-in-url'; why: string }
  | { kind: 'answer'; why: string; response: HttpResponse }

/** How a request ended, after all its attempts. */
export type Reply = {
  /** Redirects do not count. */
  attempts: number
  /** Status of the last answer that began, whole or not; `null` where none came. */
  httpStatus: number | null
  /** From the first request to the end, waits included. */
  durationMs: number
  /** The answer to an attempt was lost, so the service may have acted on it. */
  lostAnswer: boolean
} & (
  | { end: 'answered'; response: HttpResponse }
  /** Another attempt would not help. */
  | { end: 'refused'; trouble: Trouble }
  /** `askedMs`: the service asked for a wait that does not fit. `trouble` is `null` where the first attempt never began. */
  | { end: 'out-of-time'; trouble: Trouble | null; askedMs: number | null }
  | { end: 'interrupted' }
)

/** What may not change by another attempt. A name may: it gets three. */
const FINAL: ReadonlySet<string> = new Set(['certificate', 'tunnel', 'denied', 'redirect', 'key-in-url'])
const ATTEMPTS_FOR_A_NAME = 3

type Attempt =
  SendResult | { kind: 'refused'; trouble: Trouble; status: number | null } | { kind: 'held'; heldMs: number }

/** Sends requests to the one origin that gets the keys. Repeats them where that can help, within the time allowed. */
export class Client {
  readonly #options: ClientOptions
  readonly #headers: Readonly<Record<string, string>>

  constructor(options: ClientOptions) {
    this.#options = options
    this.#headers = {
      accept: 'application/json',
      // An answer that is not compressed cannot be a decompression bomb.
      'accept-encoding': 'identity',
      'cache-control': 'no-cache',
      ...options.secretHeaders,
    }
  }

  /** Sends a request until it has a final answer or its time is over. Never rejects, whatever the other side does. */
  async request(request: Request): Promise<Reply> {
    const { method, deadline, signal, what } = request
    const { clock, limiter, random, onRetry } = this.#options
    let attempts = 0
    let httpStatus: number | null = null
    let lostAnswer = false
    let trouble: Trouble | null = null
    const facts = () => ({ attempts, httpStatus, lostAnswer, durationMs: Math.round(deadline.elapsed()) })
    for (;;) {
      const attempt = await this.#attempt(request, () => (attempts += 1))
      if (attempt.kind === 'interrupted') {
        lostAnswer ||= attempt.lost
        return { ...facts(), end: 'interrupted' }
      }
      if (attempt.kind === 'held') return { ...facts(), end: 'out-of-time', trouble, askedMs: attempt.heldMs || null }
      if (attempt.kind === 'refused') {
        httpStatus = attempt.status
        return { ...facts(), end: 'refused', trouble: attempt.trouble }
      }
      const head = attempt.kind === 'answered' ? attempt.response : attempt.head
      httpStatus = head?.status ?? null
      if (attempt.kind === 'answered') {
        const { response } = attempt
        if (request.isFinal?.(response) === true || !isRetryable(response, method)) {
          return { ...facts(), end: 'answered', response }
        }
        lostAnswer ||= mayHaveHadEffect(response.status)
        trouble = { kind: 'answer', why: describeResponse(response), response }
      } else {
        lostAnswer ||= attempt.failure === 'lost'
        trouble = { kind: attempt.failure, why: attempt.why }
        if (FINAL.has(attempt.failure) || (attempt.failure === 'name' && attempts >= ATTEMPTS_FOR_A_NAME)) {
          return { ...facts(), end: 'refused', trouble }
        }
      }
      const askedMs = askedWaitMs(head, clock)
      if (askedMs !== null && !deadline.fits(askedMs)) {
        limiter.hold(askedMs)
        return { ...facts(), end: 'out-of-time', trouble, askedMs }
      }
      // There is always a random wait too. Otherwise a service that repeats `Retry-After: 0` would be asked without a pause.
      const drawnMs = deadline.backoffMs(attempts, random)
      if (drawnMs === null) return { ...facts(), end: 'out-of-time', trouble, askedMs: null }
      const waitMs = Math.max(askedMs ?? 0, drawnMs)
      const holdsAll = askedMs !== null || httpStatus === 429
      if (holdsAll) limiter.hold(waitMs)
      onRetry({ what, attempt: attempts, why: trouble.why, waitMs, holdsAll })
      await sleep(clock, waitMs, signal)
    }
  }

  /** One attempt: the request, and one redirect within the origin, in the time of one attempt together. */
  async #attempt(request: Request, onStart: () => void): Promise<Attempt> {
    const { method, endpoint, query = '', deadline, signal, startSignal = signal } = request
    const { base, holdsKey, limiter, send, clock } = this.#options
    const asked = new URL(`${base}/api${endpoint}${query}`)
    if (holdsKey(asked.pathname + asked.search)) {
      const why = 'the URL would hold the value of a key'
      return { kind: 'refused', trouble: { kind: 'key-in-url', why }, status: null }
    }
    let url = asked
    let usedMs = 0
    for (let redirects = 0; ; redirects += 1) {
      // A pin's second request, or the hop of a redirect, may come when the first has taken nearly all of the time.
      if (deadline.running && !deadline.fits(0)) return { kind: 'held', heldMs: 0 }
      const slot = await limiter.acquire(deadline, deadline.running ? signal : startSignal)
      if (slot.kind === 'interrupted') return { kind: 'interrupted', lost: false }
      if (slot.kind === 'held-too-long') return { kind: 'held', heldMs: slot.heldMs }
      deadline.start()
      if (redirects === 0) onStart()
      const startedAt = clock.now()
      const limitMs = Math.max(0, deadline.attemptMs() - usedMs)
      const result = await send({ method, url, headers: this.#headers, limitMs, signal }).finally(() =>
        limiter.release(),
      )
      usedMs += clock.now() - startedAt
      if (result.kind !== 'answered') return result
      const redirect = judgeRedirect(result.response, asked, endpoint, holdsKey)
      if (redirect.kind === 'none') return result
      const { status } = result.response
      const refuse = (problem: string): Attempt => ({
        kind: 'refused',
        trouble: { kind: 'redirect', why: `the server answered with ${problem}` },
        status,
      })
      if (redirect.kind === 'refused') return refuse(redirect.problem)
      if (redirects > 0) return refuse(`a second redirect (HTTP ${status}), to ${redirect.url.pathname}`)
      url = redirect.url
    }
  }
}

/** Says the status of an answer and what it says: its `message`, the field that the vendor's own clients read, or its first words. */
export function describeResponse({ status, body }: HttpResponse): string {
  if (body.kind === 'not-json') {
    return `HTTP ${status} with ${body.problem}${body.begins === '' ? '' : `: "${body.begins}"`}`
  }
  const { message } = body.object
  return typeof message === 'string' && message !== '' ? `HTTP ${status}, "${message}"` : `HTTP ${status}`
}
