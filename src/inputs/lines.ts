import { parsePinId } from '../pin/pin-id.ts'
import type { CanonicalCid, NameCriterion, ProtectLine } from '../selection/criteria.ts'
import { type Input, InputProblem, VALUES_QUOTED } from './collect.ts'
import { cidsWithin, holdsMostOfId, pinIdsWithin } from './slips.ts'

const ANY_PIN = '(any)'
/** A text that shows nothing: blanks, control characters, zero-width characters. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u

/** The pins that are never unpinned. An empty list protects nothing. */
export function protect(canonicalCid: CanonicalCid): Input<readonly ProtectLine[]> {
  return {
    takes: 'pin IDs, CIDs or names, one a line',
    leftOut: [],
    parse: ({ raw, quote }) =>
      eachLine(raw, (line): ProtectLine => {
        refuseEmpty(line, 'protects less')
        const id = parsePinId(line)
        if (id !== null) return { kind: 'id', id, text: line }
        const cid = canonicalCid(line)
        if (cid !== null) return { kind: 'cid', cid, text: line }
        if (line === ANY_PIN) {
          throw new InputProblem({ what: `is \`${ANY_PIN}\``, advice: 'To protect every pin, write `*`.' })
        }
        const [meant] = [...pinIdsWithin(line), ...cidsWithin(line, canonicalCid)]
        if (meant === undefined && !holdsMostOfId(line)) {
          // `**` means the same as `*`.
          return { kind: 'name', text: line.replace(/\*+/g, '*') }
        }
        throw new InputProblem({
          what: `is ${quote(line)}, which is almost a pin ID or a CID`,
          advice:
            meant === undefined
              ? 'Is a character missing, wrong or extra?'
              : `Write only ${quote(meant)} on a line, without quotes, dashes or comments.`,
        })
      }),
  }
}

/** `key=value` lines, split at the first `=`. */
export const keyvalues: Input<readonly (readonly [key: string, value: string])[]> = {
  takes: 'lines `key=value`, neither of them empty',
  leftOut: [],
  parse: ({ raw, quote }) =>
    eachLine(raw, (line) => {
      refuseEmpty(line, 'matches more')
      const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map((part) => part.trim()) ?? []
      if (key === '' || value === '') throw new InputProblem({ what: `is ${quote(line)}` })
      return [key, value] as const
    }),
}

/** Names with `*`, one a line; empty lines do not count. */
export const names: Input<NameCriterion> = {
  takes: 'names, one a line, with `*` for any run of characters',
  leftOut: { kind: 'not-given' },
  parse({ raw }) {
    const patterns = eachLine(raw, (line) => {
      if (/^\*+$/.test(line)) {
        throw new InputProblem({
          what: 'is only `*`',
          advice: `Was the variable before it set? To select every pin, write \`${ANY_PIN}\`.`,
        })
      }
      return line
    }).filter((line) => line !== '')
    if (!patterns.includes(ANY_PIN)) return { kind: 'patterns', patterns }
    if (patterns.length === 1) return { kind: 'any-pin' }
    throw new InputProblem({
      what: `holds \`${ANY_PIN}\` and other lines`,
      advice: `\`${ANY_PIN}\` selects every pin and must be the only line.`,
    })
  },
}

/** Reads every line, trimmed. @throws InputProblem with the problems of all lines. */
function eachLine<T>(raw: string, parse: (line: string) => T): T[] {
  const values: T[] = []
  const problems: { where?: string; what: string }[] = []
  // One line end at the very end is YAML's own.
  const lines = raw.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)
  for (const [index, line] of lines.entries()) {
    try {
      values.push(parse(line.trim()))
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error
      problems.push(...error.problems.map((problem) => ({ where: `line ${index + 1}`, ...problem })))
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
