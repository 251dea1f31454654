import { expect, test } from '@jest/globals'
import { resolve } from 'node:path'
import { readStartRequest } from '../../scripts/start-request.ts'

const KEYS = { PINNING_API_KEY: 'key', PINNING_SECRET_KEY: 'secret' }

test.each([
  [[], { name: 'preview-*', 'older-than': '7d', protect: 'preview-main' }],
  [['name=a=*', 'name=b', 'dry-run=true', 'cid='], { name: 'a=*\nb', 'dry-run': 'true', cid: '' }],
  [['one', 'pin-id=two', 'three'], { 'pin-id': 'one\ntwo\nthree' }],
  [['plan-file=a.json'], { 'plan-file': resolve('a.json') }],
])('npm start with %j runs against the embedded service', (args, inputs) => {
  expect(readStartRequest(args, { PINNING_API_KEY: '', https_proxy: 'x' })).toEqual({
    inputs,
    real: false,
    env: {},
  })
})

test('with both keys it is the real service, through the proxy of the environment', () => {
  expect(readStartRequest(['a', 'api-url=https://x'], { ...KEYS, https_proxy: 'y', HOME: 'z' })).toEqual({
    inputs: {
      'pinning-api-key': 'key',
      'pinning-secret-key': 'secret',
      'pin-id': 'a',
      'api-url': 'https://x',
    },
    real: true,
    env: { https_proxy: 'y' },
  })
})

test.each([
  [[], KEYS, 'Say which pins.'],
  [['a'], { PINNING_API_KEY: 'key' }, 'Set both PINNING_API_KEY and PINNING_SECRET_KEY, or neither.'],
  [['--help'], {}, 'npm start -- PIN-ID…'],
])('%j with %j is refused, and the message says what to write', (args, environment, message) => {
  expect(readStartRequest(args, environment)).toEqual({ refused: expect.stringContaining(message) })
})
