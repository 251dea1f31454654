import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The TCP connections of a server, TLS or not: what a reset acts on, and what has to end before the port is free. */
export class Connections {
  readonly #open = new Set<Socket>()
  readonly #numbers = new WeakMap<Socket, number>()
  #count = 0

  constructor(server: Server) {
    // Under TLS this event brings the connection below the encrypted one, which cannot be reset itself.
    server.on('connection', (socket) => {
      this.#open.add(socket)
      socket.once('close', () => this.#open.delete(socket))
    })
  }

  /** A number for the connection of a request: 1 for the first that carried one. */
  numberOf(socket: Socket): number {
    const number = this.#numbers.get(socket) ?? (this.#count += 1)
    this.#numbers.set(socket, number)
    return number
  }

  /** Ends the connection that carries `socket` with a TCP RST; one that the client already ended is left as it is. */
  reset({ remotePort }: Socket): void {
    if (remotePort === undefined) return
    for (const socket of this.#open) if (socket.remotePort === remotePort) socket.resetAndDestroy()
  }

  /** Ends all, the ones without an answer and those within a TLS handshake too. */
  destroy(): void {
    for (const socket of this.#open) socket.destroy()
  }
}
