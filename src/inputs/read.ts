import { getInput, setSecret } from '@actions/core'
import { RefusedError } from '../errors.ts'
import type { Criteria, GroupBy } from '../plan/match.ts'
import type { PlanRules, Target } from '../plan/plan.ts'
import type { Redactor } from '../secrets.ts'
import { collect, type Input, isGiven, isLeftOut, quoteAll, variableOf } from './input.ts'
import { cids, keyvalues, names, pinIds, protect } from './lists.ts'
import { findStrays } from './misspelt.ts'
import { planFile } from './plan-file.ts'
import { age, apiUrl, boolean, integer, key, value, word } from './values.ts'

/** The key pair, trimmed. Until the inputs are accepted, both may be anything. */
export interface KeyPair {
  api: string
  secret: string
}

/** Everything that a workflow can say, read and accepted. */
export interface Inputs extends PlanRules {
  /** Origin and path prefix, without a slash at the end. */
  apiBase: string
  dryRun: boolean
  verify: boolean
  requestsPerMinute: number
  timeoutSeconds: number
  /** The inputs that select, and those that limit, as the workflow gave them; empty where pins are given by ID. */
  selects: readonly (readonly [input: string, value: string])[]
  /** What a person should know although nothing is refused; whole sentences. */
  warnings: readonly string[]
}

const BY_ID = ['pin-id', 'plan-file'] as const
/** The inputs that select pins. One of them is needed, or one of `BY_ID`. */
const SELECTORS = ['cid', 'name', 'keyvalues'] as const
/** What narrows a selection, with its default in action.yml. */
const NARROWING = {
  'older-than': '(none)',
  'expired-by': '(none)',
  'keep-latest': '0',
  'group-by': '(none)',
  'max-unpins': '25',
  'on-too-many': 'fail',
} as const
const LARGEST_NUMBER = 1_000_000

/** Every input that action.yml declares. */
function declaredInputs(onWindows: boolean) {
  const groupBy: Input<GroupBy> = {
    ...value('`name` or `keyvalues.KEY`', parseGroupBy),
    leftOut: { kind: 'all' },
  }
  const expiredBy: Input<string | null> = { ...value('`keyvalues.KEY`', parseKey), leftOut: null }
  return {
    'pin-id': pinIds(onWindows),
    'plan-file': planFile,
    cid: cids,
    name: names,
    keyvalues,
    'older-than': age,
    'expired-by': expiredBy,
    'keep-latest': integer(0, LARGEST_NUMBER),
    'group-by': groupBy,
    protect,
    'max-unpins': integer(1, LARGEST_NUMBER),
    'on-too-many': word('fail', 'oldest-first'),
    'on-missing': word('warn', 'ignore', 'fail'),
    'on-unused-protect': word('fail', 'warn', 'ignore'),
    'dry-run': boolean,
    verify: boolean,
    'pinning-api-key': key('API key'),
    'pinning-secret-key': key('secret key'),
    'api-url': apiUrl,
    'requests-per-minute': integer(1, 6000),
    'timeout-seconds': integer(1, 3600),
  }
}

/** Reads the key pair and makes the runner mask it. This comes first, so that nothing can print a key. */
export function readKeys(): KeyPair {
  const keys = { api: getInput('pinning-api-key'), secret: getInput('pinning-secret-key') }
  for (const key of [keys.api, keys.secret]) if (key !== '') setSecret(key)
  return keys
}

/**
 * Reads every input.
 *
 * @throws RefusedError with all problems of all inputs.
 */
