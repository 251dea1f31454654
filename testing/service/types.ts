/**
 * What the embedded AIOZ Pin service holds, is told and remembers. Written from the service's published facts alone: it shares
 * no code with `src/`, so that the two check each other.
 */

/** A pin record as the service answers it; the field names are the service's own. */
export interface PinRecord {
  id: string
  file_record_id: string
  root_hash: string
  cid: string
  size: number
  user_id: string
  date_pinned: string
  date_unpinned: string
  pinned: boolean
  is_pin_by_hash: boolean
  is_dir: boolean
  metadata: { name?: string; type?: string; keyvalues?: Record<string, unknown>; [field: string]: unknown }
  status: string
}

/** The scopes that matter here; `admin` holds all. */
export type Scope = 'admin' | 'data.pin_list' | 'pinning.pin_by_hash' | 'pinning.unpin'

export interface KeyPair {
  apiKey: string
  secretKey: string
  scopes: readonly Scope[]
}

/**
 * What goes wrong with one request.
 *
 * - `reset`: the connection is reset; `effect` says whether the unpin happens first (`after`) or not (`before`).
 * - `cut`: the right answer with its real effect, but the connection closes after half of the body; `chunked` cuts a chunked body.
 * - `drip`: the right answer with its real effect, the body one byte every `everyMs`.
 * - `drip-headers`: no effect; header bytes one at a time every `everyMs`, never ending.
 * - `hang`: no answer ever; `effect` as for `reset`. The connection stays open until the client or `close()` ends it.
 * - `informational`: no effect; `102 Processing` every `everyMs`, never a final answer.
 * - `switch`: no effect; an unsolicited `101 Switching Protocols`, then silence.
 * - `answer`: exactly this answer in place of the real one; with `effect: true` the real effect (an unpin) happens first. A `body` that is
 *   not a string or Buffer is sent as JSON.
 * - `redirect`: 3xx to `location` (may be relative); no effect.
 * - `wrong-record`: the effect happens, and the answer is the documented one but with another pin's `id`.
 * - `keep`: the answer is the documented success, but nothing is removed: a service that lies.
 * - `delay`: the real answer, `ms` late; the effect happens after the wait.
 */
export type Fault =
  | { kind: 'reset'; effect: 'before' | 'after' }
  | { kind: 'cut'; chunked?: boolean }
  | { kind: 'drip'; everyMs: number }
  | { kind: 'drip-headers'; everyMs: number }
  | { kind: 'hang'; effect: 'before' | 'after' }
  | { kind: 'informational'; everyMs: number }
  | { kind: 'switch' }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown; effect?: boolean }
  | { kind: 'redirect'; location: string; status?: 301 | 302 | 303 | 307 | 308 }
  | { kind: 'wrong-record' }
  | { kind: 'keep' }
  | { kind: 'delay'; ms: number }

/** One request as it arrived, in the order of arrival. */
export interface ReceivedRequest {
  method: string
  /** Path and query as sent. */
  path: string
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>
  /** The service's clock, epoch milliseconds. */
  at: number
  /** The pin the path names, lower-case, when it names one. */
  pinId?: string
  /** The fault that was applied to it. */
  fault?: Fault
  /** True once this very request removed a pin. */
  removed: boolean
  /** The status that was answered, when one was. */
  status?: number
}

export interface ServiceOptions {
  /** Pairs that are accepted. Default: one pair, `DEFAULT_KEYS`, with the scope `admin`. */
  keys?: readonly KeyPair[]
  pins?: readonly PinRecord[]
  /** At most this many requests in any 60 s for the account, over it 429. Default: no limit. */
  requestsPerMinute?: number
  /** What a 429 of the limit says in `Retry-After`: seconds (default), a date, or nothing. */
  retryAfter?: 'seconds' | 'date' | 'none'
  /** The largest page of the list; a larger `limit` is clamped silently. Default 1000. */
  largestPage?: number
  /** Called for each request after authentication and before anything else is decided; what it returns is applied. */
  fault?: (request: ReceivedRequest) => Fault | undefined
  /** Epoch milliseconds; default `Date.now`. Used for the limit, `Retry-After` and `date_unpinned`. */
  now?: () => number
  /** Serve TLS with this certificate (PEM). */
  tls?: { key: string; cert: string; maxVersion?: 'TLSv1.2' | 'TLSv1.3' }
  /** A path prefix before `/api`, e.g. `/ipfs`. Default none. */
  prefix?: string
}

export interface Service {
  /** `http://127.0.0.1:PORT` (or https), with the prefix, without `/api`. */
  readonly url: string
  readonly port: number
  /** Every record ever held, by lower-case id; `pinned: false` once unpinned. */
  readonly records: ReadonlyMap<string, PinRecord>
  readonly requests: readonly ReceivedRequest[]
  /** Is this pin there now? */
  holds(pinId: string): boolean
  /** Adds pins while it runs, as another client of the account would. */
  add(...pins: PinRecord[]): void
  /** Unpins one while it runs, as another client would. */
  remove(pinId: string): void
  /** Ends every connection, hung ones too, and resolves when the port is free. */
  close(): Promise<void>
}
