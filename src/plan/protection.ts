import { canonicalCid } from '../pin/ids.ts'
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
  readonly #ids = new Map<string, ProtectLine[]>()
  readonly #cids = new Map<string, ProtectLine[]>()
  readonly #exactNames = new Map<string, ProtectLine[]>()
  readonly #patterns: { line: ProtectLine; matches: (name: string) => boolean }[] = []
  /** Finds a part of a pattern: most names have none, and need not be compared with thousands of patterns. */
  readonly #anyPattern: RegExp
  /** Lines that can only be names. */
  readonly #names: ProtectLine[]
  readonly #unused: Set<ProtectLine>
  /** The answers so far: with many lines each takes time. */
  readonly #known = new Map<PinRecord, string | null>()
  /** Lines that only records with an unreadable name or CID might match. */
  readonly doubtful = new Set<ProtectLine>()
  readonly #certain = new Set<ProtectLine>()

  constructor(lines: readonly ProtectLine[]) {
    const add = (to: Map<string, ProtectLine[]>, key: string | null, line: ProtectLine) => {
      if (key !== null) to.set(key, [...(to.get(key) ?? []), line])
    }
    for (const line of lines) {
      add(this.#ids, line.id, line)
      add(this.#cids, line.cid, line)
      if (line.text.includes('*')) this.#patterns.push({ line, matches: pattern(line.text, loosely) })
      else add(this.#exactNames, loosely(line.text), line)
    }
    const parts = this.#patterns.map(({ line }) => line.text.split('*').map(loosely).sort(longestFirst)[0] ?? '')
    const escape = (part: string) => part.replace(/[^\w\s]/gu, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`)
    this.#anyPattern = parts.length === 0 ? /(?!)/ : new RegExp(parts.map(escape).join('|'), 'u')
    this.#names = lines.filter(({ id, cid }) => id === null && cid === null)
    this.#unused = new Set(lines)
  }

  /** The lines that have protected no pin so far. */
  get unused(): ProtectLine[] {
    return [...this.#unused]
  }

  /** Why a record must stay, or `null`. Each line that it matches, or might match, is used. */
  check(record: PinRecord): string | null {
    let why = this.#known.get(record)
    if (why === undefined) this.#known.set(record, (why = this.#look(record)))
    return why
  }

  #look({ id, cid, name }: PinRecord): string | null {
    const reasons: string[] = []
    const use = (lines: readonly ProtectLine[] = [], reason: (line: ProtectLine) => string) => {
      for (const line of lines) {
        this.#unused.delete(line)
        this.doubtful.delete(line)
        this.#certain.add(line)
      }
      if (lines[0] !== undefined) reasons.push(reason(lines[0]))
    }
    use(this.#ids.get(id), () => 'protected by its ID')
    const canonical = cid === null || this.#cids.size === 0 ? null : canonicalCid(cid)
    if (canonical !== null) use(this.#cids.get(canonical), () => 'protected by its CID')
    // A pin without a name is protected by `*` alone.
    const loose = name.kind === 'text' ? loosely(name.text) : ''
    const byName = ({ text }: ProtectLine) => `protected by the name "${text}"`
    if (name.kind !== 'unreadable') {
      use(this.#exactNames.get(loose), byName)
      for (const { line, matches } of this.#anyPattern.test(loose) ? this.#patterns : []) {
        // A line that is used already could only add a second reason.
        if ((reasons.length === 0 || !this.#certain.has(line)) && matches(loose)) use([line], byName)
      }
    }
    const doubtful = [
      ...(canonical === null ? [...this.#cids.values()].flat() : []),
      ...(name.kind === 'unreadable' ? this.#names : []),
    ]
    for (const line of doubtful) {
      this.#unused.delete(line)
      if (!this.#certain.has(line)) this.doubtful.add(line)
    }
    if (reasons[0] !== undefined) return reasons[0]
    if (doubtful[0] === undefined) return null
    const what = doubtful[0].cid === null ? 'name' : 'CID'
    return `protected, because \`protect\` lists ${what}s and the ${what} of this record cannot be read`
  }
}

const longestFirst = (a: string, b: string): number => b.length - a.length

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\s)\p{Cc}/gu

/**
 * How names are compared for `protect`: letter case, composed or decomposed letters, width, white space and invisible characters do not
 * count.
 */
export function loosely(text: string): string {
  if (/^[\u0021-\u007e]*$/.test(text)) return text.toUpperCase()
  const visible = text.normalize('NFKC').replace(INVISIBLE, '')
  // Some letters have one small form and several capital ones, others the reverse.
  return visible.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC').replace(/\s+/g, ' ').trim()
}
