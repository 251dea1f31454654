import type { PinRecord } from './types.ts'

/** A whole answer before it goes on the wire. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
  /** The record inside, where the answer is about one pin. */
  record?: PinRecord
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  }
}

/** The envelope of everything that worked. */
export function success(data: unknown): Answer {
  return json(200, { data, status: 'success' })
}

/** The envelope around one record. */
export function recordAnswer(record: PinRecord): Answer {
  return { ...success(record), record }
}

/** A refusal: no error envelope is documented, the vendor's clients read `status` and a top-level `message`. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return json(status, { status: 'error', message }, headers)
}

/** What a host that is not this service says of a path it does not know. */
export function notThisService(): Answer {
  return {
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: Buffer.from('<!doctype html>\n<title>404 Not Found</title>\n<h1>404 Not Found</h1>\n'),
  }
}
