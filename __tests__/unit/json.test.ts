import { expect, test } from '@jest/globals'
import { isObject } from '../../src/json.ts'

test('an object is what JSON calls one', () => {
  expect([{}, { a: 1 }].map(isObject)).toEqual([true, true])
  expect([null, [], 'x', 1, true, undefined].map(isObject)).toEqual(Array(6).fill(false))
})
