import { RefusedError } from '../../../src/errors.ts'
import { type Inputs, readInputs, readKeys } from '../../../src/inputs/read.ts'
import { canonicalCid } from '../../../src/pin/cid.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { beginStep } from '../../support/step.ts'

export type Given = Readonly<Record<string, string>>

export const KEYS = { api: 'api+key/of+a=pair=', secret: 'secret/of+a+pair==' }

interface Surroundings {
  platform?: NodeJS.Platform
  /** Further variables. */
  env?: Given
}

/** Reads the inputs of a step in which the key pair is good, and everything else has its default. */
export function read(given: Given, { platform = 'linux', env = {} }: Surroundings = {}): Inputs {
  beginStep({ 'pinning-api-key': KEYS.api, 'pinning-secret-key': KEYS.secret, ...given })
  Object.assign(process.env, env)
  const keys = readKeys()
  return readInputs(keys, createRedactor([keys.api, keys.secret]), canonicalCid, platform)
}

/** The problems for which the inputs are refused; none where they are accepted. */
export function problemsOf(given: Given, surroundings?: Surroundings): readonly string[] {
  try {
    read(given, surroundings)
  } catch (error) {
    if (error instanceof RefusedError) return error.problems
    throw error
  }
  return []
}
