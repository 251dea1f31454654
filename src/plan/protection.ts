import { canonicalCid } from '../pin/cid.ts'
import type { PinRecord } from '../pin/record.ts'
import { pattern } from './match.ts'

/** One line of `protect`. Every line may be a name, too. */
export interface ProtectLine {
  text: string
  /** The pin ID that the line is, in lower case. */
  id: string | null
  /** The CID that the line is, canonical. */
  cid: string | null
}

/** Keeps the pins that the lines of `protect` name, and remembers which lines protected no pin. In doubt a pin stays. */
export class Protection {
  readonly #ids = new Map<string, ProtectLine>()
  readonly #cids = new Map<string, ProtectLine>()
  readonly #exactNames = new Map<string, ProtectLine[]>()
  readonly #patterns: { line: ProtectLine; matches: (name: string) => boolean }[] = []
  readonly #names: ProtectLine[]
  readonly #unused: Set<ProtectLine>

  constructor(lines: readonly ProtectLine[]) {
    for (const line of lines) {
      if (line.id !== null) this.#ids.set(line.id, line)
      if (line.cid !== null) this.#cids.set(line.cid, line)
      if (line.text.includes('*')) this.#patterns.push({ line, matches: pattern(line.text, loosely) })
      else {
        const name = loosely(line.text)
        this.#exactNames.set(name, [...(this.#exactNames.get(name) ?? []), line])
      }
    }
    this.#names = lines.filter(({ id, cid }) => id === null && cid === null)
    this.#unused = new Set(lines)
  }

  /** The lines that have protected no pin so far. */
  get unused(): ProtectLine[] {
    return [...this.#unused]
  }

  /** Why a record must stay, or `null`. Each line that it matches, or might match, is used. */
  why(record: PinRecord): string | null {
    const { id, cid, name } = record
    const reasons: string[] = []
    const use = (line: ProtectLine | undefined, reason: string) => {
      if (line === undefined) return
      this.#unused.delete(line)
      reasons.push(reason)
    }
    use(this.#ids.get(id), 'protected by its ID')
    if (this.#cids.size > 0) {
      const canonical = cid === null ? null : canonicalCid(cid)
      if (canonical !== null) use(this.#cids.get(canonical), 'protected by its CID')
      else
        for (const line of this.#cids.values())
          use(line, 'protected, because `protect` lists CIDs and the CID of this record cannot be read')
    }
    if (name.kind === 'unreadable') {
      const why = 'protected, because `protect` lists names and the name in this record cannot be read'
      for (const line of this.#names) use(line, why)
    } else {
      // A pin without a name is protected by `*` alone.
      const loose = name.kind === 'text' ? loosely(name.text) : ''
      for (const line of this.#exactNames.get(loose) ?? []) use(line, `protected by the name "${line.text}"`)
      for (const { line, matches } of this.#patterns) {
        // Many patterns over many pins take long; one that is used has nothing to add to a reason.
        if ((reasons.length === 0 || this.#unused.has(line)) && matches(loose)) {
          use(line, `protected by the name "${line.text}"`)
        }
      }
    }
    return reasons[0] ?? null
  }
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\s)\p{Cc}/gu

/**
 * How names are compared for `protect`: letter case, composed or decomposed letters, width, white space and invisible characters do not
 * count.
 */
export function loosely(text: string): string {
  if (/^[\u0021-\u007e]*$/.test(text)) return text.toUpperCase()
  return text.normalize('NFKC').toUpperCase().replace(INVISIBLE, '').replace(/\s+/g, ' ').trim()
}
