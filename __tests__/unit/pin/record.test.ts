import { expect, test } from '@jest/globals'
import { isUnpinned, keyvalueOf, nameText, parseRecord } from '../../../src/pin/record.ts'
import { makePin } from '../../../testing/service/index.ts'
import { PIN_ID, recordOf } from '../../support/outcome.ts'

const pin = makePin({ size: 2_883_584 }, 1)

test('the documented record is read', () => {
  const raw = { ...pin, id: pin.id.toUpperCase() }
  const datePinned = { ms: Date.parse(pin.date_pinned), nanos: expect.any(Number) }
  const texts = { id: pin.id, cid: pin.cid, status: 'DONE', name: { kind: 'text', text: 'release-1' } }
  expect(parseRecord(raw)).toEqual({ ...texts, size: 2_883_584, pinned: true, datePinned, dateUnpinned: null, raw })
})

test.each<unknown>([
  null,
  undefined,
  7,
  'row',
  [],
  {},
  { id: null },
  { id: 7 },
  { id: [PIN_ID] },
  { id: `${PIN_ID}0` },
])('%j is not a record', (value) => expect(parseRecord(value)).toBeNull())

test('a field of a record is read as it is, and one of another type is not known', () => {
  const long = 'x'.repeat(1025)
  expect(recordOf({ cid: long, status: long })).toMatchObject({ cid: null, status: null })
  expect(recordOf({ cid: long.slice(1) }).cid).toBe(long.slice(1))
  const other = { cid: 7, status: null, size: '7', pinned: 'true', metadata: 'x' }
  const unknown = { cid: null, status: null, size: null, pinned: null, name: { kind: 'unreadable' } }
  expect(recordOf({ ...other, date_pinned: 'yesterday' })).toMatchObject({ ...unknown, datePinned: null })
  expect([-1, 1.5, 2 ** 53, 0, 7].map((size) => recordOf({ size }).size)).toEqual([null, null, null, 0, 7])
  const dates = ['0001-01-01T00:00:00Z', '2024-01-01T00:00:00Z'].map((date_unpinned) => recordOf({ date_unpinned }))
  expect(dates.map(({ dateUnpinned }) => dateUnpinned)).toEqual([null, { ms: Date.UTC(2024), nanos: 0 }])
  expect(recordOf({ pinned: false }).pinned).toBe(false)
})

test('a name is a text, or a number or a boolean by its JSON text; else there is none, or it cannot be read', () => {
  const longest = 'x'.repeat(1024)
  const texts = ['main', '', 7.0, 7.5, false, longest].map((name) => recordOf({ metadata: { name } }))
  expect(texts.map(nameText)).toEqual(['main', '', '7', '7.5', 'false', longest])
  const kinds = (...metadata: unknown[]) => metadata.map((one) => recordOf({ metadata: one }).name.kind)
  expect(kinds({}, { name: null }, null)).toEqual(['none', 'none', 'none'])
  const unreadable = [undefined, 'main', ['main'], { name: `${longest}x` }, { name: 2 ** 53 }, { name: {} }]
  expect(kinds(...unreadable)).toEqual(unreadable.map(() => 'unreadable'))
  expect(nameText(recordOf({ metadata: null }))).toBeNull()
})

test.each<[key: string, metadata: string, value: string | null | undefined]>([
  ['branch', '{"keyvalues": {"branch": "main"}}', 'main'],
  ['branch', '{"branch": "other", "keyvalues": {"branch": "main"}}', 'main'],
  ['branch', '{"branch": "main", "keyvalues": {"pr": 1}}', 'main'],
  ['branch', '{"branch": "main", "keyvalues": ["branch"]}', 'main'],
  ['pr', '{"keyvalues": null, "pr": -7.50}', '-7.5'],
  ['live', '{"keyvalues": {"live": true}}', 'true'],
  ['__proto__', '{"keyvalues": {"__proto__": "main"}}', 'main'],
  ['branch', '{"branch": "main", "keyvalues": {"branch": null}}', undefined],
  ['branch', '{"keyvalues": {"branch": ["main"]}}', null],
  ['Branch', '{"keyvalues": {"branch": "main"}}', undefined],
  ['build', '{"keyvalues": {"build": 9007199254740993}}', null],
  ['constructor', '{"keyvalues": {}}', undefined],
  ['length', '["main"]', undefined],
])('the key-value %s in %s is %p', (key, metadata, value) =>
  expect(keyvalueOf(recordOf({ metadata: JSON.parse(metadata) as unknown }), key)).toBe(value),
)

test('a record says that its pin was unpinned by `pinned: false` together with a status or a date that says so', () => {
  const unpinned = (pinned: unknown, ...statuses: unknown[]) =>
    statuses.map((status) => isUnpinned(recordOf({ pinned, status })))
  expect(unpinned(false, 'unpinNormally', 'UNPINOUTOFMONEY', 'gcDone')).toEqual([true, true, true])
  expect(unpinned(false, 'DONE', 'RETRIEVAL', null)).toEqual([false, false, false])
  expect([...unpinned(true, 'gcDone'), ...unpinned('false', 'gcDone')]).toEqual([false, false])
  const dated = [false, true].map((pinned) => recordOf({ pinned, date_unpinned: '2024-01-01T00:00:00Z' }))
  expect(dated.map(isUnpinned)).toEqual([true, false])
})
