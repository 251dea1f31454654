import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { isLoopback, proxyProblems } from '../../../src/http/proxy.ts'
import { beginStep, endSteps } from '../../support/step.ts'

/** The toolkit reads the variables of the process, so they must be set there. */
function problemsOf(variables: Record<string, string>, base = 'https://example.org'): string[] {
  Object.assign(process.env, variables)
  return proxyProblems(base, process.env)
}

beforeEach(() => void beginStep())
afterEach(endSteps)

test.each<Record<string, string>>([
  {},
  { https_proxy: '' },
  { https_proxy: '10.0.0.1:3128' },
  { HTTPS_PROXY: 'https://user:p%40ss@proxy.example' },
  { http_proxy: '::::' },
  { https_proxy: '::::', no_proxy: 'example.org' },
])('requests are sent with the variables %j', (variables) => expect(problemsOf(variables)).toEqual([]))

const UNUSABLE =
  ':::: http:// proxy.example:3128 socks5://a.example xhttp://a.example https:/// http://user:%zz@a.example'
test.each(UNUSABLE.split(' '))('the proxy %s is refused, because the toolkit would connect without it', (value) => {
  // Windows finds a variable by its name in any letter case.
  const problem = expect.stringMatching(/`HTTPS_PROXY`(?!.*a\.example).* proxy for example\.org\./i)
  expect(problemsOf({ HTTPS_PROXY: value })).toEqual([problem])
  const local = ['http://localhost:1', 'https://localhost', 'https://127.0.0.1']
  expect(local.flatMap((base) => problemsOf({}, base))).toEqual([])
})

test('a host that begins with 127. but is no address is refused where a proxy is set', () => {
  expect(problemsOf({ https_proxy: 'http://proxy.example' }, 'https://127.example.org')).toHaveLength(1)
  const hosts = ['127.0.0.1', '127.255.1.9', 'localhost', '127.a.org', '1.127.0.0.1', '127.0.0.1.org', 'localhost.org']
  expect(hosts.map(isLoopback)).toEqual([true, true, true, false, false, false, false])
})
