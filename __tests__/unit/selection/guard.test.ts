import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/pin/cid.ts'
import type { ProtectLine } from '../../../src/selection/criteria.ts'
import { LineGuard } from '../../../src/selection/guard.ts'
import { PIN_ID, recordOf } from '../../support/outcome.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'

const [V0 = '', ...V1] = spellingsOf(1)
const byId: ProtectLine = { kind: 'id', id: PIN_ID, text: PIN_ID }
const byCid: ProtectLine = { kind: 'cid', cid: canonicalCid(V0) ?? '', text: V0 }
const byName = (text: string): ProtectLine => ({ kind: 'name', text })

const why = (fields: object, ...lines: ProtectLine[]): string | null =>
  new LineGuard(lines, canonicalCid).whyProtected(recordOf(fields))

describe('a pin is protected', () => {
  test('by its ID', () => {
    expect(why({ id: PIN_ID.toUpperCase() }, byId)).toBe('protected by its ID')
    expect(why({}, byId)).toBeNull()
  })

  test.each([V0, ...V1])('by its CID in any spelling: %s', (cid) =>
    expect(why({ cid }, byCid)).toBe('protected by its CID'),
  )

  test.each<[unknown, string]>([
    ['live-1', 'live-*'],
    [7, '7'],
    [true, 't*'],
    ['', '*'],
    [undefined, '*'],
    [null, '**'],
  ])('by the name %j and the line %s', (name, line) =>
    expect(why({ metadata: { name } }, byName('main'), byName(line))).toBe(`protected by the name "${line}"`),
  )

  test('by a name that is spelt like a CID', () =>
    expect(why({ cid: spellingsOf(2)[0], metadata: { name: V0 } }, byCid)).toBe(
      `protected by the name "${V0}"`,
    ))
})

describe('in doubt a pin is protected', () => {
  test.each<unknown>([undefined, null, '', 'Qm', 7])('where CIDs are protected and its own is %j', (cid) => {
    expect(why({ cid }, byCid)).toMatch(/the CID of this record cannot be read/)
    expect(why({ cid }, byId, byName('main'))).toBeNull()
  })

  const unreadable = [undefined, null, 'main', ['main'], { name: {} }, { name: ['main'] }, { name: 2 ** 53 }]
  test.each<unknown>(unreadable)('where names are protected and its metadata is %j', (metadata) => {
    expect(why({ metadata }, byName('other'))).toMatch(/the name in this record cannot be read/)
    expect(why({ metadata }, byId)).toBeNull()
  })
})

test('the lines that protected no pin are known, and one pin can use several lines', () => {
  const guard = new LineGuard([byId, byCid, byName('live-*'), byName('old')], canonicalCid)
  guard.whyProtected(recordOf({ cid: 'Qm', metadata: null }))
  expect(guard.unusedLines).toEqual([PIN_ID, V0, 'live-*', 'old'])
  guard.whyProtected(recordOf({ id: PIN_ID, metadata: { name: 'live-1' } }))
  expect([guard.protects, guard.unusedLines]).toEqual([true, [V0, 'old']])
  expect(new LineGuard([], canonicalCid)).toMatchObject({ protects: false, unusedLines: [] })
})

test('a record is looked at once, however often it is asked about', () => {
  let parsed = 0
  const guard = new LineGuard([byCid], (text) => {
    parsed += 1
    return canonicalCid(text)
  })
  const record = recordOf({ cid: V0 })
  for (let times = 0; times < 3; times += 1) expect(guard.whyProtected(record)).toBe('protected by its CID')
  expect(parsed).toBe(1)
})
