import type { Origin } from '../http/origin.ts'
import type { PinOutcome, RetryNotice } from '../types.ts'
import { judgeUnpin, saysMissing } from './judge.ts'

export interface UnpinOptions {
  /** The longest it may take, waits and retries included. */
  timeoutSeconds: number
  signal: AbortSignal
  startSignal: AbortSignal
  onRetry(this: void, notice: RetryNotice): void
}

/** The verbs of the AIOZ Pin service. */
export class PinService {
  readonly #origin: Origin

  constructor(origin: Origin) {
    this.#origin = origin
  }

  /**
   * `DELETE /api/pinning/unpin/{pinId}`: the method of all of the service's client examples, whose page heads it `get`.
   *
   * @param pinId a UUID in lower case.
   */
  async unpin(pinId: string, options: UnpinOptions): Promise<PinOutcome> {
    const { timeoutSeconds, signal, startSignal, onRetry } = options
    const reply = await this.#origin.request({
      method: 'DELETE',
      path: `/api/pinning/unpin/${pinId}`,
      timeoutMs: timeoutSeconds * 1000,
      signal,
      startSignal,
      isFinal: saysMissing,
      onRetry,
    })
    return judgeUnpin(pinId, reply, timeoutSeconds)
  }
}

/** The header names are the service's own, underscores and all. */
export function authentication(keys: { api: string; secret: string }): Record<string, string> {
  return { pinning_api_key: keys.api, pinning_secret_key: keys.secret }
}
