import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Front, Seen } from './fronts.ts'

/** What a gateway writes: whole answers, whose header lines end with LF here. */
export interface Gateway {
  /** Comes before the service's body. */
  head: (status: string, length: number) => string
  /** When the connection to the service breaks. */
  broken: string
  noRoute: string
}

const DATE = new Date().toUTCString()
const ENVOY = `date: ${DATE}\nserver: envoy\nconnection: close\n`
const KONG = `Date: ${DATE}\nContent-Type: application/json; charset=utf-8\nConnection: close\n`
const KONG_ITSELF = `${KONG}X-Kong-Response-Latency: 1\nServer: kong/3.4.2\n`
const GO = `Date: ${DATE}\nContent-Type:`

export const GATEWAYS = {
  envoy: {
    head: (status, length) =>
      `HTTP/1.1 ${status}\ncontent-type: application/json\ncontent-length: ${length}\nx-envoy-upstream-service-time: 3\n${ENVOY}\n`,
    broken: `HTTP/1.1 503 Service Unavailable\ncontent-length: 95\ncontent-type: text/plain\n${ENVOY}\nupstream connect error or disconnect/reset before headers. reset reason: connection termination`,
    noRoute: `HTTP/1.1 404 Not Found\n${ENVOY}content-length: 0\n\n`,
  },
  kong: {
    head: (status, length) =>
      `HTTP/1.1 ${status}\n${KONG}Content-Length: ${length}\nX-Kong-Upstream-Latency: 3\nX-Kong-Proxy-Latency: 1\nVia: kong/3.4.2\n\n`,
    broken: `HTTP/1.1 502 Bad Gateway\n${KONG_ITSELF}Content-Length: 71\n\n{"message":"An invalid response was received from the upstream server"}`,
    noRoute: `HTTP/1.1 404 Not Found\n${KONG_ITSELF}Content-Length: 48\n\n{"message":"no Route matched with those values"}`,
  },
  // What Go's net/http writes to a client of HTTP/1.0: the end of the connection ends the body. A broken one has no answer.
  goInHttp10: {
    head: (status) => `HTTP/1.0 ${status}\n${GO} application/json\n\n`,
    broken: '',
    noRoute: `HTTP/1.0 404 Not Found\n${GO} text/plain; charset=utf-8\nX-Content-Type-Options: nosniff\n\n404 page not found\n`,
  },
} satisfies Readonly<Record<string, Gateway>>

/** By the pin's number modulo 20: what happens to its first `DELETE`, to all later ones, and to reads. All else passes. */
const FATES: Readonly<Record<number, readonly ('pass' | 'break' | 'break after' | 'no route')[]>> = {
  3: ['break after'],
  7: ['break'],
  11: ['no route', 'no route', 'no route'],
  15: ['break after', 'no route'],
  17: ['pass', 'pass', 'no route'],
}

/** Ends the header lines as HTTP wants it; the body stays as it is. */
function wire(text: string): string {
  const body = text.indexOf('\n\n') + 2
  return text.slice(0, body).replaceAll('\n', '\r\n') + text.slice(body)
}

/** A plain TCP server that answers as the gateway does, and keeps all that it answers. */
export async function startGateway(gateway: Gateway, service: URL, pinIds: readonly string[]): Promise<Front> {
  const seen: Seen[] = []
  const connections: string[] = []

  async function answerTo(head: string): Promise<string> {
    const [, method = '', path = ''] = /^(\S+) (\S+)/.exec(head) ?? []
    const pinId = path.split('/').at(-1) ?? ''
    const again = seen.some((one) => one.pinId === pinId && one.method === 'DELETE')
    const fate = FATES[pinIds.indexOf(pinId) % 20]?.[method === 'GET' ? 2 : again ? 1 : 0] ?? 'pass'
    const request: Seen = { method, pinId, said: fate === 'no route' ? 'stranger' : 'lost', removed: false }
    seen.push(request)
    if (fate === 'no route') return gateway.noRoute
    if (fate === 'break') return gateway.broken
    const keys = [...head.matchAll(/^(pinning_\w+): (\S+)/gim)].map(([, name = '', key = '']): [string, string] => [
      name,
      key,
    ])
    const answer = await fetch(new URL(path, service), { method, headers: keys })
    const body = await answer.text()
    request.removed = method === 'DELETE' && answer.ok
    if (fate === 'break after') return gateway.broken
    request.said = answer.ok && !body.includes('"pinned":false') ? 'record' : 'gone'
    return gateway.head(`${answer.status} ${answer.statusText}`, Buffer.byteLength(body)) + body
  }

  let opened = 0
  const server = createServer((socket) => {
    const connection = String((opened += 1))
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      connections.push(connection)
      void answerTo(chunk.toString()).then((text) => socket.end(wire(text)))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const end = async (): Promise<string[]> => {
    server.close()
    return connections
  }
  return { url, env: {}, seen, end }
}
