import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parsePinId } from '../../../src/pin/pin-id.ts'

test('a UUID in any letter case is a pin ID, read in lower case', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect([parsePinId(id), parsePinId(id.toUpperCase())]).toEqual([id, id])
    }),
  )
})

test.each([
  'e5c4456d5e5c465da02a3a536fc6e718',
  '{e5c4456d-5e5c-465d-a02a-3a536fc6e718}',
  'e5c4456d-5e5c-465d-a02a-3a536fc6e71',
  'e5c4456d-5e5c-465d-a02a-3a536fc6e7180',
  'g5c4456d-5e5c-465d-a02a-3a536fc6e718',
  '../e5c4456d-5e5c-465d-a02a-3a536fc6e718',
  'e5c4456d-5e5c-465d-a02a-3a536fc6e718?x',
  'e5c4456d-5e5c-465d-a02a-3a536fc6e718\n',
])('%j is not a pin ID', (text) => {
  expect(parsePinId(text)).toBeNull()
})
