import { resolve } from 'node:path'

/** What `npm start` is asked to do. */
export type StartRequest =
  { inputs: Record<string, string>; real: boolean; env: Record<string, string> } | { refused: string }

// The action may have to pass a proxy, or trust its certificate, to reach the real service.
const PASSED_ON = /^(?:https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)$/i

/** What is shown without arguments: one pin goes, one is too new, one is protected. */
export const EXAMPLE = ['name=preview-*', 'older-than=7d', 'protect=preview-main']

export const USAGE = `Against an embedded service with some pins, by any input of action.yml or by pin ID:
  npm start -- name='preview-*' group-by=name keep-latest=1 dry-run=true
  npm start -- PIN-ID…
An input that is given twice gets two lines.
Against the real service, which removes the pins (api-url=… names another one):
  PINNING_API_KEY=… PINNING_SECRET_KEY=… npm start -- PIN-ID…`

/**
 * With both keys it is the real service, without them the embedded one. The action checks the values.
 *
 * @param args `input=value`, or pin IDs
 * @param environment where the keys are; an empty variable counts as not set
 */
export function readStartRequest(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartRequest {
  if (args.some((arg) => arg.startsWith('-'))) return { refused: USAGE }
  const { PINNING_API_KEY: apiKey = '', PINNING_SECRET_KEY: secretKey = '' } = environment
  const real = apiKey !== '' && secretKey !== ''
  if (!real && apiKey + secretKey !== '')
    return { refused: `Set both PINNING_API_KEY and PINNING_SECRET_KEY, or neither.\n\n${USAGE}` }
  if (real && args.length === 0) return { refused: `Say which pins.\n\n${USAGE}` }

  const inputs: Record<string, string> = {}
  for (const arg of args.length === 0 ? EXAMPLE : args) {
    const [, name = 'pin-id', value = arg] = /^([A-Za-z][A-Za-z0-9_-]*)=(.*)$/s.exec(arg) ?? []
    inputs[name] = name in inputs ? `${inputs[name]}\n${value}` : value
  }
  // The action runs in a folder of its own.
  if (inputs['plan-file']) inputs['plan-file'] = resolve(inputs['plan-file'])
  if (!real) return { inputs, real, env: {} }
  const passedOn = Object.entries(environment).filter(([name]) => PASSED_ON.test(name))
  return {
    inputs: { 'pinning-api-key': apiKey, 'pinning-secret-key': secretKey, ...inputs },
    real,
    env: Object.fromEntries(passedOn) as Record<string, string>,
  }
}
