import { getInput } from '@actions/core'
import { createRedactor } from '../redact.ts'
import type { KeyPair } from '../types.ts'

/**
 * The default of inputs that may be left out. The runner hands over '' both for an input left out and for one whose variable was
 * unset; with this word as default in action.yml, '' can only mean the second, and that is refused.
 */
const LEFT_OUT = '(none)'
/** A quoted value is cut here. */
const QUOTED_LENGTH = 60
/** Bad words quoted in one problem; the rest are counted. */
const WORDS_QUOTED = 5

/** What inputs that may be left out take. */
const TAKES: Readonly<Record<string, string>> = {
  'pin-id': 'pin IDs (UUIDs)',
  cid: 'CIDs',
  name: 'names, one a line',
  keyvalues: 'lines `key=value`',
  'older-than': 'an age such as `30d`',
  protect: 'pin IDs, CIDs or names, one a line',
}

/** Reads inputs one by one and collects what is wrong with all of them, never with a key's value in it. */
export class InputReader {
  readonly #keys: KeyPair
  readonly #redact: (text: string) => string
  readonly problems: string[] = []

  constructor(keys: KeyPair) {
    this.#keys = keys
    this.#redact = createRedactor([keys.api, keys.secret])
  }

  /** Adds one problem: `predicate` follows the input's name. */
  refuse(name: string, predicate: string): null {
    this.problems.push(`\`${name}\` ${predicate}`)
    return null
  }

  /**
   * Reads an input that has a default. An empty text is never turned into it: the default stands in action.yml, and an empty
   * `dry-run` must not unpin.
   *
   * @param parse returns `null` for a text that is not allowed.
   */
  required<T>(name: string, parse: (text: string) => T | null, allowed: string): T | null {
    const text = getInput(name)
    const value = text === '' ? null : parse(text)
    if (value === null)
      this.refuse(name, `${text === '' ? 'is empty' : `is ${this.quote(text)}`}; ${allowed}.`)
    return value
  }

  /** Reads an input that may be left out: its text, or `null` when it was left out or is refused for being empty. */
  optional(name: string): string | null {
    const text = getInput(name)
    if (text === '') {
      this.refuse(
        name,
        `is empty; it takes ${TAKES[name] ?? 'a text'}. Was the variable or output that it comes from set?`,
      )
    }
    return text === '' || text === LEFT_OUT ? null : text
  }

  /** Was the input passed, be it well or badly? */
  isGiven(name: string): boolean {
    return getInput(name) !== LEFT_OUT
  }

  /** The input's text as it was passed, refused or not. */
  peek(name: string): string {
    return getInput(name)
  }

  /** Shows a value in a message, but never one that holds a key, however short that key is. */
  quote(text: string, longest = QUOTED_LENGTH): string {
    if (this.#showsKey(text)) return '(not shown: it holds the value of a key)'
    return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`
  }

  /** Shows the first few of many values. */
  quoteAll(
    words: readonly string[],
    longest: (word: string) => number | undefined = () => undefined,
  ): string {
    const shown = words.slice(0, WORDS_QUOTED).map((word) => this.quote(word, longest(word)))
    const more = words.length - shown.length
    return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
  }

  /** Does a text hold a key, in any spelling? One that is too short is refused anyway, and would be found in every text. */
  holdsKey(text: string): boolean {
    return this.#redact(text) !== text
  }

  #showsKey(text: string): boolean {
    const lower = text.toLowerCase()
    const { api, secret } = this.#keys
    return this.holdsKey(text) || [api, secret].some((key) => key !== '' && lower.includes(key.toLowerCase()))
  }
}
