import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A server of bare TCP on loopback, for what no HTTP server would ever do. */
export interface TcpServer {
  port: number
  /** `http://127.0.0.1:PORT` */
  url: string
  /** Every connection there was. */
  connections: Socket[]
}

const running: { server: Server; connections: Socket[] }[] = []

/** @param greet called with each connection and the first bytes that came on it, as text. */
export async function startTcpServer(greet: (socket: Socket, text: string) => void = () => {}): Promise<TcpServer> {
  const connections: Socket[] = []
  const server = createServer((socket) => {
    connections.push(socket)
    // The other side may leave at any time.
    socket.on('error', () => {})
    socket.once('data', (bytes) => greet(socket, bytes.toString('latin1')))
  }).listen(0, '127.0.0.1')
  running.push({ server, connections })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return { port: address.port, url: `http://127.0.0.1:${address.port}`, connections }
}

export async function closeTcpServers(): Promise<void> {
  for (const { server, connections } of running.splice(0)) {
    for (const socket of connections) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
}
