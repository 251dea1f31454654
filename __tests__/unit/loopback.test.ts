import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { isLoopback } from '../../src/loopback.ts'

test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1', '0x7f.1', '2130706433', '127.255.255.254'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(true)
  },
)

test.each(['128.0.0.1', '10.0.0.1', 'mylocalhost', 'localhost.', '127.example.org', '[::1]'])(
  '%s may be another machine',
  (host) => {
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(false)
  },
)

test('a name that others can register is never taken for this machine', () => {
  fc.assert(
    fc.property(fc.domain(), fc.constantFrom('', '127.', '127.0.0.1.', 'localhost.'), (domain, before) => {
      expect(isLoopback(before + domain)).toBe(false)
    }),
  )
})
