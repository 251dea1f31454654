import type { Account } from './account.ts'
import { type Answer, json, notThisService, recordAnswer, refusal, success } from './answers.ts'
import { mayUse } from './keys.ts'
import { BadQuery, readListQuery } from './listing.ts'
import { isPinId, type Route } from './routes.ts'
import type { KeyPair, Scope } from './types.ts'

export interface Call {
  method: string
  route: Route
  keys: KeyPair
  account: Account
  largestPage: number
  /** Empty unless the endpoint takes a body. */
  body: string
  /** Answer an unpin as if it were done, without doing it. */
  keep: boolean
}

/** The scopes are documented by name only; that reading one pin takes the scope of the list is inferred. */
const NEEDED: Record<Exclude<Route['name'], 'elsewhere'>, { method: string; scope: Scope }> = {
  'pin-by-hash': { method: 'POST', scope: 'pinning.pin_by_hash' },
  unpin: { method: 'DELETE', scope: 'pinning.unpin' },
  read: { method: 'GET', scope: 'data.pin_list' },
  list: { method: 'GET', scope: 'data.pin_list' },
  'list-without-slash': { method: 'GET', scope: 'data.pin_list' },
}

/** The text of a Go database library that the vendor's dashboard knows. */
function recordNotFound(): Answer {
  return refusal(404, 'record not found')
}

function unpin({ account, keep }: Call, pinId: string): Answer {
  const before = account.find(pinId)
  if (before?.pinned !== true) return recordNotFound()
  if (!keep) account.unpin(pinId)
  // The documented answer shows the record as it stood before: still `pinned: true`, with a zero `date_unpinned`.
  return recordAnswer(before)
}

function read({ account }: Call, pinId: string): Answer {
  const record = account.find(pinId)
  return record === undefined ? recordNotFound() : recordAnswer(record)
}

function list({ account, largestPage }: Call, query: URLSearchParams): Answer {
  try {
    return success(account.listing.page(readListQuery(query, largestPage)))
  } catch (error) {
    if (error instanceof BadQuery) return refusal(400, error.message)
    throw error
  }
}

/** The forms of a CID that occur here: version 0, and version 1 in base32. */
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{40,})$/

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The answer to a second pin and `invalid cid: …` are texts that the vendor's clients know; the rest is not documented. */
function pinByHash({ account, body }: Call): Answer {
  let wanted: unknown
  try {
    wanted = JSON.parse(body)
  } catch {
    return refusal(400, 'The body is not JSON')
  }
  if (!isObject(wanted)) return refusal(400, 'The body is not a JSON object')
  const { hash_to_pin: cid, metadata = {} } = wanted
  if (typeof cid !== 'string' || !CID.test(cid)) return refusal(400, `invalid cid: ${String(cid)}`)
  if (!isObject(metadata)) return refusal(400, 'metadata is not an object')
  if (account.holdsContent(cid)) return refusal(409, 'Pin with that hash already exists')
  return recordAnswer(account.pinByHash(cid, metadata))
}

/** What the service itself does and says: effect and answer of one request that is authenticated and within the limit. */
export function serve(call: Call): Answer {
  const { route, method, keys } = call
  if (route.name === 'elsewhere') return notThisService()

  const needed = NEEDED[route.name]
  if (method !== needed.method) return refusal(405, 'Method Not Allowed', { Allow: needed.method })
  if (!mayUse(keys, needed.scope)) return refusal(403, `This API key lacks the scope ${needed.scope}`)

  switch (route.name) {
    case 'list':
      return list(call, route.query)
    case 'list-without-slash':
      return json(308, { message: 'Permanent Redirect' }, { Location: route.location })
    case 'pin-by-hash':
      return pinByHash(call)
    case 'unpin':
    case 'read':
      if (!isPinId(route.pinId)) return refusal(400, `validate: ${route.pinId} is not a UUID`)
      return route.name === 'unpin' ? unpin(call, route.pinId) : read(call, route.pinId)
  }
}
