import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { base32 } from 'multiformats/bases/base32'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { canonicalCid, parsePinId } from '../../../src/pin/ids.ts'
import { growth } from '../../support/growth.ts'
import { PIN_ID } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

const [V0 = '', V1 = ''] = spellingsOf(1)

test('a UUID in any letter case is a pin ID, and is read in lower case', () =>
  fc.assert(fc.property(fc.uuid(), (id) => expect([parsePinId(id), parsePinId(id.toUpperCase())]).toEqual([id, id]))))

const LENGTHS = ['', PIN_ID.slice(0, 8), PIN_ID.slice(1), `${PIN_ID}0`, `0${PIN_ID}`, PIN_ID.replaceAll('-', '')]
test.each([...LENGTHS, `{${PIN_ID}}`, ` ${PIN_ID}`, `${PIN_ID}\n`, PIN_ID.replace('e', 'g')])(
  '%j is not a pin ID',
  (text) => expect(parsePinId(text)).toBeNull(),
)

test('all spellings of one CID have one canonical spelling, and another content or codec makes another CID', () => {
  const sets = [spellingsOf(1), spellingsOf(2), spellingsOf(1, 'raw')]
  const expected = sets.map((spellings) => spellings.map(() => spellings.find((text) => text.startsWith('b'))))
  expect(sets.map((spellings) => spellings.map(canonicalCid))).toEqual(expected)
})

const BASE16 = CID.parse(V1).bytes.reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), 'f')
const BROKEN = [V0.slice(0, -1), V0.replace(/.$/, '0'), V0.toLowerCase(), ` ${V0}`, `${V0}\n`, `z${V0}`, `${V1}a`]
test.each([...BROKEN, V1.replace('baf', 'ba1'), BASE16, `/ipfs/${V0}`, `ipfs://${V1}`, PIN_ID, '', 'Qm', 'b', '🚀'])(
  '%j is not a CID in an accepted base',
  (text) => expect(canonicalCid(text)).toBeNull(),
)

test('a CID may have 512 characters, and no more', () => {
  const ofBytes = (bytes: number) => CID.createV1(0x55, create(0, new Uint8Array(bytes))).toString(base32)
  const [longest, tooLong] = [ofBytes(314), ofBytes(315)]
  expect([longest.length, tooLong.length]).toEqual([512, 513])
  expect([canonicalCid(longest), canonicalCid(tooLong)]).toEqual([longest, null])
})

test.each(['Qm', 'z', 'k', 'b'])('a text of any length that begins with %s is refused at once', (prefix) =>
  expect(growth(100_000, (size) => canonicalCid(prefix + 'a'.repeat(size)))).toBeLessThan(150),
)
