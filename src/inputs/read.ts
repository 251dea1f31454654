import { getInput, setSecret } from '@actions/core'
import { RefusedError } from '../errors.ts'
import type { OnMissing } from '../pin/outcome.ts'
import type { Redactor } from '../secrets.ts'
import type { CanonicalCid, Criteria, GroupBy, ProtectLine } from '../selection/criteria.ts'
import { apiUrl } from './api-url.ts'
import { collect, type Input, isGiven, isLeftOut, quoteAll } from './collect.ts'
import { keyvalues, names, protect } from './lines.ts'
import { cids, pinIds } from './pins.ts'
import { findStrays } from './strays.ts'
import { adviseOnAge, integer, key, parseAge, parseBoolean, word } from './words.ts'

/** The key pair, trimmed. Until the inputs are accepted, both may be anything. */
export interface KeyPair {
  api: string
  secret: string
}

/** Which pins to unpin. */
export type Target =
  /** Lower case, each once, in the order given. */
  { kind: 'ids'; pinIds: readonly string[] } | { kind: 'selection'; criteria: Criteria; maxUnpins: number }

/** Everything that a workflow can say, read and accepted. */
export interface Inputs {
  target: Target
  /** Empty where nothing is protected. */
  protect: readonly ProtectLine[]
  /** Origin and path prefix, without a slash at the end. */
  apiBase: string
  onMissing: OnMissing
  dryRun: boolean
  verify: boolean
  requestsPerMinute: number
  timeoutSeconds: number
  /** What a person should know although nothing is refused; whole sentences. */
  warnings: readonly string[]
}

/** The inputs that select pins. One of them is needed, or `pin-id`. */
const SELECTORS = ['cid', 'name', 'keyvalues'] as const
/** The default in action.yml. With `pin-id`, any other value is refused. */
const DEFAULT_MAX_UNPINS = 25
const LARGEST_NUMBER = 1_000_000

/** Every input that action.yml declares. */
function declaredInputs(canonicalCid: CanonicalCid, onWindows: boolean) {
  const olderThan: Input<{ ms: number; text: string } | null> = {
    ...word('an age such as `90m`, `12h`, `30d` or `8w`', parseAge, adviseOnAge),
    leftOut: null,
  }
  const groupBy: Input<GroupBy> = {
    ...word('`name` or `keyvalues.KEY`', parseGroupBy),
    leftOut: { kind: 'all' },
  }
  const boolean = word('`true` or `false`', parseBoolean)
  return {
    'pin-id': pinIds(onWindows),
    'pinning-api-key': key('API key'),
    'pinning-secret-key': key('secret key'),
    'api-url': apiUrl,
    'on-missing': word('`warn`, `ignore` or `fail`', parseOnMissing),
    'dry-run': boolean,
    'requests-per-minute': integer(1, 6000),
    'timeout-seconds': integer(1, 3600),
    cid: cids(canonicalCid),
    name: names,
    keyvalues,
    'older-than': olderThan,
    'keep-latest': integer(0, LARGEST_NUMBER),
    'group-by': groupBy,
    protect: protect(canonicalCid),
    'max-unpins': integer(1, LARGEST_NUMBER),
    verify: boolean,
  }
}

/** Reads the key pair and makes the runner mask it. This comes first, so that nothing can print a key. */
export function readKeys(): KeyPair {
  const keys = { api: getInput('pinning-api-key'), secret: getInput('pinning-secret-key') }
  for (const key of [keys.api, keys.secret]) if (key !== '') setSecret(key)
  return keys
}

/** Do the inputs name CIDs, select or protect? Then the code for selections must be loaded first. */
export function needsSelection(): boolean {
  return [...SELECTORS, 'protect'].some((name) => isGiven(name))
}

/**
 * Reads every input.
 *
 * @param canonicalCid may know no CID where `needsSelection` is false.
 * @throws RefusedError with all problems of all inputs.
 */
