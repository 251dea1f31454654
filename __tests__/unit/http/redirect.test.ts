import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { judgeRedirect, type Redirect } from '../../../src/http/redirect.ts'
import { HTML, responseOf } from '../../support/reply.ts'

const ORIGIN = 'https://example.org:8443'
const UNPIN = { asked: `${ORIGIN}/ipfs/api/pinning/unpin/1`, endpoint: '/pinning/unpin/1' }
const LIST = { asked: `${ORIGIN}/api/pinning/pins/?offset=7&pinned=true`, endpoint: '/pinning/pins' }

const judge = (location: string | null, { asked, endpoint } = UNPIN, status = 307): Redirect =>
  judgeRedirect(
    responseOf(status, HTML, { location }),
    new URL(asked),
    { url: new URL(asked), endpoint },
    (text) => text.includes('secret'),
  )

const refused = (words: string) => ({ kind: 'refused', problem: expect.stringContaining(words) })

test.each([301, 302, 303, 307, 308])('HTTP %i is followed within the origin', (status) => {
  const url = `${ORIGIN}/v2/pinning/unpin/1`
  expect(judge('/v2/pinning/unpin/1', UNPIN, status)).toEqual({ kind: 'follow', url })
})

test.each([200, 204, 300, 304, 305, 306, 404])('HTTP %i is not a redirect', (status) =>
  expect(judge('/v2/pinning/unpin/1', UNPIN, status)).toEqual({ kind: 'none' }),
)

test.each([
  ['', UNPIN.asked],
  ['1?x=1#part', `${UNPIN.asked}?x=1`],
  ['//example.org:8443//pinning//UNPIN/1//', `${ORIGIN}//pinning//UNPIN/1//`],
  ['https://user:word@example.org:8443/pinning/unpin/1', `${ORIGIN}/pinning/unpin/1`],
])('%j is followed without fragment and user info', (location, url) =>
  expect(judge(location)).toEqual({ kind: 'follow', url }),
)

test('a list keeps its query, in any order', () => {
  for (const path of ['/pinning/pins?pinned=true&offset=7', '/v2/pinning/pins/?offset=7&pinned=true&x=1']) {
    expect(judge(path, LIST)).toEqual({ kind: 'follow', url: ORIGIN + path })
  }
})

describe('a redirect is refused', () => {
  test.each([
    [`http://example.org:8443/pinning/unpin/1`, 'http://example.org:8443'],
    ['https://example.org/pinning/unpin/1', 'https://example.org'],
    ['//evil.example/pinning/unpin/1', 'https://evil.example'],
    ['https://example.org.evil.example:8443/', 'https://example.org.evil.example:8443'],
    ['javascript:alert(1)', 'javascript://'],
  ])('to the other origin of %s, which the message names', (location, named) =>
    expect(judge(location)).toEqual(
      refused(
        `(HTTP 307) to another origin, ${named}, which was not followed because the keys would go there`,
      ),
    ),
  )

  test.each([
    [UNPIN, '/ipfs/api/pinning/unpin/2'],
    [UNPIN, '/ipfs/api/pinning/1'],
    [UNPIN, '/pinning/unpinned/1'],
    [UNPIN, '/my-pinning/unpin/1'],
    [UNPIN, '/pinning/unpin/1/2'],
    [UNPIN, '/?x=/pinning/unpin/1'],
    [LIST, '/api/pinning/pins/'],
    [LIST, '/api/pinning/pins/?offset=8&pinned=true'],
    [LIST, '/api/pinning/pins/?offset=7'],
  ])('of %j to another endpoint: %s', (request, location) =>
    expect(judge(location, request)).toEqual(refused('to another endpoint')),
  )

  test('without a target, and with one that is not a URL', () => {
    expect(judge(null)).toEqual(refused('without a target'))
    expect(judge('https://[')).toEqual(refused('not a URL'))
  })

  test('to a URL that holds a key, in its path or its query', () => {
    for (const location of ['/secret/pinning/unpin/1', '/pinning/unpin/1?k=secret']) {
      expect(judge(location)).toEqual(refused('holds a key'))
    }
  })
})

test('a redirect that is followed never leads to another origin', () => {
  const anyLocation = fc.oneof(
    fc.webUrl(),
    fc.webPath(),
    fc.string(),
    fc.domain().map((domain) => `//${domain}`),
  )
  fc.assert(
    fc.property(anyLocation, fc.constantFrom('', '/pinning/unpin/1'), (location, end) => {
      const redirect = judge(location + end)
      if (redirect.kind === 'follow') expect(new URL(redirect.url).origin).toBe(ORIGIN)
    }),
  )
})
