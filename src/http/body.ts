import type { IncomingMessage } from 'node:http'
import type { JsonObject } from '../types.ts'

/** The largest body read; the documented answers are below 1 KiB a record. */
export const BODY_LIMIT = 1024 * 1024

/** A body that arrived whole: the JSON object it is, or why it is none. */
export type Body = { object: JsonObject } | { problem: string }

/**
 * Reads an answer's body.
 *
 * The toolkit's `readBody` is not used: it has no limit and never settles when the body is cut.
 *
 * @throws Error when the body ends before its declared end or the connection breaks.
 */
export async function readBody(message: IncomingMessage): Promise<Body> {
  const encoding = message.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    return discard(message, 'a body in a content encoding that was not asked for')
  }
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    message.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > BODY_LIMIT) resolve(discard(message, `a body of over ${BODY_LIMIT / 1024 / 1024} MiB`))
      else chunks.push(chunk)
    })
    // The last event in any case, https://nodejs.org/api/stream.html#event-close_1
    message.on('close', () => {
      if (message.complete) resolve(parseObject(Buffer.concat(chunks)))
      else reject(new Error('the body was cut short'))
    })
  })
}

/** Reads bytes as a UTF-8 JSON object; bytes that are no UTF-8 are refused rather than replaced. */
export function parseObject(bytes: Buffer): Body {
  if (bytes.length === 0) return { problem: 'an empty body' }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problem: 'a body that is not UTF-8' }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: /^\s*</.test(text) ? 'HTML or XML in place of JSON' : 'a body that is not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'JSON that is not an object' }
  }
  return { object: value as JsonObject }
}

/** An unread body would keep its connection, and with it the process, alive. */
function discard(message: IncomingMessage, problem: string): Body {
  message.destroy()
  return { problem }
}
