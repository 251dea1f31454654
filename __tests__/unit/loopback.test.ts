import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { isLoopback } from '../../src/loopback.ts'

test.each(['localhost', '127.0.0.1', '127.1', '0x7f.1', '2130706433', '127.255.255.254', 'LOCALHOST'])(
  '%s never leaves this machine',
  (host) => {
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(true)
  },
)

test.each([
  '127.0.0.1.example.org',
  '127.example.org',
  '128.0.0.1',
  'localhost.example.org',
  'mylocalhost',
  '10.0.0.1',
  'localhost.',
  '[::1]',
])('%s may leave this machine', (host) => {
  expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(false)
})

test('no name that others can register is taken for this machine', () => {
  fc.assert(
    fc.property(fc.domain(), fc.constantFrom('', '127.', '127.0.0.1.', 'localhost.'), (domain, before) => {
      expect(isLoopback(before + domain)).toBe(false)
    }),
  )
})
