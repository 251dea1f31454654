import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Account, Wanted } from './account.ts'
import { isUnpinned } from './account.ts'
import { type Answer, answer, changed, notThisService, recordAnswer, refusal, success } from './answers.ts'
import { BadQuery, readListQuery } from './listing.ts'
import { isPinId, type Route } from './routes.ts'
import type { Deviations, KeyPair, Point, Scope } from './types.ts'

export interface Call {
  method: string
  route: Route
  keys: KeyPair
  account: Account
  largestPage: number
  deviate: Partial<Deviations>
  /** What a POST wants pinned; a text says why it is refused. */
  wanted: Wanted | string
  /** Answer an unpin as if it were done, without doing it. */
  keep: boolean
}

/** The scopes are documented by name only; that reading one pin takes the scope of the list is inferred. */
const NEEDED: Record<Exclude<Route['name'], 'elsewhere'>, { method: string; scope?: Scope }> = {
  testKeys: { method: 'GET' },
  pin: { method: 'POST', scope: 'pinning.pin_file_to_ipfs' },
  pinByHash: { method: 'POST', scope: 'pinning.pin_by_hash' },
  unpin: { method: 'DELETE', scope: 'pinning.unpin' },
  read: { method: 'GET', scope: 'data.pin_list' },
  list: { method: 'GET', scope: 'data.pin_list' },
  listWithoutSlash: { method: 'GET', scope: 'data.pin_list' },
}

/** The forms of a CID that occur here: version 0, and version 1 in base32. */
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{40,})$/

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of the refusals, `invalid cid: …` is a text that the vendor's clients know; the rest is not documented. */
export async function readWanted(route: Route, request: IncomingMessage): Promise<Wanted | string> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const body = new Response(await buffer(request), { headers })
  try {
    if (route.name === 'pin') {
      const form = await body.formData()
      const file = form.get('file')
      const text = form.get('metadata') ?? '{}'
      const metadata: unknown = typeof text === 'string' && JSON.parse(text)
      if (typeof file !== 'object' || file === null || !isObject(metadata)) return 'file or metadata is wrong'
      return { content: Buffer.from(await file.arrayBuffer()), metadata }
    }
    const { hash_to_pin: cid, metadata = {} } = (await body.json()) as Record<string, unknown>
    if (typeof cid !== 'string' || !CID.test(cid)) return `invalid cid: ${String(cid)}`
    return isObject(metadata) ? { cid, metadata } : 'metadata is not an object'
  } catch {
    return 'The body cannot be read'
  }
}

function onePin({ account, keep }: Call, name: 'read' | 'unpin', pinId: string): [Point, Answer] {
  if (!isPinId(pinId)) return [`${name}Malformed`, refusal(400, `validate: ${pinId} is not a UUID`)]
  // The text of a Go database library that the vendor's dashboard knows.
  const notFound = refusal(404, 'record not found')
  const record = account.find(pinId)
  if (record === undefined) return [`${name}Unknown`, notFound]
  if (isUnpinned(record)) return [`${name}Unpinned`, name === 'read' ? recordAnswer(record) : notFound]
  if (name === 'unpin' && !keep) account.unpin(pinId)
  // The documented answer to an unpin shows the record as it stood before: still `pinned: true`, with a zero `date_unpinned`.
  return [name, recordAnswer(record)]
}

function list({ account, largestPage, deviate }: Call, query: URLSearchParams): Answer {
  for (const name of deviate.ignores ?? []) query.delete(name)
  try {
    const page = account.listing.page(readListQuery(query, largestPage))
    return { ...success(page), page }
  } catch (error) {
    if (error instanceof BadQuery) return refusal(400, error.message)
    throw error
  }
}

function pin({ account, wanted }: Call, status: number): [Point, Answer] {
  if (typeof wanted === 'string') return ['pin', refusal(400, wanted)]
  const record = account.pin(wanted)
  if (record === undefined) return ['pinAgain', refusal(409, 'Pin with that hash already exists')]
  return ['pin', recordAnswer(record, status)]
}

function decide(call: Call, route: Exclude<Route, { name: 'elsewhere' }>): [Point, Answer] {
  switch (route.name) {
    case 'testKeys':
      return ['testKeys', answer(200, { message: 'Congratulations! The keys are good.' })]
    case 'list':
      return ['list', list(call, route.query)]
    case 'listWithoutSlash':
      return ['listWithoutSlash', answer(308, { message: 'Permanent Redirect' }, { Location: route.location })]
    case 'pin':
      return pin(call, 201)
    case 'pinByHash':
      return pin(call, 200)
    case 'unpin':
    case 'read':
      return onePin(call, route.name, route.pinId)
  }
}

/** What the service itself does and says: effect and answer of one request that is authenticated and within the limit. */
export function serve(call: Call): Answer {
  const { route, method, keys, deviate } = call
  if (route.name === 'elsewhere') return notThisService()
  const needed = NEEDED[route.name]
  if (method !== needed.method) return refusal(405, 'Method Not Allowed', { Allow: needed.method })
  const { scope } = needed
  const allowed = scope === undefined || keys.scopes.includes(scope) || keys.scopes.includes('admin')
  const [point, usual] = allowed
    ? decide(call, route)
    : (['noScope', refusal(403, `This API key lacks the scope ${scope}`)] as const)
  return changed(usual, deviate[point])
}
