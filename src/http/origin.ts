import { type Clock, sleep } from '../clock.ts'
import { createRedactor } from '../redact.ts'
import type { RetryNotice } from '../types.ts'
import { Deadline } from './deadline.ts'
import type { Answer, Exchange, ExchangeFunction } from './exchange.ts'
import type { Gate } from './gate.ts'
import { followRedirect, MOST_REDIRECTS } from './redirect.ts'
import { backoffBoundMs, type Setback, setbackOf } from './retry.ts'

/** Where no wait of this length fits any more, waits would only grow shorter and attempts denser towards the end. */
const LEAST_WAIT_MS = 250
const HELD_BACK = 'every request of the run was held back for longer than the time left'
/** One attempt may take this long; `timeout-seconds` bounds all of them together. */
const LONGEST_ATTEMPT_MS = 30_000

export interface OriginRequest {
  method: 'DELETE' | 'GET'
  /** Begins with `/` and is appended to the base. */
  path: string
  /** The time it may take; several requests for one pin share it. */
  deadline: Deadline
  /** Aborts: stop at once, wherever the request is. */
  signal: AbortSignal
  /** Aborts: stop if nothing was sent yet; what was begun goes on. Aborts with `signal` at the latest. */
  startSignal: AbortSignal
  /** Says of an answer with a retryable status that it is final all the same. */
  isFinal(this: void, answer: Answer): boolean
  onRetry(this: void, notice: RetryNotice): void
}

/**
 * How a request ended, after all its attempts.
 *
 * - `answered`: the last answer is final; it stands in `answer`.
 * - `refused`: the origin cannot or must not be talked to (certificate, redirect); trying again would not help.
 * - `time-used-up`: the deadline has come.
 * - `told-to-wait`: the service asked for a wait that does not fit into the deadline.
 * - `interrupted`: the run was told to stop.
 */
export interface Reply {
  ending: 'answered' | 'refused' | 'time-used-up' | 'told-to-wait' | 'interrupted'
  answer: Answer | null
  /** Status of the last answer that began, whole or not. */
  status: number | null
  attempts: number
  /** At some attempt the request may have been received, and no whole answer came. */
  lostAnswer: boolean
  /** What went wrong last, in words; empty when the answer is good. */
  why: string
  durationMs: number
}

type Attempt =
  | Exclude<Exchange, { kind: 'untrusted' }>
  | { kind: 'refused'; why: string; status: number | null }
  | { kind: 'too-late'; why: string }

/** What is known of a request so far. */
type Progress = Pick<Reply, 'status' | 'attempts' | 'lostAnswer' | 'why'>

/** The one origin that the keys go to: sends requests there, again where that can help, and never longer than it may. */
export class Origin {
  readonly #base: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #redact: (text: string) => string
  readonly #exchange: ExchangeFunction
  readonly #gate: Gate
  readonly #clock: Clock
  readonly #random: () => number

