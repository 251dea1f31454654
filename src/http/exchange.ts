import { HttpClient } from '@actions/http-client'
import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { describeError, errorCode } from '../errors.ts'
import { type Body, readBody } from './body.ts'

/** An answer that arrived whole. */
export interface Answer {
  status: number
  location: string | null
  retryAfter: string | null
  body: Body
}

/**
 * How one request ended.
 *
 * - `answered`: whole, whatever it says.
 * - `lost`: the connection stood, so the request may have been received, and no whole answer came.
 * - `unsent`: no connection stood, so nothing of the request left this machine.
 * - `untrusted`: the server's certificate does not verify; nothing was sent, and trying again cannot help.
 * - `interrupted`: this run was told to stop; `sent` says whether the connection stood.
 */
export type Exchange =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'lost'; why: string; status: number | null; retryAfter: string | null }
  | { kind: 'unsent'; why: string }
  | { kind: 'untrusted'; why: string }
  | { kind: 'interrupted'; sent: boolean }

/** One request, in full. */
export interface ExchangeRequest {
  method: 'DELETE' | 'GET'
  url: string
  headers: Readonly<Record<string, string>>
  /** The longest it may take, in milliseconds, name lookup, proxy and body included. */
  limitMs: number
  signal: AbortSignal
}

export type ExchangeFunction = (request: ExchangeRequest) => Promise<Exchange>

const USER_AGENT = 'aioz-ipfs-unpin'

/**
 * Makes the function that sends one request and never follows, repeats or hangs.
 *
 * The toolkit's client sends it and chooses the agent (proxy variables, kept-alive connections). Its redirects would forward the
 * keys to any host, its retries know no limit and its body reader can hang: `requestRaw` does none of the three.
 */
export function createExchange(clock: Clock): ExchangeFunction {
  const client = new HttpClient(USER_AGENT, undefined, { keepAlive: true })

  return ({ method, url, headers, limitMs, signal }) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'interrupted', sent: false })

      const watch = new RequestWatch((why) => settle(broken(why)))
      let message: IncomingMessage | null = null
      let settled = false

      const stopTimer = clock.after(limitMs, () => {
        const seconds = Math.round(limitMs / 100) / 10
        settle(
          broken(
            watch.stood ? `no complete answer within ${seconds} s` : `no connection within ${seconds} s`,
          ),
        )
      })
      const interrupt = () => settle({ kind: 'interrupted', sent: watch.stood })
      signal.addEventListener('abort', interrupt)

      function settle(exchange: Exchange): void {
        if (settled) return
        settled = true
        stopTimer()
        signal.removeEventListener('abort', interrupt)
        if (exchange.kind !== 'answered') watch.destroy()
        resolve(exchange)
      }

      function broken(why: string): Exchange {
        if (watch.untrusted) return { kind: 'untrusted', why }
        if (!watch.stood) return { kind: 'unsent', why }
        return {
          kind: 'lost',
          why,
          status: message?.statusCode ?? null,
          retryAfter: message?.headers['retry-after'] ?? null,
        }
      }

      async function send(): Promise<Answer> {
        const parsedUrl = new URL(url)
        const secure = parsedUrl.protocol === 'https:'
        const options: https.RequestOptions = {
          method,
          host: parsedUrl.hostname,
          // Empty where it is the scheme's own, which the agent knows.
          port: parsedUrl.port,
          path: parsedUrl.pathname + parsedUrl.search,
          headers: { ...headers, 'user-agent': client.userAgent },
          agent: watch.through(client.getAgent(url)),
          // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise.
          rejectUnauthorized: true,
        }
        const httpModule = secure ? https : http
        message = (await client.requestRaw({ options, parsedUrl, httpModule }, null)).message
        // A body that breaks after this exchange has ended has no reader any more; without a listener it would end the process.
        message.on('error', () => {})
        const status = message.statusCode ?? 0
        const { location = null, 'retry-after': retryAfter = null } = message.headers
        if (status >= 300 && status < 400) {
          // Nothing in a redirect's body matters, and reading it would be one more way to wait.
          message.destroy()
          return { status, location, retryAfter, body: { problem: 'a redirect' } }
        }
        return { status, location, retryAfter, body: await readBody(message) }
      }

      send().then(
        (answer) => settle({ kind: 'answered', answer }),
        (error: unknown) => settle(broken(explain(error))),
      )
    })
}

interface AddsRequests {
  addRequest(request: ClientRequest, ...rest: unknown[]): void
}

/** Sees what the toolkit's client keeps to itself: the request, and whether its connection ever stood. */
class RequestWatch {
  #request: ClientRequest | null = null
  #socket: Socket | TLSSocket | null = null
  readonly #onSilentEnd: (why: string) => void
  /** A connection stood, TLS included: from here on the request may have been received. */
  stood = false

  /** @param onSilentEnd called when the request ends in a way that the toolkit's client never reports. */
  constructor(onSilentEnd: (why: string) => void) {
    this.#onSilentEnd = onSilentEnd
  }

  /** Node sets this when it refuses a certificate, before anything is sent. */
  get untrusted(): boolean {
    const socket = this.#socket
    return (
      !this.stood && socket !== null && 'authorizationError' in socket && Boolean(socket.authorizationError)
    )
  }

  /** The same agent, but it tells of the request that it is given. */
  through(agent: Agent): Agent {
    const addRequest = (request: ClientRequest, ...rest: unknown[]) => {
      this.#observe(request)
      ;(agent as unknown as AddsRequests).addRequest(request, ...rest)
    }
    return Object.create(agent, { addRequest: { value: addRequest } }) as Agent
  }

  /** Ends the request; a proxy tunnel still being connected is left to the end of the process. */
  destroy(): void {
    this.#request?.destroy()
  }

  #observe(request: ClientRequest): void {
    this.#request = request
    // `close` follows in the same breath as these two, before anyone who awaits the client has heard of them.
    let reported = false
    request.once('response', () => (reported = true))
    request.once('error', () => (reported = true))
    request.once('upgrade', (_, socket) => {
      socket.destroy()
      this.#onSilentEnd('an answer 101 that switches protocols')
    })
    request.once('close', () => {
      if (!reported) this.#onSilentEnd('the connection was closed without an answer')
    })
    request.once('socket', (socket: Socket | TLSSocket) => {
      this.#socket = socket
      const secure = 'secureConnecting' in socket
      if (secure ? socket.secureConnecting : socket.connecting) {
        socket.once(secure ? 'secureConnect' : 'connect', () => (this.stood = true))
      } else this.stood = true
    })
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name could not be looked up just now',
  ECONNREFUSED: 'the connection was refused',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPIPE: 'the connection broke while sending',
  EPROTO: 'the server did not speak TLS as expected',
}

function explain(error: unknown): string {
  const code = errorCode(error)
  const words = code === null ? undefined : WORDS[code]
  return words === undefined ? describeError(error) : `${words} (${code})`
}
