import { expect, test } from '@jest/globals'
import { isObject, within } from '../../src/json.ts'

test('null, a list, a text, a number and a boolean are no objects', () => {
  expect([{}, { a: 1 }].map(isObject)).toEqual([true, true])
  expect([null, [], 'x', 1, true, undefined].map(isObject)).toEqual(Array(6).fill(false))
})

test('what is in a value is found down to a level', () => {
  const value = { a: [1, { b: null }], c: 'x' }
  const found = [value, value.a, value.c]
  expect([0, 1].map((levels) => within(value, levels))).toEqual([[value], found])
  expect(within(value, 9)).toEqual([value, value.a, 1, value.a[1], null, 'x'])
})
