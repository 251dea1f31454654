import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy'
import { isLoopback } from '../loopback.ts'

/**
 * Says what is wrong with the proxy variable that the toolkit would use for a URL, or `null`.
 *
 * The toolkit goes direct without a word when the variable cannot be read, has no host or names another protocol; and round the
 * proxy for every host name that begins with `127.`. Where a proxy is set, going direct is not what was asked for.
 *
 * @param base an accepted `api-url`.
 */
export function proxyProblem(base: string, environment: NodeJS.ProcessEnv): string | null {
  const url = new URL(base)
  const name = ['https_proxy', 'HTTPS_PROXY'].find((variable) => environment[variable])
  if (url.protocol !== 'https:' || name === undefined || isLoopback(url.hostname)) return null
  if (checkBypass(url)) {
    return url.hostname.startsWith('127.')
      ? `\`api-url\` has a host that begins with 127., which the toolkit never reaches through the proxy in ${name}`
      : null
  }
  let proxy: URL | undefined
  try {
    proxy = getProxyUrl(url)
  } catch {
    // The same finding as no URL at all.
  }
  if (proxy !== undefined && /^https?:$/.test(proxy.protocol)) return null
  return (
    `The environment variable ${name} names no proxy that can be used; it takes \`http://host:port\` or \`https://host:port\`, ` +
    'with special characters of a password percent-encoded. Requests will not go round it.'
  )
}
