import { expect, test } from '@jest/globals'
import { isObject } from '../../src/json.ts'

test('only an object is an object', () => {
  expect([{}, Object.create(null)].every(isObject)).toBe(true)
  expect([null, undefined, [], 'text', 7, true].some(isObject)).toBe(false)
})
