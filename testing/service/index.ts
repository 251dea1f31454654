import { once } from 'node:events'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { Account } from './account.ts'
import { refusal } from './answers.ts'
import { Connections } from './connections.ts'
import { serve } from './endpoints.ts'
import { type Exchange, type Reply, send, spoil } from './faults.ts'
import { authenticate, DEFAULT_KEYS } from './keys.ts'
import { RateLimit } from './limit.ts'
import { findRoute, isPinId } from './routes.ts'
import { Timers } from './timers.ts'
import type { ReceivedRequest, Service, ServiceOptions } from './types.ts'

export { makeCertificate } from './certificate.ts'
export { DEFAULT_KEYS } from './keys.ts'
export { makePin } from './records.ts'
export type * from './types.ts'

/** Longer than any client here keeps a connection idle: the service is never the one that closes it under a request. */
const KEEP_ALIVE_MS = 60_000

const LARGEST_PAGE = 1000

function listener(listen: RequestListener, tls: ServiceOptions['tls']): Server {
  return tls === undefined ? createHttpServer(listen) : createHttpsServer(tls, listen)
}

/** Answers when the service itself breaks, so that no client waits for an answer that cannot come. */
function breakDown(reply: Reply): void {
  const { response } = reply
  if (response.headersSent) {
    response.destroy()
    return
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  send(reply, refusal(500, 'The embedded service broke; its close() says why'))
}

/**
 * Starts an AIOZ Pin service on a free port of 127.0.0.1. `close()` rejects where the service itself broke meanwhile, for example by an
 * exception from `options.fault`.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { keys: known = [DEFAULT_KEYS], now = Date.now, largestPage = LARGEST_PAGE } = options
  const prefix = (options.prefix ?? '').replace(/\/+$/, '')
  const account = new Account(now)
  account.add(options.pins ?? [])
  const limit = new RateLimit(options.requestsPerMinute ?? Infinity, options.retryAfter ?? 'seconds')
  const requests: ReceivedRequest[] = []
  const failures: unknown[] = []
  const timers = new Timers()

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const method = request.method ?? ''
    const path = request.url ?? ''
    const route = findRoute(path, prefix)
    const received: ReceivedRequest = {
      method,
      path,
      headers: { ...request.headers },
      at: now(),
      ...('pinId' in route && isPinId(route.pinId) && { pinId: route.pinId.toLowerCase() }),
      removed: false,
    }
    requests.push(received)
    // A client may leave at any time; what is written to it after that is lost, and no fault of the service.
    response.on('error', () => {})

    // Unread, a body would block the connection for the next request. A client may leave half-way.
    if (route.name === 'pin-by-hash') text(request).then(reply, () => {})
    else {
      request.resume()
      reply('')
    }

    function reply(body: string): void {
      const keys = authenticate(known, request.headers)
      if (keys === undefined) return send({ response, received }, refusal(401, 'You are not logged in'))

      const held = (): boolean => received.pinId !== undefined && account.holds(received.pinId)
      const exchange: Exchange = {
        request,
        response,
        received,
        connections,
        timers,
        idOtherThan: (pinId) => account.idOtherThan(pinId),
        serve(manner) {
          const refused = limit.refuse(now())
          if (refused !== undefined) return refused
          const heldBefore = held()
          const answer = serve({ method, route, keys, account, largestPage, body, keep: manner === 'keep' })
          received.removed = heldBefore && !held()
          return answer
        },
      }
      try {
        const fault = options.fault?.(received)
        if (fault === undefined) return send(exchange, exchange.serve())
        received.fault = fault
        spoil(exchange, fault)
      } catch (error) {
        failures.push(error)
        breakDown(exchange)
      }
    }
  }

  const server = listener(receive, options.tls)
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const connections = new Connections(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The embedded service has no port')
  const { port } = address

  async function end(): Promise<void> {
    const ended = once(server, 'close')
    server.close()
    connections.destroy()
    timers.clear()
    await ended
    if (failures.length > 0) throw new Error('The embedded service broke', { cause: failures[0] })
  }
  let ending: Promise<void> | undefined

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${prefix}`,
    port,
    records: account.records,
    requests,
    holds: (pinId) => account.holds(pinId),
    add: (...pins) => account.add(pins),
    remove: (pinId) => account.unpin(pinId),
    close: () => (ending ??= end()),
  }
}
