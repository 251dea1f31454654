import { expect, test } from '@jest/globals'
import { parseLine, parseOutput } from '../../testing/runner/commands.ts'
import { logDisplay } from '../../testing/runner/display.ts'
import { parseKeyValueFile } from '../../testing/runner/file-commands.ts'
import { stepEffects } from '../../testing/runner/result.ts'

// Only what the tests of the bundle would not notice if it were wrong.

test.each<[string, object]>([
  ['::error::x', { name: 'error', message: 'x', known: true, syntax: 'colons' }],
  [' \t\u00a0\u0085::ERROR ::x', { name: 'ERROR', message: 'x', known: true }],
  ['::error t=50%25,f=a%2Cb%3Ac::1%0D%0A2%25', { properties: { t: '50%', f: 'a,b:c' }, message: '1\r\n2%' }],
  ['::nonsense a=b::x', { name: 'nonsense', known: false }],
  ['a ##[error t=a%3Bb;l=2]c%5D%0A', { name: 'error', properties: { t: 'a;b', l: '2' }, message: 'c]\n' }],
  ['##[a]##[error]x', { name: 'a', known: false }],
  ['::nonsense::##[error]x', { name: 'error', syntax: 'brackets' }],
  ...['x ::error::y', ':error::x', '::error:x', '::::x', '\ufeff::error::x', '##[error x', ''].map(
    (text): [string, object] => [text, { kind: 'plain', text }],
  ),
])('the line %j is read as a runner reads it', (line, expected) => {
  expect(parseLine(line)).toMatchObject(expected)
})

test.each([
  ['a\r::error::b\r\n::error::c\nd', 'plain command command plain'],
  ['::stop-commands::T0\n::error::a\n##[error]b\n::t0::\n::error::c', 'command plain plain command command'],
])('the output %j is read line by line as: %s', (output, kinds) => {
  expect(parseOutput(output).map(({ kind }) => kind)).toEqual(kinds.split(' '))
})

test.each<[string, object | undefined]>([
  ['a=1\nb=\n', { a: '1', b: '' }],
  ['a<<b=c\nx\nb=c', { a: 'x' }],
  ['a<<E\none\n E\ntwo=<<E\nE\nb=1', { a: 'one\n E\ntwo=<<E', b: '1' }],
  ['a<<E\nx\r\nE\n', { a: 'x\r' }],
  ['a=1\na=2', { a: '2' }],
  ...['nothing\n', '=1\n', '<<E\nE\n', 'a<<\n\n', 'a<<E\nx\n', 'a<<E\nx\nE \n'].map((text): [string, undefined] => [
    text,
    undefined,
  ]),
])('the output file %j is read, or refused, as by a runner: %j', (text, values) => {
  if (values === undefined) expect(() => parseKeyValueFile(text, false)).toThrow(/Invalid/)
  else expect(parseKeyValueFile(text, false)).toEqual(values)
})

test('a value is masked from the line on which it is registered, a secret from the start', () => {
  const shown = parseOutput('k-1 k-2\n::add-mask::k-1\nk-1 k-2\n::error::k-1').map(logDisplay(['k-2'], false))
  expect(shown.filter((line) => line !== undefined)).toEqual(['k-1 ***', '*** ***', 'Error: ***'])
})

test('of each kind ten annotations are shown, cut to 4096 characters, and a group has its lines', () => {
  const error = `::error title=t::${'x'.repeat(5000)}\n`
  const lines = parseOutput(`::group::g\na\n::endgroup::\nb\n::warning::w\n${error.repeat(11)}`)
  const files = { output: 'a=1\nb', summary: 'x'.repeat(2 ** 20 + 1), state: '', env: '', path: '' }
  const effects = stepEffects(lines, files)
  expect([effects.annotations.errors.length, effects.problems.length]).toEqual([11, 2])
  expect(effects.shownAnnotations.errors.map(({ message }) => message.length)).toEqual(Array(10).fill(4096))
  expect(effects).toMatchObject({ groups: [{ title: 'g', lines: ['a'] }], outputs: { a: '1' }, summary: '' })
})
