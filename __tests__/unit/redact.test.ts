import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createRedactor } from '../../src/redact.ts'
import { growth } from '../support/growth.ts'
import { anyKey, serviceKey, SPELLINGS } from '../support/spellings.ts'

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json())

/** Is the key to be found, in this spelling, in whatever case? */
const found = (text: string, spelt: string): boolean => text.toLowerCase().includes(spelt.toLowerCase())

describe.each(Object.entries(SPELLINGS))('a key of the service’s form, %s,', (_, spell) => {
  test('cannot be found in what is left of any text', () => {
    fc.assert(
      fc.property(serviceKey, text, text, (key, before, after) => {
        const spelt = spell(key)
        const left = createRedactor([key])(`${before} ${spelt} ${after}`)
        expect(found(left, spelt)).toBe(false)
        expect(found(left, key)).toBe(false)
      }),
    )
  })

  test('goes without taking its neighbours along', () => {
    fc.assert(
      fc.property(serviceKey, (key) => {
        expect(createRedactor([key])(`key: ${spell(key)} (bad)`)).toMatch(/^key: \S*\*\*\*\S*\s* \(bad\)$/)
      }),
    )
  })
})

describe('a key of other printable characters cannot be found', () => {
  test.each([
    'back\\slash-key',
    'back\\\\slashes-key',
    'ends-in-backslash\\',
    'per%41cent-key',
    'refer&#65;ence-key',
    'amp&amp;ersand-key',
    `quote"d-'key'`,
    'with blanks in it',
    '<tag>-like-key',
  ])('%s', (key) => {
    const redact = createRedactor([key])
    const left = Object.entries(SPELLINGS)
      .filter(([, spell]) => found(redact(`wrong: ${spell(key)} (bad)`), spell(key)))
      .map(([name]) => name)
    expect(left).toEqual([])
  })

  test('as it is, whatever it is made of', () => {
    fc.assert(
      fc.property(anyKey, text, text, (key, before, after) => {
        expect(found(createRedactor([key])(`${before} ${key} ${after}`), key)).toBe(false)
      }),
      { examples: [['ends-in-backslash\\', '', '']] },
    )
  })
})

describe('right behind a character that begins an escape', () => {
  test.each([
    ['%', 'ab12+wsb3M8Jk'],
    ['%25', 'ab12+wsb3M8Jk'],
    ['\\', 'x41swsb3M8Jk+'],
    ['\\', 'u0041sb3M8Jk+'],
    ['\\', '+swsb3M8Jk/nH'],
    ['\\x', 'ab12+wsb3M8Jk'],
    ['&#', '65;swsb3M8Jk+'],
    ['&', '#65;swsb3M8Jk'],
  ])('%s the key %s cannot be found either', (before, key) => {
    expect(found(createRedactor([key])(`wrong: ${before}${key}.`), key)).toBe(false)
  })
})

test('a text without a key stays as it is', () => {
  fc.assert(
    fc.property(serviceKey, serviceKey, text, (api, secret, text) => {
      expect(createRedactor([api, secret])(text)).toBe(text)
    }),
  )
})

test('both keys go, every time, also where they touch or overlap', () => {
  const redact = createRedactor(['abcdefgh', 'efghijkl'])
  expect(redact('<abcdefgh> <efghijkl> <ABCDEFGH>')).toBe('<***> <***> <***>')
  expect(redact('abcdefghijkl')).toBe('***')
  expect(redact('abcdefghefghijkl')).toMatch(/^[*]+$/)
})

test('a key that overlaps itself leaves nothing of itself', () => {
  expect(createRedactor(['aaaaaaaa'])('x aaaaaaaaaaa y')).toBe('x *** y')
})

test('a part of a key that is long enough to find the rest is not a key, and stays', () => {
  expect(createRedactor(['abcdefgh'])('abcdefg')).toBe('abcdefg')
})

test('a text shorter than eight characters is not searched for: it would tear words apart', () => {
  expect(createRedactor(['', 'a', '1234567'])('a 1234567')).toBe('a 1234567')
})

test('letters whose lower case is longer do not shift what is taken out', () => {
  expect(createRedactor(['abcdefgh'])('İİİ ABCDEFGH İ')).toBe('İİİ *** İ')
})

describe('a text in which nothing can be disguised', () => {
  /** No escape, no character that takes no room. */
  const PLAIN = [...'abcXYZ019+/=-_ .,:;!?#'.split(''), 'ü', '🎉']
  const plain = fc.string({ unit: fc.constantFrom(...PLAIN) })
  const whole = ['as it is', 'in upper case', 'in lower case', 'in hex', 'in upper-case hex', 'in base64']

  test.each([...whole, 'in base64url', 'in base64 behind a name', 'in base64 behind and before others'])(
    'is cleaned as any other is of a key %s',
    (name) => {
      const spell = SPELLINGS[name] ?? String
      fc.assert(
        fc.property(serviceKey, plain, plain, (key, before, after) => {
          const redact = createRedactor([key])
          const text = `${before}${spell(key)}${after}`
          expect(redact(text)).toContain('***')
          // A mark of an escape at the end has the whole text read the long way.
          expect(`${redact(text)}%`).toBe(redact(`${text}%`))
        }),
      )
    },
  )
})

describe('in a text of over 64 KiB', () => {
  const key = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='
  const redact = createRedactor([key])
  const filling = 'x'.repeat(64 * 1024)

  test.each(Object.entries(SPELLINGS))('a key %s cannot be found either', (_, spell) => {
    const spelt = spell(key)
    for (const text of [`${filling} ${spelt} y`, `${spelt} ${filling}`, `${filling}% ${spelt}`]) {
      const left = redact(text)
      expect(found(left, spelt)).toBe(false)
      expect(found(left, key)).toBe(false)
      expect(left).toContain('***')
    }
  })

  test('only a key encoded as a whole and disguised as well may stay; in a shorter one it does not', () => {
    for (const whole of ['in hex', 'in base64', 'in base64url']) {
      for (const disguise of [
        'percent-encoded throughout',
        'with zero-width spaces',
        'broken by line ends',
      ]) {
        const spelt = SPELLINGS[disguise]?.(SPELLINGS[whole]?.(key) ?? '') ?? ''
        expect(redact(`${filling.slice(spelt.length + 2)}<${spelt}>`)).toMatch(/<\*\*\*\S*\s*>$/)
        expect(redact(`<${spelt}>`)).toMatch(/^<\*\*\*\S*\s*>$/)
      }
    }
  })
})

test('a key whose base64 differs between its two alphabets goes in either', () => {
  const key = '????>>>>????>>>>'
  const redact = createRedactor([key])
  for (const alphabet of ['base64', 'base64url'] as const) {
    const spelt = Buffer.from(key).toString(alphabet)
    expect(spelt).toMatch(alphabet === 'base64' ? /\/.*\+/ : /_.*-/)
    expect(redact(`<${spelt}>`)).toMatch(/^<\*\*\*.{0,3}>$/)
  }
})

test('of several readings of the end of a key the longest goes', () => {
  expect(createRedactor(['abcdefg%'])('<abcdefg%25>')).toBe('<***>')
})

test.each(['%25', '\\', '&amp;', '\u200b', '+swsb3M8', 'a', '+%73\u00adw'])(
  'no text takes long, not even one of nothing but %j',
  (piece) => {
    const redact = createRedactor(['+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='])
    expect(growth(100_000, (size) => redact(piece.repeat(size)))).toBeLessThan(150)
  },
)
