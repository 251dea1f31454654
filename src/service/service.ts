import type { Clock } from '../clock.ts'
import type { Client, Reply, Signals } from '../http/client.ts'
import type { HttpResponse } from '../http/send.ts'
import { Deadline, parseHttpDate } from '../http/retry.ts'
import { isObject } from '../json.ts'
import type { PinOutcome, StopSign } from '../pin/outcome.ts'
import { causeOf } from './causes.ts'
import { judgeRead, judgeUnpin, type PinRead, saysMissing, stopSignOf } from './judge.ts'

export type { Signals }

/** Which part of the list of pins is asked for. `pinned` is the service's own filter. */
export interface PageRequest {
  offset: number
  limit: number
  pinned: 'true' | 'all'
}

/**
 * One page of the list of pins; the rows are not yet checked. `total`: the pins that the service counts. `bytes`: of the body. `date`: the
 * server's clock, epoch milliseconds. `why`: a clause, then sentences that say what to do.
 */
export type Page =
  | { kind: 'rows'; rows: unknown[]; total: number; bytes: number; date: number | null }
  | { kind: 'unreadable'; why: string; stops: StopSign | null }

/** One pin at the service. All requests for it share one deadline. */
export interface ServicePin {
  pinId: string
  deadline: Deadline
  /** `GET /api/pinning/{pinId}`. */
  read(this: void): Promise<PinRead>
  /** `DELETE /api/pinning/unpin/{pinId}`. The documents' page is headed `get`, but all of its examples send `DELETE`. */
  unpin(this: void): Promise<PinOutcome>
  /** Waits before the pin is read again: 1, 2, 4 … s. Brings false where there is no time, or the run was stopped. */
  pause(this: void, attempt: number): Promise<boolean>
}

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
    const deadline = this.#newDeadline()
    const common = {
      what: `Pin ${pinId}`,
      deadline,
      ...signals,
      isFinal: (response: HttpResponse) => saysMissing(response, pinId),
    }
    const request = (method: 'DELETE' | 'GET', endpoint: string) =>
      this.#client.request({ method, endpoint, ...common })
    return {
      pinId,
      deadline,
      read: async () => judgeRead(pinId, await request('GET', `/pinning/${pinId}`), deadline.limitMs),
      unpin: async () => judgeUnpin(pinId, await request('DELETE', `/pinning/unpin/${pinId}`), deadline.limitMs),
      pause: (attempt) => deadline.pause(attempt, signals.signal),
    }
  }

  /** One page of the list of the account's pins, oldest first. */
  async page({ offset, limit, pinned }: PageRequest, signal: AbortSignal): Promise<Page> {
    const deadline = this.#newDeadline()
    // The slash matters: without it some endpoints redirect.
    const endpoint = '/pinning/pins/'
    const query = `?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`
    const what = 'The list of pins'
    return pageIn(
      await this.#client.request({ method: 'GET', endpoint, query, what, deadline, signal }),
      deadline.limitMs,
    )
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
  return { kind: 'unreadable', why: `${why}. ${todo}`, stops: stopSignOf(reply) }
}

/** The header names are the service's own, underscores and all. */
export function authentication(keys: { api: string; secret: string }): Record<string, string> {
  return { pinning_api_key: keys.api, pinning_secret_key: keys.secret }
}
