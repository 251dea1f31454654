import { expect, test } from '@jest/globals'
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

test.each([301, 302, 303, 307, 308])('HTTP %i is followed within the origin', (status) => {
  const url = `${ORIGIN}/v2/pinning/unpin/1`
  expect(judge('/v2/pinning/unpin/1', UNPIN, status)).toEqual({ kind: 'follow', url })
})

test.each([200, 204, 300, 304, 305, 306, 404])('HTTP %i is not a redirect', (status) =>
  expect(judge('/v2/pinning/unpin/1', UNPIN, status)).toEqual({ kind: 'none' }),
)

test.each([
  [UNPIN, '', UNPIN.asked],
  [UNPIN, '1?x=1#part', `${UNPIN.asked}?x=1`],
  [UNPIN, '//example.org:8443//pinning//UNPIN/1//', `${ORIGIN}//pinning//UNPIN/1//`],
  [UNPIN, 'https://user:word@example.org:8443/pinning/unpin/1', `${ORIGIN}/pinning/unpin/1`],
  [LIST, '/pinning/pins?pinned=true&offset=7', `${ORIGIN}/pinning/pins?pinned=true&offset=7`],
  [LIST, '/v2/pinning/pins/?offset=7&pinned=true&x=1', `${ORIGIN}/v2/pinning/pins/?offset=7&pinned=true&x=1`],
])('a redirect of %j to "%s" is followed to %s, without fragment and user info', (request, location, url) =>
  expect(judge(location, request)).toEqual({ kind: 'follow', url }),
)

const OTHER_ENDPOINT = 'to another endpoint'
const otherOrigin = (origin: string): string =>
  `(HTTP 307) to another origin, ${origin}, which was not followed because the keys would go there`

test.each<[typeof UNPIN, string | null, string]>([
  [UNPIN, 'http://example.org:8443/pinning/unpin/1', otherOrigin('http://example.org:8443')],
  [UNPIN, 'https://example.org/pinning/unpin/1', otherOrigin('https://example.org')],
  [UNPIN, '//evil.example/pinning/unpin/1', otherOrigin('https://evil.example')],
  [UNPIN, 'https://example.org.evil.example:8443/', otherOrigin('https://example.org.evil.example:8443')],
  [UNPIN, 'javascript:alert(1)', otherOrigin('javascript://')],
  [UNPIN, '/ipfs/api/pinning/unpin/2', OTHER_ENDPOINT],
  [UNPIN, '/ipfs/api/pinning/1', OTHER_ENDPOINT],
  [UNPIN, '/pinning/unpinned/1', OTHER_ENDPOINT],
  [UNPIN, '/my-pinning/unpin/1', OTHER_ENDPOINT],
  [UNPIN, '/pinning/unpin/1/2', OTHER_ENDPOINT],
  [UNPIN, '/?x=/pinning/unpin/1', OTHER_ENDPOINT],
  [LIST, '/api/pinning/pins/', OTHER_ENDPOINT],
  [LIST, '/api/pinning/pins/?offset=8&pinned=true', OTHER_ENDPOINT],
  [LIST, '/api/pinning/pins/?offset=7', OTHER_ENDPOINT],
  [UNPIN, null, 'without a target'],
  [UNPIN, 'https://[', 'not a URL'],
  [UNPIN, '/secret/pinning/unpin/1', 'holds a key'],
  [UNPIN, '/pinning/unpin/1?k=secret', 'holds a key'],
])('a redirect of %j to %j is refused: %s', (request, location, words) =>
  expect(judge(location, request)).toEqual({ kind: 'refused', problem: expect.stringContaining(words) }),
)

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
