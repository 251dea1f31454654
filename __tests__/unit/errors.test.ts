import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { describeError, errorCode, RefusedError } from '../../src/errors.ts'

test('a refusal keeps every problem apart and says them all', () => {
  const cause = new Error('ENOENT')
  const refused = new RefusedError(['One.', 'Two.'], { cause })
  expect(refused).toMatchObject({
    name: 'RefusedError',
    message: 'One. Two.',
    problems: ['One.', 'Two.'],
    cause,
  })
})

describe('whatever is thrown is told in one line', () => {
  const coded = Object.assign(new Error(''), { code: 'ECONNREFUSED' })

  test.each([
    [new Error('plain'), 'plain'],
    [new Error('140:SSL\n  routines:\r\nerror'), '140:SSL routines: error'],
    [new TypeError(''), 'TypeError'],
    [coded, 'ECONNREFUSED'],
    [new AggregateError([coded, new Error('other'), coded], ''), 'ECONNREFUSED; other'],
    [new AggregateError([], ''), 'AggregateError'],
    [new AggregateError([coded], 'told'), 'told'],
    ['a word', 'something that is no error was thrown: "a word"'],
    [undefined, 'something that is no error was thrown: undefined'],
    [42, 'something that is no error was thrown: 42'],
    [Object.create(null), 'something that is no error was thrown: object'],
  ])('%p', (thrown, told) => {
    expect(describeError(thrown)).toBe(told)
  })

  test('and never in none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string().map(Error)), (thrown) => {
        expect(describeError(thrown)).not.toBe('')
      }),
    )
  })
})

test.each<[string, unknown]>([
  ['an error', new Error('a\r\nb')],
  ['a text', 'a\nb'],
  ['an array', ['a\nb']],
  ['a symbol', Symbol('a\nb')],
])('and never in two: %s', (_, thrown) => {
  expect(describeError(thrown)).not.toMatch(/[\r\n]/)
})

test('an error code is told only where there is one', () => {
  expect(errorCode(Object.assign(new Error('x'), { code: 'EPIPE' }))).toBe('EPIPE')
  expect(errorCode(Object.assign(new Error('x'), { code: 7 }))).toBeNull()
  expect(errorCode(Object.assign(new Error('x'), { code: '' }))).toBeNull()
  expect(errorCode(new Error('x'))).toBeNull()
  expect(errorCode({ code: 'EPIPE' })).toBeNull()
})
