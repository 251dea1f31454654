import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { environmentProblems } from '../../../src/http/environment.ts'
import { posixTest } from '../../support/posix.ts'
import { beginStep, endSteps } from '../../support/step.ts'

/** The toolkit reads the variables of the process, so they must be set there. */
function problemsOf(variables: Record<string, string>, base = 'https://example.org'): string[] {
  Object.assign(process.env, variables)
  return environmentProblems(base, process.env)
}

beforeEach(() => void beginStep())
afterEach(endSteps)

test.each<Record<string, string>>([
  {},
  { https_proxy: '', NODE_DEBUG: '' },
  { https_proxy: 'http://proxy.example:3128' },
  { HTTPS_PROXY: 'https://user:p%40ss@proxy.example' },
  { https_proxy: '10.0.0.1:3128' },
  { http_proxy: '::::' },
  { https_proxy: '::::', no_proxy: 'example.org' },
])('%j is no problem', (variables) => expect(problemsOf(variables)).toEqual([]))

test.each(['http://localhost:1', 'http://127.0.0.1:1', 'https://localhost', 'https://127.0.0.1'])(
  'a proxy that cannot be used is no problem for %s',
  (base) => expect(problemsOf({ https_proxy: '::::' }, base)).toEqual([]),
)

const UNUSABLE =
  ':::: http:// proxy.example:3128 socks5://proxy.example ftp://proxy.example xhttp://proxy.example https:/// ' +
  'http://user:%zz@proxy.example'
test.each(UNUSABLE.split(' '))(
  'the proxy %s is refused, because the toolkit would connect without it',
  (value) =>
    expect(problemsOf({ HTTPS_PROXY: value })).toEqual([
      // Windows finds a variable by its name in any letter case.
      expect.stringMatching(/^The environment variable HTTPS_PROXY does not name a usable proxy\./i),
    ]),
)

test('a host that begins with 127. is refused where a proxy is set', () =>
  expect(problemsOf({ https_proxy: 'http://proxy.example' }, 'https://127.example.org')).toEqual([
    expect.stringContaining('127.example.org begins with 127.'),
  ]))

posixTest('the message about a proxy names the variable that counts, and not its value', () => {
  const https_proxy = 'socks5://user:password@proxy.example'
  const [problem] = problemsOf({ https_proxy, HTTPS_PROXY: 'http://proxy.example' })
  expect(problem).toMatch(/variable https_proxy /)
  expect(problem).not.toMatch('password@')
})

test('NODE_DEBUG is refused, because Node would print the keys', () =>
  expect(problemsOf({ NODE_DEBUG: 'http' })).toEqual([expect.stringContaining('NODE_DEBUG is set')]))
