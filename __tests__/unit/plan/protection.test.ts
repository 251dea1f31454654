import { expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/ids.ts'
import { loosely, Protection, type ProtectLine } from '../../../src/plan/protection.ts'
import { cpuSeconds } from '../../support/growth.ts'
import { many, PIN_ID, recordOf } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

const [V0 = '', ...V1] = spellingsOf(1)
const [OTHER] = spellingsOf(2)
const byId: ProtectLine = { id: PIN_ID, cid: null, text: PIN_ID.toUpperCase() }
const byCid: ProtectLine = { id: null, cid: canonicalCid(V0), text: V0 }
const byName = (text: string): ProtectLine => ({ id: null, cid: null, text })
const why = (fields: object, ...lines: ProtectLine[]): string | null => new Protection(lines).check(recordOf(fields))

const NO_CID = '`protect` lists CIDs, and the CID of this record cannot be read'
const NO_NAME = '`protect` lists names, and the name of this record cannot be read'
const named = (line: string): string => `protected by the name "${line}"`
test.each<[fields: object, line: ProtectLine, reason: string | null]>([
  [{ id: PIN_ID.toUpperCase() }, byId, 'protected by its ID'],
  [{}, byId, null],
  ...[V0, ...V1].map((cid): [object, ProtectLine, string] => [{ cid }, byCid, 'protected by its CID']),
  [{ cid: OTHER }, byCid, null],
  ...[undefined, null, 'Qm', 7].map((cid): [object, ProtectLine, string] => [{ cid }, byCid, NO_CID]),
  [{ cid: null }, byId, null],
  [{ cid: null }, byName('x'), null],
  [{ metadata: { name: 'live-1' } }, byName('LIVE-*'), named('LIVE-*')],
  [{ metadata: { name: 'ﬁrst\u00a0 Café\n' } }, byName('FIRST cafe\u0301'), named('FIRST cafe\u0301')],
  [{ metadata: { name: 'cafe\u0301-menu' } }, byName('cafe*'), named('cafe*')],
  [{ metadata: { name: 'é\u0329-docs' } }, byName('é*'), named('é*')],
  [{ metadata: { name: 7 } }, byName('7'), named('7')],
  [{ metadata: {} }, byName('**'), named('**')],
  [{ metadata: {} }, byName('x'), null],
  [{ metadata: { name: 'main-1' } }, byName('main'), null],
  [{ cid: OTHER, metadata: { name: V0 } }, byCid, named(V0)],
  [{ cid: null, metadata: { name: V0 } }, byCid, named(V0)],
  [{ metadata: { name: PIN_ID } }, byId, named(byId.text)],
  [{ metadata: { name: '[a+b](c.1' } }, byName('[A+B](*'), named('[A+B](*')],
  [{ metadata: undefined }, byName('a*'), NO_NAME],
  [{ metadata: { name: {} } }, byName('a*'), NO_NAME],
  [{ metadata: 'x' }, byId, null],
  [{ cid: OTHER, metadata: 'x' }, byCid, null],
])('of a pin with %j and the line %j of `protect`, the reason to stay is %p', (fields, line, reason) =>
  expect(why(fields, line)).toBe(reason),
)

test('for `protect`, letter case, composition, width, white space and invisible characters of a name do not count', () => {
  const texts =
    'Main!~|ＭＡＩＮ|cafe\u0301|straẞe|m\u200bi\u00adn\ufeff|e\u200b\u0301ς\u1fb3|a\u0000b\u001b\u0085\u007f|\u202em'
  expect(texts.split('|').map(loosely)).toEqual(['MAIN!~', 'MAIN', 'CAFÉ', 'STRASSE', 'MIN', 'ÉΣΑΙ', 'AB', 'M'])
  expect(loosely(' my\u00a0 \t\r\n site\u2028')).toBe('MY SITE')
})

test('the lines that protected no pin are known, and one pin uses every line that it matches, or might match', () => {
  const names = ['live-*', 'LIVE-1', 'live-1', 'l*1', 'old'].map(byName)
  const lines = [byId, byCid, ...names]
  const left = (...records: object[]) => {
    const protection = new Protection(lines)
    for (const fields of records) protection.check(recordOf(fields))
    return protection.unused.map((line) => lines.indexOf(line))
  }
  const pattern = new Protection([byName('live-*')])
  const records = many(2, (n) => recordOf({ metadata: { name: `live-${n}` } }))
  expect(records.map((record) => pattern.check(record))).toEqual(many(2, () => named('live-*')))
  expect(left()).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(left({ cid: V0 })).toEqual([0, 2, 3, 4, 5, 6])
  expect(left({ id: PIN_ID, metadata: { name: 'live-1' } })).toEqual([1, 6])
  expect(left({ metadata: { name: 'live-2' } }, { metadata: { name: 'live-1' } })).toEqual([0, 1, 6])
  expect(left({ cid: null })).toEqual([0, 2, 3, 4, 5, 6])
  expect(left({ metadata: 'x' })).toEqual([0, 1])
  const [live, unreadable] = [{ metadata: { name: 'live' } }, { metadata: 'x' }].map((fields) => recordOf(fields))
  for (const order of [
    [live, unreadable],
    [unreadable, live],
  ]) {
    const protection = new Protection([byName('live')])
    for (const record of order) if (record !== undefined) protection.check(record)
    expect(protection.doubtful).toEqual([])
  }
})

test.each<[string, lines: number, rows: number, line: (n: number) => string]>([
  ['names', 10_000, 7000, (n) => `ünï-${'x'.repeat(1000)}-${n}`],
  ['patterns of 128 characters', 1000, 70, (n) => `${'*a'.repeat(60)}*b${n}*`],
])('as many %s as `protect` holds are compared with long names within 10 s of CPU', (_, most, rows, make) => {
  const lines = many(most, (n) => byName(make(n)))
  const records = many(rows, (n) => recordOf({ metadata: { name: `${'a'.repeat(1015)}é-${n}` } }))
  const protection = new Protection(lines)
  expect(cpuSeconds(() => records.map((record) => protection.check(record)))).toBeLessThan(10)
})
