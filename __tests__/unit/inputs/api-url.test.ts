import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parseApiUrl, withoutSecrets } from '../../../src/inputs/api-url.ts'

describe('an API URL is taken as its origin and path prefix', () => {
  test.each([
    ['https://api-ipfs.attoaioz.cyou', 'https://api-ipfs.attoaioz.cyou'],
    ['https://example.org/', 'https://example.org'],
    ['https://example.org/api', 'https://example.org'],
    ['https://example.org/api/', 'https://example.org'],
    ['https://example.org/ipfs//api//', 'https://example.org/ipfs'],
    ['https://example.org/my-api', 'https://example.org/my-api'],
    ['https://example.org/apis', 'https://example.org/apis'],
    ['https://example.org:8443/a/b/', 'https://example.org:8443/a/b'],
    ['HTTPS://EXAMPLE.ORG:443', 'https://example.org'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/api', 'http://127.0.0.1:8080'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://0x7f000001/', 'http://127.0.0.1'],
  ])('%s', (text, base) => expect(parseApiUrl(text)).toEqual({ kind: 'url', base }))
})

describe('an API URL is refused', () => {
  test.each([
    ['example.org', 'is not a URL'],
    ['https://', 'is not a URL'],
    ['https://exa mple.org', 'white space'],
    ['https://example.org\\@evil.example', 'backslash'],
    ['ftp://example.org', 'another scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https://user@example.org', 'user info'],
    ['https://:word@example.org', 'user info'],
    ['https://example.org?', 'query'],
    ['https://example.org/?a=b', 'query'],
    ['https://example.org/#', 'fragment'],
    ['https://[::1]', 'IPv6'],
    ['http://[::1]', 'IPv6'],
    ['http://example.org', 'plain `http`'],
    ['http://127.0.0.1.example.org', 'plain `http`'],
    ['http://127.example.org', 'plain `http`'],
    ['http://localhost.example.org', 'plain `http`'],
    ['http://128.0.0.1', 'plain `http`'],
  ])('%s', (text, why) =>
    expect(parseApiUrl(text)).toMatchObject({ kind: 'problem', what: expect.stringContaining(why) }),
  )
})

test('keys never travel unencrypted: plain http is accepted on loopback only', () => {
  const host = fc.oneof(
    fc.ipV4Extended(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.domain().chain((domain) => fc.constantFrom(domain, `127.0.0.1.${domain}`)),
    fc.constantFrom('localhost', '127.0.0.1', '127.1', 'localhost.', '0.0.0.0'),
  )
  const scheme = fc.constantFrom('http://', 'https://', 'HTTP:', 'http:/', 'ws://')
  const url = fc.oneof(
    fc.tuple(scheme, host, fc.webPath()).map((parts) => parts.join('')),
    fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true, withFragments: true }),
    fc.string(),
  )
  fc.assert(
    fc.property(url, (text) => {
      const read = parseApiUrl(text)
      if (read.kind === 'problem') return
      const { protocol, hostname, username, password, search, hash, pathname } = new URL(read.base)
      expect([username, password, search, hash]).toEqual(['', '', '', ''])
      expect(pathname === '/' || !pathname.endsWith('/')).toBe(true)
      if (protocol !== 'https:')
        expect([protocol, hostname]).toEqual(['http:', expect.stringMatching(/^localhost$|^127(\.\d+){3}$/)])
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['https://example.org/api/pinning', 'https://example.org'],
  ['https://example.org/a/api/pinning/', 'https://example.org/a'],
  ['https://example.org//api//pinning/unpin/x', 'https://example.org'],
])('an API URL with the path of an endpoint is refused with the one that is meant: %s', (text, instead) => {
  const what = expect.stringContaining('ends in `/api/pinning`')
  expect(parseApiUrl(text)).toMatchObject({ kind: 'problem', what, instead })
})

test('an API URL that is mostly slashes is read at once', () => {
  const slashes = '/'.repeat(120_000)
  const started = performance.now()
  expect(parseApiUrl(`https://example.org${slashes}a`)).toMatchObject({ kind: 'url' })
  // It took over a minute while each slash was tried as the first of a run.
  expect(performance.now() - started).toBeLessThan(5000)
})

describe('a refused API URL is shown without what may be a password', () => {
  test.each([
    ['https://user:word@example.org/a', 'https://example.org/a'],
    ['https://user:wo@rd@example.org', 'https://example.org'],
    ['https://user:wo/rd@example.org', 'https://example.org'],
    ['https://user:wo?rd@example.org', 'https://…'],
    ['https://user:wo#rd@example.org', 'https://…'],
    ['https://example.org/?user=me@example.org&token=word', 'https://…'],
    ['https://example.org/#me@word', 'https://…'],
    ['https://user:word', 'https://user:…'],
    ['https:user:word@example.org', 'example.org'],
    ['https:\\\\user:word@example.org', 'example.org'],
    ['user:word@example.org', 'example.org'],
    ['user:word', 'user:…'],
    ['https://user:wo rd\n@example.org', 'https://example.org'],
    ['https://example.org/a?token=word', 'https://example.org/a'],
    ['https://example.org/a#word', 'https://example.org/a'],
    ['https://exam ple.org?word', 'https://exam ple.org'],
    ['https://example.org:8443/a', 'https://example.org:8443/a'],
    ['example.org', 'example.org'],
  ])('%j as %j', (text, shown) => expect(withoutSecrets(text)).toBe(shown))
})
