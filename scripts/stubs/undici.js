// Stands in for undici in the bundle. @actions/http-client imports it for a `fetch` dispatcher that this action never
// asks for; the real package would be seven eighths of what a reviewer has to read.
export function ProxyAgent() {
  throw new Error('undici is not part of this bundle')
}
