import { connect } from 'node:net'
import {
  DEFAULT_KEYS,
  type KeyPair,
  type Service,
  type ServiceOptions,
  startService,
} from '../../testing/service/index.ts'

const running: Service[] = []

/** Starts a service that `closeServices` ends. */
export async function start(options: ServiceOptions = {}): Promise<Service> {
  const service = await startService(options)
  running.push(service)
  return service
}

export async function closeServices(): Promise<void> {
  await Promise.all(running.splice(0).map((service) => service.close()))
}

export function keyHeaders({ apiKey, secretKey }: KeyPair = DEFAULT_KEYS): Record<string, string> {
  return { pinning_api_key: apiKey, pinning_secret_key: secretKey }
}

/** Sends one request, by default with valid keys; redirects are not followed. */
export function call(
  service: Service,
  method: string,
  path: string,
  headers: Record<string, string> = keyHeaders(),
  body?: string,
): Promise<Response> {
  return fetch(service.url + path, {
    method,
    // A connection of its own, so that no test depends on the one before.
    headers: { Connection: 'close', ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  })
}

/** Everything the service sends on a connection of its own in answer to one DELETE, and how the connection ended. */
export interface Received {
  text: string
  end: 'open' | 'closed' | 'reset'
}

/**
 * Sends a DELETE over bare TCP and gathers what comes back until the connection ends or `until` is satisfied; in the latter case the
 * client leaves.
 */
export function unpinOverTcp(service: Service, pinId: string, until: RegExp): Promise<Received> {
  const headers = Object.entries({ Host: 'localhost', ...keyHeaders() }).map((pair) => pair.join(': '))
  const head = [`DELETE /api/pinning/unpin/${pinId} HTTP/1.1`, ...headers].join('\r\n')
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(service.port, '127.0.0.1', () => socket.write(`${head}\r\n\r\n`))
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      if (!until.test(text)) return
      resolve({ text, end: 'open' })
      socket.destroy()
    })
    socket.on('end', () => resolve({ text, end: 'closed' }))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') resolve({ text, end: 'reset' })
      else reject(error)
    })
  })
}
