import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type Answer, answer, changed } from './answers.ts'
import type { Connections } from './connections.ts'
import type { Fault, PinRecord, ReceivedRequest } from './types.ts'

/** One request and all that a fault may need to spoil its answer. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  received: ReceivedRequest
  connections: Connections
  /** The real thing: limit and endpoint, with the effect; `keep` leaves the effect out. */
  serve: (manner?: 'keep') => Answer
  idOtherThan: (pinId: string) => string
}

type Reply = Pick<Exchange, 'response' | 'received'>

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

/** Calls `act` every `everyMs`, until the answer is complete or the connection ends. */
function every(everyMs: number, response: ServerResponse, act: () => void): void {
  const timer = setInterval(act, everyMs)
  response.once('close', () => clearInterval(timer))
}

/** Sends the head of the real answer, and returns its body. Without a length Node sends chunks. */
function begin(exchange: Exchange, chunked = false): Buffer {
  const answer = exchange.serve()
  prepare(exchange, answer)
  if (!chunked) exchange.response.setHeader('Content-Length', answer.body.length)
  exchange.response.flushHeaders()
  return answer.body
}

function cut(exchange: Exchange, chunked: boolean): void {
  const body = begin(exchange, chunked)
  // With chunks the half is a whole one, and only the closing one is missing.
  const half = body.subarray(0, Math.floor(body.length / 2))
  exchange.response.write(half, () => exchange.request.socket.destroySoon())
}

function drip(exchange: Exchange, everyMs: number): void {
  const { response } = exchange
  const body = begin(exchange)
  let sent = 0
  every(everyMs, response, () => {
    response.write(body.subarray(sent, sent + 1))
    sent += 1
    if (sent >= body.length) response.end()
  })
}

function dripHeaders({ request, response }: Exchange, everyMs: number): void {
  const beginning = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
  const endless = 'X-Drip: drip\r\n'
  let sent = 0
  every(everyMs, response, () => {
    const beyond = sent - beginning.length
    request.socket.write(beyond < 0 ? beginning.charAt(sent) : endless.charAt(beyond % endless.length))
    sent += 1
  })
}

function switchProtocols({ request, received }: Exchange): void {
  received.status = 101
  request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
}

/** A client that has left meanwhile misses the second answer. */
function twice(exchange: Exchange, { ms, first }: Extract<Fault, { kind: 'twice' }>): void {
  const { response } = exchange
  const { socket } = exchange.request
  const { status, headers, body } = exchange.serve()
  response.setHeader('Connection', 'keep-alive')
  send(exchange, first === undefined ? { status, headers, body } : answer(first.status, first.body, first.headers))
  const lines = Object.entries({ ...headers, 'Content-Length': body.length }).map((pair) => pair.join(': '))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '\r\n'].join('\r\n')
  const again = (): unknown => socket.writable && socket.write(Buffer.concat([Buffer.from(head), body]))
  response.once('finish', () => setTimeout(again, ms).unref())
}

/**
 * Applies a fault. Where a fault lets the request reach the real thing, the account's limit holds: a request over it has no effect, and
 * its real answer is the 429. A fault without an effect does not count against the limit.
 */
export function spoil(exchange: Exchange, fault: Fault): void {
  const { request, response } = exchange
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
      return every(fault.everyMs, response, () => response.writeProcessing())
    case 'switch':
      return switchProtocols(exchange)
    case 'answer':
      if (fault.effect === true) exchange.serve()
      return send(exchange, answer(fault.status, fault.body, fault.headers))
    case 'redirect':
      return send(exchange, answer(fault.status ?? 302, '', { Location: fault.location }))
    case 'change':
      return send(exchange, changed(exchange.serve(), fault))
    case 'wrong-record': {
      const record = (right: PinRecord): PinRecord => ({ ...right, id: exchange.idOtherThan(right.id) })
      return send(exchange, changed(exchange.serve(), { record }))
    }
    case 'keep':
      return send(exchange, exchange.serve('keep'))
    case 'delay': {
      const timer = setTimeout(() => send(exchange, exchange.serve()), fault.ms)
      response.once('close', () => clearTimeout(timer))
      return
    }
    case 'twice':
      return twice(exchange, fault)
  }
}
