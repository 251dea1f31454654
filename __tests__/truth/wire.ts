import { gunzipSync } from 'node:zlib'
import { isUnpinned } from '../../testing/service/account.ts'
import { DEFAULT_KEYS, type PinRecord } from '../../testing/service/index.ts'

/** What is known at the client's end of one request, whatever the client makes of it. */
export interface Came {
  connected: boolean // The request could be written to a connection.
  failure?: string // Why there was none, where another try does not help, or only twice (`name`).
  status: number | null // Of the answer, where its head came.
  headers: Readonly<Record<string, unknown>>
  body: string | null // Its bytes as Latin-1; `null` where they did not come whole.
}

/** `pin`: the ID of the pin that the URL names; `null` for the list. */
export type Asked = { method: 'DELETE' | 'GET'; url: string; pin: string | null }

/** One request. `start` and `end`: places in the order of all of them, because many things happen in one simulated moment. */
export interface Exchange extends Asked {
  startedMs: number
  endedMs: number
  start: number
  end: number
  came: Came
}

/** What the contract says of a request that came to this. */
export interface Meaning {
  /** `gone`: a record that is unpinned. `record`: any other, of a pin that is perhaps still retrieved. */
  says: 'unpinned' | 'missing' | 'record' | 'gone' | 'page' | 'nothing'
  pinned: boolean // Of a record.
  lost: boolean // The answer to a `DELETE` was lost.
  unsure: boolean // Nothing was lost, but success is not ruled out.
  retried: boolean // The same request is sent again while there is time.
  followed: boolean // A redirect that is followed.
  waitMs: number // How long the service asks every request to wait.
  /** No further pin is started; `forbidden`: unless one was unpinned; `silent`: after eight in a row. */
  stop: 'now' | 'forbidden' | 'silent' | null
}

/** The service's own words for a pin that it does not have: the first with any status that denies, the others with 404 and 410. */
const NOT_FOUND = /^(?:get pin: )?record not found$/
const NO_PIN = /^(?:the pin was not found|pin not found: (?<id>[0-9a-f-]{36})|invalid pin id or key id)$/
const RIGHTS = /scope|not allowed/
export const LARGEST_BODY = 8 * 1024 * 1024

/** Reads an answer by the table of the contract. It knows the texts of this world only, and shares nothing with `src`. */
export function meaningOf(asked: Asked, came: Came): Meaning {
  const { connected, failure, body } = came
  const status = came.status ?? 0
  const json = jsonIn(came)
  const remove = asked.method === 'DELETE'
  const ok = status >= 200 && status < 300
  const broken = body === null && (ok || status >= 500 || (status === 0 && connected))
  const data = isObject(json?.['data']) ? json['data'] : {}
  const hasRecord = json !== null && ('id' in json || JSON.stringify(json['data'] ?? null).includes('"id":'))
  const succeeds = status === 200 && json?.['status'] === 'success'
  const refuses = status === 200 && typeof json?.['status'] === 'string' && !succeeds && !hasRecord
  const own = succeeds && data['id'] === asked.pin ? (data as unknown as PinRecord) : null
  const message = typeof json?.['message'] === 'string' ? json['message'] : ''
  const text = message.replace(/\s+/g, ' ').trim().toLowerCase()
  const denies = status === 200 ? !succeeds && !hasRecord : status >= 400 && status !== 401 && status !== 403
  const noPin = NO_PIN.exec(text)
  const isOwn = [undefined, asked.pin].includes(noPin?.groups?.['id'])
  const missing = (NOT_FOUND.test(text) && denies) || (noPin !== null && isOwn && (status === 404 || status === 410))
  const waitMs = missing ? null : waitOf(came)
  const busy = [408, 425, 429].includes(status) || status >= 500 || (status === 403 && waitMs !== null)
  const noJson = status === 200 && json === null && remove
  const unsent = status === 0 && (failure === undefined || failure === 'name')
  const lost = remove && !missing && ((broken && connected) || status >= 500 || noJson)
  const retried = !missing && (unsent || broken || busy || noJson)
  const followed = [301, 302, 307, 308].includes(status) && isFollowed(asked, came)
  const page = asked.pin === null && succeeds && 'totals' in data
  const read = own === null ? (page ? 'page' : 'nothing') : remove ? 'unpinned' : isUnpinned(own) ? 'gone' : 'record'
  const says = missing ? 'missing' : read
  const final = says === 'nothing' && !retried && !followed
  const hasText = text !== '' || json?.['errors'] !== undefined
  const forbidden = status === 403 && json !== null && (!hasText || RIGHTS.test(text))
  // Of the service's own form: the envelope of a success, or a refusal with its text.
  const form = json?.['status'] === 'success' || (message !== '' && (!ok || typeof json?.['status'] === 'string'))
  const silent = !form || status === 404 || status === 410
  return {
    says,
    pinned: own?.pinned === true,
    lost,
    unsure: remove && final && (status === 303 || (ok && !refuses)),
    retried,
    followed,
    waitMs: waitMs ?? 0,
    stop: !final ? null : status === 401 ? 'now' : forbidden ? 'forbidden' : silent ? 'silent' : null,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The JSON object that a whole body is, unless it is none. */
export function jsonIn({ body, headers }: Came): Record<string, unknown> | null {
  if (body === null || body.length > LARGEST_BODY) return null
  try {
    const bytes = Buffer.from(body, 'latin1')
    const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** `Retry-After` in seconds, or as a date, which counts from the answer's own; `null` where it is missing; 0 for what is neither. */
function waitOf({ status, headers }: Came): number | null {
  const value = headers['retry-after']
  if (typeof value !== 'string' || ![403, 429, 503].includes(status ?? 0)) return null
  if (/^\d+$/.test(value)) return Number(value) * 1000
  return value.endsWith('GMT') ? Math.max(0, Date.parse(value) - Date.parse(String(headers['date']))) : 0
}

/** Within the origin, to the same endpoint, ID and query, without a key: a slash at the end or what stands before may differ. */
function isFollowed({ url }: Asked, { headers: { location } }: Came): boolean {
  if (typeof location !== 'string' || !URL.canParse(location, url)) return false
  const [from, to] = [new URL(url), new URL(location, url)]
  const endpoint = from.pathname.replace(/^.*(?=\/pinning\/)|\/$/g, '')
  const isSame = to.origin === from.origin && to.pathname.replace(/\/+$/, '').endsWith(endpoint)
  return isSame && to.search === from.search && !decodeURIComponent(to.href).includes(DEFAULT_KEYS.apiKey)
}
