import { connect, type Socket } from 'node:net'
import { startTcpServer, type TcpServer } from '../support/tcp-server.ts'

/** Called with the head of each request; may write to the connection whatever it likes. */
export type Reply = (socket: Socket, head: string, index: number) => void

/** Starts a server for answers that no well-made server gives; `heads` has the head of each request that arrived whole. */
export async function serveBytes(reply: Reply): Promise<TcpServer & { heads: string[] }> {
  const heads: string[] = []
  const server = await startTcpServer((socket, first) => {
    let text = ''
    const take = (chunk: string): void => {
      text += chunk
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end)
        text = text.slice(end + 4)
        reply(socket, head, heads.push(head) - 1)
      }
    }
    take(first)
    socket.on('data', (chunk: Buffer) => take(chunk.toString('latin1')))
  })
  return { ...server, heads }
}

/** Writes `text` again and again until the connection ends. */
export function writeWithoutEnd(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(text), everyMs)
  socket.on('close', () => clearInterval(timer))
}

/** A whole answer as bytes. */
export function bytes(status: string, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ 'Content-Length': String(Buffer.byteLength(body)), ...headers })
  return [`HTTP/1.1 ${status}`, ...lines.map((pair) => pair.join(': ')), '', body].join('\r\n')
}

/** A proxy on loopback that opens tunnels to one port, whatever host it is asked for. */
export interface ConnectProxy extends TcpServer {
  /** The head of each request for a tunnel. */
  readonly heads: string[]
  /** Everything that went from client to target, as the proxy saw it. */
  readonly seen: () => string
}

/** What to answer a request for a tunnel with; `undefined` opens it, an empty text leaves it without an answer. */
export type Refusal = (index: number) => string | undefined

export async function startProxy(targetPort: number, refusal: Refusal = () => undefined): Promise<ConnectProxy> {
  const seen: Buffer[] = []
  const proxy = await serveBytes((client, _, index) => {
    const refused = refusal(index)
    if (refused !== undefined) {
      if (refused !== '') client.end(refused)
      return
    }
    client.removeAllListeners('data')
    const target = connect(targetPort, '127.0.0.1').on('error', () => {})
    client.on('close', () => target.destroy())
    client.on('data', (chunk: Buffer) => seen.push(chunk))
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    client.pipe(target).pipe(client)
  })
  return { ...proxy, seen: () => Buffer.concat(seen).toString('latin1') }
}
