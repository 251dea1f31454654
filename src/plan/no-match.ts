import { count } from '../format.ts'
import { isUnpinned, nameText } from '../pin/record.ts'
import type { Matcher } from './match.ts'
import type { Account } from './plan.ts'

/** Values that are quoted in one sentence; the others are counted. */
const VALUES_QUOTED = 5

/** Quotes the first few of many values. */
export function quoteSome(values: readonly string[]): string {
  const more = values.length - VALUES_QUOTED
  return (
    values
      .slice(0, VALUES_QUOTED)
      .map((value) => `"${value}"`)
      .join(', ') + (more > 0 ? ` and ${more} more` : '')
  )
}

/**
 * Says that nothing matched, or which lines did not: their values, what the account has, and what was probably meant.
 *
 * @param lines the lines without a match, by their input; all that select where nothing matched.
 */
export function describeNoMatch(
  lines: readonly (readonly [input: string, values: readonly string[]])[],
  { pinned, rest }: Account,
  matcher: Matcher,
): string {
  const values = lines.map(([input, some]) => `\`${input}\` ${quoteSome(some)}`).join(' and ')
  const names = lines.find(([input]) => input === 'name')?.[1] ?? []
  const named = pinned.filter((record) => names.includes(matcher.matchingName(record) ?? ''))
  const notPinned = (rest ?? []).filter((record) => matcher.why(record) !== null)
  const states = notPinned.map((record) =>
    isUnpinned(record) ? 'already unpinned' : (record.status ?? 'status not known'),
  )
  const inOtherCase = new Set(names.map((name) => name.toLowerCase()))
  const nearly = pinned.find((record) => inOtherCase.has(nameText(record)?.toLowerCase() ?? ''))
  const hints = [
    ...(named.length === 0
      ? []
      : [`${count(named.length, 'pin')} with this name: another CID or key-value.`]),
    ...(notPinned.length === 0
      ? []
      : [
          `${count(notPinned.length, 'record')} would match, but not as a pin: ${[...new Set(states)].slice(0, VALUES_QUOTED).join(', ')}.`,
        ]),
    ...(named.length > 0 || nearly === undefined
      ? []
      : [`A pin is named "${nameText(nearly)}": letter case counts.`]),
    ...names.flatMap(suspicionAbout),
  ]
  return [
    `No pin matches ${values}. The account has ${count(pinned.length, 'pin')}.`,
    ...new Set(hints),
    'Check the values, and whether the key pair belongs to the right account.',
  ].join(' ')
}

function suspicionAbout(name: string): string[] {
  const [invisible] = name.match(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/u) ?? []
  if (invisible !== undefined) {
    const code = invisible.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    return [`The name "${name}" holds an invisible character, U+${code}.`]
  }
  if (name.includes(',')) return ['A line of `name` holds a comma: write one name on each line.']
  if (/^["'].*["']$/.test(name)) return ['A line of `name` is in quotes: write names without quotes.']
  if (name.startsWith('- '))
    return ['A line of `name` begins with a dash: write lines of text, not a YAML list.']
  if (/^\^|\$$|\.\*|\.\+|\\/.test(name))
    return ['A line of `name` looks like a regular expression: only `*` is special.']
  return []
}
