import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { closeLater } from './stage.ts'

/** A server that speaks bytes, for answers that no well-made server gives. */
export interface Wire {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** How many connections were made. */
  connections: number
  /** The head of each request that arrived whole, in order. */
  readonly heads: string[]
}

/** Called with the head of each request; may write to the connection whatever it likes. */
export type Reply = (socket: Socket, head: string, index: number) => void

/**
 * Starts such a server; `clearStage` closes it and all its connections.
 *
 * @param onConnect called for each connection before anything is read
 */
export async function serveBytes(reply: Reply, onConnect?: (socket: Socket) => void): Promise<Wire> {
  const open = new Set<Socket>()
  const heads: string[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    wire.connections += 1
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    onConnect?.(socket)
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end)
        text = text.slice(end + 4)
        heads.push(head)
        reply(socket, head, heads.length - 1)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const wire: Wire = {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    connections: 0,
    heads,
  }
  closeLater(async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of open) socket.destroy()
    await closed
  })
  return wire
}

/** Writes `text` again and again until the connection ends. */
export function writeForEver(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(text), everyMs)
  socket.on('close', () => clearInterval(timer))
}

/** A whole answer as bytes. */
export function bytes(status: string, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ 'Content-Length': String(Buffer.byteLength(body)), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`
}
