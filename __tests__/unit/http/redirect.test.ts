import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Answer } from '../../../src/http/exchange.ts'
import { followRedirect } from '../../../src/http/redirect.ts'
import { createRedactor } from '../../../src/redact.ts'

const FROM = 'https://example.org:8443/ipfs/api/pinning/unpin/1'
const SECRETS = ['api+key/of+a=pair=', 'secret/of+a+pair==']

const answer = (status: number, location: string | null): Answer => ({
  status,
  location,
  retryAfter: null,
  body: { problem: 'a redirect' },
})
const follow = (location: string | null, status = 307) =>
  followRedirect(answer(status, location), FROM, createRedactor(SECRETS))

test.each([301, 302, 303, 307, 308])('%i is followed within the origin', (status) => {
  expect(follow('/elsewhere/1', status)).toEqual({ url: 'https://example.org:8443/elsewhere/1' })
})

test.each([200, 204, 300, 304, 305, 306, 404])('%i is no redirect, whatever it names', (status) => {
  expect(follow('/elsewhere', status)).toBeNull()
})

test.each([
  ['../1?x=1#part', 'https://example.org:8443/ipfs/api/pinning/1?x=1'],
  ['//example.org:8443/a/1/', 'https://example.org:8443/a/1/'],
  ['/a/1//', 'https://example.org:8443/a/1//'],
  ['https://user:word@example.org:8443/a/1', 'https://example.org:8443/a/1'],
  ['', FROM],
])('%j leads within the origin, without fragment or user info', (location, url) => {
  expect(follow(location)).toEqual({ url })
})

describe('a redirect is not followed', () => {
  test.each([
    ['http://example.org:8443/a', 'http://example.org:8443'],
    ['https://example.org/a', 'https://example.org'],
    ['//evil.example/a', 'https://evil.example'],
    ['https://example.org.evil.example:8443/', 'https://example.org.evil.example:8443'],
    ['javascript:alert(1)', 'javascript://'],
  ])('to another origin, and the message names it: %s', (location, named) => {
    expect(follow(location)).toEqual({
      problem: expect.stringContaining(
        `another origin, ${named}, which was not followed because the keys would go with it`,
      ),
    })
  })

  test('to another pin: that one would be removed in its place', () => {
    for (const location of ['/ipfs/api/pinning/unpin/2', '/1/2', '/', '?x=/1']) {
      const target = follow(location)
      if (location.startsWith('?')) expect(target).toEqual({ url: `${FROM}?x=/1` })
      else expect(target).toEqual({ problem: expect.stringContaining('to another resource') })
    }
  })

  test('that names no target, or none that is a URL', () => {
    expect(follow(null)).toEqual({ problem: expect.stringContaining('names no target') })
    expect(follow('https://[')).toEqual({ problem: expect.stringContaining('no URL') })
  })

  test.each(SECRETS.flatMap((secret) => [secret, secret.toUpperCase(), encodeURIComponent(secret)]))(
    'to a URL that holds a key: %s',
    (spelt) => {
      for (const location of [`/a/${spelt}`, `/a?k=${spelt}&x`]) {
        expect(follow(location)).toEqual({ problem: expect.stringContaining('holds a key') })
      }
    },
  )
})

test('wherever a redirect leads, it is the same origin', () => {
  const location = fc.oneof(
    fc.webUrl(),
    fc.webPath(),
    fc.string(),
    fc.domain().map((domain) => `//${domain}`),
  )
  fc.assert(
    fc.property(location, (location) => {
      const target = follow(location)
      if (target !== null && 'url' in target) expect(new URL(target.url).origin).toBe(new URL(FROM).origin)
    }),
  )
})
