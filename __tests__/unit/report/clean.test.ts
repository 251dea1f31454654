import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createCleaner } from '../../../src/report/clean.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { parseOutput } from '../../../testing/runner/commands.ts'
import { anyKey, isIn, spelt } from '../../support/spellings.ts'
import { KEY } from './telling.ts'

const cleanerFor = (...keys: string[]) => createCleaner(createRedactor(keys))
const { line, output, cell, json, redact, holdsKey } = cleanerFor(KEY)

/** Texts full of what the runner, a terminal, HTML and Markdown act on. */
const PIECES = `:: : ##[ # [ ] error ::error::x add-mask %0A < > & | \` * _ ]( ![ \\ http:// www. @ ~ $ #1 ${KEY}
  \u200b \u00ad \u0085 \u202e \u001b[31m \ud83d \udc18`.split(/[ \n]+/)
const piece = fc.oneof(fc.constantFrom(...PIECES, '\r', '\n', '\u2028', ' '), fc.string({ unit: 'binary' }))
const hostile = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''))

test('a line of the log is one line and never a command to the runner, for any text', () =>
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 200 }), (text, longest) => {
      const cleaned = line(text, longest)
      expect([cleaned.length <= longest, cleaned.isWellFormed()]).toEqual([true, true])
      expect(cleaned).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e]/)
      const read = parseOutput(`${cleaned}\n`)
      expect([read.length, read.filter(({ kind }) => kind === 'command')]).toEqual([1, []])
    }),
    { numRuns: 500 },
  ))

test.each([
  ['::error::x', ': :error::x'],
  ['\u200b:\u200b:error::x', ': :error::x'],
  [' [::1]:443 :: ', '[::1]:443 ::'],
  ['a ##[error]x ###[', 'a # #[error]x ## #['],
  ['##\u00ad[error]x', '# #[error]x'],
  ['a\r\nb\tc\u001b[31m', 'a  b c [31m'],
  ['gpj.\u202eexe', 'gpj.exe'],
  ['a\ud83db', 'a\ufffdb'],
])('as a line of the log, %j reads %j', (text, cleaned) => expect(line(text, 100)).toBe(cleaned))

test('a long line loses its middle and not its end, never through a character, and after its keys are gone', () => {
  expect(['abcdef', 'abcdefg', 'abc🐘fg', 'abcde🐘'].map((text) => line(text, 6))).toEqual([
    'abcdef',
    'abcd…g',
    'abc…g',
    'abcd…',
  ])
  expect(line(`${'a'.repeat(99)} Do this.`, 40)).toMatch(/^a{29}…a Do this\.$/)
  for (let before = 0; before < 60; before += 1)
    expect(line(`${'x'.repeat(before)}${KEY}`, 60)).not.toMatch(/[+]swsb3|8Jk\/nH|V1LPDz/)
})

test.each([
  ['a-b, c.d', 'a-b, c.d'],
  ['www.a WWW.b', 'www&#46;<wbr>a WWW&#46;<wbr>b'],
  ['a@b @', 'a&#64;<wbr>b &#64;'],
  ['#1 $x :a:', '&#35;<wbr>1 &#36;<wbr>x &#58;<wbr>a&#58;'],
  ['<'.repeat(101), `${'&#60;'.repeat(74)}…${'&#60;'.repeat(25)}`],
])('as a cell, %s has no link, mention or emoji, and no reference is torn', (text, cleaned) =>
  expect(cell(text, 100)).toBe(cleaned),
)

test('an output is the text as it is, without control characters, line ends and keys, and is never cut', () => {
  const kept = `release/*::"ü" <1>  [x]|y ##[\u200b${'z'.repeat(5000)}`
  expect([output(kept), output(`a\r\nb\u0000c\u2028d\u009b ${KEY}`)]).toEqual([kept, 'abcd ***'])
})

test('JSON is the same value, but keys are gone from every text, field name and number, however deep', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => expect(json(value)).toBe(JSON.stringify(value))))
  const deep = (key: string, b: string) =>
    `{"__proto__":{"a":1},"${key}":[{"a":"x${key}"}],"b":"${b}","n":null,"t":true,"i":7}`
  expect(json(JSON.parse(deep(KEY, encodeURIComponent(KEY))))).toBe(deep('***', '***'))
  expect(cleanerFor('1234567890').json([1234567890, 5123456789012, 123456789, -1.5])).toBe('[null,null,123456789,-1.5]')
  expect(cleanerFor('one","two').json(['one', 'two'])).toBe('null')
  expect([redact(`a ${KEY}`), holdsKey(KEY), holdsKey('x')]).toEqual(['a ***', true, false])
})

test.each([
  ['[', ']'],
  ['{"a":', '}'],
])('JSON that is nested too deeply is cut off: %s', (open, close) => {
  const nested = (depth: number, text: string) =>
    JSON.parse(`${open.repeat(depth)}"${text}"${close.repeat(depth)}`) as unknown
  for (const deep of [nested(200_000, 'x'), nested(5000, KEY), nested(65, KEY), nested(65, 'x')])
    expect(json(deep)).toBe(JSON.stringify(nested(64, '(nested too deeply to be shown)')))
  expect(json(nested(64, KEY))).toBe(JSON.stringify(nested(64, '***')))
  expect(json(nested(64, 'x'))).toBe(JSON.stringify(nested(64, 'x')))
})

const everyWayOut = (key: string, told: string): string[] => {
  const cleaner = cleanerFor(key)
  return [cleaner.line(told, 9999), cleaner.output(told), cleaner.cell(told, 9999), cleaner.json({ [told]: [told] })]
}

test('no key leaves in a line, an output, a cell or JSON, in any spelling', () => {
  const keyInText = anyKey.chain((key) => fc.tuple(fc.constant(key), hostile, spelt(key), hostile))
  const leaks = ([key, before, spelling, after]: [string, string, string, string]) =>
    everyWayOut(key, `${before} ${spelling} ${after}`).filter((left) => isIn(left, key))
  fc.assert(
    fc.property(keyInText, (text) => expect(leaks(text)).toEqual([])),
    { numRuns: 500 },
  )
})

test.each([
  ['a line end becomes a blank', 'abcd\nefgh ijkl', 'abcd efgh ijkl'],
  ['colons are parted', '::cdefgh', ': :cdefgh'],
  ['brackets are parted', 'abcd##[efgh', 'abcd# #[efgh'],
  ['a control character goes', 'abcd\u0007efgh', 'abcdefgh'],
  ['an invisible character goes', 'abcd\u200befgh', 'abcdefgh'],
  ['JSON escapes a line end', 'abcd\nefgh', 'abcd\\nefgh'],
])('no key leaves that a change puts together: %s', (_, text, key) =>
  expect(everyWayOut(key, text).filter((left) => left.includes(key))).toEqual([]),
)
