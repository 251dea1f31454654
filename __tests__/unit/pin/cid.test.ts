import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canonicalCid } from '../../../src/pin/cid.ts'
import { makePin } from '../../../testing/service/index.ts'
import { growth } from '../../support/growth.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

const V0 = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const V1 = 'bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34'

test('v0 and v1 of one content are one CID', () => {
  expect([canonicalCid(V0), canonicalCid(V1)]).toEqual([V1, V1])
})

test('what the embedded service calls a `cid` is one', () => {
  expect(canonicalCid(makePin({}, 1).cid)).toMatch(/^bafybei/)
})

test.each(['dag-pb', 'raw'] as const)('every spelling of one content is one CID: %s', (codec) => {
  const spellings = spellingsOf(1, codec)
  const base32 = spellings.find((text) => text.startsWith('b'))
  expect(spellings.map(canonicalCid)).toEqual(spellings.map(() => base32))
})

test('another content, and another codec, is another CID', () => {
  const all = [...spellingsOf(1), ...spellingsOf(2), ...spellingsOf(1, 'raw')]
  expect(new Set(all.map(canonicalCid)).size).toBe(3)
})

describe('a text that is not a CID', () => {
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
    'b',
    'f',
    '🚀',
    '__proto__',
  ])('is %j', (text) => {
    expect(canonicalCid(text)).toBeNull()
  })

  test('never makes the parser throw', () => {
    const near = fc
      .constantFrom(...spellingsOf(1))
      .chain((cid) =>
        fc
          .tuple(fc.nat(cid.length), fc.string({ maxLength: 3 }))
          .map(([at, text]) => cid.slice(0, at) + text),
      )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (text) => {
        const read = canonicalCid(text)
        if (read !== null) expect(canonicalCid(read)).toBe(read)
      }),
      { numRuns: 1000 },
    )
  })

  test.each(['Qm', 'z', 'k', 'b', 'f', 'u'])('takes no time, however long: %s…', (prefix) => {
    const long = prefix + 'a'.repeat(1025)
    expect(canonicalCid(long)).toBeNull()
    expect(growth(100_000, (size) => canonicalCid(prefix + 'a'.repeat(size)))).toBeLessThan(150)
  })
})
