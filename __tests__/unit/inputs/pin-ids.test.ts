import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { looksLikeCid, parsePinIds } from '../../../src/inputs/pin-ids.ts'
import { pinIdOf } from '../../../src/pin-id.ts'

const V0 = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const V1 = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'

const separator = fc
  .array(fc.constantFrom(' ', '\t', '\n', '\r\n', ',', ', ', '\u00a0'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''))
const anyCase = fc.uuid().chain((id) => fc.constantFrom(id, id.toUpperCase()))

describe('a list of pin IDs', () => {
  test('is read whatever separates them, in the order given, each once and in lower case', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyCase, separator)), fc.option(separator), (pairs, before) => {
        const text = (before ?? '') + pairs.map(([id, after]) => id + after).join('')
        const once = [...new Set(pairs.map(([id]) => id.toLowerCase()))]
        expect(parsePinIds(text)).toEqual({ pinIds: once, rejected: [] })
      }),
    )
  })

  test('keeps an ID that is repeated in its first place', () => {
    const [a, b] = ['e5c4456d-5e5c-465d-a02a-3a536fc6e718', '00000000-0000-0000-0000-000000000000']
    expect(parsePinIds(`${a} ${b} ${a.toUpperCase()}`).pinIds).toEqual([a, b])
  })

  test('takes nothing else: every other word is handed back', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.stringMatching(/^[^\s,]+$/), (id, word) => {
        fc.pre(pinIdOf(word) === null)
        expect(parsePinIds(`${id},${word}\n${word}`)).toEqual({ pinIds: [id], rejected: [word] })
      }),
    )
  })
})

test('a CID is recognised, so that a message can tell it from a pin ID', () => {
  expect([V0, V1].map(looksLikeCid)).toEqual([true, true])
  expect([V0.slice(1), `${V0}x`, 'Qm', 'baf', 'bafé', 'e5c4456d'].some(looksLikeCid)).toBe(false)
})
