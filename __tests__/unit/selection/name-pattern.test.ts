import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { matchesName } from '../../../src/selection/name-pattern.ts'
import { growth } from '../../support/growth.ts'
import { matchesByRegex } from '../../support/selection-accounts.ts'

test.each([
  ['main', 'main'],
  ['main-*', 'main-'],
  ['*', ''],
  ['**', ''],
  ['preview/*', 'preview/feature/deep'],
  ['*a*', 'a'],
  ['a*b*c', 'a-b-b-c'],
  ['release, *', 'release, with a comma'],
  ['main*', 'main\nwith a line end'],
  ['a*', 'a*'],
])('the pattern %j matches %j', (pattern, name) => {
  expect(matchesName(pattern, name)).toBe(true)
})

test.each([
  ['main', 'Main'],
  ['main', 'main-1'],
  ['main*', ' main'],
  ['a*a', 'a'],
  ['ab*ba', 'aba'],
  ['*ab*ab*', 'ab'],
  ['', 'main'],
  ['a*b*c', 'a-c-b'],
  ['a?c', 'abc'],
  ['[ab]', 'a'],
  ['^a$', 'a'],
  ['a', 'á'],
])('the pattern %j does not match %j', (pattern, name) => {
  expect(matchesName(pattern, name)).toBe(false)
})

test.each([
  [
    ['a', 'b', '*'],
    ['a', 'b'],
  ],
  [
    ['.', '*', '/', '[', '\\'],
    ['.', '*', '/', '[', '\\'],
  ],
])('a pattern of %j matches as the regular expression does', (inPattern, inName) => {
  const text = (alphabet: string[], maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), maxLength })
  fc.assert(
    fc.property(text(inPattern, 9), text(inName, 12), (pattern, name) => {
      expect(matchesName(pattern, name)).toBe(matchesByRegex(pattern, name))
    }),
    { numRuns: 3000 },
  )
})

test.each<[string, (size: number) => [pattern: string, name: string]]>([
  ['many stars and no end that fits', (size) => [`${'*a'.repeat(size / 2)}*b`, 'a'.repeat(size * 2)]],
  ['more stars than letters', (size) => [`${'*a'.repeat(size)}*`, `${'a'.repeat(size - 1)}b`]],
  ['only stars', (size) => ['*'.repeat(size), 'a'.repeat(size)]],
])('a pattern with %s takes time in proportion to its length', (_, make) => {
  expect(growth(100_000, (size) => matchesName(...make(size)))).toBeLessThan(150)
})
