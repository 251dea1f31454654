import { randomBytes } from 'node:crypto'
import { systemClock } from '../../src/clock.ts'
import { describeError } from '../../src/errors.ts'
import { parseBody } from '../../src/http/body.ts'
import type { Client, Reply } from '../../src/http/client.ts'
import { parseRetryAfter } from '../../src/http/retry.ts'
import { isObject } from '../../src/json.ts'
import { nameText, parseRecord, type PinRecord } from '../../src/pin/record.ts'
import { createRedactor } from '../../src/secrets.ts'
import { authentication, type Page, type PageRequest, PinService } from '../../src/service/service.ts'

/** `base`: origin and path prefix. `pause` waits so many milliseconds. When `signal` aborts, nothing more is asked. */
export interface ProbeOptions {
  base: string
  keys: { api: string; secret: string }
  signal: AbortSignal
  pause(this: void, ms: number): Promise<unknown>
  say(this: void, line: string): void
}

export const LIMIT_MS = 30_000

/** Sends requests one after another, at most one a second. It follows no redirect, so the keys go to one host only. */
export class Asker {
  /** What came back, for the report. */
  readonly answers: { request: string; status: number; headers: Record<string, string>; body: string }[] = []
  /** A pin with this name is the probe's own: no other program knows the name. */
  readonly name = `aioz-ipfs-unpin-probe-${randomBytes(8).toString('hex')}`
  /** The IDs that the service showed with this name, in a list or when asked for that ID. */
  readonly own = new Set<string>()
  readonly options: ProbeOptions
  readonly #userIds: string[] = []
  last: Reply | null = null
  removing = false

  constructor(options: ProbeOptions) {
    this.options = options
  }

  /** @param path below `/api`, with its query. @throws Error where no further request is allowed. */
  async ask(method: string, path: string, keys = 'good', body: FormData | null = null): Promise<Reply> {
    const { pause, signal } = this.options
    // At most 40. Seven are kept for the removal.
    if (this.answers.length >= (this.removing ? 40 : 33)) throw new Error('there were too many requests')
    if (this.answers.length > 0) await pause(1000)
    if (signal.aborted && !this.removing) throw new Error('the probe was stopped')
    const reply = await this.#send(method, path, keys, body)
    this.last = reply
    const { record, rows } = recordsIn(reply)
    // Another answer may have the ID of another pin.
    const shown = method === 'GET' && record !== null && path === `/pinning/${record.id}` ? [record] : rows
    for (const one of shown ?? []) if (nameText(one) === this.name) this.own.add(one.id)
    if (reply.end !== 'answered' || reply.response.status !== 429) return reply
    // A request over the limit had no effect.
    await pause(Math.min(parseRetryAfter(reply.response, systemClock) ?? 60_000, 60_000))
    return this.ask(method, path, keys, body)
  }

  async #send(method: string, path: string, keys: string, body: FormData | null): Promise<Reply> {
    const request = `${method} /api${path} (${keys} keys)`
    const { base, keys: good } = this.options
    const secret = keys === 'good' ? good.secret : randomBytes(32).toString('base64')
    const headers = authentication({ ...good, secret })
    const facts = { attempts: 1, httpStatus: null, durationMs: 0 }
    try {
      const signal = AbortSignal.timeout(LIMIT_MS)
      const came = await fetch(`${base}/api${path}`, { method, headers, body, signal, redirect: 'manual' })
      const { status } = came
      const bytes = Buffer.from(await came.arrayBuffer())
      const read = parseBody(bytes, (text) => text)
      const named = Object.fromEntries([...came.headers].filter(([name]) => name !== 'set-cookie'))
      const { location = null, 'retry-after': retryAfter = null, date = null } = named
      const shown = read.kind === 'json' ? JSON.stringify(read.object, this.#shown) : bytes.toString().slice(0, 4000)
      this.answers.push({ request, status, headers: named, body: shown })
      const response = { status, location, retryAfter, date, body: read }
      return { ...facts, httpStatus: status, lostAnswer: false, end: 'answered', response }
    } catch (error) {
      const why = describeError((error as Error).cause ?? error)
      this.answers.push({ request, status: 0, headers: {}, body: `No answer: ${why}` })
      return { ...facts, lostAnswer: true, end: 'refused', trouble: { kind: 'lost', why } }
    }
  }

  /** A page of the list, asked for and judged as the action does it. */
  page(request: PageRequest): Promise<Page> {
    const ask: Client['request'] = ({ endpoint, query = '' }) => this.ask('GET', endpoint + query)
    return new PinService({ request: ask } as Client, systemClock, 30).page(request, this.options.signal)
  }

  /** The newest records, unpinned ones too. `null` where the list cannot be read. */
  async newest(): Promise<PinRecord[] | null> {
    const query = '?offset=0&limit=100&pinned=all&sortBy=created_at&sortOrder=DESC'
    return recordsIn(await this.ask('GET', `/pinning/pins/${query}`)).rows
  }

  read = (id: string, keys?: 'bad'): Promise<Reply> => this.ask('GET', `/pinning/${id}`, keys)

  /** Removes a pin, but never another one than the probe's own. */
  unpin(id: string, keys?: 'bad'): Promise<Reply> {
    if (!this.own.has(id)) throw new Error(`the service does not show that the pin ${id} is the probe's own`)
    return this.ask('DELETE', `/pinning/unpin/${id}`, keys)
  }

  /** A text without the keys and the account's `user_id`. */
  clean = (text: string): string => createRedactor([...Object.values(this.options.keys), ...this.#userIds]).redact(text)

  /** Leaves out `user_id` and the other pins of the account. */
  readonly #shown = (field: string, value: unknown): unknown => {
    if (field === 'user_id') this.#userIds.push(String(value))
    if (field !== 'pins' || !Array.isArray(value)) return field === 'user_id' ? '***' : value
    return value.filter((row) => JSON.stringify(row).includes(this.name))
  }
}

/** The record of an answer, or the rows of a list. */
export function recordsIn(reply: Reply): { record: PinRecord | null; rows: PinRecord[] | null } {
  const body = reply.end === 'answered' ? reply.response.body : null
  const data = body?.kind === 'json' ? body.object['data'] : null
  // Go writes an empty list as null.
  const pins = isObject(data) && 'pins' in data ? (data['pins'] ?? []) : null
  const rows = Array.isArray(pins) ? pins.map(parseRecord).filter((row) => row !== null) : null
  return { record: parseRecord(data), rows }
}
