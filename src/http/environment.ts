import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy'
import { isLoopback } from '../loopback.ts'

/**
 * Says what in the environment keeps requests from being sent safely; whole sentences.
 *
 * @param base origin and path prefix of the API.
 */
export function environmentProblems(base: string, environment: NodeJS.ProcessEnv): string[] {
  return [...debugProblem(environment), ...proxyProblem(new URL(base), environment)]
}

/** Node reads the variable when it starts, so taking it out of the environment now would change nothing. */
function debugProblem({ NODE_DEBUG: sections = '' }: NodeJS.ProcessEnv): string[] {
  return sections === ''
    ? []
    : [
        'The environment variable NODE_DEBUG is set. It makes Node print the headers of requests, and with them the keys, to the ' +
          'log. Remove it from this step, or set it to an empty value.',
      ]
}

/**
 * The toolkit silently connects directly if the proxy variable cannot be read, has no host or names another protocol, and for every
 * host name that begins with `127.`. A person who sets a proxy does not want a direct connection.
 */
function proxyProblem(url: URL, environment: NodeJS.ProcessEnv): string[] {
  const name = ['https_proxy', 'HTTPS_PROXY'].find((variable) => environment[variable])
  if (url.protocol !== 'https:' || name === undefined || isLoopback(url.hostname)) return []
  if (checkBypass(url)) {
    return url.hostname.startsWith('127.')
      ? [
          `The host ${url.hostname} begins with 127., and such a host is never reached through the proxy in ${name}. Use another ` +
            'host name for the API, or remove the proxy variable from this step.',
        ]
      : []
  }
  let proxy: URL | undefined
  try {
    proxy = getProxyUrl(url)
  } catch {
    // The same as no URL at all.
  }
  if (proxy !== undefined && /^https?:$/.test(proxy.protocol)) return []
  return [
    `The environment variable ${name} does not name a usable proxy. It takes \`http://host:port\` or \`https://host:port\`; special ` +
      'characters of a password must be percent-encoded. Requests are not sent without the proxy.',
  ]
}
