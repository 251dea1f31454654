import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { fillIn, isUnpinned, parseRecord } from '../../../src/pin/record.ts'
import { parsePinId } from '../../../src/pin/pin-id.ts'
import { makePin } from '../../../testing/service/index.ts'
import { PIN_ID, recordOf } from '../../support/outcome.ts'

const pin = makePin({ size: 2_883_584 }, 1)

test('the documented record is read', () =>
  expect(parseRecord({ ...pin, id: pin.id.toUpperCase() })).toEqual({
    id: pin.id,
    cid: pin.cid,
    name: 'release-1',
    label: { kind: 'text', text: 'release-1' },
    keyvalues: new Map([['name', 'release-1']]),
    size: 2_883_584,
    status: 'DONE',
    pinned: true,
    datePinned: { ms: Date.parse(pin.date_pinned), nanos: expect.any(Number) },
    dateUnpinned: null,
    raw: { ...pin, id: pin.id.toUpperCase() },
  }))

test('a UUID in any letter case is a pin ID, read in lower case', () =>
  fc.assert(
    fc.property(fc.uuid(), (id) => expect([parsePinId(id), parsePinId(id.toUpperCase())]).toEqual([id, id])),
  ))

const UNUSUAL = [
  '',
  'e5c4456d',
  PIN_ID.slice(1),
  `${PIN_ID}0`,
  PIN_ID.replace('e', 'g'),
  PIN_ID.replaceAll('-', ''),
]
const AROUND = [`{${PIN_ID}}`, `../${PIN_ID}`, ` ${PIN_ID}`, `${PIN_ID}?x`, `${PIN_ID}\n`]
test.each([...UNUSUAL, ...AROUND])('%j is not a pin ID, and what has it as its `id` is not a record', (id) =>
  expect([parsePinId(id), parseRecord({ id })]).toEqual([null, null]),
)

test.each<unknown>([null, undefined, 7, 'row', [], {}, { id: null }, { id: 7 }, { id: [PIN_ID] }])(
  '%j is not a record',
  (value) => expect(parseRecord(value)).toBeNull(),
)

test.each([
  [{ cid: 7 }, 'cid'],
  [{ status: null }, 'status'],
  [{ size: '2883584' }, 'size'],
  [{ size: -1 }, 'size'],
  [{ size: 1.5 }, 'size'],
  [{ size: 2 ** 53 }, 'size'],
  [{ pinned: 'true' }, 'pinned'],
  [{ metadata: null }, 'name'],
  [{ metadata: [] }, 'name'],
  [{ metadata: { name: 7 } }, 'name'],
  [{ date_pinned: 'yesterday' }, 'datePinned'],
  [{ date_unpinned: '0001-01-01T00:00:00Z' }, 'dateUnpinned'],
] as const)('a field of another type is not known, and never converted: %j', (fields, field) =>
  expect(recordOf(fields)[field]).toBeNull(),
)

test('nothing that a record may hold makes reading it throw', () => {
  const fields = fc.constantFrom(...'cid size status pinned metadata date_pinned date_unpinned'.split(' '))
  fc.assert(
    fc.property(fc.dictionary(fields, fc.jsonValue()), (values) =>
      expect(parseRecord({ id: pin.id, ...values })?.id).toBe(pin.id),
    ),
  )
})

test.each<[unknown, unknown]>([
  [{ name: 'main' }, { kind: 'text', text: 'main' }],
  [{ name: 7 }, { kind: 'text', text: '7' }],
  [{ name: 7.5 }, { kind: 'text', text: '7.5' }],
  [{ name: false }, { kind: 'text', text: 'false' }],
  [{}, { kind: 'none' }],
  [{ name: null }, { kind: 'none' }],
  [{ name: 2 ** 53 }, { kind: 'unreadable' }],
  [{ name: ['main'] }, { kind: 'unreadable' }],
  [{ name: {} }, { kind: 'unreadable' }],
  [null, { kind: 'unreadable' }],
  ['main', { kind: 'unreadable' }],
  [['main'], { kind: 'unreadable' }],
])('what `protect` sees as the name in %j', (metadata, label) =>
  expect(recordOf({ metadata }).label).toEqual(label),
)

describe('key-values', () => {
  const valueIn = (metadata: string, key: string) =>
    recordOf({ metadata: JSON.parse(metadata) as unknown }).keyvalues.get(key)

  test.each([
    ['branch', 'main', '{"keyvalues": {"branch": "main"}}'],
    ['branch', 'main', '{"branch": "main"}'],
    ['branch', 'main', '{"branch": "other", "keyvalues": {"branch": "main"}}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": {"pr": 1}}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": null}'],
    ['branch', 'main', '{"branch": "main", "keyvalues": ["branch"]}'],
    ['pr', '7', '{"pr": 7.0}'],
    ['pr', '-7.5', '{"pr": -7.50}'],
    ['live', 'true', '{"keyvalues": {"live": true}}'],
    ['__proto__', 'main', '{"keyvalues": {"__proto__": "main"}}'],
    ['__proto__', 'main', '{"__proto__": "main"}'],
    ['constructor', 'main', '{"keyvalues": {"constructor": "main"}}'],
  ])('hold %s=%s in %s', (key, value, metadata) => expect(valueIn(metadata, key)).toBe(value))

  test.each([
    ['branch', '{"branch": "main", "keyvalues": {"branch": null}}'],
    ['branch', '{"keyvalues": {"branch": ["main"]}}'],
    ['branch', '{"keyvalues": {"branch": {}}}'],
    ['Branch', '{"keyvalues": {"branch": "main"}}'],
    ['build', '{"keyvalues": {"build": 9007199254740993}}'],
    ['constructor', '{"keyvalues": {}}'],
    ['__proto__', '{"keyvalues": {}}'],
    ['branch', 'null'],
    ['0', '"main"'],
    ['length', '["main"]'],
  ])('do not hold %s in %s', (key, metadata) => expect(valueIn(metadata, key)).toBeUndefined())
})

test.each([
  [{ pinned: false, status: 'unpinNormally' }, true],
  [{ pinned: false, status: 'UNPINOUTOFMONEY' }, true],
  [{ pinned: false, status: 'gcDone' }, true],
  [{ pinned: false, status: 'DONE', date_unpinned: '2024-01-01T00:00:00Z' }, true],
  [{ pinned: false, status: 'DONE' }, false],
  [{ pinned: false, status: 'RETRIEVAL' }, false],
  [{ pinned: false, status: null }, false],
  [{ pinned: true, status: 'gcDone', date_unpinned: '2024-01-01T00:00:00Z' }, false],
  [{ pinned: 'false', status: 'gcDone' }, false],
])('a record with %j says that the pin was unpinned: %p', (fields, unpinned) =>
  expect(isUnpinned(recordOf(fields))).toBe(unpinned),
)

test('what one record of a pin does not know is filled in from another', () => {
  const known = recordOf({ cid: 'c', size: 1, status: 's', metadata: { name: 'n' } })
  const empty = recordOf({ cid: null, size: null, status: null, metadata: null, date_pinned: null })
  const { cid, name, size, status, datePinned } = known
  expect(fillIn(empty, known)).toEqual({ ...empty, cid, name, size, status, datePinned })
  expect(fillIn(known, recordOf())).toEqual(known)
})
