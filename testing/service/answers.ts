import type { Change, Page, PinRecord } from './types.ts'

/** A whole answer before it goes on the wire. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
  /** What is inside, where the answer is about one pin or is a page of the list. */
  record?: PinRecord
  page?: Page
}

/** An answer with a body as it is, or as JSON where it is neither text nor bytes. */
export function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): Answer {
  if (Buffer.isBuffer(body)) return { status, headers, body }
  if (typeof body === 'string') return { status, headers, body: Buffer.from(body) }
  const typed = { 'Content-Type': 'application/json; charset=utf-8', ...headers }
  return { status, headers: typed, body: Buffer.from(JSON.stringify(body)) }
}

/** The envelope of everything that worked. */
export function success(data: unknown, status = 200): Answer {
  return answer(status, { data, status: 'success' })
}

/** The envelope around one record. */
export function recordAnswer(record: PinRecord, status = 200): Answer {
  return { ...success(record, status), record }
}

/** A refusal: no error envelope is documented, the vendor's clients read `status` and a top-level `message`. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return answer(status, { status: 'error', message }, headers)
}

/** What a host that is not this service says of a path it does not know. */
export function notThisService(): Answer {
  const body = '<!doctype html>\n<title>404 Not Found</title>\n<h1>404 Not Found</h1>\n'
  return answer(404, body, { 'Content-Type': 'text/html; charset=utf-8' })
}

export function changed(usual: Answer, { status = usual.status, headers, ...change }: Change = {}): Answer {
  let other = usual
  if ('body' in change) other = answer(status, change.body)
  else if (change.record && usual.record) other = success(change.record(usual.record))
  else if (change.page && usual.page) other = success(change.page(usual.page))
  return { ...other, status, headers: { ...other.headers, ...headers } }
}