export function readInputs(
  keys: KeyPair,
  redactor: Redactor,
  canonicalCid: CanonicalCid,
  platform: NodeJS.Platform = process.platform,
): Inputs {
  const onWindows = platform === 'win32'
  const declared = declaredInputs(canonicalCid, onWindows)
  const { values, problems } = collect(declared, redactor, [keys.api, keys.secret])
  const strays = findStrays(process.env, Object.keys(declared), onWindows)
  problems.push(
    ...problemsBetween(values),
    ...(['pin-id', 'api-url'] as const)
      .filter((name) => redactor.holdsKey(String(values[name] ?? '')))
      .map(
        (name) =>
          `\`${name}\` holds the value of a key, and keys must not be in a URL. Were inputs mixed up?`,
      ),
    ...strays.misspelt.map(
      ({ name, variable, meant }) =>
        `\`${redactor.redact(name)}\` is not an input; did you mean \`${meant}\`? ` +
        `If the workflow does not set it, remove \`${redactor.redact(variable)}\` from the environment.`,
    ),
  )
  if (problems.length > 0) throw new RefusedError(problems)
  return inputsFrom(values as Required<typeof values>, warningsAbout(strays.others, redactor))
}

type Values = ReturnType<typeof collect<ReturnType<typeof declaredInputs>>>['values']

/** Problems between inputs that are each valid alone. */
function problemsBetween(values: Values): string[] {
  const keepLatest = values['keep-latest'] ?? 0
  if (isGiven('pin-id')) {
    const maxUnpins = values['max-unpins'] ?? DEFAULT_MAX_UNPINS
    const narrowing = [
      ...['older-than', 'group-by'].filter((name) => isGiven(name)),
      ...(keepLatest > 0 ? ['keep-latest'] : []),
      ...(maxUnpins === DEFAULT_MAX_UNPINS ? [] : ['max-unpins']),
    ]
    return [
      ...SELECTORS.filter((name) => isGiven(name)).map(
        (name) => `\`${name}\` selects pins, and \`pin-id\` names them; use one or the other.`,
      ),
      ...narrowing.map(
        (name) => `\`${name}\` is for a selection and does not go with \`pin-id\`; remove one of the two.`,
      ),
    ]
  }
  if (['pin-id', ...SELECTORS].every((name) => isLeftOut(name))) {
    return ['`pin-id` or one of `cid`, `name` and `keyvalues` is needed; none of them is given.']
  }
  if (isGiven('group-by') && values['keep-latest'] === 0) {
    return ['`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.']
  }
  return []
}

function warningsAbout(strays: readonly string[], redactor: Redactor): string[] {
  if (strays.length === 0) return []
  const shown = quoteAll(strays, (name) => `\`${redactor.redact(name)}\``)
  return [
    strays.length === 1
      ? `${shown} is not an input of this action and has no effect.`
      : `${shown} are not inputs of this action and have no effect.`,
  ]
}

function inputsFrom(values: Required<Values>, warnings: readonly string[]): Inputs {
  const pinIds = values['pin-id']
  return {
    target:
      pinIds === null
        ? { kind: 'selection', criteria: criteriaFrom(values), maxUnpins: values['max-unpins'] }
        : { kind: 'ids', pinIds },
    protect: values.protect,
    apiBase: values['api-url'],
    onMissing: values['on-missing'],
    dryRun: values['dry-run'],
    verify: values.verify,
    requestsPerMinute: values['requests-per-minute'],
    timeoutSeconds: values['timeout-seconds'],
    warnings,
  }
}

function criteriaFrom(values: Required<Values>): Criteria {
  const given = [...SELECTORS, 'older-than', 'keep-latest', 'group-by', 'protect'].filter(
    (name) => isGiven(name) && (name !== 'keep-latest' || values['keep-latest'] > 0),
  )
  return {
    cids: values.cid,
    names: values.name,
    keyvalues: values.keyvalues,
    olderThan: values['older-than'],
    keepLatest: values['keep-latest'],
    groupBy: values['group-by'],
    given: given.map((name) => [name, getInput(name)] as const),
  }
}

function parseOnMissing(text: string): OnMissing | null {
  return text === 'warn' || text === 'ignore' || text === 'fail' ? text : null
}

function parseGroupBy(text: string): GroupBy | null {
  if (text === 'name') return { kind: 'name' }
  const [, key] = /^keyvalues\.(.+)$/s.exec(text) ?? []
  return key === undefined ? null : { kind: 'keyvalue', key: key.trim() }
}
