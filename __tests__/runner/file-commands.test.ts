import { describe, expect, test } from '@jest/globals'
import { FileCommandError, parseKeyValueFile, parsePathFile } from '../../testing/runner/file-commands.ts'

function errorOf(text: string): FileCommandError {
  try {
    parseKeyValueFile(text, false)
  } catch (error) {
    if (error instanceof FileCommandError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('GITHUB_OUTPUT', () => {
  test.each([
    ['', {}],
    ['\n\n', {}],
    ['a=1\nb=\n', { a: '1', b: '' }],
    ['a=b=c<<d', { a: 'b=c<<d' }],
    ['a<<b=c\nx\nb=c', { a: 'x' }],
    ['a<<E\nE\n', { a: '' }],
    ['a<<E\n\nE\n', { a: '' }],
    ['a<<E\n\n\nE\n', { a: '\n' }],
    ['a<<E\none\n E\ntwo=<<E\nE\nb=1', { a: 'one\n E\ntwo=<<E', b: '1' }],
    ['a<<E\nx\r\nE\n', { a: 'x\r' }],
    ['a=1\na=2', { a: '2' }],
    [' a = 1 ', { ' a ': ' 1 ' }],
  ])('%j', (text, values) => {
    expect(parseKeyValueFile(text, false)).toEqual(values)
  })

  test('on Windows CRLF ends a line, and inside a value it stays', () => {
    expect(parseKeyValueFile('a=1\r\nb<<E\r\nx\r\ny\r\nE\r\n', true)).toEqual({ a: '1', b: 'x\r\ny' })
  })

  test.each([
    ['nothing\n', /Invalid format 'nothing'/],
    ['=1\n', /Name must not be empty/],
    ['<<E\nE\n', /Name must not be empty/],
    ['a<<\n\n', /delimiter must not be empty/],
    ['a<<E\nx\n', /Matching delimiter not found 'E'/],
    ['a<<E\nx', /Matching delimiter not found/],
    ['a<<E\nx\nE \n', /Matching delimiter not found/],
    ['a<<E\nx\nE\r\n', /Matching delimiter not found/],
  ])('%j is refused', (text, message) => {
    expect(errorOf(text).message).toMatch(message)
  })

  test('an error says what was read before it', () => {
    expect(errorOf('a=1\nb<<E\nx\n').readSoFar).toEqual({ a: '1' })
  })
})

test('GITHUB_PATH holds one folder a line', () => {
  expect(parsePathFile('/a b\n\n/c\r\n')).toEqual(['/a b', '/c'])
})
