import { getInput } from '@actions/core'
import { quoted } from '../format.ts'
import type { Redactor } from '../secrets.ts'

/**
 * The default of inputs that may be left out. The runner passes '' both for an input that is left out and for one whose variable is unset.
 * With this word as default in action.yml, '' can only mean the second, and that is refused.
 */
const LEFT_OUT = '(none)'
/** A quoted value is cut here. */
const QUOTED_LENGTH = 60
/** At most this many problems of one input are shown; the others are counted. */
const MOST_TOLD = 5
export const UNSET = 'Was the variable or output that it comes from set?'

/** One input as the workflow passed it. */
export interface Given {
  /** Trimmed; `parse` never gets an empty one. */
  text: string
  /** Not trimmed. */
  raw: string
  /** Shows a part of the input in a message, but never a key or a part of one. */
  quote(this: void, part: string): string
  /**
   * Notes a problem. The input then has no value.
   * @param what a predicate such as `is empty`.
   * @param advice what to do; whole sentences.
   * @param where follows the input's name, e.g. `line 3`.
   */
  refuse(this: void, what: string, advice?: string, where?: string): null
}

/** How one input is read. */
export interface Input<T> {
  /** Follows "Allowed:". */
  allowed: string
  parse(this: void, given: Given): T | null
  /** The value where the input is left out; only for inputs with the default `(none)`. */
  leftOut?: T
  /** What may be the cause when the input is empty. */
  whyEmpty?: string
}

type Table = Readonly<Record<string, Input<unknown>>>
type Values<T extends Table> = { [Name in keyof T]: T[Name] extends Input<infer Value> ? Value : never }

/** The input as the workflow passed it, without blanks and line ends around it. */
export function textOf(name: string): string {
  return trim(getInput(name, { trimWhitespace: false }))
}

/** Other white space may be part of a name: git allows a branch that ends in a no-break space. */
export function trim(text: string): string {
  return text.replace(/^[ \t\r\n]+|(?<![ \t\r\n])[ \t\r\n]+$/g, '')
}

/** Does the input have a value, allowed or not? */
export function isGiven(name: string): boolean {
  return !['', LEFT_OUT].includes(textOf(name))
}

/** Was the input left out on purpose? An empty one was not. */
export function isLeftOut(name: string): boolean {
  return textOf(name) === LEFT_OUT
}

/**
 * Reads every input of a table.
 * @param keys the key pair. A key that is too short for the redactor is not shown either.
 * @returns all problems, and the values; without problems every input has its value.
 */
export function collect<T extends Table>(
  inputs: T,
  { holdsKey }: Redactor,
  keys: readonly string[],
): { values: Values<T>; problems: string[] } {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  const isSecret = (text: string): boolean =>
    holdsKey(text) || keys.some((key) => key !== '' && text.toLowerCase().includes(key.toLowerCase()))
  for (const [name, { allowed, parse, leftOut, whyEmpty = UNSET }] of Object.entries(inputs)) {
    const raw = getInput(name, { trimWhitespace: false })
    const text = trim(raw)
    const found: string[] = []
    const refuse = (what: string, advice = '', where = ''): null => {
      found.push(`\`${name}\`${where && `, ${where},`} ${what}. Allowed: ${allowed}.${advice && ` ${advice}`}`)
      return null
    }
    // A word may be a part of a key that holds blanks or commas, so the whole input decides whether its parts are shown.
    const quote = (part: string) =>
      isSecret(raw)
        ? '(not shown: it holds the value of a key)'
        : quoted(part.slice(0, QUOTED_LENGTH) + (part.length > QUOTED_LENGTH ? '…' : ''))
    // An empty text never stands for the default: an empty `dry-run` must not unpin.
    if (text === '') refuse('is empty', whyEmpty)
    else values[name] = text === LEFT_OUT && leftOut !== undefined ? leftOut : parse({ text, raw, quote, refuse })
    problems.push(...found.slice(0, MOST_TOLD))
    if (found.length > MOST_TOLD) problems.push(`\`${name}\` has ${found.length - MOST_TOLD} more such problems.`)
  }
  return { values: values as Values<T>, problems }
}
