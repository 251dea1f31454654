import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { proxyProblem } from '../../../src/http/proxy.ts'
import { beginStep, endSteps } from '../../support/step.ts'

const BASE = 'https://example.org'

/** The toolkit reads the variables of the process, so that is where they have to be. */
function problem(variables: Record<string, string>, base = BASE): string | null {
  Object.assign(process.env, variables)
  return proxyProblem(base, process.env)
}

beforeEach(() => void beginStep())
afterEach(endSteps)

describe('nothing is wrong', () => {
  test.each([
    [{}],
    [{ https_proxy: '' }],
    [{ https_proxy: 'http://proxy.example:3128' }],
    [{ HTTPS_PROXY: 'https://user:p%40ss@proxy.example' }],
    [{ https_proxy: '10.0.0.1:3128' }],
    [{ http_proxy: '::::' }],
    [{ https_proxy: '::::', no_proxy: 'example.org' }],
  ] as Record<string, string>[][])('with %j', (variables) => {
    expect(problem(variables ?? {})).toBeNull()
  })

  test.each(['http://localhost:1', 'http://127.0.0.1:1', 'https://localhost', 'https://127.0.0.1'])(
    'where %s goes direct, whatever the variable says',
    (base) => {
      expect(problem({ https_proxy: '::::' }, base)).toBeNull()
    },
  )
})

describe('requests would go round the proxy unasked', () => {
  test.each([
    '::::',
    'http://',
    'proxy.example:3128',
    'socks5://proxy.example',
    'ftp://proxy.example',
    'xhttp://proxy.example',
    'https:///',
    'http://user:%zz@proxy.example',
  ])('with the proxy %s', (value) => {
    expect(problem({ HTTPS_PROXY: value })).toMatch(
      /^The environment variable HTTPS_PROXY names no proxy that can be used; .* Requests will not go round it\.$/,
    )
  })

  test('with a host that begins with 127. and is not this machine', () => {
    expect(problem({ https_proxy: 'http://proxy.example' }, 'https://127.example.org')).toMatch(
      '`api-url` has a host that begins with 127.',
    )
  })
})

test('a proxy that cannot be used is not shown: it may hold a password', () => {
  expect(problem({ https_proxy: 'socks5://user:password@proxy.example' })).not.toMatch('password@')
})

test('the variable that wins is the one that is named', () => {
  expect(problem({ https_proxy: '::::', HTTPS_PROXY: 'http://proxy.example' })).toMatch('https_proxy')
})
