import type { Deadline } from '../http/deadline.ts'
import type { Origin, Reply } from '../http/origin.ts'
import type { JsonObject, KeyPair, PinOutcome, RetryNotice } from '../types.ts'
import { judgeReading, judgeVerified } from './judge-reading.ts'
import { judgeUnpin } from './judge-unpin.ts'
import { saysMissing } from './judgement.ts'
import type { PageRequest } from './list.ts'

/** What goes along with every request. */
export interface Surroundings {
  /** The longest that one pin, or one page, may take, waits and retries included. */
  timeoutSeconds: number
  /** Aborts: stop at once. */
  signal: AbortSignal
  /** Aborts: stop if nothing was sent yet. */
  startSignal: AbortSignal
  onRetry(this: void, notice: RetryNotice): void
}

/** The AIOZ Pin service. */
export class PinService {
  readonly #origin: Origin

  constructor(origin: Origin) {
    this.#origin = origin
  }

  /** @param pinId a UUID in lower case. */
  pin(pinId: string, surroundings: Surroundings): ServicePin {
    return new ServicePin(this.#origin, pinId, surroundings)
  }

  /** One page of the list of the account's pins, oldest first. Each page has the whole of `timeoutSeconds`. */
  page({ offset, limit, pinned }: PageRequest, surroundings: Surroundings): Promise<Reply> {
    const { timeoutSeconds, signal, startSignal, onRetry } = surroundings
    return this.#origin.request({
      method: 'GET',
      // The slash matters: without it some endpoints redirect.
      path: `/api/pinning/pins/?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`,
      deadline: this.#origin.deadline(timeoutSeconds),
      signal,
      startSignal,
      isFinal: () => false,
      onRetry,
    })
  }
}

/** One pin at the service. All requests for it share its time. */
export class ServicePin {
  readonly #origin: Origin
  readonly #deadline: Deadline
  readonly #surroundings: Surroundings
  readonly pinId: string

  constructor(origin: Origin, pinId: string, surroundings: Surroundings) {
    this.#origin = origin
    this.#deadline = origin.deadline(surroundings.timeoutSeconds)
    this.#surroundings = surroundings
    this.pinId = pinId
  }

  /** `GET /api/pinning/{pinId}`. */
  async read(): Promise<{ record: JsonObject; durationMs: number } | { outcome: PinOutcome }> {
    return judgeReading(this.pinId, await this.#get(), this.#surroundings.timeoutSeconds)
  }

  /** `DELETE /api/pinning/unpin/{pinId}`: the method of all of the service's client examples, whose page heads it `get`. */
  async unpin(): Promise<PinOutcome> {
    const reply = await this.#request('DELETE', `/api/pinning/unpin/${this.pinId}`)
    return judgeUnpin(this.pinId, reply, this.#surroundings.timeoutSeconds)
  }

  /** Reads a pin again that was answered as unpinned, and believes what it sees. */
  async verify(unpinned: PinOutcome): Promise<PinOutcome> {
    return judgeVerified(unpinned, await this.#get(), this.#surroundings.timeoutSeconds)
  }

  #get(): Promise<Reply> {
    return this.#request('GET', `/api/pinning/${this.pinId}`)
  }

  #request(method: 'DELETE' | 'GET', path: string): Promise<Reply> {
    const { signal, startSignal, onRetry } = this.#surroundings
    return this.#origin.request({
      method,
      path,
      deadline: this.#deadline,
      signal,
      startSignal,
      isFinal: saysMissing,
      onRetry,
    })
  }
}

/** The header names are the service's own, underscores and all. */
export function authentication(keys: KeyPair): Record<string, string> {
  return { pinning_api_key: keys.api, pinning_secret_key: keys.secret }
}