export function readInputs(
  keys: KeyPair,
  redactor: Redactor,
  platform: NodeJS.Platform = process.platform,
): Inputs {
  const onWindows = platform === 'win32'
  const declared = declaredInputs(onWindows)
  const dashed = Object.keys(declared).filter((name) => name.includes('-'))
  if (dashed.every((name) => process.env[variableOf(name)] === undefined)) {
    throw new RefusedError([
      'All inputs with a dash in their name are absent. Some shells drop such variables (`INPUT_PIN-ID`), so this action was probably ' +
        'started by one. Let the runner start it directly, without a shell in between.',
    ])
  }
  const { values, problems } = collect(declared, redactor, [keys.api, keys.secret])
  const strays = findStrays(process.env, Object.keys(declared), onWindows)
  problems.push(
    ...problemsBetween(values),
    ...(['pin-id', 'plan-file', 'api-url'] as const)
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
  const problems: string[] = []
  const byId = BY_ID.filter((name) => isGiven(name))
  const narrowing = Object.keys(NARROWING).filter((name) => isChanged(name as keyof typeof NARROWING, values))
  const [named] = byId
  if (byId.length > 1) problems.push('Use either `pin-id` or `plan-file`, not both.')
  if (named !== undefined) {
    for (const name of [...SELECTORS.filter((name) => isGiven(name)), ...narrowing]) {
      problems.push(`Use either \`${named}\` or \`${name}\`, not both.`)
    }
  } else if ([...BY_ID, ...SELECTORS].every((name) => isLeftOut(name))) {
    const also = narrowing.includes('expired-by') ? ' For all pins, write `name: (any)`.' : ''
    problems.push(
      `Nothing says which pins to unpin. Give \`pin-id\`, \`plan-file\`, or at least one of \`cid\`, \`name\` and \`keyvalues\`.${also}`,
    )
  } else if (isGiven('group-by') && values['keep-latest'] === 0) {
    problems.push(
      '`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.',
    )
  }
  if (!isGiven('protect') && isLeftOut('protect') && (values['on-unused-protect'] ?? 'fail') !== 'fail') {
    problems.push('`on-unused-protect` needs `protect`. Add `protect`, or remove `on-unused-protect`.')
  }
  return problems
}

/** Does an input say something else than its default? A refused value does. */
function isChanged(name: keyof typeof NARROWING, values: Values): boolean {
  const given = values[name]
  return (
    isGiven(name) &&
    !(typeof given === 'number' || typeof given === 'string' ? String(given) === NARROWING[name] : false)
  )
}

function warningsAbout(strays: readonly string[], redactor: Redactor): string[] {
  if (strays.length === 0) return []
  const shown = quoteAll(strays, (name) => `\`${redactor.redact(name)}\``)
  const are =
    strays.length === 1 ? 'is not an input of this action and has' : 'are not inputs of this action and have'
  return [`${shown} ${are} no effect.`]
}

function inputsFrom(values: Required<Values>, warnings: readonly string[]): Inputs {
  const ids = values['pin-id'] ?? values['plan-file']
  const shown = [...SELECTORS, ...Object.keys(NARROWING), 'protect'].filter((name) =>
    SELECTORS.includes(name as never) || name === 'protect'
      ? isGiven(name)
      : name === 'max-unpins' || isChanged(name as never, values),
  )
  return {
    target: ids === null ? selectionFrom(values) : { kind: 'ids', pinIds: ids },
    protect: values.protect,
    onUnusedProtect: values['on-unused-protect'],
    onMissing: values['on-missing'],
    apiBase: values['api-url'],
    dryRun: values['dry-run'],
    verify: values.verify,
    requestsPerMinute: values['requests-per-minute'],
    timeoutSeconds: values['timeout-seconds'],
    selects: ids === null ? shown.map((name) => [name, getInput(name)] as const) : [],
    warnings,
  }
}

function selectionFrom(values: Required<Values>): Target {
  const criteria: Criteria = {
    cids: values.cid,
    names: values.name,
    keyvalues: values.keyvalues,
    expiredBy: values['expired-by'],
    olderThan: values['older-than'],
    keepLatest: values['keep-latest'],
    groupBy: values['group-by'],
    maxUnpins: values['max-unpins'],
    onTooMany: values['on-too-many'],
  }
  const lines: Readonly<Record<string, readonly string[]>> = {
    cid: [...(values.cid?.values() ?? [])],
    name: values.name.kind === 'lines' ? values.name.lines : values.name.kind === 'any-pin' ? ['(any)'] : [],
    keyvalues: values.keyvalues.map((pair) => pair.join('=')),
    'expired-by': values['expired-by'] === null ? [] : [`keyvalues.${values['expired-by']}`],
  }
  return { kind: 'selection', criteria, selects: Object.entries(lines).filter(([, some]) => some.length > 0) }
}

function parseKey(text: string): string | null {
  return /^keyvalues\.(.+)$/s.exec(text)?.[1]?.trim() || null
}

function parseGroupBy(text: string): GroupBy | null {
  if (text === 'name') return { kind: 'name' }
  const key = parseKey(text)
  return key === null ? null : { kind: 'keyvalue', key }
}
