import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canonicalCid } from '../../../src/pin/cid.ts'
import { growth } from '../../support/growth.ts'
import { PIN_ID } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

const V0 = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const V1 = 'bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34'

test.each(['dag-pb', 'raw'] as const)('every spelling of one content is one CID: %s', (codec) => {
  const spellings = spellingsOf(1, codec)
  const base32 = spellings.find((text) => text.startsWith('b'))
  expect(spellings.map(canonicalCid)).toEqual(spellings.map(() => base32))
})

test('another content, and another codec, is another CID', () => {
  const all = [...spellingsOf(1), ...spellingsOf(2), ...spellingsOf(1, 'raw')]
  expect(new Set(all.map(canonicalCid)).size).toBe(3)
})

const BROKEN = [V0.slice(0, -1), `${V0}a`, V0.replace('Y', '0'), V0.replace('Y', 'l'), ` ${V0}`, `${V0}\n`]
const AROUND = [
  `z${V0}`,
  `/ipfs/${V0}`,
  `ipfs://${V1}`,
  PIN_ID,
  '',
  'Q',
  'Qm',
  'main',
  'b',
  'f',
  '🚀',
  '__proto__',
]
const BROKEN_V1 = [V1.slice(0, -1), `${V1}a`, V1.replace('bafy', 'baf1'), V1.replace('bafy', 'baf')]

test.each([...BROKEN, ...BROKEN_V1, ...AROUND])('%j is not a CID', (text) =>
  expect(canonicalCid(text)).toBeNull(),
)

test('no text makes the parser throw, and the canonical CID of a CID is itself', () => {
  const near = fc
    .tuple(fc.constantFrom(...spellingsOf(1)), fc.nat(100), fc.string({ maxLength: 3 }))
    .map(([cid, at, text]) => cid.slice(0, at) + text)
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (text) => {
      const read = canonicalCid(text)
      if (read !== null) expect(canonicalCid(read)).toBe(read)
    }),
    { numRuns: 1000 },
  )
})

test.each(['Qm', 'z', 'k', 'b', 'f', 'u'])(
  'a text that begins with %s is refused in no time, however long',
  (prefix) => {
    expect(canonicalCid(prefix + 'a'.repeat(1025))).toBeNull()
    expect(growth(100_000, (size) => canonicalCid(prefix + 'a'.repeat(size)))).toBeLessThan(150)
  },
)
