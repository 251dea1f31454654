import diagnostics from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { type Exchange, LARGEST_BODY } from './wire.ts'

const CHANNEL = 'http.client.request.created'

/** The ID of the pin that a path names; `null` for the list. */
export function pinIn(path: string): string | null {
  return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(path)?.[0] ?? null
}

/** Sees every request of this process at the client's end, from its making to its end, and changes none. */
export class Watch {
  readonly exchanges: Exchange[] = []
  readonly open = new Set<Exchange>() // Not closed yet.
  place = 0 // Of the last start or end.
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
    diagnostics.subscribe(CHANNEL, this.#observe)
  }

  end(): void {
    diagnostics.unsubscribe(CHANNEL, this.#observe)
  }

  readonly #observe = (message: unknown): void => {
    const { request } = message as { request: ClientRequest }
    const came: Exchange['came'] = { connected: false, status: null, headers: {}, body: null }
    const method = request.method === 'DELETE' ? 'DELETE' : 'GET'
    const url = `${request.protocol}//${String(request.getHeader('host'))}${request.path}`
    const times = { startedMs: this.#now(), endedMs: Infinity, start: (this.place += 1), end: Infinity }
    const exchange: Exchange = { method, url, pin: pinIn(request.path), ...times, came }
    this.exchanges.push(exchange)
    this.open.add(exchange)
    const end = (): void => {
      if (exchange.end === Infinity) Object.assign(exchange, { endedMs: this.#now(), end: (this.place += 1) })
    }
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (came.connected = true))
      else came.connected = true
    })
    request.once('response', (answer: IncomingMessage) => {
      came.status = answer.statusCode ?? null
      came.headers = answer.headers
      // Nothing in the body of a redirect matters.
      if (came.status !== null && came.status >= 300 && came.status < 400) return end()
      const chunks: Buffer[] = []
      const push = answer.push.bind(answer)
      answer.push = (chunk: Buffer | null, encoding) => {
        if (chunk !== null) chunks.push(chunk)
        return push(chunk, encoding)
      }
      answer.once('close', () => {
        const bytes = Buffer.concat(chunks)
        // What is too large is not read to its end.
        const whole = (answer.complete && exchange.end === Infinity) || bytes.length > LARGEST_BODY
        if (whole) came.body = bytes.toString('latin1')
        end()
      })
    })
    // The client has enough, or no more time.
    const destroy = request.destroy.bind(request)
    request.destroy = (error) => {
      end()
      return destroy(error)
    }
    request.once('close', () => {
      end()
      this.open.delete(exchange)
    })
  }
}
