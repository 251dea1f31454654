import { getInput, setSecret } from '@actions/core'
import { type CanonicalCid, type Criteria, NOTHING_PROTECTED, type Protection } from '../criteria.ts'
import { RefusedError } from '../errors.ts'
import type { KeyPair, OnMissing } from '../types.ts'
import { parseApiUrl } from './api-url.ts'
import { keyProblem } from './keys.ts'
import { readPinIds } from './pin-ids.ts'
import { InputReader } from './reader.ts'
import { refuseNarrowing, SELECTORS } from './selection.ts'
import { parseBoolean, parseInteger } from './words.ts'

/** Which pins are meant: given by ID, lower case, each once, in order; or selected. */
export type Target = { pinIds: string[] } | { criteria: Criteria; maxUnpins: number }

/** Everything a workflow can say, read and accepted. */
export interface Inputs {
  target: Target
  protect: Protection
  /** Tells CIDs apart; knows none where the workflow named none. */
  canonicalCid: CanonicalCid
  keys: KeyPair
  /** Origin and path prefix, no trailing slash. */
  apiBase: string
  onMissing: OnMissing
  dryRun: boolean
  verify: boolean
  requestsPerMinute: number
  timeoutSeconds: number
}

/** Reads the key pair and has the runner mask it. Comes before everything else, so that nothing can print a key. */
export function readKeys(): KeyPair {
  const keys = { api: getInput('pinning-api-key'), secret: getInput('pinning-secret-key') }
  for (const key of [keys.api, keys.secret]) if (key !== '') setSecret(key)
  return keys
}

/**
 * Reads every other input.
 *
 * @throws RefusedError with all problems of all inputs at once.
 */
export async function readInputs(keys: KeyPair): Promise<Inputs> {
  const reader = new InputReader(keys)
  let canonicalCid: CanonicalCid = () => null
  const loadCids = async () => ({ canonicalCid } = await import('../cid.ts')).canonicalCid

  // What reads a selection is loaded only where there is one: an unpin by ID starts without it.
  const protect = reader.isGiven('protect')
    ? await (await import('./criteria.ts')).readProtection(reader, loadCids)
    : NOTHING_PROTECTED
  const target = await readTarget(reader, protect, loadCids)
  checkKey(reader, 'pinning-api-key', keys.api)
  checkKey(reader, 'pinning-secret-key', keys.secret)
  const apiBase = readApiBase(reader)
  const onMissing = reader.required('on-missing', parseOnMissing, 'it takes `warn`, `ignore` or `fail`')
  const dryRun = reader.required('dry-run', parseBoolean, 'it takes `true` or `false`')
  const verify = reader.required('verify', parseBoolean, 'it takes `true` or `false`')
  const requestsPerMinute = readInteger(reader, 'requests-per-minute', 6000)
  const timeoutSeconds = readInteger(reader, 'timeout-seconds', 3600)

  if (
    reader.problems.length > 0 ||
    target === null ||
    apiBase === null ||
    onMissing === null ||
    dryRun === null ||
    verify === null ||
    requestsPerMinute === null ||
    timeoutSeconds === null
  ) {
    throw new RefusedError(reader.problems)
  }
  return {
    target,
    protect,
    canonicalCid,
    keys,
    apiBase,
    onMissing,
    dryRun,
    verify,
    requestsPerMinute,
    timeoutSeconds,
  }
}

async function readTarget(
  reader: InputReader,
  protect: Protection,
  loadCids: () => Promise<CanonicalCid>,
): Promise<Target | null> {
  const selectors = SELECTORS.filter((name) => reader.isGiven(name))
  const byId = reader.isGiven('pin-id')
  if (!byId && selectors.length === 0) {
    reader.refuse(
      'pin-id',
      'is not given, and neither is `cid`, `name` or `keyvalues`; one of them is needed.',
    )
  }
  if (byId) {
    for (const name of selectors) {
      if (reader.optional(name) === null) continue
      reader.refuse(name, 'selects pins, and `pin-id` names them; use one or the other.')
    }
    const text = reader.optional('pin-id')
    const pinIds = text === null ? [] : readPinIds(reader, text)
    refuseNarrowing(reader)
    return { pinIds }
  }
  const { readCriteria } = await import('./criteria.ts')
  return readCriteria(reader, protect, loadCids)
}

function checkKey(reader: InputReader, name: string, key: string): void {
  const problem = keyProblem(key)
  if (problem !== null) reader.refuse(name, problem)
}

function readApiBase(reader: InputReader): string | null {
  const text = getInput('api-url')
  const read = text === '' ? { problem: 'is empty' } : parseApiUrl(text)
  if ('problem' in read) {
    const which = text === '' ? '' : `is ${reader.quote(text)}, which `
    return reader.refuse(
      'api-url',
      `${which}${read.problem}; it takes an \`https\` URL (\`http\` on loopback only) without user info, query or fragment.`,
    )
  }
  if (reader.holdsKey(read.base)) {
    return reader.refuse(
      'api-url',
      'holds the value of a key; keys never go into a URL. Were inputs mixed up?',
    )
  }
  return read.base
}

function parseOnMissing(text: string): OnMissing | null {
  return text === 'warn' || text === 'ignore' || text === 'fail' ? text : null
}

function readInteger(reader: InputReader, name: string, most: number): number | null {
  return reader.required(
    name,
    (text) => parseInteger(text, 1, most),
    `it takes a whole number from 1 to ${most}`,
  )
}
