import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { describeError, errorCode, RefusedError } from '../../src/errors.ts'

test('a refusal holds every problem, apart and together', () => {
  expect(new RefusedError(['One.', 'Two.'])).toMatchObject({
    name: 'RefusedError',
    message: 'One. Two.',
    problems: ['One.', 'Two.'],
  })
})

describe('whatever is thrown is described in one line', () => {
  const coded = Object.assign(new Error(''), { code: 'ECONNREFUSED' })

  test.each([
    [new Error('plain'), 'plain'],
    [new Error('140:SSL\n  routines:\r\nerror'), '140:SSL routines: error'],
    [new TypeError(''), 'TypeError'],
    [coded, 'ECONNREFUSED'],
    [new AggregateError([coded, new Error('other'), coded], ''), 'ECONNREFUSED; other'],
    [new AggregateError([], ''), 'AggregateError'],
    [new AggregateError([coded], 'told'), 'told'],
    ['a\nword', String.raw`a value that is not an Error was thrown: "a\nword"`],
    [['a\nb'], 'a value that is not an Error was thrown: a b'],
    [Symbol('a\nb'), 'a value that is not an Error was thrown: Symbol(a b)'],
    [undefined, 'a value that is not an Error was thrown: undefined'],
    [42, 'a value that is not an Error was thrown: 42'],
    [Object.create(null), 'a value that is not an Error was thrown: object'],
  ])('%p', (thrown, words) => expect(describeError(thrown)).toBe(words))

  test('of at least one character', () =>
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string().map(Error)), (thrown) =>
        expect(describeError(thrown)).toMatch(/^[^\r\n]+$/),
      ),
    ))
})

test.each([
  [Object.assign(new Error('x'), { code: 'EPIPE' }), 'EPIPE'],
  [Object.assign(new Error('x'), { code: 7 }), null],
  [Object.assign(new Error('x'), { code: '' }), null],
  [new Error('x'), null],
  [{ code: 'EPIPE' }, null],
])('the code of %p is %p', (thrown, code) => expect(errorCode(thrown)).toBe(code))
