import { HttpClient } from '@actions/http-client'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { describeError, errorCode } from '../errors.ts'
import { type Body, readBody } from './body.ts'
import { proxyFor, proxyVariable } from './proxy.ts'

const USER_AGENT = 'aioz-ipfs-unpin'
/** Node tries the next address of a name after 250 ms. A distant host needs longer for its first one. */
const NEXT_ADDRESS_MS = 2500

/** What is known of an answer before its body. */
export interface Head {
  status: number
  location: string | null
  retryAfter: string | null
  /** The server's clock, as it says it. */
  date: string | null
}

/** An answer. Where its status decides, the body may be damaged. */
export interface HttpResponse extends Head {
  body: Body
}

/**
 * Why a request has no answer.
 *
 * - `lost`: there was a connection, so the request may have been received.
 * - All others: there was none, so nothing of the request left this machine. `name` does not resolve; `certificate` does not verify;
 *   `proxy` cannot be reached, or fails; `tunnel`: the proxy refuses; `denied` by Node's permission model; `network`: anything else.
 */
export type Failure = 'lost' | 'network' | 'name' | 'certificate' | 'proxy' | 'tunnel' | 'denied'

/** How one request ended. */
export type SendResult =
  | { kind: 'answered'; response: HttpResponse }
  | { kind: 'failed'; failure: Failure; why: string; head: Head | null }
  /** The run was stopped; `lost` says whether the request may have been received. */
  | { kind: 'interrupted'; lost: boolean; head: Head | null }

export interface SendRequest {
  method: 'DELETE' | 'GET'
  url: URL
  headers: Readonly<Record<string, string>>
  /** The longest it may take, in milliseconds: name lookup, proxy and body included. */
  limitMs: number
  signal: AbortSignal
}

/** Sends one request on a connection of its own. Follows no redirect, repeats nothing, and always resolves. */
export type Send = (request: SendRequest) => Promise<SendResult>

/**
 * The toolkit's client chooses the way (proxy variables), and Node sends. The toolkit's own requests would forward the keys to any host
 * by a redirect, and can hang.
 *
 * A kept-alive connection is never used: the server may close it as the request goes out, and an answer that comes late or twice would
 * be taken for the next one's.
 */
