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
export type Scope = 'admin' | 'data.pin_list' | 'pinning.pin_by_hash' | 'pinning.pin_file_to_ipfs' | 'pinning.unpin'

export interface KeyPair {
  apiKey: string
  secretKey: string
  scopes: readonly Scope[]
}

/** One page of the list. */
export interface Page {
  totals: { files: number; size: number }
  pins: PinRecord[]
}

/** An answer; a `body` that is not a string or Buffer is sent as JSON. */
export interface Plain {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** Makes another answer of the service's own: parts that are not named stay as they are. */
export interface Change extends Partial<Plain> {
  /** What to send in place of the record or the page, where the answer has one. */
  record?: (record: PinRecord) => unknown
  page?: (page: Page) => unknown
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
 * - `answer`: exactly this answer in place of the real one; with `effect: true` the real effect (an unpin) happens first.
 * - `redirect`: 3xx to `location` (may be relative); no effect.
 * - `change`: the real effect, and the real answer with these changes.
 * - `wrong-record`: the effect happens, and the answer is the documented one but with another pin's `id`.
 * - `keep`: the answer is the documented success, but nothing is removed: a service that lies.
 * - `delay`: the real answer, `ms` late; the effect happens after the wait.
 * - `twice`: the real effect and answer, and `ms` later the same answer again on the same connection, which stays open whatever the client
 *   asked for. With `first`, that one comes in place of the first: the real answer is late.
 */
export type Fault =
  | { kind: 'reset'; effect: 'before' | 'after' }
  | { kind: 'cut'; chunked?: boolean }
  | { kind: 'drip'; everyMs: number }
  | { kind: 'drip-headers'; everyMs: number }
  | { kind: 'hang'; effect: 'before' | 'after' }
  | { kind: 'informational'; everyMs: number }
  | { kind: 'switch' }
  | ({ kind: 'answer'; effect?: boolean } & Plain)
  | { kind: 'redirect'; location: string; status?: 301 | 302 | 303 | 307 | 308 }
  | ({ kind: 'change' } & Change)
  | { kind: 'wrong-record' }
  | { kind: 'keep' }
  | { kind: 'delay'; ms: number }
  | { kind: 'twice'; ms: number; first?: Plain }

/** The answers of the service, by what was asked and what it found. */
export type Point =
  | `${'read' | 'unpin'}${'' | 'Unpinned' | 'Unknown' | 'Malformed'}`
  | `pin${'' | 'Again'}`
  | `list${'' | 'WithoutSlash'}`
  | `${'test' | 'bad'}Keys`
  | 'noScope'

/** Where the service is not as its documents say or as this project supposes; each field is one difference. */
export interface Deviations extends Record<Point, Change> {
  /** Parameters of the list that have no effect. */
  ignores: readonly ('offset' | 'limit' | 'pinned' | 'sortBy' | 'sortOrder' | 'metadata')[]
  /** An unpinned pin leaves no record. */
  forgets: boolean
  /** Content that is pinned again gets the ID that it had. */
  keepsId: boolean
}

/** One request as it arrived, in the order of arrival. */
export interface ReceivedRequest {
  method: string
  /** Path and query as sent. */
  path: string
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>
  /** The same number for each request that came on the same connection. */
  connection: number
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
  deviate?: Partial<Deviations>
  /** Epoch milliseconds; default `Date.now`. Used for the limit, `Date`, `Retry-After` and the dates of records. */
  now?: () => number
  /** Headers of every answer, unless the answer has its own; `undefined` leaves `Date` out. */
  headers?: Readonly<Record<string, string | undefined>>
  /** Serve TLS with this certificate (PEM). */
  tls?: { key: string; cert: string; maxVersion?: 'TLSv1.2' | 'TLSv1.3' }
  /** A path prefix before `/api`, e.g. `/ipfs`. Default none. */
  prefix?: string
}

export interface Service {
  /** `http://127.0.0.1:PORT` (or https), with the prefix, without `/api`. */
  readonly url: string
  readonly port: number
  /** Every record, by lower-case id; `pinned: false` once unpinned. */
  readonly records: ReadonlyMap<string, PinRecord>
  readonly requests: readonly ReceivedRequest[]
  /** Is this pin there now? One that is still being retrieved is. */
  holds(pinId: string): boolean
  /** Adds pins while it runs, as another client of the account would. */
  add(...pins: PinRecord[]): void
  /** Unpins one while it runs, as another client would. */
  remove(pinId: string): void
  /** Ends every connection, hung ones too, and resolves when the port is free. */
  close(): Promise<void>
}
