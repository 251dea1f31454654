import { afterEach, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { protect } from '../../../src/inputs/lines.ts'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { ProtectLine } from '../../../src/selection/criteria.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'
import { endSteps } from '../../support/step.ts'
import { problemsOf, read } from './reading.ts'

afterEach(endSteps)

const ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
const V0 = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const V1 = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'
const SHA = '3f2a9b1c5d7e8f60a1b2c3d4e5f60718293a4b5c'

const parse = protect(canonicalCid).parse
const kindsOf = (raw: string): ProtectLine['kind'][] =>
  parse({ text: raw.trim(), raw, quote: (part) => part }).map(({ kind }) => kind)
const isName = (line: string): boolean => {
  try {
    return kindsOf(line).includes('name')
  } catch {
    return false
  }
}

const cid = fc
  .tuple(fc.nat(1000), fc.constantFrom('dag-pb' as const, 'raw' as const))
  .chain(([content, codec]) => fc.constantFrom(...spellingsOf(content, codec)))
const id = fc.uuid().chain((uuid) => fc.constantFrom(uuid, uuid.toUpperCase()))
/** No line end: that makes two lines. */
const character = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((text) => /^[^\r\n]$/u.test(text)),
  fc.constantFrom('-', ' ', '\u200b', '\u00ad', '…', '"', '/', '\t'),
)
const around = fc.oneof(
  fc.constantFrom(...'- |* |"|\'|`|{|[|<|# |ipfs://|/ipfs/|urn:uuid:|https://example.org/ipfs/'.split('|')),
  fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[\r\n]/.test(text)),
)

const slip = fc.oneof(cid, id).chain((text) => {
  const at = fc.nat(text.length - 1)
  return fc.oneof(
    at.map((at) => text.slice(0, at) + text.slice(at + 1)),
    fc.tuple(at, character).map(([at, added]) => text.slice(0, at) + added + text.slice(at)),
    fc.tuple(at, character).map(([at, other]) => text.slice(0, at) + other + text.slice(at + 1)),
    ...(/^(?:Qm|ba)|^.{36}$/i.test(text)
      ? [at.map((at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2))]
      : []),
    around.map((before) => before + text),
    around.map((behind) => text + behind),
    fc.tuple(around, around).map(([before, behind]) => before + text + behind),
    fc
      .tuple(fc.constantFrom('', ' ', ',', ', ', ';'), fc.oneof(cid, id))
      .map(([gap, other]) => text + gap + other),
  )
})

test('no line made from a pin ID or a CID by one slip is taken as a name', () =>
  fc.assert(
    fc.property(slip, (line) => expect(isName(line)).toBe(false)),
    { numRuns: 2000 },
  ))

const anyDate = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map((date) => date.toISOString())
const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,16}$|^\d{1,3}$|^[0-9a-f]{7}$|^[0-9a-f]{40}$/),
  fc.constantFrom(
    ...'branch preview release feature internationalization JIRA QMS baseline site team *'.split(' '),
  ),
  anyDate.chain((date) =>
    fc.constantFrom(date, date.slice(0, 10), date.slice(0, 16).replaceAll(/[-:]/g, '')),
  ),
)
const name = fc
  .array(fc.tuple(word, fc.constantFrom('-', '/', '_', '.', '+', ' ', ', ')), { minLength: 1, maxLength: 7 })
  .map((pairs) => pairs.flat().slice(0, -1).join(''))
  // Random letters can begin like a CID; no word does.
  .filter((made) => !/\bbaf[kryz]/i.test(made))

test('an ordinary name is never refused', () =>
  fc.assert(
    // A short word may be a CID by chance; its text is protected as well.
    fc.property(name, (line) => expect(kindsOf(line)).toHaveLength(1)),
    { numRuns: 2000 },
  ))

const DASHES = ['', '_', ' - ', '\u2011'].map((dash) => ID.replaceAll('-', dash))
const SPOILT_IDS = [
  ID.slice(0, 23),
  ID.slice(9),
  `${ID.slice(0, 5)}%20${ID.slice(5)}`,
  `${ID}0`,
  ID.replace('c', '\u200b'),
  `pin ${ID}`,
  `${ID} # live`,
]
const SPOILT_V0 = [V0.slice(0, 30), V0.toLowerCase(), V0.replace(/.$/, 'O'), `'${V0}',`, `${ID} ${V0}`]
const SPOILT_V1 = [V1.slice(0, 20), V1.slice(1), `${V1}…`, `${V1.slice(0, 7)}…${V1.slice(-5)}`, 'bafy']

test.each([...DASHES, ...SPOILT_IDS, ...SPOILT_V0, ...SPOILT_V1])(
  'the line %s of `protect` is refused, because it holds most of a pin ID or a CID',
  (line) =>
    expect(problemsOf({ name: 'x', protect: `main-*\n${line}` })).toEqual([
      expect.stringMatching(/^`protect`, line 2, is .*which is almost a pin ID or a CID/),
    ]),
)

test('the message about a spoilt line of `protect` names what was probably meant', () => {
  expect(problemsOf({ name: 'x', protect: `- ${ID}` })).toEqual([
    `\`protect\`, line 1, is "- ${ID}", which is almost a pin ID or a CID; ` +
      `it takes pin IDs, CIDs or names, one a line. Write only "${ID}" on a line, without quotes, dashes or comments.`,
  ])
  expect(problemsOf({ name: 'x', protect: `ipfs://${V1}` })[0]).toContain(`Write only "${V1}" on a line`)
  expect(problemsOf({ name: 'x', protect: V0.slice(1) })[0]).toMatch(
    /Is a character missing, wrong or extra\?$/,
  )
})

const NAMES = `branch-feature/JIRA-1234 preview-${SHA} ${SHA} 20241124-1030-${SHA} site-v1.2.3+build.5 main-*`
test.each([
  ...NAMES.split(' '),
  'Qm',
  'Qm-preview',
  'baffling',
  'release 1, final',
  '20241124-1030-1130-1230',
  'ünï ☂ 👩‍🚀',
  'aGVsbG8gd29ybGQ=',
])('the line %s of `protect` is a name', (line) =>
  expect(read({ name: 'x', protect: line }).protect).toEqual([{ kind: 'name', text: line }]),
)

test('`protect` takes pin IDs, CIDs and names, each as what it is', () => {
  const { protect } = read({
    name: 'x',
    protect: `${ID.toUpperCase()}\r\n ${V1.toUpperCase()}\n${V0}\nlive-**\n*\n`,
  })
  expect(protect).toEqual([
    { kind: 'id', id: ID, text: ID.toUpperCase() },
    { kind: 'cid', cid: V1, text: V1.toUpperCase() },
    { kind: 'cid', cid: canonicalCid(V0), text: V0 },
    { kind: 'name', text: 'live-*' },
    { kind: 'name', text: '*' },
  ])
})

test('`(any)` is refused in `protect`, where `*` protects every pin', () =>
  expect(problemsOf({ name: 'x', protect: '(any)' })).toEqual([
    expect.stringMatching(/is `\(any\)`; .*write `\*`\.$/),
  ]))
