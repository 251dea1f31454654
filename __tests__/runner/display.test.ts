import { expect, test } from '@jest/globals'
import { parseOutput } from '../../testing/runner/commands.ts'
import { logDisplay, showOutput } from '../../testing/runner/display.ts'

const shown = (text: string, secrets: string[] = [], debug = false): string[] =>
  parseOutput(text)
    .map(logDisplay(secrets, debug))
    .filter((line) => line !== undefined)

test('commands are shown by their effect, text as it is', () => {
  expect(
    shown(
      'plain\n::error title=t::a%0Ab\n::warning::c\n::notice::d\n::debug::e\n::set-output name=a::b\n::x::y',
    ),
  ).toEqual(['plain', 'Error: a\nb', 'Warning: c', 'Notice: d', '::x::y'])
})

test('a group is its title with its lines below, indented', () => {
  expect(shown('::group::Pins\na\n::error::b%0Ac\n::endgroup::\nd')).toEqual([
    'Pins',
    '  a',
    '  Error: b\n  c',
    'd',
  ])
})

test('debug lines are shown when debugging is on', () => {
  expect(shown('::debug::a', [], true)).toEqual(['##[debug]a'])
})

test('a value is masked from the line on which it is registered, a secret from the start', () => {
  expect(shown('k-1 k-2\n::add-mask::k-1\nk-1 k-2\n::error::k-1', ['k-2'])).toEqual([
    'k-1 ***',
    '*** ***',
    'Error: ***',
  ])
})

test('a command the runner refuses to carry out is an error', () => {
  expect(shown('::set-env name=a::b')).toEqual([
    "Error: Unable to process command '::set-env name=a::b' successfully.",
  ])
})

test('an output is one line, and a long one is cut', () => {
  expect(showOutput('cid', 'a\nb')).toBe(String.raw`cid = a\nb`)
  expect(showOutput('results', '12345', 4)).toBe('results = 1234… (5 characters)')
  expect(showOutput('results', '1234', 4)).toBe('results = 1234')
})
