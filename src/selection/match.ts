import { isObject } from '../json.ts'
import type { JsonObject } from '../types.ts'
import type { CanonicalCid, Criteria, Protection } from '../criteria.ts'
import { matchesName } from './name-pattern.ts'

/** Why a record matches, or `null` when it does not. Age and number are not looked at here. */
export function whyMatched(
  record: JsonObject,
  criteria: Criteria,
  canonicalCid: CanonicalCid,
): string | null {
  const reasons: string[] = []
  if (criteria.cids !== null) {
    const cid = cidOf(record, canonicalCid)
    if (cid === null || !criteria.cids.has(cid)) return null
    reasons.push('its CID')
  }
  if (criteria.names !== null) {
    const name = nameOf(record)
    const pattern =
      name === null ? undefined : criteria.names.find((candidate) => matchesName(candidate, name))
    if (pattern === undefined) return null
    reasons.push(`the name "${pattern}"`)
  }
  for (const [key, value] of criteria.keyvalues) {
    if (valueOf(record, key) !== value) return null
    reasons.push(`${key}=${value}`)
  }
  return `matched by ${reasons.join(' and ')}`
}

/** Why a record must stay, or `null`. In doubt it stays. */
export function whyProtected(
  record: JsonObject,
  protect: Protection,
  canonicalCid: CanonicalCid,
): string | null {
  const { id } = record
  if (typeof id === 'string' && protect.pinIds.has(id.toLowerCase())) return 'protected by its ID'
  if (protect.cids.size > 0) {
    const cid = cidOf(record, canonicalCid)
    if (cid === null)
      return 'protected, because `protect` names CIDs and this record has none that can be read'
    if (protect.cids.has(cid)) return 'protected by its CID'
  }
  const name = nameOf(record)
  const pattern = name === null ? undefined : protect.names.find((candidate) => matchesName(candidate, name))
  return pattern === undefined ? null : `protected by the name "${pattern}"`
}

function cidOf({ cid }: JsonObject, canonicalCid: CanonicalCid): string | null {
  return typeof cid === 'string' ? canonicalCid(cid) : null
}

function nameOf({ metadata }: JsonObject): string | null {
  return isObject(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : null
}

/** Looked up in `metadata.keyvalues`, else at the top of `metadata`: the documents show both. */
function valueOf({ metadata }: JsonObject, key: string): string | null {
  if (!isObject(metadata)) return null
  const { keyvalues } = metadata
  const holder = isObject(keyvalues) && Object.hasOwn(keyvalues, key) ? keyvalues : metadata
  const value = Object.hasOwn(holder, key) ? holder[key] : undefined
  if (typeof value === 'string') return value
  // Beyond 2^53 the number is no longer the one that the service wrote, and could be taken for another.
  const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
  return exact || typeof value === 'boolean' ? JSON.stringify(value) : null
}
