import { expect, test } from '@jest/globals'
import { mask, valuesToMask } from '../../testing/runner/mask.ts'

const KEY = `k<y"1'& /é%`

test.each([
  ['the value itself', KEY],
  ['Base64', Buffer.from(KEY).toString('base64')],
  ['JSON', JSON.stringify(KEY).slice(1, -1)],
  ['a URI', encodeURIComponent(KEY).replace("'", '%27')],
  ['XML', 'k&lt;y&quot;1&apos;&amp; /é%'],
  ['an expression', KEY.replace("'", "''")],
])('a registered value is hidden as %s', (_form, text) => {
  expect(mask(`a ${text} b`, [KEY])).toBe('a *** b')
})

test('upper case and hexadecimal forms are not hidden: a runner does not know them', () => {
  const hexadecimal = Buffer.from('s3cret').toString('hex')
  expect(mask(`S3CRET ${hexadecimal}`, ['s3cret'])).toBe(`S3CRET ${hexadecimal}`)
})

test('values that overlap or touch give one ***', () => {
  expect(mask('xabcdefy', ['abcd', 'cdef'])).toBe('x***y')
  expect(mask('xabcdy', ['ab', 'cd'])).toBe('x***y')
  expect(mask('xab cdy', ['ab', 'cd'])).toBe('x*** ***y')
  expect(mask('aaaa', ['aa'])).toBe('***')
})

test('every line of a value is hidden by itself', () => {
  expect(valuesToMask('one \r\n two\n')).toEqual(['one \r\n two\n', 'one', 'two'])
  expect(mask('one and two', ['one\ntwo'])).toBe('*** and ***')
})

test('a blank value hides nothing', () => {
  expect(mask('a b', ['', ' ', '\n'])).toBe('a b')
})
