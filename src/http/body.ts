import type { IncomingMessage } from 'node:http'
import { isObject, type JsonObject } from '../json.ts'

/** The largest body read; the documented answers are below 1 KiB a record. */
export const BODY_LIMIT = 1024 * 1024

/** A body that arrived whole. `unusable` says in words why it is not a JSON object. */
export type Body =
  | { kind: 'json'; object: JsonObject }
  | { kind: 'too-large'; problem: string }
  | { kind: 'unusable'; problem: string }

/**
 * Reads the body of an answer.
 *
 * The toolkit's `readBody` is not used: it has no limit, and it never settles when the body is cut.
 *
 * @throws Error when the body ends before its declared end or the connection breaks.
 */
export async function readBody(message: IncomingMessage): Promise<Body> {
  const encoding = message.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    // An unread body would keep its connection, and with it the process, alive.
    message.destroy()
    return unusable('a body in a content encoding that was not asked for')
  }
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    message.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= BODY_LIMIT) chunks.push(chunk)
      else {
        message.destroy()
        resolve({ kind: 'too-large', problem: `a body of over ${BODY_LIMIT / 1024 / 1024} MiB` })
      }
    })
    // The last event in any case, https://nodejs.org/api/stream.html#event-close_1
    message.on('close', () => {
      if (message.complete) resolve(parseBody(Buffer.concat(chunks)))
      else reject(new Error('the body was cut short'))
    })
  })
}

/** Reads bytes as a UTF-8 JSON object. Bytes that are not UTF-8 are refused, not replaced. */
export function parseBody(bytes: Buffer): Body {
  if (bytes.length === 0) return unusable('an empty body')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return unusable('a body that is not UTF-8')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return unusable(/^\s*</.test(text) ? 'HTML or XML instead of JSON' : 'a body that is not JSON')
  }
  return isObject(value) ? { kind: 'json', object: value } : unusable('JSON that is not an object')
}

function unusable(problem: string): Body {
  return { kind: 'unusable', problem }
}
