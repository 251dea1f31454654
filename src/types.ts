/** A JSON object whose fields nobody has looked at yet. */
export type JsonObject = Record<string, unknown>

/** The key pair, trimmed. Both may be anything the workflow passed until the inputs are accepted. */
export interface KeyPair {
  api: string
  secret: string
}

/** What became of one pin; contract: "What happens to a pin" and "Selection". */
export type PinResult =
  'unpinned' | 'missing' | 'unconfirmed' | 'failed' | 'not-attempted' | 'would-unpin' | 'protected' | 'kept'

/** What the service's record says of a pin. `null` is "not known", never a guess. */
export interface PinFacts {
  cid: string | null
  /** Bytes. */
  size: number | null
  /** The service's own word, e.g. `DONE`. */
  status: string | null
  /** `metadata.name`. */
  name: string | null
  /** Epoch milliseconds of `date_pinned`. */
  pinnedAtMs: number | null
}

/** Why no further pin may be started after this one. */
export type StopReason = 'unauthorized' | 'forbidden' | 'told-to-wait'

/** One pin's end, as the client judged it. */
export interface PinOutcome extends PinFacts {
  /** Lower case. */
  pinId: string
  result: PinResult
  /** Why this pin was meant, or why it stays; empty where there is nothing to say. */
  reason: string
  /** `DELETE`s tried, redirects not counted. */
  attempts: number
  /** The last answer's status; `null` when no answer came. */
  httpStatus: number | null
  /** From the first request to the end, waits included. */
  durationMs: number
  /** What happened, what it means for the pin, what to do now. May hold text of the service, not yet cleaned. */
  message: string
  /** An earlier attempt's answer was lost: a pin that is missing now was probably removed by it. */
  afterLostAnswer: boolean
  /** `timeout-seconds` ran out. */
  timeUsedUp: boolean
  /** This end concerns the whole run, not this pin alone. */
  stop: StopReason | null
  /** The service's record as it came. */
  record: JsonObject | null
}

export type OnMissing = 'warn' | 'ignore' | 'fail'

/** An attempt that failed and will be repeated. */
export interface RetryNotice {
  /** The attempt that failed, from 1. */
  attempt: number
  why: string
  waitMs: number
  /** Every request of the run waits, not this one alone. */
  holdsAll: boolean
}
