import { type Given, type Input, InputProblem } from './collect.ts'

/** An input that takes one word. `parse` returns `null` for a word that is not allowed. */
export function word<T>(
  takes: string,
  parse: (text: string) => T | null,
  adviseOn: (text: string) => string | undefined = () => undefined,
): Input<T> {
  return {
    takes,
    parse({ text, quote }: Given) {
      const value = parse(text)
      if (value === null) throw new InputProblem({ what: `is ${quote(text)}`, advice: adviseOn(text) })
      return value
    },
  }
}

/** An input that takes a whole number, written in digits only. */
export function integer(least: number, most: number): Input<number> {
  return word(`a whole number from ${least} to ${most}`, (text) => parseInteger(text, least, most))
}

export function parseInteger(text: string, least: number, most: number): number | null {
  if (!/^\d{1,9}$/.test(text)) return null
  const value = Number(text)
  return value >= least && value <= most ? value : null
}

/** The spellings that `@actions/core` takes (YAML 1.2 core schema). */
export function parseBoolean(text: string): boolean | null {
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  return null
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Reads an age: a whole number above 0 and one of `m`, `h`, `d`, `w`. Milliseconds. */
export function parseAge(text: string): { ms: number; text: string } | null {
  const [, number = '', unit = ''] = /^([1-9]\d{0,5})([mhdw])$/.exec(text) ?? []
  const unitMs = UNIT_MS[unit]
  return unitMs === undefined ? null : { ms: Number(number) * unitMs, text }
}

/** What is meant by `30 days` or `12 hours`. A single `M` may mean months. */
export function adviseOnAge(text: string): string | undefined {
  const [, number = '', unit = ''] =
    /^(\d+)\s*(m|min(?:ute)?s?|[hH]|h(?:ou)?rs?|[dD]|days?|[wW]|w(?:ee)?ks?)$/.exec(text) ?? []
  const meant = number + unit.charAt(0).toLowerCase()
  return parseAge(meant) === null ? undefined : `Write \`${meant}\`.`
}

/** Removing a shorter key from every text would destroy the texts. */
const SHORTEST_KEY = 8

/** One key of the pair, from a secret. Its value is in no message. */
export function key(which: string): Input<string> {
  return {
    takes: `the ${which} of the key pair, from a secret`,
    whyEmpty:
      'Is the secret set for this repository or environment, and is its name spelt correctly? ' +
      'Runs for a fork or for Dependabot get no secrets.',
    parse({ text }) {
      if (!/^[\x20-\x7e]+$/.test(text)) {
        throw new InputProblem({
          what: 'holds a character that is not printable ASCII',
          advice: 'Often this is a line end or an invisible space from copying. Store the secret again.',
        })
      }
      if (text.length < SHORTEST_KEY) {
        throw new InputProblem({
          what: `is shorter than ${SHORTEST_KEY} characters, so it cannot be a whole key`,
          advice: 'Store the secret again.',
        })
      }
      return text
    },
  }
}
