import type { Label, PinRecord } from '../pin/record.ts'
import type { CanonicalCid, ProtectLine } from './criteria.ts'
import { matchesName } from './name-pattern.ts'

/** Keeps the pins that the lines of `protect` name, and remembers which lines protected no pin. */
export class LineGuard {
  readonly #lines: readonly ProtectLine[]
  readonly #canonicalCid: CanonicalCid
  readonly #namesCids: boolean
  readonly #unused: Set<ProtectLine>
  readonly #known = new WeakMap<PinRecord, string | null>()

  constructor(lines: readonly ProtectLine[], canonicalCid: CanonicalCid) {
    this.#lines = lines
    this.#canonicalCid = canonicalCid
    this.#namesCids = lines.some(({ kind }) => kind === 'cid')
    this.#unused = new Set(lines)
  }

  /** Is there anything to protect, so that records must be read? */
  get protects(): boolean {
    return this.#lines.length > 0
  }

  /** The lines that have protected no pin so far, as the workflow wrote them. */
  get unusedLines(): string[] {
    return [...this.#unused].map(({ text }) => text)
  }

  /** Why a record must stay, or `null`. In doubt it stays. The answer is remembered, because many lines take time. */
  whyProtected(record: PinRecord): string | null {
    let why = this.#known.get(record)
    if (why === undefined) this.#known.set(record, (why = this.#look(record)))
    return why
  }

  #look(record: PinRecord): string | null {
    const cid = this.#namesCids && record.cid !== null ? this.#canonicalCid(record.cid) : null
    const { id, label } = record
    const reasons = this.#lines.flatMap((line) => {
      const reason = whyLineProtects(line, id, cid, label)
      if (reason !== null) this.#unused.delete(line)
      return reason ?? []
    })
    return reasons[0] ?? this.#whyDoubtful(label, cid)
  }

  #whyDoubtful(label: Label, cid: string | null): string | null {
    if (this.#namesCids && cid === null) {
      return 'protected, because `protect` lists CIDs and the CID of this record cannot be read'
    }
    if (label.kind === 'unreadable' && this.#lines.some(({ kind }) => kind === 'name')) {
      return 'protected, because `protect` lists names and the name in this record cannot be read'
    }
    return null
  }
}

function whyLineProtects(line: ProtectLine, id: string, cid: string | null, label: Label): string | null {
  switch (line.kind) {
    case 'id':
      return line.id === id ? 'protected by its ID' : null
    case 'cid':
      if (line.cid === cid) return 'protected by its CID'
      // A name can look like a CID of a rare base.
      return label.kind === 'text' && label.text === line.text ? `protected by the name "${line.text}"` : null
    case 'name':
      // `*` alone means every pin, also one without a name.
      return /^\*+$/.test(line.text) || (label.kind === 'text' && matchesName(line.text, label.text))
        ? `protected by the name "${line.text}"`
        : null
  }
}
