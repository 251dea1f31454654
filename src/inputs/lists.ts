import { canonicalCid, parsePinId } from '../pin/cid.ts'
import { LONGEST_NAME } from '../pin/record.ts'
import type { NameCriterion } from '../plan/match.ts'
import type { ProtectLine } from '../plan/protection.ts'
import { type Given, type Input, InputProblem, type Problem, quoteAll, VALUES_QUOTED } from './input.ts'

const ANY_PIN = '(any)'
const MOST_PROTECT_LINES = 10_000
/** Does not show: zero-width characters, byte order marks, direction marks. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u
/** A text that shows nothing. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u
const UUID_WITHIN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i
const UNSET = 'Was the variable or output that it comes from set?'

/**
 * The IDs of `pin-id`: in lower case, each once, in the order given.
 *
 * @param onWindows names the size limit of Windows where the input is empty.
 */
export function pinIds(onWindows: boolean): Input<readonly string[] | null> {
  return {
    takes:
      'pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas or line ends',
    leftOut: null,
    // SetEnvironmentVariable takes at most 32,767 characters, the end mark included (learn.microsoft.com).
    whyEmpty: onWindows
      ? `${UNSET} Windows passes at most 32,766 characters (885 IDs) in one input; a longer one arrives empty.`
      : UNSET,
    parse: (given) => [
      ...readWords(given, parsePinId, (rejected) => {
        if (rejected.some((word) => canonicalCid(word) !== null)) {
          return "A CID names content, not a pin. A pin ID is the `id` of the pin's record. To select by CID, use the input `cid`."
        }
        const [nearly] = rejected.flatMap((word) => whereItDiffers(word) ?? [])
        if (nearly !== undefined) return nearly
        return rejected.some((word) => UUID_WITHIN.test(word))
          ? 'Write the IDs without quotes and brackets.'
          : undefined
      }).keys(),
    ],
  }
}

/** What keeps a text that looks like a pin ID from being one. */
function whereItDiffers(word: string): string | undefined {
  const digits = word.replaceAll('-', '')
  const wrong = word.search(/[^0-9a-f-]/i)
  if (wrong !== -1 && word.length === 36 && word.split('-').length === 5) {
    return `Its character ${wrong + 1}, "${word[wrong]}", is not one of 0 to 9 and a to f.`
  }
  if (wrong !== -1 || digits.length < 28 || digits.length > 36) return undefined
  return digits.length === 32
    ? 'Its dashes are not where a pin ID has them: it has groups of 8, 4, 4, 4 and 12 characters.'
    : `It has ${digits.length} hexadecimal digits, and a pin ID has 32.`
}

/** CIDs in any spelling: what was written, by its canonical spelling. */
export const cids: Input<ReadonlyMap<string, string> | null> = {
  takes: 'CIDs, v0 or v1, in base58btc, base32 or base36, separated by white space, commas or line ends',
  leftOut: null,
  parse: (given) =>
    readWords(given, canonicalCid, (rejected) => {
      if (rejected.some((word) => UUID_WITHIN.test(word)))
        return 'A UUID is a pin ID. For pin IDs, use the input `pin-id`.'
      return rejected.some((word) => /^[fFmuMU][0-9A-Za-z+/_=-]{40,}$/.test(word))
        ? 'If it is a CID in another base, convert it to base32: `ipfs cid base32 CID`.'
        : 'Write only the CIDs, without quotes, brackets or `ipfs://`.'
    }),
}

/** Splits at white space, commas and line ends: what each word means, each once, with its first spelling. */
function readWords(
  { text, quote }: Given,
  parse: (word: string) => string | null,
  adviseOn: (rejected: readonly string[]) => string | undefined,
): Map<string, string> {
  const known = new Map<string, string>()
  const rejected = new Set<string>()
  for (const word of text.split(/[\s,]+/).filter((word) => word !== '')) {
    const value = parse(word)
    if (value === null) rejected.add(word)
    else if (!known.has(value)) known.set(value, word)
  }
  if (known.size + rejected.size === 0)
    throw new InputProblem({ what: 'holds only separators', advice: UNSET })
  if (rejected.size === 0) return known
  const words = [...rejected]
  const invisible = words.some((word) => INVISIBLE.test(word))
  throw new InputProblem({
    what: `${invisible ? 'holds an invisible character in' : 'holds'} ${quoteAll(words, quote)}`,
    advice: invisible ? 'Type it again, or copy it from the AIOZ Pin dashboard.' : adviseOn(words),
  })
}

