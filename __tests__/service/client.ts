import { connect } from 'node:net'
import type { KeyPair, Service, ServiceOptions } from '../../testing/service/index.ts'
import { DEFAULT_KEYS, startService } from '../../testing/service/index.ts'

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

/** Sends one request on a connection of its own, by default with valid keys; redirects are not followed. */
export function call(
  service: Service,
  method: string,
  path: string,
  headers: Record<string, string> = keyHeaders(),
  body: string | FormData | null = null,
): Promise<Response> {
  const init = { method, headers: { Connection: 'close', ...headers }, body, redirect: 'manual' } as const
  return fetch(`${service.url}/api/${path}`, init)
}

/** Sends a DELETE over bare TCP: what comes back until the connection ends or `until` fits, and how it ended. */
export async function unpinOverTcp(service: Service, pinId: string, until: RegExp): Promise<string> {
  const headers = Object.entries({ Host: 'localhost', ...keyHeaders() }).map((pair) => pair.join(': '))
  const head = [`DELETE /api/pinning/unpin/${pinId} HTTP/1.1`, ...headers, '\r\n'].join('\r\n')
  const socket = connect(service.port, '127.0.0.1').setEncoding('latin1')
  socket.write(head)
  let text = ''
  try {
    for await (const chunk of socket) {
      text += chunk as string
      if (until.test(text)) return `${text}open`
    }
    return `${text}closed`
  } catch {
    return `${text}reset`
  }
}
