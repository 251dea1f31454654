import { type Clock, sleep } from '../clock.ts'
import type { RequestTrace } from '../request-trace.ts'
import { Deadline } from './deadline.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { judgeRedirect, MOST_REDIRECTS } from './redirect.ts'
import {
  backoffBoundMs,
  failureOfAnswer,
  failureWithoutAnswer,
  type RetryableFailure,
  type RetryNotice,
} from './retry.ts'
import type { HttpResponse, Sender, SendResult } from './send.ts'

/** No wait starts with less time than this, and one more attempt, left. Otherwise waits would become shorter and shorter towards the end. */
const LEAST_WAIT_MS = 250
/** One attempt may take this long; the deadline bounds all of them together. */
const LONGEST_ATTEMPT_MS = 30_000

export interface RequestOptions {
  method: 'DELETE' | 'GET'
  /** Appended to the base; begins with `/`. */
  path: string
  /** The end of the path that a redirect must keep. */
  endpoint: string
  /** The time it may take; several requests can share it. */
  deadline: Deadline
  /** Aborts: stop at once, wherever the request is. */
  signal: AbortSignal
  /** Aborts: stop if nothing was sent yet. Aborts with `signal` at the latest. */
  startSignal: AbortSignal
  /** Is this answer final, although the retry table would repeat the request? */
  isFinal(this: void, response: HttpResponse): boolean
  onRetry(this: void, notice: RetryNotice): void
}

/**
 * How a request ended, after all its attempts. `last` says what went wrong last, and is empty where nothing did.
 *
 * - `answered`: the answer is final.
 * - `refused`: the origin cannot or must not be talked to; another attempt would not help.
 * - `time-used-up`: the deadline has come.
 * - `told-to-wait`: the service asked for a wait that does not fit into the deadline.
 * - `held-back`: the first attempt never began, because the service asked every request for such a wait.
 * - `interrupted`: the run was stopped.
 */
export type RequestResult = RequestTrace &
  (
    | { kind: 'answered'; response: HttpResponse }
    | { kind: 'refused'; refusal: Refusal }
    | { kind: 'time-used-up'; last: string }
    | { kind: 'told-to-wait'; askedMs: number; last: string }
    | { kind: 'held-back' }
    | { kind: 'interrupted'; last: string }
  )

export type Refusal = { kind: 'certificate'; problem: string } | { kind: 'redirect'; problem: string }

/** The result of one attempt, after redirects were followed and the certificate was judged. */
type AttemptResult =
  | Exclude<SendResult, { kind: 'untrusted' }>
  | { kind: 'refused'; refusal: Refusal; status: number | null }
  | { kind: 'too-late'; why: string }
  | { kind: 'held-back' }

/** Sends requests to the one origin that gets the keys. Repeats them where that can help, within the time allowed. */
export class OriginClient {
  readonly #base: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #holdsKey: (text: string) => boolean
  readonly #sender: Sender
  readonly #limiter: RateLimiter
  readonly #clock: Clock
  readonly #random: () => number

