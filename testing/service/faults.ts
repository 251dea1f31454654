import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, json, recordAnswer } from './answers.ts'
import type { Connections } from './connections.ts'
import type { Timers } from './timers.ts'
import type { Fault, ReceivedRequest } from './types.ts'

/** One request and all that a fault may need to spoil its answer. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  received: ReceivedRequest
  connections: Connections
  timers: Timers
  /** The real thing: limit and endpoint, with the effect; `keep` leaves the effect out. */
  serve: (manner?: 'keep') => Answer
  idOtherThan: (pinId: string) => string
}

type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

/** The part of an exchange that a plain answer needs. */
export type Reply = Pick<Exchange, 'response' | 'received'>

function prepare({ response, received }: Reply, { status, headers }: Answer): void {
  received.status = status
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

/** Sends an answer as it is; Node adds the length where the status allows a body and the headers name none. */
export function send(reply: Reply, answer: Answer): void {
  prepare(reply, answer)
  reply.response.end(answer.body)
}

function cut(exchange: Exchange, chunked: boolean): void {
  const { request, response } = exchange
  const answer = exchange.serve()
  prepare(exchange, answer)
  // Without a length Node sends chunks; the half is a whole chunk then, and only the closing one is missing.
  if (!chunked) response.setHeader('Content-Length', answer.body.length)
  response.flushHeaders()
  response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () =>
    request.socket.destroySoon(),
  )
}

function drip(exchange: Exchange, everyMs: number): void {
  const { response, timers } = exchange
  const answer = exchange.serve()
  prepare(exchange, answer)
  response.setHeader('Content-Length', answer.body.length)
  response.flushHeaders()
  let sent = 0
  timers.every(everyMs, response, () => {
    response.write(answer.body.subarray(sent, sent + 1))
    sent += 1
    if (sent >= answer.body.length) response.end()
  })
}

function dripHeaders({ request, response, timers }: Exchange, everyMs: number): void {
  const beginning = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
  const endless = 'X-Drip: drip\r\n'
  let sent = 0
  timers.every(everyMs, response, () => {
    const beyond = sent - beginning.length
    request.socket.write(beyond < 0 ? beginning.charAt(sent) : endless.charAt(beyond % endless.length))
    sent += 1
  })
}

function switchProtocols({ request, received }: Exchange): void {
  received.status = 101
  request.socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  )
}

function prescribed({ status, headers = {}, body = '' }: FaultOf<'answer'>): Answer {
  if (Buffer.isBuffer(body)) return { status, headers, body }
  if (typeof body === 'string') return { status, headers, body: Buffer.from(body) }
  const answer = json(status, body)
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  return { ...answer, headers: typed ? headers : { ...answer.headers, ...headers } }
}

function redirect({ location, status = 302 }: FaultOf<'redirect'>): Answer {
  return { status, headers: { Location: location }, body: Buffer.alloc(0) }
}

function wrongRecord(exchange: Exchange): Answer {
  const answer = exchange.serve()
  if (answer.record === undefined) return answer
  return recordAnswer({ ...answer.record, id: exchange.idOtherThan(answer.record.id) })
}

/**
 * Applies a fault. Where a fault lets the request reach the real thing, the account's limit holds: a request over it has no effect, and
 * its real answer is the 429. A fault without an effect does not count against the limit.
 */
export function spoil(exchange: Exchange, fault: Fault): void {
  const { request, response, timers } = exchange
  switch (fault.kind) {
    case 'reset':
      if (fault.effect === 'after') exchange.serve()
      return exchange.connections.reset(request.socket)
    case 'hang':
      if (fault.effect === 'after') exchange.serve()
      return
    case 'cut':
      return cut(exchange, fault.chunked === true)
    case 'drip':
      return drip(exchange, fault.everyMs)
    case 'drip-headers':
      return dripHeaders(exchange, fault.everyMs)
    case 'informational':
      return timers.every(fault.everyMs, response, () => response.writeProcessing())
    case 'switch':
      return switchProtocols(exchange)
    case 'answer':
      if (fault.effect === true) exchange.serve()
      return send(exchange, prescribed(fault))
    case 'redirect':
      return send(exchange, redirect(fault))
    case 'wrong-record':
      return send(exchange, wrongRecord(exchange))
    case 'keep':
      return send(exchange, exchange.serve('keep'))
    case 'delay':
      return timers.after(fault.ms, response, () => send(exchange, exchange.serve()))
  }
}
