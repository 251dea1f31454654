import { expect, test } from '@jest/globals'
import { inputVariables } from '../../testing/runner/environment.ts'
import { parseActionMetadata } from '../../testing/runner/action-metadata.ts'
import { parseLine, parseOutput } from '../../testing/runner/commands.ts'
import { logDisplay } from '../../testing/runner/display.ts'
import { parseKeyValueFile } from '../../testing/runner/file-commands.ts'

// Only what the tests of the bundle would not notice if it were wrong.

test.each<[string, object]>([
  ['::error::x', { name: 'error', message: 'x', known: true, syntax: 'colons' }],
  [' \t\u00a0\u0085::ERROR ::x', { name: 'ERROR', message: 'x', known: true }],
  [
    '::error title=50%25,file=a%2Cb%3Ac::1%0D%0A2: 100%25',
    { properties: { title: '50%', file: 'a,b:c' }, message: '1\r\n2: 100%' },
  ],
  ['::error::%250A%0a::b', { message: '%0A%0a::b' }],
  ['::nonsense a=b::x', { name: 'nonsense', known: false }],
  [
    'a ##[error title=a%3Bb;line=2]c%5D%0A',
    { name: 'error', syntax: 'brackets', properties: { title: 'a;b', line: '2' }, message: 'c]\n' },
  ],
  ['##[a]##[error]x', { name: 'a', known: false }],
  ['::nonsense::##[error]x', { name: 'error', syntax: 'brackets' }],
  ['::warning::##[error]x', { name: 'warning', message: '##[error]x' }],
  ...['x ::error::y', ':error::x', '::error:x', '::::x', '\ufeff::error::x', '##[error x', ''].map(
    (text): [string, object] => [text, { kind: 'plain', text }],
  ),
])('the line %j is read as a runner reads it', (line, expected) => {
  expect(parseLine(line)).toMatchObject(expected)
})

test('a line ends at LF, CRLF and a lone CR', () => {
  expect(parseOutput('a\r::error::b\r\n::error::c\nd').map(({ kind }) => kind)).toEqual([
    'plain',
    'command',
    'command',
    'plain',
  ])
})

test('stop-commands makes text of everything up to its token', () => {
  const lines = parseOutput('::stop-commands::T0ken\n::error::a\n##[error]b\n::t0KEN::\n::error::c')
  expect(lines.map(({ kind }) => kind)).toEqual(['command', 'plain', 'plain', 'command', 'command'])
})

test.each<[string, object]>([
  ['a=1\nb=\n', { a: '1', b: '' }],
  ['a=b=c<<d', { a: 'b=c<<d' }],
  ['a<<b=c\nx\nb=c', { a: 'x' }],
  ['a<<E\n\n\nE\n', { a: '\n' }],
  ['a<<E\none\n E\ntwo=<<E\nE\nb=1', { a: 'one\n E\ntwo=<<E', b: '1' }],
  ['a<<E\nx\r\nE\n', { a: 'x\r' }],
  ['a=1\na=2', { a: '2' }],
])('the output file %j is read as a runner reads it', (text, values) => {
  expect(parseKeyValueFile(text, false)).toEqual(values)
})

test.each(['nothing\n', '=1\n', '<<E\nE\n', 'a<<\n\n', 'a<<E\nx\n', 'a<<E\nx\nE \n', 'a<<E\nx\nE\r\n'])(
  'the output file %j is refused as a runner refuses it',
  (text) => {
    expect(() => parseKeyValueFile(text, false)).toThrow(/Invalid/)
  },
)

test('a value is masked from the line on which it is registered, a secret from the start', () => {
  const shown = parseOutput('k-1 k-2\n::add-mask::k-1\nk-1 k-2\n::error::k-1').map(logDisplay(['k-2'], false))
  expect(shown.filter((line) => line !== undefined)).toEqual(['k-1 ***', '*** ***', 'Error: ***'])
})

test('an input that action.yml does not declare is refused, so that no test misspells one', () => {
  const metadata = parseActionMetadata('inputs: { pin-id: {} }\nruns: { main: a.js }')
  expect(() => inputVariables(metadata, { 'pin-ids': 'x' })).toThrow("declares no input 'pin-ids'")
})
