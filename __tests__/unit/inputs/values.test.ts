import { expect, test } from '@jest/globals'
import type { Given, Input } from '../../../src/inputs/input.ts'
import { age, apiUrl, boolean, integer, key, parseApiUrl, word } from '../../../src/inputs/values.ts'

/** What a text is read as, or the problem for which it is refused. */
function readAs<T>({ parse }: Input<T>, text: string): T | string | null {
  const problems: string[] = []
  const refuse: Given['refuse'] = (what, advice = '') => {
    problems.push(`${what}. ${advice}`.trim())
    return null
  }
  const value = parse({ text, raw: text, quote: (part) => part, refuse })
  return problems[0] ?? value
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
test.each<[texts: string, ms: number]>([
  ['90min|90 MIN|90mins|90  minutes|90Minute', 1.5 * HOUR],
  ['2h|2hr|2hrs|2 hour|2HOURS', 2 * HOUR],
  ['3d|3D|3 day|3days', 3 * DAY],
  ['8w|8wk|8wks|8 week|8weeks', 56 * DAY],
  ['6mo|6MO|6 month|6months', 180 * DAY],
  ['1y|1yr|1yrs|1 year|1Years', 365 * DAY],
  ['100y|36500d|876000h|52560000min', 36_500 * DAY],
])('each of %s is the same age', (texts, ms) => {
  for (const text of texts.split('|')) expect(readAs(age, text)).toEqual({ ms, text })
})

const is = (text: string): [string, RegExp] => [text, /^is \S+\.$/]
const NO_AGES = '0d 030d -1d +1d 1.5d 1e3d 30s 1d2h 101y 36501d ٣d d xd 5hou 5mi 5dayz 5yx x5d x5 5cm 999999999y'
const NO_NUMBERS = '0 6001 -1 +1 1.0 1e3 0x10 1_000 0000000001 ١ NaN 1x1 x1d 6mo! 30d'
const NO_ASCII = /^holds a character that is not printable ASCII\. Often .* Store the secret again\.$/
test.each<[string, Input<unknown>, ...(readonly [text: string, problem: string | RegExp])[]]>([
  ['an age', age, ...NO_AGES.split(' ').map(is)],
  ['an age', age, ['30', /Write a unit, such as `30d` for days\.$/]],
  ['an age', age, ['3m', /`3min` for minutes or `3mo` for months/], ['90 M', /`90min` for minutes or `90mo` for/]],
  ['a number from 1 to 6000', integer(1, 6000), ...NO_NUMBERS.split(' ').map(is)],
  ['a boolean', boolean, ...'0 yes no off tRUE xtrue truex xfalse falsex'.split(' ').map(is)],
  ['a word', word('fail', 'warn'), is('Fail'), is('fai')],
  ['a key', key('x'), ['1234567', 'is shorter than 8 characters, so it is not one key. Store the secret again.']],
  ['a key', key('x'), ['k'.repeat(513), /^is longer than 512 characters/]],
  ['a key', key('x'), ['first-half\nsecond-half', NO_ASCII], ['thé-key-x', NO_ASCII], ['\u007fkey-key-', NO_ASCII]],
])('what is not %s is refused: %#', (_, input, ...texts) => {
  const problems = texts.map(([text]) => readAs(input, text))
  expect(problems).toEqual(texts.map(([, words]) => (words instanceof RegExp ? expect.stringMatching(words) : words)))
})

test('numbers, booleans, words and keys that are right are read as they are', () => {
  expect(['1', '0006000'].map((text) => readAs(integer(1, 6000), text))).toEqual([1, 6000])
  const booleans = 'true True TRUE false False FALSE'.split(' ').map((text) => readAs(boolean, text))
  expect(booleans).toEqual([true, true, true, false, false, false])
  expect([integer(1, 2).allowed, key('x').allowed]).toEqual([
    'a whole number from 1 to 2',
    'the x of the key pair, from a secret',
  ])
  expect(key('x').whyEmpty).toMatch(/^Is the secret set .* spelt correctly\? Runs for .* Dependabot get no secrets\.$/)
  const allowed = [word('a', 'b').allowed, word('a', 'b', 'c').allowed]
  expect([readAs(word('a', 'b'), 'b'), ...allowed]).toEqual(['b', '`a` or `b`', '`a`, `b` or `c`'])
  expect(['8 chars!', 'k'.repeat(512)].map((text) => readAs(key('x'), text))).toEqual(['8 chars!', 'k'.repeat(512)])
})

test.each<[text: string, base: string]>([
  ['https://example.org/', 'https://example.org'],
  ['https://example.org/api', 'https://example.org'],
  ['https://example.org/ipfs//api//', 'https://example.org/ipfs'],
  ['https://example.org/my-api', 'https://example.org/my-api'],
  ['https://example.org/apis', 'https://example.org/apis'],
  ['https://example.org/api/pinnings', 'https://example.org/api/pinnings'],
  ['HTTPS://EXAMPLE.ORG:443/a/b/', 'https://example.org/a/b'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://127.0.0.1:8080/api/', 'http://127.0.0.1:8080'],
  ['http://0x7f000001/', 'http://127.0.0.1'],
  [`https://example.org${'/'.repeat(120_000)}a`, `https://example.org${'/'.repeat(120_000)}a`],
])('the base of an API URL has no slash and no `/api` at its end: %#', (text, base) =>
  expect([parseApiUrl(text), readAs(apiUrl, text)]).toEqual([base, base]),
)

const NO_URLS = `example.org https:// ftp://example.org javascript:alert(1) https://user@example.org https://:word@example.org
  https://example.org? https://example.org/?a=b https://example.org/# https://[::1] http://[::1] http://example.org
  http://127.0.0.1.example.org http://localhost.example.org http://128.0.0.1 http://127.example.org ftp://localhost
  https://example.org\\@evil.example https://example.org/api/pinning https://example.org/a/api//pinning/unpin/x`
test.each([...NO_URLS.split(/\s+/), 'https://exam ple.org', 'https://example.org/a\n'])('%j is no API URL', (text) =>
  expect(readAs(apiUrl, text)).toBe('is not an allowed URL (it is not shown: it may hold a secret).'),
)
