import { randomBytes } from 'node:crypto'
import { systemClock } from '../../src/clock.ts'
import { describeError } from '../../src/errors.ts'
import { parseBody } from '../../src/http/body.ts'
import type { Client, Reply } from '../../src/http/client.ts'
import { parseRetryAfter } from '../../src/http/retry.ts'
import type { HttpResponse } from '../../src/http/send.ts'
import { isObject } from '../../src/json.ts'
import { nameText, parseRecord, type PinRecord } from '../../src/pin/record.ts'
import { createRedactor } from '../../src/secrets.ts'
import { authentication, type Page, type PageRequest, PinService } from '../../src/service/service.ts'

export interface ProbeOptions {
  /** Origin and path prefix, without a slash at the end. */
  base: string
  keys: { api: string; secret: string }
  /** Waits so many milliseconds. It is passed in, so that tests are fast. */
  pause(this: void, ms: number): Promise<void>
  /** Aborts: ask nothing more, and remove the pin. */
  signal: AbortSignal
  say(this: void, line: string): void
}

/** One request and what came back, as the report shows it. */
export interface Exchange {
  number: number
  request: string
  keys: 'good' | 'bad'
  status: number | null
  headers: Record<string, string>
  body: string
}

/** The probe cannot go on. The message is a sentence. */
export class Stop extends Error {}

export const LIMIT_MS = 30_000
const PAUSE_MS = 1000
/** Requests in all. The last ten are kept for removing the pin. */
const MOST = 40
const MOST_QUESTIONS = 30
const LONGEST_BODY = 8000
const USER_ID = /("user_id"\s*:\s*)("(?:[^"\\]|\\.)*"|[^\s,}\]]+)/g

/** Sends requests one after another, at most one a second. It follows no redirect, so the keys go to one host only. */
export class Asker {
  readonly exchanges: Exchange[] = []
  readonly #options: ProbeOptions
  readonly #secrets: Set<string>
  /** A pin with this name is the probe's own: nobody else knows the name. */
  readonly name = `aioz-ipfs-unpin-probe-${randomBytes(8).toString('hex')}`
  /** The IDs that the service showed with this name, in a list or when asked for just that ID. */
  readonly own = new Set<string>()
  last: Reply | null = null
  /** Set when only the removal is left. */
  removing = false

  constructor(options: ProbeOptions) {
    this.#options = options
    this.#secrets = new Set([options.keys.api, options.keys.secret])
  }

  /** @param path below `/api`, with its query. */
  async ask(method: string, path: string, keys: 'good' | 'bad' = 'good', body?: FormData): Promise<Reply> {
    const reply = await this.#askOnce(method, path, keys, body)
    const response = reply.end === 'answered' ? reply.response : null
    // Only a read is repeated without a second thought. A request over the limit had no effect.
    if (!isBusy(reply) || (method !== 'GET' && response?.status !== 429)) return reply
    const askedMs = response && parseRetryAfter(response, systemClock)
    await this.pause(Math.min(askedMs ?? 5000, 60_000))
    return this.#askOnce(method, path, keys, body)
  }

  pause(ms: number): Promise<void> {
    return this.#options.pause(ms)
  }

  /** Removes a pin, but never another one than the probe's own. */
  unpin(id: string, keys?: 'good' | 'bad'): Promise<Reply> {
    if (!this.own.has(id)) throw new Stop(`The service did not show that the pin ${id} is the probe's own.`)
    return this.ask('DELETE', `/pinning/unpin/${id}`, keys)
  }

