import { expect, test } from '@jest/globals'
import { readStartRequest } from '../../scripts/start-request.ts'

const KEYS = { PINNING_API_KEY: 'key', PINNING_SECRET_KEY: 'secret' }

test('npm start alone runs against the embedded service', () => {
  expect(readStartRequest([], { PINNING_API_KEY: '' })).toEqual({ kind: 'embedded' })
})

test('with keys and pin IDs it is the real service, through the proxy of the environment', () => {
  expect(readStartRequest(['a', 'b'], { ...KEYS, https_proxy: 'http://proxy:1', HOME: '/x' })).toEqual({
    kind: 'real',
    inputs: { 'pin-id': 'a\nb', 'pinning-api-key': 'key', 'pinning-secret-key': 'secret' },
    secrets: ['key', 'secret'],
    env: { https_proxy: 'http://proxy:1' },
  })
})

test('API_URL names another service', () => {
  expect(readStartRequest(['a'], { ...KEYS, API_URL: 'https://x' })).toMatchObject({
    inputs: { 'api-url': 'https://x' },
  })
})

test.each([
  [[], KEYS, 'Missing: the IDs of the pins to remove as arguments.'],
  [['a'], {}, 'Missing: PINNING_API_KEY in the environment and PINNING_SECRET_KEY in the environment.'],
  [['a'], { PINNING_API_KEY: 'key' }, 'Missing: PINNING_SECRET_KEY in the environment.'],
])('%j with %j is refused, and the message says what is missing', (pinIds, environment, message) => {
  const request = readStartRequest(pinIds, environment)
  expect(request).toMatchObject({ kind: 'refused', message: expect.stringContaining(message) })
})
