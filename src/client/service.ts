import type { Deadline } from '../http/deadline.ts'
import type { OriginClient, RequestResult } from '../http/origin-client.ts'
import type { RetryNotice } from '../http/retry.ts'
import type { PinOutcome } from '../pin/outcome.ts'
import { judgeRead, judgeVerified, type ReadResult } from './judge-read.ts'
import { judgeUnpin } from './judge-unpin.ts'
import { missingSign } from './missing.ts'
import { type Page, pageIn } from './page.ts'

/** What every request needs. */
export interface CallOptions {
  /** The longest that one pin, or one page, may take, waits and retries included. */
  timeoutSeconds: number
  /** Aborts: stop at once. */
  signal: AbortSignal
  /** Aborts: stop if nothing was sent yet. */
  startSignal: AbortSignal
  onRetry(this: void, notice: RetryNotice): void
}

/** Which part of the list of pins is asked for. */
export interface PageRequest {
  offset: number
  limit: number
  /** The service's own filter. */
  pinned: 'true' | 'all'
}

/** The AIOZ Pin service. */
export class PinService {
  readonly #client: OriginClient

  constructor(client: OriginClient) {
    this.#client = client
  }

  /** @param pinId a UUID in lower case. */
  pin(pinId: string, options: CallOptions): ServicePin {
    return new ServicePin(this.#client, pinId, options)
  }

  /** One page of the list of the account's pins, oldest first. Each page has the whole of `timeoutSeconds`. */
  async page(page: PageRequest, options: CallOptions): Promise<Page> {
    return pageIn(await this.#list(page, options), options.timeoutSeconds)
  }

  /**
   * Asks for one row of the list, to find out whether this is the AIOZ Pin API at all: only its answers look like this one, or refuse
   * the key pair in JSON.
   */
  async isAiozPin(options: CallOptions): Promise<boolean> {
    const result = await this.#list({ offset: 0, limit: 1, pinned: 'all' }, options)
    if (pageIn(result, options.timeoutSeconds).kind === 'rows') return true
    if (result.kind !== 'answered') return false
    const { status, body } = result.response
    return (status === 401 || status === 403) && body.kind === 'json'
  }

  #list({ offset, limit, pinned }: PageRequest, options: CallOptions): Promise<RequestResult> {
    return this.#client.request({
      ...options,
      deadline: this.#client.deadline(options.timeoutSeconds),
      method: 'GET',
      // The slash matters: without it some endpoints redirect.
      path: `/api/pinning/pins/?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`,
      endpoint: '/pinning/pins',
      // A page that is too large stays too large; the reader asks for fewer rows.
      isFinal: ({ status, body }) => status === 200 && body.kind === 'too-large',
    })
  }
}

/** One pin at the service. All requests for it share one deadline. */
class ServicePin {
  readonly #client: OriginClient
  readonly #deadline: Deadline
  readonly #options: CallOptions
  readonly pinId: string

  constructor(client: OriginClient, pinId: string, options: CallOptions) {
    this.#client = client
    this.#deadline = client.deadline(options.timeoutSeconds)
    this.#options = options
    this.pinId = pinId
  }

  /** `GET /api/pinning/{pinId}`. */
  async read(): Promise<ReadResult> {
    return judgeRead(this.pinId, await this.#get(), this.#options.timeoutSeconds)
  }

  /** `DELETE /api/pinning/unpin/{pinId}`: the method of all of the service's client examples, whose page is headed `get`. */
  async unpin(): Promise<PinOutcome> {
    const result = await this.#request('DELETE', `/pinning/unpin/${this.pinId}`)
    return judgeUnpin(this.pinId, result, this.#options.timeoutSeconds)
  }

  /** Reads a pin again whose unpin the service confirmed. */
  async verify(unpinned: PinOutcome): Promise<PinOutcome> {
    return judgeVerified(unpinned, await this.#get(), this.#options.timeoutSeconds)
  }

  #get(): Promise<RequestResult> {
    return this.#request('GET', `/pinning/${this.pinId}`)
  }

  #request(method: 'DELETE' | 'GET', endpoint: string): Promise<RequestResult> {
    return this.#client.request({
      ...this.#options,
      deadline: this.#deadline,
      method,
      path: `/api${endpoint}`,
      endpoint,
      isFinal: (response) => missingSign(response) !== 'no',
    })
  }
}

/** The header names are the service's own, underscores and all. */
export function authentication(keys: { api: string; secret: string }): Record<string, string> {
  return { pinning_api_key: keys.api, pinning_secret_key: keys.secret }
}
