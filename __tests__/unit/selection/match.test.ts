import { describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/cid.ts'
import { type Criteria, NOTHING_PROTECTED, type Protection, protectsNothing } from '../../../src/criteria.ts'
import { whyMatched, whyProtected } from '../../../src/selection/match.ts'
import type { JsonObject } from '../../../src/types.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'
import { criteriaOf } from '../../support/criteria.ts'

const ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
const [V0 = '', ...V1] = spellingsOf(1)
const canonical = (text: string): string => canonicalCid(text) ?? ''

const matched = (record: JsonObject, criteria: Partial<Criteria>): string | null =>
  whyMatched(record, criteriaOf(criteria), canonicalCid)

const guarded = (record: JsonObject, protect: Partial<Protection>): string | null =>
  whyProtected(record, { ...NOTHING_PROTECTED, ...protect }, canonicalCid)

/** As the service sends it, so that `__proto__` is a field like any other. */
const withMetadata = (metadata: string): JsonObject => ({ id: ID, metadata: JSON.parse(metadata) as unknown })

describe('a pin matches by its CID', () => {
  test.each([V0, ...V1])('in whatever spelling the service writes it: %s', (cid) => {
    expect(matched({ cid }, { cids: new Set([canonical(V0)]) })).toBe('matched by its CID')
  })

  test.each<unknown>([
    spellingsOf(2)[0],
    spellingsOf(1, 'raw')[0],
    '',
    'Qm',
    null,
    undefined,
    7,
    [V0],
    { '/': V0 },
    `${V0} `,
    `${V0}/index.html`,
  ])('and not by %j', (cid) => {
    expect(matched({ cid }, { cids: new Set([canonical(V0)]) })).toBeNull()
  })

  test('if it is any of several', () => {
    const cids = new Set(spellingsOf(2).concat(V0).map(canonical))
    expect(matched({ cid: V1[0] }, { cids })).not.toBeNull()
    expect(matched({ cid: spellingsOf(3)[0] }, { cids })).toBeNull()
  })
})

describe('a pin matches by its name', () => {
  test('if any pattern does, and the reason says which', () => {
    const record = withMetadata('{"name": "preview/a"}')
    expect(matched(record, { names: ['main', 'preview/*', '*'] })).toBe('matched by the name "preview/*"')
  })

  test.each([
    '{}',
    '{"name": null}',
    '{"name": 7}',
    '{"name": ["main"]}',
    '{"name": {"toString": "main"}}',
    '{"Name": "main"}',
    '{"keyvalues": {"name": "main"}}',
    'null',
    '"main"',
    '["main"]',
    '7',
  ])('and not without a name that is text: %s', (metadata) => {
    expect(matched(withMetadata(metadata), { names: ['*'] })).toBeNull()
  })

  test('and not without metadata at all', () => {
    expect(matched({ id: ID, name: 'main' }, { names: ['*'] })).toBeNull()
  })
})

describe('a pin matches by its key-values', () => {
  test.each([
    ['branch', 'main', '{"keyvalues": {"branch": "main"}}'],
    ['branch', 'main', '{"branch": "main"}'],
    ['branch', 'main', '{"branch": "other", "keyvalues": {"branch": "main"}}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": {"pr": 1}}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": null}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": ["branch"]}'],
    ['name', 'main', '{"name": "main"}'],
    ['pr', '7', '{"keyvalues": {"pr": 7}}'],
    ['pr', '7', '{"pr": 7.0}'],
    ['pr', '-7.5', '{"pr": -7.50}'],
    ['pr', '0', '{"pr": 0}'],
    ['live', 'true', '{"keyvalues": {"live": true}}'],
    ['live', 'false', '{"keyvalues": {"live": false}}'],
    ['a=b', 'c', '{"keyvalues": {"a=b": "c"}}'],
    ['__proto__', 'main', '{"keyvalues": {"__proto__": "main"}}'],
    ['__proto__', 'main', '{"__proto__": "main"}'],
    ['constructor', 'main', '{"keyvalues": {"constructor": "main"}}'],
    ['hasOwnProperty', 'main', '{"hasOwnProperty": "main"}'],
  ])('%s=%s in %s', (key, value, metadata) => {
    expect(matched(withMetadata(metadata), { keyvalues: [[key, value]] })).toBe(`matched by ${key}=${value}`)
  })

  test.each([
    ['branch', 'main', '{"keyvalues": {"branch": "Main"}}'],
    ['branch', 'main', '{"keyvalues": {"branch": "main "}}'],
    ['branch', 'main', '{"keyvalues": {"Branch": "main"}}'],
    ['branch', 'main*', '{"keyvalues": {"branch": "main-1"}}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": {"branch": "other"}}'],
    ['branch', 'null', '{"keyvalues": {"branch": null}}'],
    ['branch', 'main', '{"keyvalues": {"branch": ["main"]}}'],
    ['branch', '[object Object]', '{"keyvalues": {"branch": {}}}'],
    ['branch', 'undefined', '{"keyvalues": {}}'],
    ['pr', '7.0', '{"keyvalues": {"pr": 7}}'],
    ['pr', '07', '{"keyvalues": {"pr": 7}}'],
    ['live', 'True', '{"keyvalues": {"live": true}}'],
    ['constructor', 'function Object() { [native code] }', '{"keyvalues": {}}'],
    ['__proto__', '[object Object]', '{"keyvalues": {}}'],
    ['branch', 'main', 'null'],
    ['branch', 'main', '"branch=main"'],
    ['0', 'm', '"main"'],
    ['length', '4', '"main"'],
    ['length', '1', '["main"]'],
  ])('and not %s=%s in %s', (key, value, metadata) => {
    expect(matched(withMetadata(metadata), { keyvalues: [[key, value]] })).toBeNull()
  })

  test('if all of them do', () => {
    const record = withMetadata('{"pr": 7, "keyvalues": {"branch": "main"}}')
    const both = [
      ['branch', 'main'],
      ['pr', '7'],
    ] as const
    expect(matched(record, { keyvalues: both })).toBe('matched by branch=main and pr=7')
    expect(matched(record, { keyvalues: [...both, ['live', 'true']] })).toBeNull()
  })

  test('and not by a number that is only near: one above 2^53 is read as its neighbour', () => {
    const record = withMetadata('{"keyvalues": {"build": 9007199254740993}}')
    expect(matched(record, { keyvalues: [['build', '9007199254740992']] })).toBeNull()
  })
})

test('CID, name and key-values must all match, and the reason tells of all', () => {
  const record = { cid: V0, metadata: { name: 'main-1', keyvalues: { pr: 7 } } }
  const criteria = { cids: new Set([canonical(V0)]), names: ['main-*'], keyvalues: [['pr', '7']] as const }
  expect(matched(record, criteria)).toBe('matched by its CID and the name "main-*" and pr=7')
  expect(matched({ ...record, cid: spellingsOf(2)[0] }, criteria)).toBeNull()
  expect(matched({ ...record, metadata: { name: 'main-1' } }, criteria)).toBeNull()
  expect(matched({ ...record, metadata: { name: 'other', keyvalues: { pr: 7 } } }, criteria)).toBeNull()
})

describe('a pin is protected', () => {
  test('by its ID, in any case', () => {
    const pinIds = new Set([ID])
    expect(guarded({ id: ID }, { pinIds })).toBe('protected by its ID')
    expect(guarded({ id: ID.toUpperCase() }, { pinIds })).toBe('protected by its ID')
    expect(guarded({ id: ID.replace('e', 'f') }, { pinIds })).toBeNull()
  })

  test.each([V0, ...V1])('by its CID, in any spelling: %s', (cid) => {
    expect(guarded({ cid }, { cids: new Set([canonical(V0)]) })).toBe('protected by its CID')
  })

  test('as every pin of that content is', () => {
    const cids = new Set([canonical(V0)])
    expect(guarded({ id: 'one', cid: V0 }, { cids })).not.toBeNull()
    expect(guarded({ id: 'two', cid: V1[3] }, { cids })).not.toBeNull()
    expect(guarded({ id: 'three', cid: spellingsOf(2)[0] }, { cids })).toBeNull()
  })

  test.each<unknown>([undefined, null, '', 'Qm', 7])(
    'in doubt: CIDs are protected and its own is %j',
    (cid) => {
      expect(guarded({ cid }, { cids: new Set([canonical(V0)]) })).toMatch(
        /^protected, because .*none that can be read/,
      )
      expect(guarded({ cid }, { names: ['main'] })).toBeNull()
    },
  )

  test('by its name, and the reason says by which pattern', () => {
    expect(guarded(withMetadata('{"name": "live-1"}'), { names: ['main', 'live-*'] })).toBe(
      'protected by the name "live-*"',
    )
    expect(guarded(withMetadata('{"name": "alive-1"}'), { names: ['main', 'live-*'] })).toBeNull()
  })

  test('by nothing when nothing is', () => {
    expect(protectsNothing(NOTHING_PROTECTED)).toBe(true)
    expect(guarded({ id: ID, metadata: { name: 'main' } }, {})).toBeNull()
    expect(protectsNothing({ ...NOTHING_PROTECTED, pinIds: new Set([ID]) })).toBe(false)
    expect(protectsNothing({ ...NOTHING_PROTECTED, cids: new Set([V0]) })).toBe(false)
    expect(protectsNothing({ ...NOTHING_PROTECTED, names: ['*'] })).toBe(false)
  })
})
