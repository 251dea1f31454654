/** What `npm start` is asked to do. */
export type StartRequest =
  | { kind: 'embedded' }
  | { kind: 'real'; inputs: Record<string, string>; secrets: string[]; env: Record<string, string> }
  | { kind: 'refused'; message: string }

// The action may have to pass a proxy, or trust its certificate, to reach the real service.
const PASSED_ON = [
  'https_proxy',
  'HTTPS_PROXY',
  'http_proxy',
  'HTTP_PROXY',
  'no_proxy',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
]

const USAGE = `Against an embedded service:
  npm start
Against the real service, which removes the pins (set API_URL to use another service):
  PINNING_API_KEY=… PINNING_SECRET_KEY=… npm start -- PIN-ID…`

/**
 * The real service needs both keys and at least one pin ID. Without all three it is the embedded service. The action checks the values.
 *
 * @param pinIds the arguments
 * @param environment where the keys are; an empty variable counts as not set
 */
export function readStartRequest(
  pinIds: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartRequest {
  const apiKey = environment['PINNING_API_KEY'] ?? ''
  const secretKey = environment['PINNING_SECRET_KEY'] ?? ''
  const apiUrl = environment['API_URL'] ?? ''

  if (apiKey === '' && secretKey === '' && pinIds.length === 0) return { kind: 'embedded' }
  const missing = [
    ...(apiKey === '' ? ['PINNING_API_KEY in the environment'] : []),
    ...(secretKey === '' ? ['PINNING_SECRET_KEY in the environment'] : []),
    ...(pinIds.length === 0 ? ['the IDs of the pins to remove as arguments'] : []),
  ]
  if (missing.length > 0)
    return { kind: 'refused', message: `Missing: ${missing.join(' and ')}.\n\n${USAGE}` }

  return {
    kind: 'real',
    inputs: {
      'pin-id': pinIds.join('\n'),
      'pinning-api-key': apiKey,
      'pinning-secret-key': secretKey,
      ...(apiUrl === '' ? {} : { 'api-url': apiUrl }),
    },
    secrets: [apiKey, secretKey],
    env: Object.fromEntries(
      PASSED_ON.flatMap((name) => {
        const value = environment[name]
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
}
