import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy'

/** The URL parser writes every IPv4 spelling (`127.1`, `0x7f.1`) as four decimal numbers. A host name cannot look like this. */
const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/

/** @param hostname as the URL parser gives it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || LOOPBACK_IPV4.test(hostname)
}

/** The name of the variable that names the proxy for `https`, if it is set. The toolkit looks at them in this order. */
export function proxyVariable(environment: NodeJS.ProcessEnv): string | undefined {
  return ['https_proxy', 'HTTPS_PROXY'].find((variable) => environment[variable])
}

/** The variable that names the proxy which requests to this URL go through, if there is one. */
export function proxyFor(url: URL): string | undefined {
  return getProxyUrl(url) && proxyVariable(process.env)
}

/**
 * The toolkit connects directly, without a word, where the proxy variable cannot be read or names another protocol, and for every
 * host name that begins with `127.`. A person who sets a proxy does not want that.
 * @param base origin and path prefix of the API.
 * @returns why requests are not sent, in whole sentences; empty where they are.
 */
export function proxyProblems(base: string, environment: NodeJS.ProcessEnv): string[] {
  const url = new URL(base)
  const name = proxyVariable(environment)
  if (url.protocol !== 'https:' || name === undefined || isLoopback(url.hostname)) return []
  // `no_proxy` asks for this. The toolkit's own bypass is for every name like 127.example.org.
  if (checkBypass(url) && !url.hostname.startsWith('127.')) return []
  let proxy: URL | undefined
  try {
    proxy = getProxyUrl(url)
  } catch {
    // The same as no URL at all.
  }
  if (proxy !== undefined && /^https?:$/.test(proxy.protocol)) return []
  return [
    `The environment variable \`${name}\` does not name a usable proxy for ${url.hostname}. Write it as \`http://host:port\` or ` +
      '`https://host:port`, with special characters of a password percent-encoded. Nothing is sent without the proxy.',
  ]
}
