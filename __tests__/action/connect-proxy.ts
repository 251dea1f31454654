import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { closeLater } from './stage.ts'

/** A proxy that tunnels every target to one port of this machine, and remembers all that it was told. */
export interface ConnectProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly port: number
  /** The head of each request for a tunnel. */
  readonly heads: string[]
  /** Everything that went from client to target, as the proxy saw it. */
  readonly seen: () => string
}

/** What to answer a request for a tunnel with; `undefined` opens it, an empty text leaves it without an answer. */
export type Refusal = (index: number) => string | undefined

/** Starts such a proxy; `clearStage` closes it. */
export async function startProxy(
  targetPort: number,
  refusal: Refusal = () => undefined,
): Promise<ConnectProxy> {
  const open = new Set<Socket>()
  const heads: string[] = []
  const seen: Buffer[] = []
  const keep = (socket: Socket): Socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    return socket.on('error', () => {})
  }
  const server = createServer((client) => {
    keep(client)
    let head = ''
    const listen = (chunk: Buffer): void => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      client.off('data', listen)
      heads.push(head)
      const refused = refusal(heads.length - 1)
      if (refused !== undefined) {
        if (refused !== '') client.end(refused)
        return
      }
      const target = keep(connect(targetPort, '127.0.0.1'))
      client.on('data', (bytes: Buffer) => seen.push(bytes))
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(target).pipe(client)
    }
    client.on('data', listen)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  closeLater(async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of open) socket.destroy()
    await closed
  })
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    heads,
    seen: () => Buffer.concat(seen).toString('latin1'),
  }
}
