import { RefusedError } from '../../../src/errors.ts'
import { type Inputs, readInputs, readKeys } from '../../../src/inputs/read.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { beginStep } from '../../support/step.ts'

export type Given = Readonly<Record<string, string>>
type Env = Readonly<Record<string, string | undefined>>

export const KEYS = { api: 'api+key/of+a=pair=', secret: 'secret/of+a+pair==' }

/** Reads the inputs of a step in which the key pair is good, and everything else has its default. @param env other variables. */
export function read(given: Given, env: Env = {}): Inputs {
  beginStep({ 'pinning-api-key': KEYS.api, 'pinning-secret-key': KEYS.secret, ...given })
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  const keys = readKeys()
  return readInputs(keys, createRedactor([keys.api, keys.secret]))
}

/** The problems for which the inputs are refused; none where they are accepted. */
export function problemsOf(given: Given, env?: Env): readonly string[] {
  try {
    read(given, env)
  } catch (error) {
    if (error instanceof RefusedError) return error.problems
    throw error
  }
  return []
}
