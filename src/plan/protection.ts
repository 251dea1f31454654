import { canonicalCid } from '../pin/ids.ts'
import type { PinRecord } from '../pin/record.ts'
import { Patterns } from './match.ts'

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
  readonly #patterns = new Patterns<ProtectLine>()
  readonly #lines: readonly ProtectLine[]
  /** Those that are CIDs, and those that can only be names. */
  readonly #cidLines: readonly ProtectLine[]
  readonly #names: readonly ProtectLine[]
  /** How lines were used; `doubtful` ones only by records whose CID or name cannot be read. */
  readonly #used = new Map<ProtectLine, 'certain' | 'doubtful'>()

  constructor(lines: readonly ProtectLine[]) {
    const add = (to: Map<string, ProtectLine[]>, key: string | null, line: ProtectLine) => {
      if (key !== null) to.set(key, [...(to.get(key) ?? []), line])
    }
    for (const line of lines) {
      add(this.#ids, line.id, line)
      add(this.#cids, line.cid, line)
      if (!line.text.includes('*')) add(this.#exactNames, loosely(line.text), line)
      // As it is too: a `*` may part a letter from its accent.
      else for (const change of [loosely, undefined]) this.#patterns.add(line, line.text, change)
    }
    this.#lines = lines
    this.#cidLines = lines.filter(({ cid }) => cid !== null)
    this.#names = lines.filter(({ id, cid }) => id === null && cid === null)
  }

  /** The lines that have protected no pin so far. */
  get unused(): ProtectLine[] {
    return this.#lines.filter((line) => !this.#used.has(line))
  }

  /** The lines that only records with an unreadable CID or name might match. */
  get doubtful(): ProtectLine[] {
    return this.#lines.filter((line) => this.#used.get(line) === 'doubtful')
  }

  /** Why a record must stay, or `null`. Each line that it matches, or might match, is used. */
  check({ id, cid, name }: PinRecord): string | null {
    const reasons: string[] = []
    const use = (lines: readonly ProtectLine[] = [], reason: (line: ProtectLine) => string) => {
      for (const line of lines) this.#used.set(line, 'certain')
      if (lines[0] !== undefined) reasons.push(reason(lines[0]))
    }
    use(this.#ids.get(id), () => 'protected by its ID')
    const canonical = cid === null || this.#cids.size === 0 ? null : canonicalCid(cid)
    if (canonical !== null) use(this.#cids.get(canonical), () => 'protected by its CID')
    // A pin without a name is protected by `*` alone.
    const nameText = name.kind === 'text' ? name.text : ''
    const loose = loosely(nameText)
    const byName = ({ text }: ProtectLine) => `protected by the name "${text}"`
    if (name.kind !== 'unreadable') {
      use(this.#exactNames.get(loose), byName)
      for (const text of [loose, nameText]) use(this.#patterns.matching(text), byName)
    }
    if (canonical === null) this.#doubt('CID', this.#cidLines, reasons)
    if (name.kind === 'unreadable') this.#doubt('name', this.#names, reasons)
    return reasons[0] ?? null
  }

  /** A record whose CID or name cannot be read stays, and each line that it might match is used. */
  #doubt(what: string, lines: readonly ProtectLine[], reasons: string[]): void {
    if (lines.length === 0) return
    reasons.push(`\`protect\` lists ${what}s, and the ${what} of this record cannot be read`)
    for (const line of lines) if (!this.#used.has(line)) this.#used.set(line, 'doubtful')
  }
}

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
