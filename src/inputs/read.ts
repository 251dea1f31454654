import { getInput, setSecret } from '@actions/core'
import { RefusedError } from '../errors.ts'
import { createRedactor } from '../redact.ts'
import type { KeyPair, OnMissing } from '../types.ts'
import { parseApiUrl } from './api-url.ts'
import { keyProblem } from './keys.ts'
import { looksLikeCid, parsePinIds } from './pin-ids.ts'
import { parseBoolean, parseInteger } from './words.ts'

/** Everything a workflow can say, read and accepted. */
export interface Inputs {
  /** Lower case, each once, in the order given. */
  pinIds: string[]
  keys: KeyPair
  /** Origin and path prefix, no trailing slash. */
  apiBase: string
  onMissing: OnMissing
  dryRun: boolean
  requestsPerMinute: number
  timeoutSeconds: number
}

/** Bad words quoted in one problem; the rest are counted. */
const WORDS_QUOTED = 5
/** A quoted value is cut here. */
const QUOTED_LENGTH = 60
/** A word in `pin-id` that is no CID is cut here: enough to recognise it, too little to be a key pasted into the wrong input. */
const QUOTED_WORD_LENGTH = 24

/** Shows a value in a message, but never one that holds a key, however short that key is. */
type Quote = (text: string, length?: number) => string

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
export function readInputs(keys: KeyPair): Inputs {
  const problems: string[] = []
  const quote: Quote = (text, length = QUOTED_LENGTH) =>
    showsKey(text, keys)
      ? '(not shown: it holds the value of a key)'
      : `"${text.length > length ? `${text.slice(0, length)}…` : text}"`

  const pinIds = readPinIds(problems, quote, keys)
  for (const [name, key] of [
    ['pinning-api-key', keys.api],
    ['pinning-secret-key', keys.secret],
  ] as const) {
    const problem = keyProblem(key)
    if (problem !== null) problems.push(`\`${name}\` ${problem}`)
  }
  const apiBase = readApiBase(problems, quote, keys)
  const onMissing = read<OnMissing>(
    'on-missing',
    (text) => (text === 'warn' || text === 'ignore' || text === 'fail' ? text : null),
    'it takes `warn`, `ignore` or `fail`',
  )
  const dryRun = read('dry-run', parseBoolean, 'it takes `true` or `false`')
  const requestsPerMinute = read(
    'requests-per-minute',
    (text) => parseInteger(text, 1, 6000),
    'it takes a whole number from 1 to 6000',
  )
  const timeoutSeconds = read(
    'timeout-seconds',
    (text) => parseInteger(text, 1, 3600),
    'it takes a whole number from 1 to 3600',
  )

  if (
    problems.length > 0 ||
    apiBase === null ||
    onMissing === null ||
    dryRun === null ||
    requestsPerMinute === null ||
    timeoutSeconds === null
  ) {
    throw new RefusedError(problems)
  }
  return { pinIds, keys, apiBase, onMissing, dryRun, requestsPerMinute, timeoutSeconds }

  /** An empty text is never turned into the default: the default stands in action.yml, and an empty `dry-run` must not unpin. */
  function read<T>(name: string, parse: (text: string) => T | null, allowed: string): T | null {
    const text = getInput(name)
    const value = parse(text)
    if (value === null)
      problems.push(`\`${name}\` ${text === '' ? 'is empty' : `is ${quote(text)}`}; ${allowed}.`)
    return value
  }
}

function readPinIds(problems: string[], quote: Quote, keys: KeyPair): string[] {
  const { pinIds, rejected } = parsePinIds(getInput('pin-id'))
  if (rejected.length > 0) {
    const shown = rejected
      .slice(0, WORDS_QUOTED)
      .map((word) => quote(word, looksLikeCid(word) ? undefined : QUOTED_WORD_LENGTH))
      .join(', ')
    const more = rejected.length > WORDS_QUOTED ? ` and ${rejected.length - WORDS_QUOTED} more` : ''
    const hint = rejected.some(looksLikeCid)
      ? " A CID names content, not a pin: what is wanted is the `id` of the pin's record."
      : ''
    problems.push(
      `\`pin-id\` holds ${shown}${more}; it takes pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, ` +
        `separated by white space, commas or line ends.${hint}`,
    )
  } else if (pinIds.length === 0) {
    problems.push(
      '`pin-id` is empty; it takes one or more pin IDs. Was the variable or output it comes from set?',
    )
  }
  if (pinIds.some((pinId) => holdsKey(pinId, keys))) {
    problems.push(
      '`pin-id` holds the value of a key; the ID is part of a URL, and keys never are. Were inputs mixed up?',
    )
  }
  return pinIds
}

function readApiBase(problems: string[], quote: Quote, keys: KeyPair): string | null {
  const text = getInput('api-url')
  const read = text === '' ? { problem: 'is empty' } : parseApiUrl(text)
  if ('problem' in read) {
    problems.push(
      `\`api-url\` ${text === '' ? '' : `is ${quote(text)}, which `}${read.problem}; it takes an \`https\` URL ` +
        '(`http` on loopback only) without user info, query or fragment.',
    )
    return null
  }
  if (holdsKey(read.base, keys)) {
    problems.push('`api-url` holds the value of a key; keys never go into a URL. Were inputs mixed up?')
  }
  return read.base
}

/** A key that is too short is refused anyway; it would only make every other input look as if it held it. */
function holdsKey(text: string, keys: KeyPair): boolean {
  return createRedactor([keys.api, keys.secret])(text) !== text
}

function showsKey(text: string, keys: KeyPair): boolean {
  const lower = text.toLowerCase()
  const shown = [keys.api, keys.secret].some((key) => key !== '' && lower.includes(key.toLowerCase()))
  return shown || holdsKey(text, keys)
}
