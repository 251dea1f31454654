import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createCleaner } from '../../../src/report/clean.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { parseOutput } from '../../../testing/runner/commands.ts'
import { anyKey, isIn, serviceKey, spelt } from '../../support/spellings.ts'

const KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='
const { line, output, cell, json } = createCleaner(createRedactor([KEY, 'secret-key-of-the-pair']))

/** Texts full of what the runner, a terminal, HTML and Markdown act on. */
const COMMANDS = [
  ':: : ##[ # [ ] error add-mask stop-commands %0A'.split(' '),
  'set-output name=x',
  '\r',
  '\n',
  ' ',
].flat()
const INVISIBLE = '\u200b \u00ad \u2028 \u0085 \u202e \ufeff \u001b[31m \ud83d \udc18'.split(' ')
const MARKUP = '< > & | ` * _ ]( ![ \\ http:// www. @ ~ $ #1'.split(' ')
const hostile = fc
  .array(
    fc.oneof(
      ...[COMMANDS, INVISIBLE, MARKUP, [KEY]].map((texts) => fc.constantFrom(...texts)),
      fc.string(),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('a line of the log', () => {
  test('is never a command to the runner and never two lines, for any text', () =>
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 200 }), (text, longest) => {
        const cleaned = line(text, longest)
        expect(cleaned.length).toBeLessThanOrEqual(longest)
        expect(cleaned).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e]/)
        expect(cleaned.isWellFormed()).toBe(true)
        const read = parseOutput(`${cleaned}\n`)
        expect(read.length).toBe(cleaned === '' ? 1 : read.length)
        expect(read.filter(({ kind }) => kind === 'command')).toEqual([])
      }),
      { numRuns: 1000 },
    ))

  test.each([
    ['::error::x', ': :error: :x'],
    [':\u200b:error::x', ': :error: :x'],
    ['a ##[error]x', 'a # #[error]x'],
    ['##\u00ad[error]x', '# #[error]x'],
    ['a\r\nb\tc', 'a  b c'],
    ['\u001b[31mred', '[31mred'],
    ['gpj.\u202eexe', 'gpj.exe'],
  ])('%j reads %j', (text, cleaned) => expect(line(text, 100)).toBe(cleaned))

  test('is cut with a mark, and never through a character', () => {
    expect(line('abcdef', 6)).toBe('abcdef')
    expect(line('abcdefg', 6)).toBe('abcde…')
    expect(line('abcd🐘g', 6)).toBe('abcd…')
  })

  test('loses its keys before it is cut, so that no half of one is left', () => {
    for (let before = 0; before < 60; before += 1) {
      const cut = line(`${'x'.repeat(before)}${KEY}`, 60)
      for (let at = 0; at + 8 <= KEY.length; at += 1) expect(cut).not.toContain(KEY.slice(at, at + 8))
    }
  })
})

describe('a cell of the summary', () => {
  test('holds no character that HTML or Markdown acts on, whatever it is made of', () =>
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, longest) => {
        const cleaned = cell(text, longest).replaceAll('<wbr>', '')
        expect(cleaned).not.toMatch(/[\r\n\u2028\u2029]/)
        expect(cleaned.replace(/&#\d+;/g, '')).not.toMatch(/[<>&|`*_~\\[\](){}!#$@:/"'=+?^%;]/)
        expect(cleaned).not.toMatch(/www\./i)
      }),
      { numRuns: 1000 },
    ))

  test('shows what the text says', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const shown = cell(text, 1000)
          .replaceAll('<wbr>', '')
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
        expect(shown).toBe(text.trim())
      }),
    ))

  test('is cut before it is escaped, so that no reference is torn', () =>
    expect(cell('<<<<', 3)).toBe('&#60;&#60;…'))
})

describe('an output', () => {
  test('is the text as it is, so that later steps can use it', () =>
    expect(output('release/*::"ü" <1>  [x]|y')).toBe('release/*::"ü" <1>  [x]|y'))

  test('is one line without control characters and without keys', () => {
    expect(output(`a\r\nb\u0000c\u2028d ${KEY}`)).toBe('abcd ***')
    fc.assert(
      fc.property(hostile, (text) => {
        const cleaned = output(text)
        expect(cleaned).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
        expect(cleaned.toLowerCase()).not.toContain(KEY.toLowerCase())
      }),
    )
  })
})

