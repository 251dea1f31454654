import { getInput } from '@actions/core'
import type { Redactor } from '../secrets.ts'

/**
 * The default of inputs that may be left out. The runner passes '' both for an input that is left out and for one whose variable is
 * unset. With this word as default in action.yml, '' can only mean the second, and that is refused.
 */
const LEFT_OUT = '(none)'
/** A quoted value is cut here. */
const QUOTED_LENGTH = 60
/** This many values are quoted in one problem; the others are counted. */
export const VALUES_QUOTED = 5

/** Shows a part of an input in a message, but never a key or a part of one. */
type Quote = (part: string) => string

/** One input as the workflow passed it. */
export interface Given {
  /** Trimmed; `parse` never gets an empty one. */
  text: string
  /** Not trimmed. */
  raw: string
  quote: Quote
}

/** How one input is read. */
export interface Input<T> {
  /** Ends the sentence "it takes …". */
  takes: string
  /** @throws InputProblem for a text that is not allowed. */
  parse(this: void, given: Given): T
  /** The value where the input is left out; only for inputs with the default `(none)`. */
  leftOut?: T
  /** What may be the cause when the input is empty. */
  whyEmpty?: string
}

/** What is wrong with an input. */
export interface Problem {
  /** Follows the input's name, e.g. `line 3`. */
  where?: string
  /** A predicate such as `is empty`. */
  what: string
  /** What to do; whole sentences. */
  advice?: string | undefined
}

/** Thrown by what reads one input. */
export class InputProblem extends Error {
  override name = 'InputProblem'
  readonly problems: readonly Problem[]

  constructor(...problems: Problem[]) {
    super(problems.map(({ what }) => what).join('; '))
    this.problems = problems
  }
}

/** The variable in which the runner passes an input. */
export function variableOf(name: string): string {
  return `INPUT_${name.toUpperCase()}`
}

type Table = Readonly<Record<string, Input<unknown>>>
type Values<T extends Table> = { [Name in keyof T]: T[Name] extends Input<infer Value> ? Value : never }

/** Does the input have a value, allowed or not? */
export function isGiven(name: string): boolean {
  return !['', LEFT_OUT].includes(getInput(name))
}

/** Was the input left out on purpose? An empty one was not. */
export function isLeftOut(name: string): boolean {
  return getInput(name) === LEFT_OUT
}

/**
 * Reads every input of a table.
 *
 * @param keys the key pair. A key that is too short for the redactor is not shown either.
 * @returns the values, without those of refused inputs, and all problems; without problems every input has its value.
 */
export function collect<T extends Table>(
  inputs: T,
  redactor: Redactor,
  keys: readonly string[],
): { values: Partial<Values<T>>; problems: string[] } {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, input] of Object.entries(inputs)) {
    const raw = getInput(name, { trimWhitespace: false })
    try {
      values[name] = read(input, { text: raw.trim(), raw, quote: quoteFrom(raw, redactor, keys) })
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error
      for (const { where, what, advice } of error.problems) {
        const subject = where === undefined ? `\`${name}\`` : `\`${name}\`, ${where},`
        problems.push(
          `${subject} ${what}; it takes ${input.takes}.${advice === undefined ? '' : ` ${advice}`}`,
        )
      }
    }
  }
  return { values: values as Partial<Values<T>>, problems }
}

function read<T>(input: Input<T>, given: Given): T {
  // An empty text never stands for the default: an empty `dry-run` must not unpin.
  if (given.text === '') {
    const advice = input.whyEmpty ?? 'Was the variable or output that it comes from set?'
    throw new InputProblem({ what: 'is empty', advice })
  }
  return given.text === LEFT_OUT && input.leftOut !== undefined ? input.leftOut : input.parse(given)
}

/** A word may be a part of a key that holds blanks or commas, so the whole input decides whether its parts are shown. */
function quoteFrom(whole: string, redactor: Redactor, keys: readonly string[]): Quote {
  const holdsKey = (text: string): boolean =>
    redactor.holdsKey(text) ||
    keys.some((key) => key !== '' && text.toLowerCase().includes(key.toLowerCase()))
  return (part) =>
    holdsKey(whole) || holdsKey(part)
      ? '(not shown: it holds the value of a key)'
      : `"${part.length > QUOTED_LENGTH ? `${part.slice(0, QUOTED_LENGTH)}…` : part}"`
}

/** Shows the first few of many values. */
export function quoteAll(parts: readonly string[], quote: (part: string) => string): string {
  const more = parts.length - VALUES_QUOTED
  return parts.slice(0, VALUES_QUOTED).map(quote).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
