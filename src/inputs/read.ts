import { getInput, setSecret } from '@actions/core'
import { RefusedError } from '../errors.ts'
import { quoteSome } from '../format.ts'
import type { PlanRules, Target } from '../plan/plan.ts'
import type { Redactor } from '../secrets.ts'
import { collect, isGiven, isLeftOut, textOf } from './input.ts'
import { cids, keyvalues, names, pinIds, protect } from './lists.ts'
import { findStrays } from './misspelt.ts'
import { planFile } from './plan-file.ts'
import { age, apiUrl, boolean, integer, key, optional, value, word } from './values.ts'

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
  /** What a person should know although nothing is refused; whole sentences. */
  warnings: readonly string[]
}

const BY_ID = ['pin-id', 'plan-file'] as const
/** The inputs that select pins. One of them is needed, or one of `BY_ID`. */
const SELECTORS = ['cid', 'name', 'keyvalues'] as const
/** What narrows a selection, with its default in action.yml. */
const NARROWING: Readonly<Record<string, string>> = {
  'older-than': '(none)',
  'expired-by': '(none)',
  'keep-latest': '0',
  'group-by': '(none)',
  'max-unpins': '25',
  'on-too-many': 'fail',
}
const LARGEST_NUMBER = 1_000_000

/** Every input that action.yml declares. */
const INPUTS = {
  'pin-id': pinIds,
  'plan-file': planFile,
  cid: cids,
  name: names,
  keyvalues,
  'older-than': age,
  'expired-by': optional(value('`keyvalues.KEY`', parseKey)),
  'keep-latest': integer(0, LARGEST_NUMBER),
  'group-by': optional(value('`name` or `keyvalues.KEY`', parseGroupBy)),
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

/** Reads the key pair and makes the runner mask it. This comes first, so that nothing can print a key. */
export function readKeys(): KeyPair {
  const keys = { api: getInput('pinning-api-key'), secret: getInput('pinning-secret-key') }
  for (const key of [keys.api, keys.secret]) if (key !== '') setSecret(key)
  return keys
}

/** @throws RefusedError with all problems of all inputs. */
export function readInputs(keys: KeyPair, redactor: Redactor): Inputs {
  const dashed = Object.keys(INPUTS).filter((name) => name.includes('-'))
  if (dashed.every((name) => process.env[`INPUT_${name.toUpperCase()}`] === undefined)) {
    throw new RefusedError([
      'All inputs with a dash in their name are absent. Some shells drop such variables (`INPUT_PIN-ID`). Let the runner start this ' +
        'action directly.',
    ])
  }
  const { values, problems } = collect(INPUTS, redactor, [keys.api, keys.secret])
  const { misspelt, others } = findStrays(process.env, Object.keys(INPUTS))
  problems.push(
    ...problemsBetween(values),
    ...(['pin-id', 'plan-file', 'api-url'] as const)
      .filter((name) => redactor.holdsKey(String(values[name] ?? '')))
      .map((name) => `\`${name}\` holds the value of a key. Check that no inputs are mixed up.`),
    ...misspelt.map(({ name, variable, meant }) =>
      name === meant
        ? `The variable \`${variable}\` must be in capitals: \`${variable.toUpperCase()}\`.`
        : `\`${redactor.redact(name)}\` is not an input; did you mean \`${meant}\`? ` +
          `If the workflow does not set it, remove \`${redactor.redact(variable)}\` from the environment.`,
    ),
  )
  if (problems.length > 0) throw new RefusedError(problems)
  const unknown = quoteSome(others, (name) => `\`${redactor.redact(name)}\``)
  return inputsFrom(
    values,
    others.length === 0
      ? []
      : [`This action does not have these inputs, so they have no effect: ${unknown}. Check their names.`],
  )
}

type Values = ReturnType<typeof collect<typeof INPUTS>>['values']

/** Problems between inputs that are each valid alone. */
function problemsBetween(values: Values): string[] {
  const problems: string[] = []
  const byId = BY_ID.filter((name) => isGiven(name))
  const narrowing = givenAmong(Object.keys(NARROWING))
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
    problems.push('`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.')
  }
  // An empty one is refused already.
  if (isLeftOut('protect') && isGiven('on-unused-protect') && textOf('on-unused-protect') !== 'fail') {
    problems.push('`on-unused-protect` needs `protect`. Add `protect`, or remove `on-unused-protect`.')
  }
  return problems
}

/** The inputs that say something else than their default. */
function givenAmong(names: readonly string[]): string[] {
  return names.filter((name) => isGiven(name) && textOf(name) !== NARROWING[name])
}

function inputsFrom(values: Values, warnings: readonly string[]): Inputs {
  const ids = values['pin-id'] ?? values['plan-file']
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
    warnings,
  }
}

function selectionFrom(values: Values): Target {
  const { cid, name: names, keyvalues, protect } = values
  const lines: Readonly<Record<string, readonly string[]>> = {
    cid: [...(cid?.values() ?? [])],
    name: names ?? [],
    keyvalues: keyvalues.map((pair) => pair.join('=')),
    protect: protect.map(({ text }) => text),
  }
  const given = (...inputs: readonly string[]) =>
    givenAmong(inputs).map((input) => [input, lines[input] ?? [textOf(input)]] as const)
  return {
    kind: 'selection',
    criteria: {
      cids: cid,
      names,
      keyvalues,
      expiredBy: values['expired-by'],
      olderThan: values['older-than'],
      keepLatest: values['keep-latest'],
      groupBy: values['group-by'],
      maxUnpins: values['max-unpins'],
      onTooMany: values['on-too-many'],
    },
    selects: given(...SELECTORS, 'expired-by'),
    limits: [
      ...given('older-than', 'keep-latest', 'group-by', 'on-too-many', 'protect'),
      ['max-unpins', [String(values['max-unpins'])]],
    ],
  }
}

function parseKey(text: string): string | null {
  return /^keyvalues\.(.+)$/.exec(text)?.[1]?.trim() || null
}

function parseGroupBy(text: string): string | null {
  const key = parseKey(text)
  return text === 'name' ? text : key && `keyvalues.${key}`
}
