/** The URL parser writes every IPv4 spelling (`127.1`, `0x7f.1`) as four decimal numbers. A host name cannot look like this. */
const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/

/** @param hostname as the URL parser gives it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || LOOPBACK_IPV4.test(hostname)
}
