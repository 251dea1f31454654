import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
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

/** The header that has Node's fetch use a connection of its own, so that no test depends on the one before. */
const OWN_CONNECTION = { Connection: 'close' }

export interface Seen {
  status: number
  headers: Headers
  text: string
  json: unknown
}

/** Sends one request with valid keys and reads its answer to the end; redirects are not followed. */
export async function call(
  service: Service,
  method: string,
  path: string,
  headers: Record<string, string> = keyHeaders(),
  body?: string,
): Promise<Seen> {
  const response = await fetch(service.url + path, {
    method,
    headers: { ...OWN_CONNECTION, ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as unknown) : undefined,
  }
}

export const unpin = (service: Service, pinId: string): Promise<Seen> =>
  call(service, 'DELETE', `/api/pinning/unpin/${pinId}`)

export const read = (service: Service, pinId: string): Promise<Seen> =>
  call(service, 'GET', `/api/pinning/${pinId}`)

export const list = (service: Service, query = ''): Promise<Seen> =>
  call(service, 'GET', `/api/pinning/pins/${query}`)

/** @param body sent as JSON; a string as it is */
export function pinByHash(service: Service, body: unknown, keys?: KeyPair): Promise<Seen> {
  return call(
    service,
    'POST',
    '/api/pinning/pinByHash',
    keyHeaders(keys),
    typeof body === 'string' ? body : JSON.stringify(body),
  )
}

/** Everything the service sends on a connection of its own in answer to one DELETE, and how the connection ended. */
export interface Wire {
  text: string
  end: 'open' | 'closed' | 'reset'
}

/**
 * Sends a DELETE over bare TCP and gathers what comes back until the connection ends or `until` is satisfied; in the latter case the
 * client leaves.
 */
export function unpinOverTcp(
  service: Service,
  pinId: string,
  until: (text: string) => boolean = () => false,
): Promise<Wire> {
  const { pathname } = new URL(service.url)
  const base = pathname === '/' ? '' : pathname
  const headers = Object.entries({ Host: 'localhost', ...keyHeaders() })
  const lines = [
    `DELETE ${base}/api/pinning/unpin/${pinId} HTTP/1.1`,
    ...headers.map((pair) => pair.join(': ')),
  ]
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(service.port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      if (!until(text)) return
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

/** Starts a request with `node:http` or one of its kin; resolves with the response once its headers are there. */
export function open(
  url: string,
  options: RequestOptions,
  request: (url: string, options: RequestOptions) => ClientRequest = httpRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, options).on('response', resolve).on('error', reject).end()
  })
}

/** Waits until something that happens on the other end of a connection has happened. */
export async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1))
}