export function createSend(clock: Clock, redact: (text: string) => string): Send {
  const client = new HttpClient(USER_AGENT, undefined, { keepAlive: false })
  let secureContext: SecureContext | undefined
  return ({ method, url, headers, limitMs, signal }) =>
    new Promise((resolve) => {
      // One for all connections: making it takes time, and memory that is freed late.
      if (url.protocol === 'https:') secureContext ??= createSecureContext()
      if (signal.aborted) return resolve({ kind: 'interrupted', lost: false, head: null })
      let connected = false
      let head: Head | null = null

      const request = (url.protocol === 'https:' ? https : http).request({
        method,
        host: url.hostname,
        // Empty where it is the scheme's own, which the agent knows.
        port: url.port,
        path: url.pathname + url.search,
        headers: { ...headers, 'user-agent': USER_AGENT, connection: 'close' },
        agent: client.getAgent(url.href),
        // Set here, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
        rejectUnauthorized: true,
        secureContext,
        autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
      } as https.RequestOptions)

      const stopTimer = clock.after(limitMs, () => {
        settle(failed(connected ? 'the server did not answer in time' : 'there was no connection in time'))
      })
      const interrupt = () =>
        settle({ kind: 'interrupted', lost: connected && mayHaveHadEffect(head?.status ?? null), head })
      signal.addEventListener('abort', interrupt)

      function settle(result: SendResult): void {
        stopTimer()
        signal.removeEventListener('abort', interrupt)
        // A proxy tunnel that is still connecting cannot be reached; it ends with the process.
        request.destroy()
        resolve(result)
      }

      function failed(why: string, error: unknown = null): SendResult {
        // The status decides: the rest of such an answer could not change what it means.
        if (head !== null && !mayHaveHadEffect(head.status)) {
          const body: Body = { kind: 'not-json', problem: 'a body that was cut short', begins: '' }
          return { kind: 'answered', response: { ...head, body } }
        }
        if (connected) return { kind: 'failed', failure: 'lost', why, head }
        const failure = failureBefore(request.socket, error)
        const proxy = failure === 'network' ? proxyFor(url) : undefined
        if (proxy === undefined) return { kind: 'failed', failure, why, head }
        return { kind: 'failed', failure: 'proxy', why: `${why} (through the proxy in \`${proxy}\`)`, head }
      }

      request.once('socket', (given: Socket | TLSSocket) => {
        const secure = 'secureConnecting' in given
        if (secure ? given.secureConnecting : given.connecting) {
          given.once(secure ? 'secureConnect' : 'connect', () => (connected = true))
        } else connected = given.readyState === 'open'
      })
      request.once('response', (message: IncomingMessage) => {
        const { location = null, 'retry-after': retryAfter = null, date = null } = message.headers
        const status = message.statusCode ?? 0
        const answered: Head = { status, location, retryAfter, date }
        head = answered
        // A body may break after this request has ended. Without a listener the error would end the process.
        message.on('error', () => {})
        // Nothing in the body of a redirect matters, and reading it could take time.
        const begins = redact(location ?? '')
        const redirect: Body = { kind: 'not-json', problem: 'a redirect', begins }
        const body = status >= 300 && status < 400 ? Promise.resolve(redirect) : readBody(message, redact)
        body.then(
          (read) => settle({ kind: 'answered', response: { ...answered, body: read } }),
          (error: unknown) => settle(failed(describeError(error))),
        )
      })
      request.on('error', (error) => {
        if (head === null) settle(failed(explain(error), error))
      })
      // After an answer 101, which switches protocols, Node closes the connection and says no more.
      request.once('close', () => {
        if (head === null) settle(failed('the connection was closed without an answer'))
      })
      request.end()
    })
}

/**
 * May the service have carried the request out, where its answer is lost, cut or not clear? 503 included: proxies send it after they
 * have forwarded the request.
 */
export function mayHaveHadEffect(status: number | null): boolean {
  return status === null || status >= 500 || (status >= 200 && status < 300)
}

/** What failed before there was a connection. */
function failureBefore(socket: Socket | TLSSocket | null, error: unknown): Failure {
  const code = errorCode(error)
  // Node sets `authorizationError` when it refuses a certificate, before anything is sent.
  if (socket !== null && 'authorizationError' in socket && Boolean(socket.authorizationError)) return 'certificate'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name'
  if (code === 'ERR_ACCESS_DENIED') return 'denied'
  const tunnel = tunnelProblem(error)
  if (tunnel === null) return 'network'
  // After another status than 4xx the proxy may let the next request pass.
  return /statusCode=4/.test(tunnel) ? 'tunnel' : 'proxy'
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name does not resolve',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken',
  ERR_ACCESS_DENIED: "Node's permission model (`--permission`) forbids network access",
}

function explain(error: unknown): string {
  const tunnel = tunnelProblem(error)
  if (tunnel !== null) {
    return `the proxy in \`${proxyVariable(process.env)}\` did not connect (${tunnel.replace('statusCode=', 'HTTP ')})`
  }
  const code = errorCode(error)
  const words = /^(?:ERR_SSL_|EPROTO$)/.test(code ?? '') ? 'the TLS connection failed' : WORDS[code ?? '']
  return words === undefined ? describeError(error) : `${words} (${code})`
}

/** What the toolkit's tunnel says of the proxy: the status in words, or why there was no connection. */
function tunnelProblem(error: unknown): string | null {
  return /^tunneling socket could not be established, (?:cause=)?(.*)/.exec(describeError(error))?.[1] ?? null
}
