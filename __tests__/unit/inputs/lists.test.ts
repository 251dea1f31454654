import { afterEach, describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/ids.ts'
import { many, PIN_ID as ID, times } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'
import { endSteps } from '../../support/step.ts'
import { problemsOf, read } from './reading.ts'

afterEach(endSteps)

const [V0 = '', V1 = '', ...others] = spellingsOf(1)
const spoilt = (text: string): string => `${text.slice(0, 9)}\u200b${text.slice(9)}`
const criteria = (input: string, value: string): unknown => read({ [input]: value }).target

test('pin IDs are read in lower case, each once, in the order given, whatever separates them', () => {
  const [a, b, c] = ['b', 'a', 'c'].map((end) => ID.slice(0, -1) + end)
  const given = ` ,\n${a} ${b?.toUpperCase()},${c}\r\n${b} ,\t, ${a},\n`
  expect(read({ 'pin-id': given }).target).toEqual({ kind: 'ids', pinIds: [a, b, c] })
})

test('CIDs are read by their canonical spelling, each with the spelling that the workflow used first', () => {
  const other = spellingsOf(2)[2] ?? ''
  const cids = new Map([V0, other].map((text) => [canonicalCid(text), text]))
  expect(criteria('cid', ` ${V0},${V1}\n${others.join(', ')} ${other} `)).toMatchObject({ criteria: { cids } })
})

test('names are read one a line, each once, and empty lines do not count', () => {
  const given = 'release 1.0, final\r\n\n  preview/*  \n \u200b\n(none) of it\rpreview/*\n'
  const names = ['release 1.0, final', 'preview/*', '(none) of it']
  expect(criteria('name', given)).toMatchObject({ criteria: { names } })
  for (const name of ['(any)', 'x'.repeat(1024)])
    expect(criteria('name', name)).toMatchObject({ criteria: { names: [name] } })
})

test('only blanks and tabs around a name or key-value do not count: git allows a branch that ends in other white space', () => {
  const odd = '\u00a0 \u3000 \ufeff \u2028'.split(' ').map((space) => `main${space}`)
  expect(criteria('name', `\t ${odd.join(' \n\t')}`)).toMatchObject({ criteria: { names: odd } })
  const keyvalues = [['branch', 'main\u3000']]
  expect(criteria('keyvalues', ' branch = main\u3000\t')).toMatchObject({ criteria: { keyvalues } })
  expect(criteria('name', '(none)\u00a0')).toMatchObject({ criteria: { names: ['(none)\u00a0'] } })
})

test('key-values are split at the first `=`', () => {
  const given = 'branch=main\n pr = 7 \nquery=a=b=c\r\n__proto__=x\na:b=c: d\na<b=c'
  const pairs = 'branch|main,pr|7,query|a=b=c,__proto__|x,a:b|c: d,a<b|c'
  const keyvalues = pairs.split(',').map((pair) => pair.split('|'))
  expect(criteria('keyvalues', given)).toMatchObject({ criteria: { keyvalues } })
})

test('a line of `protect` is a pin ID, a CID or a name', () => {
  const lines = [ID.toUpperCase(), V1.toUpperCase(), V0, 'live-**', '*', '- "a, b" # c', `fix-${ID}`, 'ma\u200bin']
  const known = [{ id: ID }, { cid: V1 }, { cid: V1 }]
  const spaced = read({ name: 'x', protect: `${ID}\u00a0\n\u3000${V0}` }).protect
  expect(spaced).toMatchObject([
    { id: ID, text: ID },
    { cid: V1, text: V0 },
  ])
  expect(read({ name: 'x', protect: `${lines.join('\r\n ')}\n` }).protect).toEqual(
    lines.map((text, index) => ({ id: null, cid: null, text, ...known[index] })),
  )
  expect(read({ name: 'x', protect: times(10_000, 'x').join('\n') }).protect).toHaveLength(10_000)
})

describe('a list is refused, with what was wrong and what to do', () => {
  const wrong = ID.replace(/.$/, 'g')
  const UNSET = 'Was the variable next to the `\\*` set\\? To select every pin, write `\\(any\\)`'
  test.each<[input: string, value: string, problem: RegExp | string]>([
    ['pin-id', 'a b c d e f g', /^`pin-id` holds "a", "b", "c", "d", "e" and 2 more. Allowed: pin IDs .* line ends\.$/],
    ['pin-id', ' ,\n, ', /holds only separators. Allowed: .* Was the variable/],
    ['pin-id', `nonsense ${V0}`, `"${V0}". .* names content, not a pin\\. .* use the input \`cid\``],
    ['pin-id', `["${ID}"] x`, /holds "\["e5c4.*Write only the IDs: no quotes, brackets or semicolons\.$/],
    ['pin-id', `${ID} ${wrong}`, `holds "${wrong}". Allowed: .* line ends\\.$`],
    ['pin-id', ID.replace('-5e5c-', '-5e5c0-'), /line ends\.$/],
    ['pin-id', ID.slice(1), /line ends\.$/],
    ['pin-id', `${ID.slice(0, 30)}_${ID.slice(30)}`, /line ends\.$/],
    ['pin-id', `${ID}\ufeff${ID}`, /^`pin-id` holds an invisible character in/],
    ['pin-id', `${ID.slice(1)}\u0007`, /^`pin-id` holds an invisible character in/],
    [
      'pin-id',
      `${spoilt(ID)} x`,
      /^`pin-id` holds an invisible character in "e5c4.*copy it from the AIOZ Pin dashboard\.$/,
    ],
    [
      'cid',
      `${V0} ipfs://${V0}`,
      /holds "ipfs:.*. Allowed: CIDs, v0 or v1, .* without quotes, brackets or `ipfs:\/\/`\.$/,
    ],
    ['cid', `${ID} main`, /A UUID is a pin ID\. For pin IDs, use the input `pin-id`\.$/],
    ['cid', `f01701220${'ab'.repeat(32)} x`, /another base, convert it: `ipfs cid base32 CID`\.$/],
    ['cid', `uAXASI${'A-_'.repeat(13)}`, /another base/],
    ['cid', `f${'a'.repeat(39)}`, /`ipfs:\/\/`\.$/],
    ['cid', `xf${'a'.repeat(60)}`, /`ipfs:\/\/`\.$/],
    ['cid', spoilt(V1), /^`cid` holds an invisible character in "baf/],
    ['name', 'main\n* *', `, line 2, is only \`\\*\`. Allowed: .* ${UNSET}`],
    ['name', 'main\n(any)', /holds `\(any\)` and other lines. .* must be the only line/],
    ['name', '\u200b', /^`name` is empty. .* Was the variable/],
    ['keyvalues', 'pr=7\nbranch', /, line 2, is "branch". Allowed: one `key=value` on each line\.$/],
    ['keyvalues', 'branch=', /, line 1, is "branch=". Allowed: one `key=value` on each line\.$/],
    ['keyvalues', '=main', /is "=main"/],
    ['keyvalues', '=a:b', /is "=a:b"\. Allowed: one `key=value` on each line\.$/],
    ['keyvalues', 'a<b=', /is "a<b="\. Allowed: one `key=value` on each line\.$/],
    ['cid', `f${'a'.repeat(40)}.`, /`ipfs:\/\/`\.$/],
    ['keyvalues', 'pr: 7', /is "pr: 7". .* Write `key=value`, with `=` in place of `:`\.$/],
    ['keyvalues', 'pr: a=7', /is "pr: a=7". .* Write `key=value`, with `=` in place of `:`\.$/],
    ['keyvalues', 'a<=5', /is "a<=5". .* Only `=` can be compared\.$/],
    ['keyvalues', 'a!=5', /Only `=`/],
    ['keyvalues', 'a=b\u2028c', /is "a=b\u2028c" \(with U\+2028\)/],
    ['protect', '(any)\u00a0', /, line 1, is `\(any\)`/],
    ['protect', '(any)', /, line 1, is `\(any\)`. .*To protect every pin, write `\*`\.$/],
    ['protect', spoilt(ID), /, line 1, holds an invisible character. .* Type the line again\.$/],
    ['protect', spoilt(V1), /, line 1, holds an invisible character/],
    ['protect', 'main-*\r\n \t\r\nlive', /, line 2, is empty. .* Was the variable on this .* the step protects less\./],
    ['protect', 'main-*\n\n', /, line 2, is empty/],
    ['protect', 'main-*\rlive\r\u200b\r', /, line 3, is empty/],
    ['keyvalues', 'pr=7\n\nbranch=main', /, line 2, is empty. .* Was the variable on this .* the step matches more\./],
    ['name', '*', /, line 1, is only `\*`/],
    ['pin-id', `${ID}0`, /line ends\.$/],
  ])('%s: %j', (input, value, problem) =>
    expect(problemsOf({ ...(input === 'pin-id' ? {} : { name: 'x' }), [input]: value })).toEqual([
      expect.stringMatching(problem),
    ]),
  )

  test('that has a line of over 1,024 characters, or over 10,000 lines of `protect`', () => {
    for (const name of ['name', 'protect', 'keyvalues']) {
      const words = `^\`${name}\`, line 2, is longer than 1024 characters. Allowed: `
      const value = `a=b\n${'x'.repeat(1025)}`
      expect(problemsOf({ name: 'x', [name]: value })).toEqual([expect.stringMatching(words)])
    }
    const words = /^`protect` has 10001 lines. .* At most 10000 are allowed\.$/
    expect(problemsOf({ name: 'x', protect: times(10_001, 'x').join('\n') })).toEqual([expect.stringMatching(words)])
  })

  test('with five problems of one input at most, and the number of the others', () => {
    const lines = (count: number) => problemsOf({ name: 'x', keyvalues: many(count, (n) => `${n}`).join('\n') })
    expect([lines(5).length, lines(6).length, lines(7).at(-1)]).toEqual([5, 6, '`keyvalues` has 2 more such problems.'])
  })
})
