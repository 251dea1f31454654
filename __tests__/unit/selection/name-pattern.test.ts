import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { matchesName } from '../../../src/selection/name-pattern.ts'
import { growth } from '../../support/growth.ts'
import { matchesByRegex } from '../../support/selection-accounts.ts'

test.each<[pattern: string, matching: string[], others: string[]]>([
  ['main', ['main'], ['Main', 'main-1']],
  ['main*', ['main', 'main-1', 'main\nwith a line end'], [' main']],
  ['*', ['', 'a'], []],
  ['**', ['', 'a'], []],
  ['', [''], ['main']],
  ['preview/*', ['preview/feature/deep'], ['preview']],
  ['a*b*c', ['abc', 'a-b-b-c'], ['a-c-b']],
  ['ab*ba', ['abba'], ['aba']],
  ['*ab*ab*', ['abab'], ['ab']],
  ['a?c', ['a?c'], ['abc']],
  ['[ab]', ['[ab]'], ['a']],
  ['^a$', ['^a$'], ['a']],
])('the pattern %j matches all of %j and none of %j', (pattern, matching, others) => {
  for (const name of matching) expect(matchesName(pattern, name)).toBe(true)
  for (const name of others) expect(matchesName(pattern, name)).toBe(false)
})

test.each([
  ['ab*', 'ab'],
  [String.raw`.*/[\ `, String.raw`.*/[\ `],
])('a pattern of the characters %s matches as the regular expression does', (inPattern, inName) => {
  const text = (alphabet: string, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet.split('')), maxLength })
  fc.assert(
    fc.property(text(inPattern, 9), text(inName, 12), (pattern, name) =>
      expect(matchesName(pattern, name)).toBe(matchesByRegex(pattern, name)),
    ),
    { numRuns: 3000 },
  )
})

test.each<[string, (size: number) => [pattern: string, name: string]]>([
  ['many stars and no end that fits', (size) => [`${'*a'.repeat(size / 2)}*b`, 'a'.repeat(size * 2)]],
  ['more stars than letters', (size) => [`${'*a'.repeat(size)}*`, `${'a'.repeat(size - 1)}b`]],
  ['only stars', (size) => ['*'.repeat(size), 'a'.repeat(size)]],
])('a pattern with %s takes time in proportion to its length', (_, make) =>
  expect(growth(100_000, (size) => matchesName(...make(size)))).toBeLessThan(150),
)