  /** A page of the list, asked for and judged as the action does it. */
  page(request: PageRequest): Promise<Page> {
    const client: Pick<Client, 'request'> = {
      request: ({ endpoint, query = '' }) => this.ask('GET', endpoint + query),
    }
    const service = new PinService(client as Client, systemClock, LIMIT_MS / 1000)
    return service.page(request, this.#options.signal)
  }

  /** The newest records, unpinned ones too. `null` where the list cannot be read. */
  async newest(): Promise<PinRecord[] | null> {
    const query = '?offset=0&limit=100&pinned=all&sortBy=created_at&sortOrder=DESC'
    return rowsIn(await this.ask('GET', `/pinning/pins/${query}`))
  }

  /** A text without the keys and the account's `user_id`. */
  clean(text: string): string {
    return createRedactor([...this.#secrets]).redact(text.replace(USER_ID, '$1"***"'))
  }

  async #askOnce(method: string, path: string, keys: 'good' | 'bad', body?: FormData): Promise<Reply> {
    const { base, keys: good, pause, signal } = this.#options
    if (signal.aborted && !this.removing) throw new Stop('The probe was stopped.')
    const number = this.exchanges.length + 1
    if (number > (this.removing ? MOST : MOST_QUESTIONS)) throw new Stop('There were too many requests.')
    if (number > 1) await pause(PAUSE_MS)
    const secret = keys === 'good' ? good.secret : randomBytes(32).toString('base64')
    const headers = { accept: 'application/json', ...authentication({ api: good.api, secret }) }
    const request = `${method} /api${path}`
    const exchange: Exchange = { number, request, keys, status: null, headers: {}, body: '' }
    this.exchanges.push(exchange)
    const facts = { attempts: 1, httpStatus: null, durationMs: 0, lostAnswer: false }
    try {
      const timeout = AbortSignal.timeout(LIMIT_MS)
      const options = { method, headers, redirect: 'manual', signal: timeout, ...(body && { body }) } as const
      const answer = await fetch(`${base}/api${path}`, options)
      const { status } = answer
      exchange.status = status
      const bytes = Buffer.from(await answer.arrayBuffer())
      for (const [, , id = ''] of bytes.toString().matchAll(USER_ID)) this.#secrets.add(id.replaceAll('"', ''))
      for (const [name, value] of answer.headers)
        exchange.headers[name] = name === 'set-cookie' ? '***' : this.clean(value)
      const [location = null, retryAfter = null, date = null] = ['location', 'retry-after', 'date'].map((name) =>
        answer.headers.get(name),
      )
      const response = { status, location, retryAfter, date, body: parseBody(bytes) }
      exchange.body = this.clean(this.#shown(response, bytes.toString()))
      this.last = { ...facts, httpStatus: status, end: 'answered', response }
    } catch (error) {
      const why = describeError((error as Error).cause ?? error)
      exchange.body = this.clean(`No answer: ${why}`)
      this.last = { ...facts, lostAnswer: true, end: 'refused', trouble: { kind: 'lost', why } }
    }
    // An answer to another request than a read may carry the ID of another pin.
    const read = method === 'GET' ? recordIn(this.last) : null
    const shown = read !== null && path === `/pinning/${read.id}` ? [read] : (rowsIn(this.last) ?? [])
    for (const record of shown) if (this.#isOwn(record)) this.own.add(record.id)
    return this.last
  }

  #isOwn(record: PinRecord | null): boolean {
    return record !== null && nameText(record) === this.name
  }

  /** The other pins of the account are nobody's business, and a list is long. */
  #shown({ body }: HttpResponse, text: string): string {
    const data = body.kind === 'json' ? body.object['data'] : null
    if (body.kind !== 'json' || !isObject(data) || !Array.isArray(data['pins'])) return text.slice(0, LONGEST_BODY)
    const isOwn = (row: unknown) => this.#isOwn(parseRecord(row))
    const others = data['pins'].filter((row) => !isOwn(row))
    const fields = [...new Set(others.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))]
    const pins = [...data['pins'].filter(isOwn), { leftOut: others.length, fields }]
    return JSON.stringify({ ...body.object, data: { ...data, pins } })
  }
}

/** No answer, or one that says nothing about the question: the service is down, or busy. */
export function isBusy(reply: Reply | null): boolean {
  if (reply?.end !== 'answered') return true
  const { status, body } = reply.response
  return status === 408 || status === 429 || (status >= 500 && body.kind === 'not-json')
}

function dataIn(reply: Reply): unknown {
  const body = reply.end === 'answered' ? reply.response.body : null
  return body?.kind === 'json' ? body.object['data'] : null
}

export function recordIn(reply: Reply): PinRecord | null {
  return parseRecord(dataIn(reply))
}

/** The rows of a list. `null` where it is none. */
export function rowsIn(reply: Reply): PinRecord[] | null {
  const data = dataIn(reply)
  if (!isObject(data) || !('pins' in data)) return null
  // Go writes an empty list as null.
  const rows = data['pins'] ?? []
  return Array.isArray(rows) ? rows.map(parseRecord).filter((row) => row !== null) : null
}
