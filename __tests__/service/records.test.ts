import { expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'

test('a made pin is the same for the same seed and differs in all that identifies it for another', () => {
  expect(makePin({}, 7)).toEqual(makePin({}, 7))
  const [one, other] = [makePin({}, 1), makePin({}, 2)]
  for (const field of ['id', 'file_record_id', 'cid', 'root_hash'] as const) {
    expect(one[field]).not.toBe(other[field])
  }
  expect(one.user_id).toBe(other.user_id)
})

test('made pins have the documented forms', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const pin = makePin({}, seed)
    for (const id of [pin.id, pin.file_record_id, pin.user_id]) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
    expect(pin.cid).toMatch(/^Qm[1-9A-HJ-NP-Za-km-z]{44}$/)
    expect(pin.root_hash).toBe(`1220${createHash('sha256').update(String(seed)).digest('hex')}`)
    expect(pin.date_pinned).toMatch(/^202[345]-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(new Date(pin.date_pinned).getTime()).not.toBeNaN()
    expect(pin.size).toBeGreaterThan(0)
    expect(pin).toMatchObject({ date_unpinned: '0001-01-01T00:00:00Z', pinned: true, status: 'DONE' })
  }
})

/** The multihash of a CIDv0, in hex. */
function multihash(cid: string): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let value = 0n
  for (const letter of cid) value = value * 58n + BigInt(alphabet.indexOf(letter))
  return value.toString(16).padStart(68, '0')
}

test('a CID and its root hash are the same multihash, as in the documented example', () => {
  expect(multihash('Qmc1135ziMvmFG534i75E8HpJoLqzLzgKBxfjBV9cBsMAs')).toBe(
    '1220cafafc20fc9de1c913769d254ded6be39a12c21bb0028654cd838775aed6325c',
  )
  for (let seed = 0; seed < 50; seed += 1) {
    const pin = makePin({}, seed)
    expect(multihash(pin.cid)).toBe(pin.root_hash)
  }
})

test('what is overridden stays as given', () => {
  expect(makePin({ size: 0, metadata: { keyvalues: { branch: 'main' } } }, 3)).toEqual({
    ...makePin({}, 3),
    size: 0,
    metadata: { keyvalues: { branch: 'main' } },
  })
})

test('the default keys hold the characters that keys of the service can hold', () => {
  for (const key of [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]) {
    for (const character of ['=', '/', '+']) expect(key).toContain(character)
  }
})
