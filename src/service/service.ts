import type { Clock } from '../clock.ts'
import type { Client, Reply } from '../http/client.ts'
import { Deadline, parseHttpDate } from '../http/retry.ts'
import { isObject } from '../json.ts'
import type { PinOutcome } from '../pin/outcome.ts'
import { causeOf } from './causes.ts'
import { judgeRead, judgeUnpin, type PinRead, saysMissing } from './judge.ts'

/** When a request must stop. */
export interface Signals {
  /** Aborts: stop at once. */
  signal: AbortSignal
  /** Aborts: do not begin. Aborts with `signal` at the latest. */
  startSignal: AbortSignal
}

/** Which part of the list of pins is asked for. `pinned` is the service's own filter. */
export interface PageRequest {
  offset: number
  limit: number
  pinned: 'true' | 'all'
}

/**
 * One page of the list of pins; the rows are not yet checked. `total`: the pins that the service counts. `bytes`: of the body. `date`: the
 * server's clock, epoch milliseconds. `why`: also what to do; the end of a sentence, and sentences.
 */
export type Page =
  | { kind: 'rows'; rows: unknown[]; total: number; bytes: number; date: number | null }
  | { kind: 'unreadable'; why: string }

/** The AIOZ Pin service. */
export class PinService {
  readonly #client: Client
  readonly #newDeadline: () => Deadline

  /** @param timeoutSeconds the longest that one pin, or one page, may take. */
  constructor(client: Client, clock: Clock, timeoutSeconds: number) {
    this.#client = client
    this.#newDeadline = () => new Deadline(clock, timeoutSeconds)
  }

  /** @param pinId a UUID in lower case. */
  pin(pinId: string, signals: Signals): ServicePin {
    return new ServicePin(this.#client, this.#newDeadline(), pinId, signals)
  }

  /** One page of the list of the account's pins, oldest first. */
  async page({ offset, limit, pinned }: PageRequest, signal: AbortSignal): Promise<Page> {
    const deadline = this.#newDeadline()
    const reply = await this.#client.request({
      method: 'GET',
      // The slash matters: without it some endpoints redirect.
      endpoint: '/pinning/pins/',
      query: `?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`,
      what: 'The list of pins',
      deadline,
      signal,
    })
    return pageIn(reply, deadline.limitMs)
  }
}

function pageIn(reply: Reply, limitMs: number): Page {
  if (reply.end === 'answered' && reply.response.status === 200 && reply.response.body.kind === 'json') {
    const { body, date } = reply.response
    const { status, data } = body.object
    const totals = isObject(data) && isObject(data['totals']) ? data['totals'] : {}
    const total = totals['files']
    // Go writes an empty list as null.
    const rows: unknown = isObject(data) ? (data['pins'] ?? []) : null
    const counted = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0
    if (status === 'success' && counted && Array.isArray(rows)) {
      return { kind: 'rows', rows, total, bytes: body.bytes, date: date === null ? null : parseHttpDate(date) }
    }
  }
  const { why, todo } = causeOf(reply, 'read', limitMs)
  return { kind: 'unreadable', why: `${why}. ${todo}` }
}

/** One pin at the service. All requests for it share one deadline. */
export class ServicePin {
  readonly #client: Client
  readonly #signals: Signals
  readonly deadline: Deadline
  readonly pinId: string

  constructor(client: Client, deadline: Deadline, pinId: string, signals: Signals) {
    this.#client = client
    this.deadline = deadline
    this.pinId = pinId
    this.#signals = signals
  }

  /** `GET /api/pinning/{pinId}`. */
  async read(): Promise<PinRead> {
    return judgeRead(this.pinId, await this.#request('GET', `/pinning/${this.pinId}`), this.deadline.limitMs)
  }

  /** `DELETE /api/pinning/unpin/{pinId}`: the method of all of the service's client examples, whose page is headed `get`. */
  async unpin(): Promise<PinOutcome> {
    return judgeUnpin(this.pinId, await this.#request('DELETE', `/pinning/unpin/${this.pinId}`), this.deadline.limitMs)
  }

  /** Waits before the pin is read again: 1, 2, 4 … s. @returns false where there is no time, or the run was stopped. */
  pause(time: number): Promise<boolean> {
    return this.deadline.pause(time, this.#signals.signal)
  }

  #request(method: 'DELETE' | 'GET', endpoint: string): Promise<Reply> {
    const { deadline } = this
    const what = `Pin ${this.pinId}`
    return this.#client.request({ method, endpoint, what, deadline, ...this.#signals, isFinal: saysMissing })
  }
}

/** The header names are the service's own, underscores and all. */
export function authentication(keys: { api: string; secret: string }): Record<string, string> {
  return { pinning_api_key: keys.api, pinning_secret_key: keys.secret }
}