describe('JSON', () => {
  test('is the same value, where it holds no key', () =>
    fc.assert(
      fc.property(serviceKey, fc.jsonValue({ maxDepth: 8 }), (key, value) =>
        expect(createCleaner(createRedactor([key])).json(value)).toBe(JSON.stringify(value)),
      ),
    ))

  test('loses keys from every text and every field name, however deep, and keeps a field named __proto__ a field', () => {
    const deep = (key: string, b: string) =>
      `{"__proto__":{"a":1},"${key}":[{"a":"x${key}"}],"b":"${b}","n":null,"t":true,"i":7}`
    expect(json(JSON.parse(deep(KEY, encodeURIComponent(KEY))))).toBe(deep('***', '***'))
  })

  test('is replaced as a whole if it is very long and contains a key', () => {
    const long = { a: '-'.repeat(64 * 1024), b: KEY }
    expect(Object.keys(JSON.parse(json(long)) as object)).toEqual(['***'])
    expect(json({ ...long, b: 'x' })).toBe(JSON.stringify({ ...long, b: 'x' }))
  })

  test('loses a key of digits alone from a number too', () => {
    const cleaner = createCleaner(createRedactor(['1234567890']))
    const cleaned = cleaner.json([1234567890, 5123456789012, 123456789, -1.5])
    expect(cleaned).toBe('["***","5***12",123456789,-1.5]')
  })

  test.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('that is nested too deeply is cut off: %s', (open, close) => {
    const nested = (depth: number, text: string) =>
      JSON.parse(`${open.repeat(depth)}"${text}"${close.repeat(depth)}`) as unknown
    // For the stack, or around a key.
    for (const deep of [nested(200_000, 'x'), nested(5000, KEY)]) {
      expect(json(deep)).toMatch('(nested too deeply to be shown)')
      expect(json(deep).length).toBeLessThan(1000)
    }
    expect(json(nested(63, KEY))).toBe(JSON.stringify(nested(63, '***')))
  })
})

describe('no key leaves', () => {
  const text = fc.oneof(hostile, fc.string())
  const everyWayOut = (key: string, told: string): string[] => {
    const { line, output, cell, json } = createCleaner(createRedactor([key]))
    return [line(told, 10_000), output(told), cell(told, 10_000), json(told), json({ [told]: 1 })]
  }
  const told = anyKey.chain((key) => fc.tuple(fc.constant(key), text, spelt(key), text))

  test('in any spelling, in a line, an output, a cell or JSON', () =>
    fc.assert(
      fc.property(told, ([key, before, spelling, after]) => {
        const whole = `${before} ${spelling} ${after}`
        expect(everyWayOut(key, whole).filter((left) => isIn(left, key))).toEqual([])
      }),
      { numRuns: 500 },
    ))

  test.each([
    ['a line end becomes a blank', 'abcd\nefgh ijkl', 'abcd efgh ijkl'],
    ['colons are parted', 'ab::cdefgh', 'ab: :cdefgh'],
    ['brackets are parted', 'abcd##[efgh', 'abcd# #[efgh'],
    ['a control character goes', '%6\u00071bcdefgh', 'abcdefgh'],
    ['JSON escapes a line end', 'abcd\nefgh', 'abcd\\nefgh'],
    ['Markdown is escaped', '&&&&', '&#38;&#38;'],
  ])('that a change puts together: %s', (_, text, key) =>
    expect(everyWayOut(key, text).filter((left) => isIn(left, key) || left.includes(key))).toEqual([]),
  )
})

test('a character that is removed does not join the parts of a key', () => {
  const taken = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => line(`a${character}b`, 10) === 'ab' || output(`a${character}b`) === 'ab',
  )
  expect(taken.length).toBeGreaterThan(60)
  for (const character of taken) {
    const apart = `${KEY.slice(0, 9)}${character}${KEY.slice(9)}`
    expect([line(apart, 1000), output(apart), cell(apart, 1000)].join('|')).not.toMatch(
      /swsb3M8J|PDzs5swt0w4/,
    )
  }
})