  /**
   * @param options.base origin and path prefix, without a trailing slash.
   * @param options.secretHeaders sent with every request, and with nothing else; no URL may hold their values.
   * @param options.random evenly from [0, 1).
   */
  constructor(options: {
    base: string
    secretHeaders: Readonly<Record<string, string>>
    exchange: ExchangeFunction
    gate: Gate
    clock: Clock
    random: () => number
  }) {
    this.#base = options.base
    // Compressed answers are not asked for: what cannot be sent cannot be a decompression bomb.
    this.#headers = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...options.secretHeaders,
    }
    this.#redact = createRedactor(Object.values(options.secretHeaders))
    this.#exchange = options.exchange
    this.#gate = options.gate
    this.#clock = options.clock
    this.#random = options.random
  }

  /** A pin's time, to be shared by all of its requests. */
  deadline(seconds: number): Deadline {
    return new Deadline(this.#clock, seconds * 1000)
  }

  /** Sends a request until it has a final answer or its time is over. Never rejects for anything the other side does. */
  async request(request: OriginRequest): Promise<Reply> {
    const { deadline } = request
    const progress: Progress = { status: null, attempts: 0, lostAnswer: false, why: '' }
    const end = (ending: Reply['ending'], answer: Answer | null = null): Reply => ({
      ...progress,
      ending,
      answer,
      durationMs: deadline.elapsed(),
    })
    for (;;) {
      const attempt = await this.#attempt(request, deadline, progress)
      if (attempt.kind === 'too-late') {
        progress.why = progress.why === '' ? attempt.why : `${progress.why}; then ${attempt.why}`
        return end('time-used-up')
      }
      if (attempt.kind === 'interrupted') {
        progress.lostAnswer ||= attempt.sent
        return end('interrupted')
      }
      if (attempt.kind === 'refused') {
        Object.assign(progress, { why: attempt.why, status: attempt.status })
        return end('refused')
      }
      const setback = setbackOf(attempt, request.isFinal, this.#clock)
      if (setback === null && attempt.kind === 'answered') {
        Object.assign(progress, { why: '', status: attempt.answer.status })
        return end('answered', attempt.answer)
      }
      if (setback === null) throw new Error('only an answer can be final')
      progress.why = setback.why
      progress.status = setback.status
      progress.lostAnswer ||= setback.lostAnswer
      const waiting = await this.#backOff(setback, request, deadline, progress.attempts)
      if (waiting !== 'try-again') return end(waiting)
    }
  }

  /** One attempt: the request, and up to three redirects within the origin, in 30 s together. */
  async #attempt(request: OriginRequest, deadline: Deadline, progress: Progress): Promise<Attempt> {
    let url = this.#base + request.path
    let attemptMs = LONGEST_ATTEMPT_MS
    for (let redirects = 0; ; redirects += 1) {
      // A pin's second request, or a redirect's next hop, may come when the first has taken nearly all of the time.
      if (deadline.running && !deadline.fits(0)) return { kind: 'too-late', why: 'too little time was left' }
      const entry = await this.#gate.enter(deadline, deadline.running ? request.signal : request.startSignal)
      if (entry === 'too-late') {
        if (deadline.running) return { kind: 'too-late', why: HELD_BACK }
        progress.why = 'every request was held back for longer than `timeout-seconds`'
        return { kind: 'interrupted', sent: false }
      }
      if (entry === 'interrupted') return { kind: 'interrupted', sent: false }
      deadline.start()
      if (redirects === 0) progress.attempts += 1
      const startedAt = this.#clock.now()
      let exchange: Exchange
      try {
        exchange = await this.#exchange({
          method: request.method,
          url,
          headers: this.#headers,
          limitMs: Math.max(0, Math.min(attemptMs, deadline.left())),
          signal: request.signal,
        })
      } finally {
        this.#gate.leave()
      }
      attemptMs -= this.#clock.now() - startedAt
      if (exchange.kind === 'untrusted') {
        return {
          kind: 'refused',
          why: `the server's certificate does not verify (${exchange.why})`,
          status: null,
        }
      }
      if (exchange.kind !== 'answered') return exchange
      const redirect = followRedirect(exchange.answer, url, this.#redact)
      if (redirect === null) return exchange
      const { status } = exchange.answer
      if ('problem' in redirect) return { kind: 'refused', why: redirect.problem, status }
      if (redirects === MOST_REDIRECTS) {
        return {
          kind: 'refused',
          why: `more than ${MOST_REDIRECTS} redirects, one after the other`,
          status,
        }
      }
      url = redirect.url
    }
  }

  /** Waits before the next attempt, if the time allows one; where the service is asking for rest, every request waits. */
  async #backOff(
    setback: Setback,
    request: OriginRequest,
    deadline: Deadline,
    attempt: number,
  ): Promise<'try-again' | 'time-used-up' | 'told-to-wait'> {
    const askedMs = setback.retryAfterMs
    if (askedMs !== null && !deadline.fits(askedMs)) {
      this.#gate.close(askedMs)
      return 'told-to-wait'
    }
    if (!deadline.fits(LEAST_WAIT_MS)) return 'time-used-up'
    // A drawn wait as well, or a service that keeps saying `Retry-After: 0` would be asked again without a pause.
    const drawnMs = this.#random() * Math.min(backoffBoundMs(attempt), deadline.longestWait())
    const waitMs = Math.max(askedMs ?? 0, drawnMs)
    const holdsAll = askedMs !== null || setback.status === 429
    if (holdsAll) this.#gate.close(waitMs)
    request.onRetry({ attempt, why: setback.why, waitMs, holdsAll })
    await sleep(this.#clock, waitMs, request.signal)
    return 'try-again'
  }
}
