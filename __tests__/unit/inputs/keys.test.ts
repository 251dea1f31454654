import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { keyProblem, SHORTEST_KEY } from '../../../src/inputs/keys.ts'

test('an empty key is explained by its likely causes', () => {
  expect(keyProblem('')).toMatch(/Is the secret set.*fork.*Dependabot/)
})

test.each(['abcdefgh\nijkl', 'abcdefgh\u200bijkl', 'abcdefghé', 'abcdefgh\u00a0i'])(
  'a key that no header can carry is refused: %j',
  (key) => {
    expect(keyProblem(key)).toMatch(/printable ASCII.* Store the secret again\.$/)
  },
)

test('a key that is too short to be removed from texts is refused', () => {
  expect(keyProblem('1234567')).toMatch('shorter than 8')
  expect(keyProblem('12345678')).toBeNull()
})

test('every printable ASCII key of a sensible length is accepted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: SHORTEST_KEY }), (key) => {
      expect(keyProblem(key)).toBeNull()
    }),
  )
})

test('what is wrong with a key is said without the key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }), (key) => {
      const problem = keyProblem(key)
      if (problem !== null && key.trim().length > 3) expect(problem).not.toContain(key)
    }),
  )
})
