import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { readFacts } from '../../src/record.ts'
import { makePin } from '../../testing/service/index.ts'

test('the facts of a documented record are read', () => {
  const pin = makePin({ size: 2_883_584 })
  expect(readFacts({ ...pin })).toEqual({
    cid: pin.cid,
    size: 2_883_584,
    status: 'DONE',
    name: 'release-0',
    pinnedAtMs: Date.parse(pin.date_pinned),
  })
})

test.each([
  [{ cid: 7 }, 'cid'],
  [{ status: null }, 'status'],
  [{ size: '2883584' }, 'size'],
  [{ size: -1 }, 'size'],
  [{ size: 1.5 }, 'size'],
  [{ size: 2 ** 53 }, 'size'],
  [{ metadata: null }, 'name'],
  [{ metadata: [] }, 'name'],
  [{ metadata: { name: 7 } }, 'name'],
  [{ date_pinned: 7 }, 'pinnedAtMs'],
  [{ date_pinned: 'yesterday' }, 'pinnedAtMs'],
  [{ date_pinned: '0001-01-01T00:00:00Z' }, 'pinnedAtMs'],
] as const)('a field of another kind is not known, never converted: %j', (fields, fact) => {
  expect(readFacts({ ...makePin(), ...fields })[fact]).toBeNull()
})

test('whatever a record holds, a fact is of its kind or not known', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('cid', 'size', 'status', 'metadata', 'date_pinned', 'id'),
        fc.jsonValue(),
      ),
      (record) => {
        const { cid, size, status, name, pinnedAtMs } = readFacts(record)
        for (const text of [cid, status, name]) expect(text === null || typeof text === 'string').toBe(true)
        expect(size === null || (Number.isSafeInteger(size) && size >= 0)).toBe(true)
        expect(pinnedAtMs === null || Number.isSafeInteger(pinnedAtMs)).toBe(true)
      },
    ),
  )
})
