import { gunzipSync } from 'node:zlib'
import { isUnpinned } from '../../testing/service/account.ts'
import { DEFAULT_KEYS, type PinRecord } from '../../testing/service/index.ts'

/** What is known at the client's end of one request, whatever the client makes of it. */
export interface Came {
  /** The request could be written to a connection. */
  connected: boolean
  /** Why there was no connection, where another try would not help, or only twice (`name`). */
  failure?: 'name' | 'certificate' | 'tunnel' | 'denied'
  /** Of the answer, where its head came. */
  status: number | null
  headers: Readonly<Record<string, string | string[] | number | undefined>>
  /** Its bytes as Latin-1; `null` where it did not come whole. */
  body: string | null
}

export interface Asked {
  method: 'DELETE' | 'GET'
  url: string
  /** The ID of the pin that the URL names; `null` for the list. */
  pin: string | null
}

/** One request from its start to its end. */
export interface Exchange extends Asked {
  startedMs: number
  endedMs: number
  /** Places in the order of all starts and ends: many things happen in one simulated moment. */
  start: number
  end: number
  came: Came
}

/** What the contract says of a request that came to this. */
export interface Meaning {
  /** `gone`: a record that is unpinned. `record`: any other, of a pin that is perhaps still retrieved. */
  says: 'unpinned' | 'missing' | 'record' | 'gone' | 'page' | 'nothing'
  /** Of a record. */
  pinned: boolean
  /** The answer to a `DELETE` was lost. */
  lost: boolean
  /** Nothing was lost, but success is not ruled out. */
  unsure: boolean
  /** The same request is sent again while there is time. */
  retried: boolean
  /** A redirect that is followed. */
  followed: boolean
  /** How long the service asks every request to wait. */
  waitMs: number
  /** No further pin is started; `forbidden`: unless one was unpinned; `silent`: after eight in a row. */
  stop: 'now' | 'forbidden' | 'silent' | null
}

/** The service's own words for a pin that it does not have: these with any status that denies, those with 404 and 410. */
const NOT_FOUND = /^(?:get pin: )?record not found$/
const NO_PIN = /^(?:the pin was not found|pin not found: [0-9a-f-]{36}|invalid pin id or key id)$/
const RIGHTS = /scope|not allowed/
const SPACE = /\s+/g
const LARGEST_BODY = 8 * 1024 * 1024
const REDIRECTS: readonly (number | null)[] = [301, 302, 307, 308]

/** Reads an answer by the table of the contract. It knows the texts of this world only, and shares nothing with `src`. */
export function meaningOf(asked: Asked, came: Came): Meaning {
  const { status, connected, failure, body } = came
  const remove = asked.method === 'DELETE'
  const json = jsonIn(came)
  const ok = status !== null && status >= 200 && status < 300
  const effect = status === null ? connected : ok || status >= 500
  const broken = body === null && effect
  const data = json !== null && isObject(json['data']) ? json['data'] : null
  const holdsRecord = json !== null && ('id' in json || (data !== null && 'id' in data))
  const succeeds = status === 200 && json?.['status'] === 'success'
  const own = succeeds && data !== null && data['id'] === asked.pin ? (data as unknown as PinRecord) : null
  const message = json === null ? undefined : json['message']
  const text = typeof message === 'string' ? message.trim().replace(SPACE, ' ').toLowerCase() : ''
  const denies = status !== null && (status === 200 ? !succeeds && !holdsRecord : status >= 400)
  const missing =
    (NOT_FOUND.test(text) && denies && status !== 401 && status !== 403) ||
    (NO_PIN.test(text) && (status === 404 || status === 410))
  const waitMs = missing ? null : waitOf(came)
  const busy = status !== null && (status === 408 || status === 425 || status === 429 || status >= 500)
  const noJson = status === 200 && json === null && remove
  const followed = REDIRECTS.includes(status) && isFollowed(asked, came)
  const unanswered = status === null && (failure === undefined || failure === 'name')
  const retried =
    !missing && (unanswered || broken || busy || noJson || (status === 403 && waitMs !== null))
  const lost = remove && !missing && ((broken && connected) || (status ?? 0) >= 500 || noJson)
  const refuses = typeof json?.['status'] === 'string' && !succeeds && !holdsRecord
  const meaning: Meaning = {
    says: missing
      ? 'missing'
      : own === null
        ? asked.pin === null && succeeds && data !== null && isObject(data['totals'])
          ? 'page'
          : 'nothing'
        : remove
          ? 'unpinned'
          : isUnpinned(own)
            ? 'gone'
            : 'record',
    pinned: own?.pinned === true,
    lost,
    unsure: remove && !missing && own === null && !lost && (status === 303 || (ok && !(status === 200 && refuses))),
    retried,
    followed,
    waitMs: waitMs ?? 0,
    stop: null,
  }
  if (retried || followed || meaning.says !== 'nothing') return meaning
  const silent = json === null || status === 404 || status === 410
  const forbidden = status === 403 && json !== null && (text === '' || RIGHTS.test(text))
  return { ...meaning, stop: status === 401 ? 'now' : forbidden ? 'forbidden' : silent ? 'silent' : null }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function jsonIn({ body, headers }: Came): Record<string, unknown> | null {
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

/** `Retry-After` in seconds or as a date, which counts from the answer's own; `null` where it is missing; 0 where it cannot be read. */
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
  const hasKey = [to.href, decodeURIComponent(to.href)].some((text) => text.includes(DEFAULT_KEYS.apiKey))
  return (
    to.origin === from.origin &&
    to.pathname.replace(/\/$/, '').endsWith(endpoint) &&
    [...from.searchParams].every(([name, value]) => to.searchParams.get(name) === value) &&
    !hasKey
  )
}