  /**
   * @param options.base origin and path prefix, without a trailing slash.
   * @param options.secretHeaders sent with every request, and with nothing else.
   * @param options.holdsKey says whether a text holds the value of a secret header.
   * @param options.random evenly from [0, 1).
   */
  constructor(options: {
    base: string
    secretHeaders: Readonly<Record<string, string>>
    holdsKey: (text: string) => boolean
    sender: Sender
    limiter: RateLimiter
    clock: Clock
    random: () => number
  }) {
    this.#base = options.base
    // Compressed answers are not asked for: an answer that is not compressed cannot be a decompression bomb.
    this.#headers = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...options.secretHeaders,
    }
    this.#holdsKey = options.holdsKey
    this.#sender = options.sender
    this.#limiter = options.limiter
    this.#clock = options.clock
    this.#random = options.random
  }

  deadline(seconds: number): Deadline {
    return new Deadline(this.#clock, seconds * 1000)
  }

  /** Sends a request until it has a final answer or its time is over. Never rejects, whatever the other side does. */
  async request(request: RequestOptions): Promise<RequestResult> {
    const { deadline } = request
    const progress = { attempts: 0, httpStatus: null as number | null, lostAnswer: false, last: '' }
    const trace = (): RequestTrace => {
      const { last: _, ...numbers } = progress
      return { ...numbers, durationMs: deadline.elapsed() }
    }
    for (;;) {
      const attempt = await this.#attempt(request, () => (progress.attempts += 1))
      switch (attempt.kind) {
        case 'too-late': {
          const last = progress.last === '' ? attempt.why : `${progress.last}; then ${attempt.why}`
          return { ...trace(), kind: 'time-used-up', last }
        }
        case 'held-back':
          return { ...trace(), kind: 'held-back' }
        case 'interrupted':
          progress.lostAnswer ||= attempt.sent
          return { ...trace(), kind: 'interrupted', last: progress.last }
        case 'refused':
          progress.httpStatus = attempt.status
          return { ...trace(), kind: 'refused', refusal: attempt.refusal }
        case 'answered': {
          const { response } = attempt
          const failure = request.isFinal(response) ? null : failureOfAnswer(response, this.#clock)
          progress.httpStatus = response.status
          if (failure === null) return { ...trace(), kind: 'answered', response }
          const waiting = await this.#afterFailure(failure, request, progress)
          if (waiting !== null) return { ...trace(), ...waiting }
          break
        }
        case 'lost':
        case 'unsent': {
          const failure = failureWithoutAnswer(attempt, this.#clock)
          progress.httpStatus = failure.status
          const waiting = await this.#afterFailure(failure, request, progress)
          if (waiting !== null) return { ...trace(), ...waiting }
        }
      }
    }
  }

  /** One attempt: the request, and up to three redirects within the origin, in 30 s together. */
  async #attempt(request: RequestOptions, onStart: () => void): Promise<AttemptResult> {
    const { deadline } = request
    const { endpoint } = request
    const asked = new URL(this.#base + request.path)
    let url = asked
    let attemptMs = LONGEST_ATTEMPT_MS
    for (let redirects = 0; ; redirects += 1) {
      // A pin's second request, or the next hop of a redirect, may come when the first has taken nearly all of the time.
      if (deadline.running && !deadline.fits(0)) return { kind: 'too-late', why: 'too little time was left' }
      const slot = await this.#limiter.acquire(
        deadline,
        deadline.running ? request.signal : request.startSignal,
      )
      if (slot === 'interrupted') return { kind: 'interrupted', sent: false }
      if (slot === 'held-too-long') {
        if (!deadline.running) return { kind: 'held-back' }
        return {
          kind: 'too-late',
          why: 'every request of the run was held back for longer than the time left',
        }
      }
      deadline.start()
      if (redirects === 0) onStart()
      const startedAt = this.#clock.now()
      let result: SendResult
      try {
        result = await this.#sender.send({
          method: request.method,
          url,
          headers: this.#headers,
          limitMs: Math.max(0, Math.min(attemptMs, deadline.left())),
          signal: request.signal,
        })
      } finally {
        this.#limiter.release()
      }
      attemptMs -= this.#clock.now() - startedAt
      if (result.kind === 'untrusted') {
        return { kind: 'refused', refusal: { kind: 'certificate', problem: result.why }, status: null }
      }
      if (result.kind !== 'answered') return result
      const redirect = judgeRedirect(result.response, url, { url: asked, endpoint }, this.#holdsKey)
      if (redirect.kind === 'none') return result
      const { status } = result.response
      const refuse = (problem: string): AttemptResult => ({
        kind: 'refused',
        refusal: { kind: 'redirect', problem },
        status,
      })
      if (redirect.kind === 'refused') return refuse(redirect.problem)
      if (redirects === MOST_REDIRECTS) return refuse(`more than ${MOST_REDIRECTS} redirects in a row`)
      url = new URL(redirect.url)
    }
  }

  /** Waits before the next attempt, if the time allows one. Where the service asks for a pause, every request waits. */
  async #afterFailure(
    failure: RetryableFailure,
    { deadline, onRetry, signal }: RequestOptions,
    progress: { attempts: number; lostAnswer: boolean; last: string },
  ): Promise<
    { kind: 'time-used-up'; last: string } | { kind: 'told-to-wait'; askedMs: number; last: string } | null
  > {
    const last = failure.why
    progress.last = last
    progress.lostAnswer ||= failure.lostAnswer
    const askedMs = failure.retryAfterMs
    if (askedMs !== null && !deadline.fits(askedMs)) {
      this.#limiter.hold(askedMs)
      return { kind: 'told-to-wait', askedMs, last }
    }
    if (!deadline.fits(LEAST_WAIT_MS)) return { kind: 'time-used-up', last }
    // There is always a random wait, too. Otherwise a service that repeats `Retry-After: 0` would be asked without a pause.
    const drawnMs = this.#random() * Math.min(backoffBoundMs(progress.attempts), deadline.longestWait())
    const waitMs = Math.max(askedMs ?? 0, drawnMs)
    const holdsAll = askedMs !== null || failure.status === 429
    if (holdsAll) this.#limiter.hold(waitMs)
    onRetry({ attempt: progress.attempts, why: last, waitMs, holdsAll })
    await sleep(this.#clock, waitMs, signal)
    return null
  }
}
