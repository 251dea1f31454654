import { describe, expect, test } from '@jest/globals'
import { parseLine, parseOutput } from '../../testing/runner/commands.ts'
import { lineSplitter, splitLines } from '../../testing/runner/lines.ts'

const messages = (text: string): string[] =>
  parseOutput(text).map((line) => (line.kind === 'command' ? `${line.name}: ${line.message}` : line.text))

describe('lines', () => {
  test('end at LF, CRLF and a lone CR, and an unfinished last one counts', () => {
    expect(splitLines('a\nb\r\nc\rd\n\ne')).toEqual(['a', 'b', 'c', 'd', '', 'e'])
    expect(splitLines('a\n')).toEqual(['a'])
    expect(splitLines('')).toEqual([])
  })

  test.each([
    [
      ['a\r', '\nb\n'],
      ['a', 'b'],
    ],
    [
      ['a\r', '', '\nb'],
      ['a', 'b'],
    ],
    [
      ['a\r', '\r\n'],
      ['a', ''],
    ],
    [
      ['a', 'b\n', '\n'],
      ['ab', ''],
    ],
  ])('are the same however the text is cut: %j', (pieces, lines) => {
    const found: string[] = []
    const splitter = lineSplitter((line) => found.push(line))
    for (const piece of pieces) splitter.push(piece)
    splitter.end()
    expect(found).toEqual(lines)
    expect(splitLines(pieces.join(''))).toEqual(lines)
  })

  test('a command stands after a lone CR as well as after LF', () => {
    expect(messages('text\r::error::a\r\n::error::b')).toEqual(['text', 'error: a', 'error: b'])
  })
})

describe('::name::message', () => {
  test('has properties, and escapes in them and in the message', () => {
    expect(parseLine('::error file=a%2Cb%3Ac,title=50%25::line 1%0D%0Aline 2: 100%25')).toEqual({
      kind: 'command',
      name: 'error',
      properties: { file: 'a,b:c', title: '50%' },
      message: 'line 1\r\nline 2: 100%',
      syntax: 'colons',
      known: true,
      text: '::error file=a%2Cb%3Ac,title=50%25::line 1%0D%0Aline 2: 100%25',
    })
  })

  test.each([
    ['%250A', '%0A'],
    ['%0a', '%0a'],
    ['%3A%2C%5D', '%3A%2C%5D'],
    ['a::b', 'a::b'],
  ])('message %s reads %s', (written, read) => {
    expect(parseLine(`::error::${written}`)).toMatchObject({ message: read })
  })

  test.each([
    ['a=1, b=2', { a: '1', ' b': '2' }],
    ['a=b=c', { a: 'b=c' }],
    ['a==b', { a: 'b' }],
    ['a=,=b,c', {}],
    ['Title=x,title=y', { Title: 'y' }],
    ['__proto__=x', Object.fromEntries([['__proto__', 'x']])],
  ])('properties %s', (written, properties) => {
    expect(parseLine(`::error ${written}::`)).toMatchObject({ properties })
    expect(Object.entries((parseLine(`::error ${written}::`) as { properties: object }).properties)).toEqual(
      Object.entries(properties),
    )
  })

  test.each(['::error::x', '  \t::error::x', '\u00a0\u0085::error::x', '::ERROR::x', '::error ::x'])(
    'is a command: %j',
    (line) => {
      expect(parseLine(line)).toMatchObject({ known: true, syntax: 'colons', message: 'x' })
    },
  )

  test.each(['x ::error::y', ':error::x', '::error:x', '::::x', '\ufeff::error::x', ''])(
    'is text: %j',
    (line) => {
      expect(parseLine(line)).toEqual({ kind: 'plain', text: line })
    },
  )
})

describe('##[name]message', () => {
  test('counts anywhere in a line, with its own escapes', () => {
    expect(parseLine('name: "##[error title=a%3Bb;line=2]c%5D%0A%25%2C"')).toEqual({
      kind: 'command',
      name: 'error',
      properties: { title: 'a;b', line: '2' },
      message: 'c]\n%%2C"',
      syntax: 'brackets',
      known: true,
      text: 'name: "##[error title=a%3Bb;line=2]c%5D%0A%25%2C"',
    })
  })

  test('only the first of a line is looked at', () => {
    expect(parseLine('##[a]##[error]x')).toMatchObject({ name: 'a', known: false })
  })

  test('needs its closing bracket', () => {
    expect(parseLine('##[error x')).toEqual({ kind: 'plain', text: '##[error x' })
  })

  test('is found behind a :: name that is unknown', () => {
    expect(parseLine('::nonsense::##[error]x')).toMatchObject({
      name: 'error',
      syntax: 'brackets',
      known: true,
    })
    expect(parseLine('::warning::##[error]x')).toMatchObject({ name: 'warning', message: '##[error]x' })
  })
})

test('a command that no runner knows is reported as such', () => {
  expect(parseLine('::nonsense a=b::x')).toMatchObject({
    name: 'nonsense',
    properties: { a: 'b' },
    known: false,
  })
  expect(parseLine('a ##[nonsense]x')).toMatchObject({ name: 'nonsense', message: 'x', known: false })
})

describe('stop-commands', () => {
  test('makes text of everything up to its token', () => {
    const lines = parseOutput('::stop-commands::T0ken\n::error::a\n##[error]b\n::t0KEN::\n::error::c')
    expect(lines.map((line) => line.kind)).toEqual(['command', 'plain', 'plain', 'command', 'command'])
    expect(lines[3]).toMatchObject({ name: 't0KEN', known: true })
  })

  test.each(['', 'error', 'pause-logging'])(
    'does nothing with the token %j, which a runner refuses',
    (token) => {
      expect(messages(`::stop-commands::${token}\n::error::a`)).toEqual([
        `stop-commands: ${token}`,
        'error: a',
      ])
    },
  )
})