/** The pins that are never unpinned. An empty list protects nothing. */
export const protect: Input<readonly ProtectLine[]> = {
  takes: 'pin IDs, CIDs or names, one a line',
  leftOut: [],
  parse({ raw }) {
    const lines = eachLine(raw, (line): ProtectLine => {
      refuseEmpty(line, 'protects less')
      if (line === ANY_PIN)
        throw new InputProblem({ what: `is \`${ANY_PIN}\``, advice: 'To protect every pin, write `*`.' })
      const id = parsePinId(line)
      const cid = canonicalCid(line)
      const visible = line.replace(new RegExp(INVISIBLE, 'gu'), '')
      if (visible !== line && (parsePinId(visible) ?? canonicalCid(visible)) !== null) {
        throw new InputProblem({ what: 'holds an invisible character', advice: 'Type the line again.' })
      }
      return { id, cid, text: line }
    })
    if (lines.length > MOST_PROTECT_LINES) {
      throw new InputProblem({
        what: `has ${lines.length} lines`,
        advice: `At most ${MOST_PROTECT_LINES} are allowed.`,
      })
    }
    return lines
  },
}

/** `key=value` lines, split at the first `=`. */
export const keyvalues: Input<readonly (readonly [key: string, value: string])[]> = {
  takes: 'one `key=value` on each line',
  leftOut: [],
  parse: ({ raw, quote }) =>
    eachLine(raw, (line) => {
      refuseEmpty(line, 'matches more')
      const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map((part) => part.trim()) ?? []
      if (key === '' || value === '') {
        const advice = /^[^=:]+:/.test(line) ? 'Write `key=value`, with `=` in place of `:`.' : undefined
        throw new InputProblem({ what: `is ${quote(line)}`, advice })
      }
      if (/[<>!]$/.test(key))
        throw new InputProblem({ what: `is ${quote(line)}`, advice: 'Only `=` can be compared.' })
      return [key, value] as const
    }),
}

/** Names with `*`, one a line; empty lines do not count. */
export const names: Input<NameCriterion> = {
  takes: 'names, one a line, with `*` for any run of characters',
  leftOut: { kind: 'not-given' },
  parse({ raw }) {
    const lines = eachLine(raw, (line) => {
      if (line.includes('*') && BLANK.test(line.replaceAll('*', ''))) {
        throw new InputProblem({
          what: 'is only `*`',
          advice: `Was the variable before it set? To select every pin, write \`${ANY_PIN}\`.`,
        })
      }
      return line
    }).filter((line) => !BLANK.test(line))
    if (lines.length > 0 && !lines.includes(ANY_PIN)) return { kind: 'lines', lines: [...new Set(lines)] }
    if (lines.length === 1) return { kind: 'any-pin' }
    if (lines.length === 0) throw new InputProblem({ what: 'is empty', advice: UNSET })
    throw new InputProblem({
      what: `holds \`${ANY_PIN}\` and other lines`,
      advice: `\`${ANY_PIN}\` selects every pin and must be the only line.`,
    })
  },
}

/** Reads every line, trimmed. @throws InputProblem with the problems of all lines. */
function eachLine<T>(raw: string, parse: (line: string) => T): T[] {
  const values: T[] = []
  const problems: Problem[] = []
  // One line end at the very end is YAML's own.
  const lines = raw.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)
  for (const [index, line] of lines.entries()) {
    const where = `line ${index + 1}`
    try {
      if (line.length > LONGEST_NAME)
        problems.push({ where, what: `is longer than ${LONGEST_NAME} characters` })
      else values.push(parse(line.trim()))
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error
      problems.push(...error.problems.map((problem) => ({ where, ...problem })))
    }
  }
  if (problems.length === 0) return values
  const more = problems.length - VALUES_QUOTED
  throw new InputProblem(
    ...problems.slice(0, VALUES_QUOTED),
    ...(more > 0 ? [{ what: `has ${more} more such ${more === 1 ? 'line' : 'lines'}` }] : []),
  )
}

/** An unset variable leaves its line empty. */
function refuseEmpty(line: string, consequence: string): void {
  if (BLANK.test(line)) {
    throw new InputProblem({
      what: 'is empty',
      advice: `Was the variable on this line set? Without it, the step ${consequence}. Remove the line if it is not needed.`,
    })
  }
}
