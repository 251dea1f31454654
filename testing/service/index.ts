import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { Account, type Wanted } from './account.ts'
import { changed, refusal } from './answers.ts'
import { Connections } from './connections.ts'
import { readWanted, serve } from './endpoints.ts'
import { type Exchange, send, spoil } from './faults.ts'
import { RateLimit } from './limit.ts'
import { findRoute, isPinId } from './routes.ts'
import type { KeyPair, ReceivedRequest, Service, ServiceOptions } from './types.ts'

export { makeCertificate } from './certificate.ts'
export { makePin } from './records.ts'
export type * from './types.ts'

/** The pair that a service accepts by default. It is invented, in the form that the real service uses. */
export const DEFAULT_KEYS: KeyPair = {
  apiKey: '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ=',
  secretKey: '/i0DP+95Qu0G1BiZLTXKmP61OUPUUvWZT5aTTXVOFcs=',
  scopes: ['admin'],
}

/** Longer than any client here keeps a connection idle: the service is never the one that closes it under a request. */
const KEEP_ALIVE_MS = 60_000

/**
 * Starts an AIOZ Pin service on a free port of 127.0.0.1. `close()` rejects where the service itself broke meanwhile, for example by an
 * exception from `options.fault`.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { keys: known = [DEFAULT_KEYS], now = Date.now, largestPage = 1000, deviate = {}, tls } = options
  const prefix = (options.prefix ?? '').replace(/\/+$/, '')
  const account = new Account(now, deviate)
  account.add(options.pins ?? [])
  const limit = new RateLimit(options.requestsPerMinute ?? Infinity, options.retryAfter ?? 'seconds')
  const requests: ReceivedRequest[] = []
  const failures: unknown[] = []

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const method = request.method ?? ''
    const path = request.url ?? ''
    const route = findRoute(path, prefix)
    const received: ReceivedRequest = {
      method,
      path,
      headers: { ...request.headers },
      connection: connections.numberOf(request.socket),
      at: now(),
      ...('pinId' in route && isPinId(route.pinId) && { pinId: route.pinId.toLowerCase() }),
      removed: false,
    }
    requests.push(received)
    // A client may leave at any time; what is written to it after that is lost, and no fault of the service.
    response.on('error', () => {})
    response.sendDate = false
    const headers = { Date: new Date(now()).toUTCString(), ...options.headers }
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)

    // Unread, a body would block the connection for the next request. A client may leave half-way.
    if (route.name === 'pin' || route.name === 'pinByHash') readWanted(route, request).then(reply, () => {})
    else {
      request.resume()
      reply('')
    }

    function reply(wanted: Wanted | string): void {
      const { pinning_api_key: apiKey, pinning_secret_key: secretKey } = request.headers
      const keys = known.find((pair) => pair.apiKey === apiKey && pair.secretKey === secretKey)
      if (keys === undefined)
        return send({ response, received }, changed(refusal(401, 'You are not logged in'), deviate.badKeys))

      const held = (): boolean => received.pinId !== undefined && account.holds(received.pinId)
      const exchange: Exchange = {
        request,
        response,
        received,
        connections,
        idOtherThan: (pinId) => account.idOtherThan(pinId),
        serve(manner) {
          const refused = limit.refuse(now())
          if (refused !== undefined) return refused
          const heldBefore = held()
          const keep = manner === 'keep'
          const answer = serve({ method, route, keys, account, largestPage, deviate, wanted, keep })
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
        // So that no client waits for an answer that cannot come.
        response.destroy()
      }
    }
  }

  const server = tls === undefined ? createServer(receive) : createTlsServer(tls, receive)
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
    await ended
    if (failures.length > 0) throw new Error('The embedded service broke', { cause: failures[0] })
  }
  let ending: Promise<void> | undefined

  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${prefix}`,
    port,
    records: account.records,
    requests,
    holds: (pinId) => account.holds(pinId),
    add: (...pins) => account.add(pins),
    remove: (pinId) => account.unpin(pinId),
    close: () => (ending ??= end()),
  }
}
