/** The numbers of one request. For a pin, those of its `DELETE`, or of the request that ended it. */
export interface RequestTrace {
  /** Redirects do not count. */
  attempts: number
  /** Status of the last answer that began, whole or not; `null` where no answer came. */
  httpStatus: number | null
  /** From the first request to the end, waits included. */
  durationMs: number
  /** The answer to an attempt was lost, so the service may have acted on it. */
  lostAnswer: boolean
}

export const NO_REQUEST: RequestTrace = { attempts: 0, httpStatus: null, durationMs: 0, lostAnswer: false }
