import type { HttpResponse, SendResult } from '../../src/http/send.ts'

/** A pin as the modelled service knows it. */
export interface ModelPin {
  id: string
  gone: 'no' | 'by this run' | 'by another client'
}

/** One thing that a request can come to. */
export interface Reply {
  name: string
  result(pin: ModelPin): SendResult
  /** What a `DELETE` may have done when this comes back: removed the pin (`true`) or nothing (`false`). */
  removes: readonly boolean[]
  /** Says that the pin is gone. The modelled service never lies about that. */
  gone: boolean
  /** The answer is lost: the request may have been carried out, and nothing whole came back. */
  lost: boolean
  /** The request must be sent again while there is time. */
  retried: boolean
  /** How long the service asks every request to wait. */
  holdsMs: number
  /** A server that is not the AIOZ Pin API sends this too. */
  anyServer: boolean
}

const ONCE = { removes: [false], gone: false, lost: false, retried: false, holdsMs: 0, anyServer: false }
const EITHER = { removes: [false, true] }
const AGAIN = { retried: true }
const LOST = { ...EITHER, ...AGAIN, lost: true }
const GONE = { gone: true }
const ANY_SERVER = { anyServer: true }

function reply(name: string, result: SendResult | Reply['result'], more: Partial<Reply> = {}): Reply {
  return { ...ONCE, name, result: typeof result === 'function' ? result : () => result, ...more }
}

function answer(status: number, body: HttpResponse['body'], headers: Partial<HttpResponse> = {}): SendResult {
  return { kind: 'answered', response: { status, body, location: null, retryAfter: null, ...headers } }
}

function json(status: number, object: Record<string, unknown>, headers?: Partial<HttpResponse>): SendResult {
  return answer(status, { kind: 'json', object }, headers)
}

function html(status: number): SendResult {
  return answer(status, { kind: 'unusable', problem: 'HTML or XML instead of JSON' })
}

function redirect(location: string | null): SendResult {
  return answer(307, { kind: 'unusable', problem: 'a redirect' }, { location })
}

function lost(status: number | null, retryAfter: string | null): SendResult {
  return { kind: 'lost', why: 'the connection broke', status, retryAfter }
}

function recordOf({ id }: { id: string }, fields: object = {}): Record<string, unknown> {
  // The pins are pinned one day after the other.
  const date = `2026-01-0${id.slice(-1)}T03:04:05Z`
  return { id, pinned: true, status: 'DONE', metadata: { name: 'a' }, date_pinned: date, ...fields }
}

function record(pin: { id: string }, fields: object = {}): SendResult {
  return json(200, { status: 'success', data: recordOf(pin, fields) })
}

/** The documented answer of the list. */
export function rows(pins: readonly ModelPin[], url: URL): Reply {
  const [offset, limit] = ['offset', 'limit'].map((name) => Number(url.searchParams.get(name))) as [
    number,
    number,
  ]
  const page = pins.slice(offset, offset + limit).map((pin) => recordOf(pin))
  return reply(
    'the rows',
    json(200, { status: 'success', data: { totals: { files: pins.length }, pins: page } }),
  )
}

const ANOTHER = { id: 'ffffffff-ffff-4fff-8fff-fffffffffff9' }
const NOT_FOUND = { message: 'record not found' }
const REFUSED = { status: 'error', message: 'User not enough balance' }
const RETRIEVED = { pinned: false, status: 'RETRIEVAL' }
const COLLECTED = { pinned: false, status: 'gcDone' }
const UNPINNED = { pinned: false, status: 'unpinNormally', date_unpinned: '2026-02-03T04:05:06Z' }

/** What every request can come to. */
const ANY = [
  reply('404, other JSON', json(404, { message: 'no Route matched' }), { ...GONE, ...ANY_SERVER }),
  reply('404, HTML', html(404), ANY_SERVER),
  reply('401', json(401, REFUSED)),
  reply('403', json(403, REFUSED)),
  reply('200, other JSON', json(200, { ok: true }), EITHER),
  reply('500', json(500, REFUSED), LOST),
  reply('lost', lost(null, null), { ...LOST, ...ANY_SERVER }),
  reply('503 that asks for 1 h', json(503, REFUSED, { retryAfter: '3600' }), {
    ...AGAIN,
    holdsMs: 3_600_000,
  }),
  reply('a connection refused', { kind: 'unsent', why: 'refused' }, { ...AGAIN, ...ANY_SERVER }),
  reply('a certificate that does not verify', { kind: 'untrusted', why: 'self-signed' }, ANY_SERVER),
]

/** What every request for one pin can come to as well. */
const FOR_A_PIN = [
  ...ANY,
  reply('404, record not found', json(404, NOT_FOUND), GONE),
  reply('500, record not found', json(500, NOT_FOUND), GONE),
  reply('400', json(400, REFUSED)),
  reply('304', answer(304, { kind: 'unusable', problem: 'an empty body' })),
  reply('200, the record of another pin', record(ANOTHER), EITHER),
  reply('200, an envelope that says no', json(200, REFUSED)),
  reply('200, an envelope that says no and not why', json(200, { status: 'error' })),
  reply('200, an envelope without a status', (pin) => json(200, { data: recordOf(pin) }), EITHER),
  reply('200, a record without its envelope', (pin) => json(200, recordOf(pin)), EITHER),
  reply('204', answer(204, { kind: 'unusable', problem: 'an empty body' }), EITHER),
  reply('200, HTML', html(200), LOST),
  reply('lost in a 503 that asks for 7 s', lost(503, '7'), { ...LOST, holdsMs: 7000 }),
  reply('408', json(408, REFUSED), AGAIN),
  reply('429', json(429, REFUSED), AGAIN),
  reply('429 that asks for 40 s', json(429, REFUSED, { retryAfter: '40' }), { ...AGAIN, holdsMs: 40_000 }),
  reply('503', html(503), { ...AGAIN, ...ANY_SERVER }),
  reply('a redirect to another server', redirect('https://elsewhere.example/'), ANY_SERVER),
  reply('a redirect to another pin', redirect(`/api/pinning/unpin/${ANOTHER.id}`)),
]

export const REPLIES = {
  delete: [
    ...FOR_A_PIN,
    reply('success', record, { removes: [true] }),
    // What `verify` is for.
    reply('success without removing', record),
    reply('a redirect within the server', ({ id }) => redirect(`/moved/api/pinning/unpin/${id}/`)),
  ],
  read: [
    ...FOR_A_PIN,
    reply('its record', record),
    reply('its record, being retrieved', (pin) => record(pin, RETRIEVED)),
    reply('its record, unpinned', (pin) => record(pin, UNPINNED), GONE),
    reply('its record, collected', (pin) => record(pin, COLLECTED), GONE),
  ],
  list: [
    ...ANY,
    reply('403, HTML', html(403), ANY_SERVER),
    reply('a page too large', answer(200, { kind: 'too-large', problem: 'a body of over 1 MiB' })),
  ],
}
