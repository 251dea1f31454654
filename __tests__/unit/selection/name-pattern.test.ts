import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { matchesName } from '../../../src/selection/name-pattern.ts'
import { growth } from '../../support/growth.ts'
import { matchesByRegex } from '../../support/selection-accounts.ts'

describe('a name matches', () => {
  test.each([
    ['main', 'main'],
    ['main-*', 'main-'],
    ['main-*', 'main-1'],
    ['*', ''],
    ['*', 'anything at all'],
    ['**', ''],
    ['preview/*', 'preview/feature/deep'],
    ['*.zip', 'a.zip.zip'],
    ['*a*', 'a'],
    ['a*a', 'aa'],
    ['a*b*c', 'a-b-b-c'],
    ['release, *', 'release, with a comma'],
    ['ünï*', 'ünï ☂️'],
    ['main*', 'main\nwith a line end'],
    ['a*', 'a*'],
  ])('%j: %j', (pattern, name) => {
    expect(matchesName(pattern, name)).toBe(true)
  })
})

describe('a name does not match', () => {
  test.each([
    ['main', 'Main'],
    ['main', 'main-1'],
    ['main', 'my main'],
    ['main*', ' main'],
    ['*main', 'main-1'],
    ['a*a', 'a'],
    ['ab*ba', 'aba'],
    ['*ab*ab*', 'ab'],
    ['', 'main'],
    ['a*b*c', 'a-c-b'],
    ['a.c', 'abc'],
    ['a?c', 'abc'],
    ['[ab]', 'a'],
    ['a+', 'aa'],
    ['(a|b)', 'a'],
    ['^a$', 'a'],
    [String.raw`a\*`, 'ab'],
    ['{a,b}', 'a'],
    ['a', 'á'],
  ])('%j: %j', (pattern, name) => {
    expect(matchesName(pattern, name)).toBe(false)
  })
})

test('a name matches as a regular expression would have it, over small alphabets', () => {
  const text = (alphabet: readonly [string, ...string[]], maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), maxLength })
  fc.assert(
    fc.property(text(['a', 'b', '*'], 9), text(['a', 'b'], 12), (pattern, name) => {
      expect(matchesName(pattern, name)).toBe(matchesByRegex(pattern, name))
    }),
    { numRuns: 4000 },
  )
  fc.assert(
    fc.property(text(['.', '*', '/', '[', '\\'], 6), text(['.', '*', '/', '[', '\\'], 8), (pattern, name) => {
      expect(matchesName(pattern, name)).toBe(matchesByRegex(pattern, name))
    }),
    { numRuns: 2000 },
  )
})

test('a pattern made from a name, with some runs left out, matches it', () => {
  const runs = fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.boolean()), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(runs, (parts) => {
      const name = parts.map(([text]) => text).join('')
      const pattern = parts.map(([text, isLeftOut]) => (isLeftOut ? '*' : text)).join('')
      expect(matchesName(pattern, name)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test.each<[string, (size: number) => [pattern: string, name: string]]>([
  ['many stars, and no end that fits', (size) => [`${'*a'.repeat(size / 2)}*b`, 'a'.repeat(size * 2)]],
  [
    'many stars, and more of them than letters',
    (size) => [`${'*a'.repeat(size)}*`, `${'a'.repeat(size - 1)}b`],
  ],
  ['nothing but stars', (size) => ['*'.repeat(size), 'a'.repeat(size)]],
  ['stars around pairs', (size) => [`${'*ab'.repeat(size / 2)}*c*`, 'ab'.repeat(size)]],
])('%s: no pattern takes long', (_, make) => {
  expect(growth(100_000, (size) => matchesName(...make(size)))).toBeLessThan(150)
})
