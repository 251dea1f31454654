import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { isObject, type JsonObject } from '../json.ts'

type Redact = (text: string) => string

/** The largest body read, unpacked or not. A page of 100 records has about 100 KiB. */
export const BODY_LIMIT = 8 * 1024 * 1024
/** Characters of an answer that is not JSON that a person is shown. */
const FIRST_WORDS = 100

/**
 * The body of an answer. `not-json` says in words why it is not a JSON object, and shows how it begins: that tells a person whose answer
 * it is.
 */
export type Body =
  { kind: 'json'; object: JsonObject; bytes: number } | { kind: 'not-json'; problem: string; begins: string }

/**
 * Reads the body of an answer. Keys are removed before a text is cut, because a part of a key would not be found. The toolkit's
 * `readBody` has no limit and never settles when the body is cut.
 * @throws Error when the body ends before its declared end or the connection breaks.
 */
export function readBody(message: IncomingMessage, redact: Redact): Promise<Body> {
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    message.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= BODY_LIMIT) chunks.push(chunk)
      // The connection is closed after that (`send.ts`).
      else resolve(TOO_LARGE)
    })
    // The last event in any case, https://nodejs.org/api/stream.html#event-close_1
    message.on('close', () => {
      if (message.complete) resolve(decode(Buffer.concat(chunks), redact, message.headers['content-encoding']))
      else reject(new Error('the answer was cut short'))
    })
  })
}

const TOO_LARGE = notJson(`a body of over ${BODY_LIMIT / 1024 / 1024} MiB`)

/** Every request asks for `identity`. Some proxies send gzip all the same. */
function decode(bytes: Buffer, redact: Redact, encoding = ''): Body {
  const name = encoding.toLowerCase()
  if (name === '' || name === 'identity') return parseBody(bytes, redact)
  if (name !== 'gzip' && name !== 'x-gzip') return notJson('a body in a content encoding that was not asked for')
  try {
    return parseBody(gunzipSync(bytes, { maxOutputLength: BODY_LIMIT }), redact)
  } catch (error) {
    return error instanceof RangeError ? TOO_LARGE : notJson('a body that is not valid gzip')
  }
}

/** Reads bytes as a UTF-8 JSON object. Bytes that are not UTF-8 are refused, not replaced. */
export function parseBody(bytes: Buffer, redact: Redact): Body {
  if (bytes.length === 0) return notJson('an empty body')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return notJson('a body that is not UTF-8')
  }
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value)
      ? { kind: 'json', object: value, bytes: bytes.length }
      : notJson('JSON that is not an object', redact(text))
  } catch {
    return notJson(/^\s*</.test(text) ? 'HTML instead of JSON' : 'text instead of JSON', redact(text))
  }
}

function notJson(problem: string, text = ''): Body {
  // Of HTML, what a browser would show.
  const shown = text
    .slice(0, 8192)
    .replace(/<(script|style|head)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { kind: 'not-json', problem, begins: shown.slice(0, FIRST_WORDS) }
}
