import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The TCP connections of a server, TLS or not: what a reset acts on, and what has to end before the port is free. */
export class Connections {
  readonly #byClientPort = new Map<number, Socket>()
  readonly #open = new Set<Socket>()

  constructor(server: Server) {
    // Under TLS this event brings the connection below the encrypted one, which cannot be reset itself.
    server.on('connection', (socket) => {
      const port = socket.remotePort
      this.#open.add(socket)
      if (port !== undefined) this.#byClientPort.set(port, socket)
      socket.once('close', () => {
        this.#open.delete(socket)
        if (port !== undefined && this.#byClientPort.get(port) === socket) this.#byClientPort.delete(port)
      })
    })
  }

  /** Ends the connection that carries `socket` with a TCP RST; one that the client already ended is left as it is. */
  reset(socket: Socket): void {
    if (socket.remotePort !== undefined) this.#byClientPort.get(socket.remotePort)?.resetAndDestroy()
  }

  /** Ends all, the ones without an answer and those within a TLS handshake too. */
  destroy(): void {
    for (const socket of this.#open) socket.destroy()
  }
}
