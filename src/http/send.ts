import { HttpClient } from '@actions/http-client'
import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { describeError, errorCode } from '../errors.ts'
import { type Body, readBody } from './body.ts'

/** An answer that arrived whole. */
export interface HttpResponse {
  status: number
  location: string | null
  retryAfter: string | null
  body: Body
}

/**
 * How one request ended.
 *
 * - `answered`: with a whole answer, whatever it says.
 * - `lost`: there was a connection, so the request may have been received, and no whole answer came.
 * - `unsent`: there was no connection, so nothing of the request left this machine.
 * - `untrusted`: the certificate of the server does not verify. Nothing was sent, and another attempt cannot help.
 * - `interrupted`: the run was stopped; `sent` says whether there was a connection.
 */
export type SendResult =
  | { kind: 'answered'; response: HttpResponse }
  | { kind: 'lost'; why: string; status: number | null; retryAfter: string | null }
  | { kind: 'unsent'; why: string }
  | { kind: 'untrusted'; why: string }
  | { kind: 'interrupted'; sent: boolean }

export interface SendRequest {
  method: 'DELETE' | 'GET'
  url: URL
  headers: Readonly<Record<string, string>>
  /** The longest it may take, in milliseconds, name lookup, proxy and body included. */
  limitMs: number
  signal: AbortSignal
}

export interface Sender {
  /** Sends one request. It follows no redirect, repeats nothing, and always resolves. */
  send(this: void, request: SendRequest): Promise<SendResult>
  /** Closes the idle connections, which would keep the process alive. */
  close(this: void): void
}

const USER_AGENT = 'aioz-ipfs-unpin'

/**
 * Creates a sender of single requests.
 *
 * The toolkit's client sends them and chooses the agent (proxy variables, kept-alive connections). Its redirects would forward the
 * keys to any host, its retries have no limit and its body reader can hang: `requestRaw` does none of the three.
 */
export function createSender(clock: Clock): Sender {
  const client = new HttpClient(USER_AGENT, undefined, { keepAlive: true })
  return {
    send: (request) => sendOnce(client, clock, request),
    close: () => client.dispose(),
  }
}

function sendOnce(
  client: HttpClient,
  clock: Clock,
  { method, url, headers, limitMs, signal }: SendRequest,
): Promise<SendResult> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'interrupted', sent: false })

    const watch = new RequestWatch((why) => settle(withoutAnswer(why)))
    let message: IncomingMessage | null = null
    let settled = false

    const stopTimer = clock.after(limitMs, () => {
      const what = watch.connected ? 'no complete answer' : 'no connection'
      settle(withoutAnswer(`${what} within ${Math.round(limitMs / 100) / 10} s`))
    })
    const interrupt = () => settle({ kind: 'interrupted', sent: watch.connected })
    signal.addEventListener('abort', interrupt)

    function settle(result: SendResult): void {
      if (settled) return
      settled = true
      stopTimer()
      signal.removeEventListener('abort', interrupt)
      if (result.kind !== 'answered') watch.destroy()
      resolve(result)
    }

    function withoutAnswer(why: string): SendResult {
      if (watch.untrusted) return { kind: 'untrusted', why }
      if (!watch.connected) return { kind: 'unsent', why }
      return {
        kind: 'lost',
        why,
        status: message?.statusCode ?? null,
        retryAfter: message?.headers['retry-after'] ?? null,
      }
    }

    async function send(): Promise<HttpResponse> {
      const options: https.RequestOptions = {
        method,
        host: url.hostname,
        // Empty where it is the scheme's own, which the agent knows.
        port: url.port,
        path: url.pathname + url.search,
        headers: { ...headers, 'user-agent': USER_AGENT },
        agent: watch.through(client.getAgent(url.href)),
        // Set here, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
        rejectUnauthorized: true,
      }
      const httpModule = url.protocol === 'https:' ? https : http
      message = (await client.requestRaw({ options, parsedUrl: url, httpModule }, null)).message
      // A body may break after this request has ended. Without a listener the error would end the process.
      message.on('error', () => {})
      const status = message.statusCode ?? 0
      const { location = null, 'retry-after': retryAfter = null } = message.headers
      if (status >= 300 && status < 400) {
        // Nothing in the body of a redirect matters, and reading it could take time.
        message.destroy()
        return { status, location, retryAfter, body: { kind: 'unusable', problem: 'a redirect' } }
      }
      return { status, location, retryAfter, body: await readBody(message) }
    }

    send().then(
      (response) => settle({ kind: 'answered', response }),
      (error: unknown) => settle(withoutAnswer(explain(error))),
    )
  })
}

interface AddsRequests {
  addRequest(request: ClientRequest, ...rest: unknown[]): void
}

/** Sees what the toolkit's client hides: the request, and whether it ever had a connection. */
class RequestWatch {
  #request: ClientRequest | null = null
  #socket: Socket | TLSSocket | null = null
  readonly #onSilentEnd: (why: string) => void
  /** There was a connection, TLS included. From here on the request may have been received. */
  connected = false

  /** @param onSilentEnd called when the request ends in a way that the toolkit's client never reports. */
  constructor(onSilentEnd: (why: string) => void) {
    this.#onSilentEnd = onSilentEnd
  }

  /** Node sets `authorizationError` when it refuses a certificate, before anything is sent. */
  get untrusted(): boolean {
    const socket = this.#socket
    return (
      !this.connected &&
      socket !== null &&
      'authorizationError' in socket &&
      Boolean(socket.authorizationError)
    )
  }

  /** The same agent, which also hands this watch the request that it is given. */
  through(agent: Agent): Agent {
    const addRequest = (request: ClientRequest, ...rest: unknown[]) => {
      this.#observe(request)
      ;(agent as unknown as AddsRequests).addRequest(request, ...rest)
    }
    return Object.create(agent, { addRequest: { value: addRequest } }) as Agent
  }

  /** Ends the request. A proxy tunnel that is still connecting cannot be reached; it ends with the process. */
  destroy(): void {
    this.#request?.destroy()
  }

  #observe(request: ClientRequest): void {
    this.#request = request
    // `close` follows these two at once, before the caller of the toolkit's client has heard of them.
    let reported = false
    request.once('response', () => (reported = true))
    request.once('error', () => (reported = true))
    // After an answer 101, which switches protocols, Node closes the connection and says no more.
    request.once('close', () => {
      if (!reported) this.#onSilentEnd('the connection was closed without an answer')
    })
    request.once('socket', (socket: Socket | TLSSocket) => {
      this.#socket = socket
      const secure = 'secureConnecting' in socket
      if (secure ? socket.secureConnecting : socket.connecting) {
        socket.once(secure ? 'secureConnect' : 'connect', () => (this.connected = true))
      } else this.connected = true
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
