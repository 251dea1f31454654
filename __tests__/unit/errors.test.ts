import { expect, test } from '@jest/globals'
import { describeError, errorCode, RefusedError } from '../../src/errors.ts'

const coded = Object.assign(new Error(''), { code: 'ECONNREFUSED' })
const THROWN = 'a value that is not an Error was thrown: '

test.each([
  [new Error('plain'), 'plain'],
  [new Error(' 140:SSL\n  routines:\r\nerror'), '140:SSL routines: error'],
  [new TypeError(' '), 'TypeError'],
  [new RefusedError(['One.', 'Two.']), 'One. Two.'],
  [new RefusedError([]), 'RefusedError'],
  [coded, 'ECONNREFUSED'],
  [new AggregateError([coded, new Error('other'), coded], ''), 'ECONNREFUSED; other'],
  [new AggregateError([], ''), 'AggregateError'],
  [new AggregateError([coded], 'told'), 'told'],
  ['a\nword', String.raw`${THROWN}"a\nword"`],
  [['a\nb'], `${THROWN}a b`],
  [Symbol('a\nb'), `${THROWN}Symbol(a b)`],
  [undefined, `${THROWN}undefined`],
  [Object.create(null), `${THROWN}object`],
])('whatever is thrown is described in one line: %p', (thrown, words) => expect(describeError(thrown)).toBe(words))

test.each([
  [coded, 'ECONNREFUSED'],
  [Object.assign(new Error('x'), { code: 7 }), null],
  [Object.assign(new Error('x'), { code: '' }), null],
  [new Error('x'), null],
  [{ code: 'EPIPE' }, null],
])('the code of %p is %p', (thrown, code) => expect(errorCode(thrown)).toBe(code))
