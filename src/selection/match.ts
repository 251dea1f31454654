import type { PinRecord } from '../pin/record.ts'
import type { CanonicalCid, Criteria } from './criteria.ts'
import { matchesName } from './name-pattern.ts'

/** Why a record matches, or `null` when it does not. Age and number are not looked at here. */
export function whyMatched(record: PinRecord, criteria: Criteria, canonicalCid: CanonicalCid): string | null {
  const { cid, name, keyvalues } = record
  const reasons: string[] = []
  if (criteria.cids !== null) {
    const canonical = cid === null ? null : canonicalCid(cid)
    if (canonical === null || !criteria.cids.has(canonical)) return null
    reasons.push('its CID')
  }
  if (criteria.names.kind === 'any-pin') reasons.push('`(any)`')
  if (criteria.names.kind === 'patterns') {
    const pattern = name === null ? undefined : criteria.names.patterns.find((one) => matchesName(one, name))
    if (pattern === undefined) return null
    reasons.push(`the name "${pattern}"`)
  }
  for (const [key, value] of criteria.keyvalues) {
    if (keyvalues.get(key) !== value) return null
    reasons.push(`${key}=${value}`)
  }
  return `matched by ${reasons.join(' and ')}`
}
