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
  /** Answer an unpin as if it were done, without doing it. */
  keep: boolean
}

/** The scopes are documented by name only; that reading one pin takes the scope of the list is inferred. */
const NEEDED: Record<'unpin' | 'read' | 'list' | 'list-without-slash', { method: string; scope: Scope }> = {
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
    case 'unpin':
    case 'read':
      if (!isPinId(route.pinId)) return refusal(400, `validate: ${route.pinId} is not a UUID`)
      return route.name === 'unpin' ? unpin(call, route.pinId) : read(call, route.pinId)
  }
}
