import type { IncomingHttpHeaders } from 'node:http'
import type { KeyPair, Scope } from './types.ts'

/** The pair that a service accepts by default. It is invented, in the form that the real service uses. */
export const DEFAULT_KEYS: KeyPair = {
  apiKey: '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ=',
  secretKey: '/i0DP+95Qu0G1BiZLTXKmP61OUPUUvWZT5aTTXVOFcs=',
  scopes: ['admin'],
}

/** The pair that the two headers name, if the service knows it: both halves have to belong together. */
export function authenticate(known: readonly KeyPair[], headers: IncomingHttpHeaders): KeyPair | undefined {
  return known.find(
    ({ apiKey, secretKey }) =>
      headers['pinning_api_key'] === apiKey && headers['pinning_secret_key'] === secretKey,
  )
}

/** May this pair do what `scope` allows? */
export function mayUse(keys: KeyPair, scope: Scope): boolean {
  return keys.scopes.includes(scope) || keys.scopes.includes('admin')
}
