import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canonicalCid } from '../../src/cid.ts'
import { makePin } from '../../testing/service/index.ts'
import { growth } from '../support/growth.ts'
import { spellingsOf } from '../support/selection-accounts.ts'

const V0 = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const V1 = 'bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34'

test('v0 and v1 of one content are one CID', () => {
  expect(canonicalCid(V0)).toBe(V1)
  expect(canonicalCid(V1)).toBe(V1)
})

test.each([...spellingsOf(1), ...spellingsOf(1, 'raw')])('every multibase is understood: %s', (spelling) => {
  const codec = spellingsOf(1).includes(spelling) ? 'dag-pb' : 'raw'
  expect(canonicalCid(spelling)).toBe(spellingsOf(1, codec).find((text) => text.startsWith('b')))
})

test('spellings of different contents, or of one content under another codec, are different CIDs', () => {
  const all = [spellingsOf(1), spellingsOf(2), spellingsOf(1, 'raw')]
  const canonical = all.map((spellings) => [...new Set(spellings.map(canonicalCid))])
  for (const one of canonical) expect(one).toHaveLength(1)
  expect(new Set(canonical.flat()).size).toBe(3)
})

test.each([
  V1.toUpperCase().replace('B', 'b'),
  V1.replace('nqv6', 'NQV6'),
  spellingsOf(1)
    .find((text) => text.startsWith('f'))
    ?.toUpperCase()
    .replace('F', 'f') ?? '',
])('a spelling in another case, where it is understood, is still the same CID: %s', (text) => {
  expect([null, V1, canonicalCid(spellingsOf(1)[0] ?? '')]).toContain(canonicalCid(text))
})

test('what the service calls a `cid` is one', () => {
  for (let seed = 0; seed < 50; seed += 1) expect(canonicalCid(makePin({}, seed).cid)).toMatch(/^bafybei/)
})

describe('is no CID', () => {
  test.each([
    '',
    'Q',
    'Qm',
    V0.slice(0, -1),
    `${V0}a`,
    V0.replace('Y', '0'),
    V0.replace('Y', 'l'),
    V1.slice(0, -1),
    `${V1}a`,
    V1.replace('bafy', 'baf1'),
    V1.replace('bafy', 'baf'),
    `z${V0}`,
    ` ${V0}`,
    `${V0}\n`,
    `/ipfs/${V0}`,
    `ipfs://${V1}`,
    'e5c4456d-5e5c-465d-a02a-3a536fc6e718',
    'main',
    'release-1',
    'b',
    'f',
    'u',
    '🚀',
    '\u0000',
    '__proto__',
    'constructor',
  ])('%j', (text) => {
    expect(canonicalCid(text)).toBeNull()
  })

  test('nothing that the service may write ever throws', () => {
    const near = fc
      .constantFrom(...spellingsOf(1), V0)
      .chain((cid) =>
        fc
          .tuple(fc.nat(cid.length), fc.string({ maxLength: 3 }))
          .map(([at, text]) => cid.slice(0, at) + text),
      )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), near), (text) => {
        const read = canonicalCid(text)
        if (read === null) return
        expect(read).toMatch(/^b[a-z2-7]+$/)
        expect(canonicalCid(read)).toBe(read)
      }),
      { numRuns: 2000 },
    )
  })
})

test.each(['Qm', 'z', 'Z', 'k', 'K', '9', 'b', 'f', 'u', '0'])(
  'a record whose `cid` is a whole body long holds nothing up: %s…',
  (prefix) => {
    const digit = { '9': '7', '0': '1' }[prefix] ?? 'a'
    expect(canonicalCid(prefix + digit.repeat(30_000))).toBeNull()
    expect(growth(100_000, (size) => canonicalCid(prefix + digit.repeat(size)))).toBeLessThan(150)
  },
)
