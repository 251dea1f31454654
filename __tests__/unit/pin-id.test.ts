import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { pinIdOf } from '../../src/pin-id.ts'

test('a UUID is a pin ID in whatever case, and is read in lower case', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect([pinIdOf(id), pinIdOf(id.toUpperCase())]).toEqual([id, id])
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
])('%s is no pin ID', (word) => {
  expect(pinIdOf(word)).toBeNull()
})
