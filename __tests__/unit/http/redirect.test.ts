import { expect, test } from '@jest/globals'
import { judgeRedirect, type Redirect } from '../../../src/http/redirect.ts'
import { HTML, responseOf } from '../../support/reply.ts'

const ORIGIN = 'https://example.org:8443'
const UNPIN = '/pinning/unpin/1'
const LIST = '/pinning/pins/?offset=7&pinned=true'

function judge(location: string | null, request = UNPIN, status = 307): Redirect {
  const asked = new URL(`${ORIGIN}/ipfs/api${request}`)
  const response = responseOf(status, HTML, { location })
  return judgeRedirect(response, asked, request.replace(/\?.*/, ''), (text) => text.includes('secret'))
}

test('HTTP 301, 302, 307 and 308 are redirects', () => {
  const kindOf = (status: number) => judge(null, UNPIN, status).kind
  expect([301, 302, 307, 308].map(kindOf)).toEqual(Array(4).fill('refused'))
  expect([200, 300, 303, 304, 305, 306, 400].map(kindOf)).toEqual(Array(7).fill('none'))
})

test.each([
  ['', UNPIN, '/ipfs/api/pinning/unpin/1'],
  ['1#part', UNPIN, '/ipfs/api/pinning/unpin/1'],
  ['//example.org:8443//pinning//UNPIN/1//', UNPIN, '//pinning//UNPIN/1//'],
  ['https://user:word@example.org:8443/v2/pinning/unpin/1', UNPIN, '/v2/pinning/unpin/1'],
  ['/pinning/pins?pinned=true&offset=7', LIST, '/pinning/pins?pinned=true&offset=7'],
])('a redirect to "%s" is followed for %s, without fragment and user info', (location, request, path) =>
  expect(judge(location, request)).toEqual({ kind: 'follow', url: new URL(ORIGIN + path) }),
)

const server = (origin: string): string => `(HTTP 307) to another server, ${origin}, which does not get the keys`
const paths =
  '/pinning/unpin/2 /pinning/1 /pinning/unpinned/1 /my-pinning/unpin/1 /pinning/unpin/1/2 /?x=/pinning/unpin/1'

test.each<[string | null, string, string]>([
  ['http://example.org:8443/pinning/unpin/1', UNPIN, server('http://example.org:8443')],
  ['https://example.org/pinning/unpin/1', UNPIN, server('https://example.org')],
  ['//evil.example/pinning/unpin/1', UNPIN, server('https://evil.example')],
  ['javascript:alert(1)', UNPIN, server('javascript://')],
  ...paths.split(' ').map((path): [string, string, string] => [path, UNPIN, `to another request, ${path}`]),
  ['1?x=1', UNPIN, 'to another request, /ipfs/api/pinning/unpin/1?x=1'],
  ['/api/pinning/pins/', LIST, 'to another request, /api/pinning/pins/'],
  ['/api/pinning/pins/?offset=8&pinned=true', LIST, 'to another request'],
  ['/api/pinning/pins/?offset=7', LIST, 'to another request'],
  [null, UNPIN, 'a redirect (HTTP 307) without a target'],
  ['https://[', UNPIN, 'not a URL'],
  ['/secret/pinning/unpin/1', UNPIN, 'holds a key'],
  ['/pinning/unpin/1?k=secret', UNPIN, 'holds a key'],
])('a redirect to %j is refused for %s: %s', (location, request, words) =>
  expect(judge(location, request)).toEqual({ kind: 'refused', problem: expect.stringContaining(words) }),
)
