import { canonicalCid } from '../pin/ids.ts'
import { keyvalueOf, type PinRecord } from '../pin/record.ts'

/** Which pins are meant, and how many of them. `cids` and `names` each list alternatives; everything else must hold together. */
export interface Criteria {
  /** As the workflow wrote them, by their canonical spelling; `null` when CIDs do not matter. */
  cids: ReadonlyMap<string, string> | null
  /** `(any)` alone matches pins without a name too; `null` when names do not matter. */
  names: readonly string[] | null
  keyvalues: readonly (readonly [key: string, value: string])[]
  /** The key whose value is the end of the pin; `null` when it does not matter. */
  expiredBy: string | null
  /** Only pins at least this old, and how the workflow wrote it; `null` when age does not matter. */
  olderThan: { ms: number; text: string } | null
  /** Always keep this many of the newest matches, of each group where there are groups. */
  keepLatest: number
  /** `name` or `keyvalues.KEY`: what `keep-latest` counts within; `null` for all matches together. */
  groupBy: string | null
  maxUnpins: number
  onTooMany: 'fail' | 'oldest-first'
}

/** As a line of `name`: every pin. */
export const ANY_PIN = '(any)'

/** Says which records match, and remembers which lines of `name` and `cid` matched none. */
export class Matcher {
  readonly #criteria: Criteria
  readonly #exactNames: ReadonlySet<string>
  readonly #patterns = new Patterns<string>()
  readonly #unusedNames: Set<string>
  readonly #unusedCids: Map<string, string>

  constructor(criteria: Criteria) {
    const lines = criteria.names ?? []
    this.#criteria = criteria
    this.#exactNames = new Set(lines.filter((line) => !line.includes('*')))
    for (const line of lines) if (line.includes('*')) this.#patterns.add(line, line)
    this.#unusedNames = new Set(this.#exactNames)
    this.#unusedCids = new Map(criteria.cids)
  }

  /** The lines of `name` without `*`, and the CIDs, that have matched no record so far, by their input. */
  get unused(): [input: string, lines: string[]][] {
    const all: [string, string[]][] = [
      ['name', [...this.#unusedNames]],
      ['cid', [...this.#unusedCids.values()]],
    ]
    return all.filter(([, lines]) => lines.length > 0)
  }

  /** Why a record matches `cid`, `name` and `keyvalues`, or `null` when it does not. Its lines count as used. */
  match(record: PinRecord): string | null {
    const { cids, names, keyvalues } = this.#criteria
    const reasons: string[] = []
    const cid = cids === null || record.cid === null ? null : canonicalCid(record.cid)
    if (cids !== null) {
      if (cid === null || !cids.has(cid)) return null
      reasons.push('its CID')
    }
    if (names !== null) {
      const line = this.matchingName(record)
      if (line === undefined) return null
      reasons.push(line === ANY_PIN ? '`(any)`' : `the name "${line}"`)
    }
    for (const [key, value] of keyvalues) {
      if (keyvalueOf(record, key) !== value) return null
      reasons.push(`${key}=${value}`)
    }
    this.#unusedNames.delete(ANY_PIN)
    if (record.name.kind === 'text') this.#unusedNames.delete(record.name.text)
    if (cid !== null) this.#unusedCids.delete(cid)
    return `matched by ${reasons.join(' and ')}`
  }

  /** The line of `name` that a record's name matches, whatever else the criteria say. */
  matchingName({ name }: PinRecord): string | undefined {
    if (this.#exactNames.has(ANY_PIN)) return ANY_PIN
    if (name.kind !== 'text') return undefined
    const { text } = name
    return this.#exactNames.has(text) ? text : this.#patterns.matching(text)[0]
  }
}

/** The lengths of the texts by which patterns are looked up. Each costs one look at every place of a name. */
const LENGTHS = [24, 12, 6, 3, 2, 1]

/** Many patterns with `*`. Only those are tried of which a certain fixed text stands in a name. */
export class Patterns<T> {
  readonly #byText = new Map<string, [line: T, matches: (name: string) => boolean][]>()
  readonly #lengths = new Set<number>()

  add(line: T, text: string, change = (part: string) => part): void {
    const parts = text.split('*').map((part) => change(part))
    const ends = parts.flatMap((part) => {
      const length = LENGTHS.find((one) => one <= part.length)
      return length === undefined ? [] : [part.slice(0, length), part.slice(-length)]
    })
    // Lines often have their beginnings or their ends in common. What the fewest share tells them apart.
    const sharing = (end: string) => this.#byText.get(end)?.length ?? 0
    const byRarity = (a: string, b: string) => sharing(a) - sharing(b) || b.length - a.length
    const [rarest = ''] = ends.sort(byRarity)
    const known = this.#byText.get(rarest) ?? []
    known.push([line, pattern(text, change)])
    this.#byText.set(rarest, known)
    this.#lengths.add(rarest.length)
  }

  /** The lines whose pattern matches a name. */
  matching(name: string): T[] {
    const possible = new Set<[T, (name: string) => boolean]>()
    for (const length of this.#lengths) {
      for (let at = 0; at + length <= name.length; at += 1) {
        for (const one of this.#byText.get(name.slice(at, at + length)) ?? []) possible.add(one)
      }
    }
    return [...possible].flatMap(([line, matches]) => (matches(name) ? [line] : []))
  }
}

/**
 * Makes a test for whole names, case-sensitive. `*` stands for any run of characters, `/` included; nothing else is special. The
 * test takes time in proportion to the lengths, whatever the pattern.
 * @param change is applied to each part between the `*`.
 */
export function pattern(text: string, change = (part: string) => part): (name: string) => boolean {
  const [first = '', ...rest] = text.split('*').map((part) => change(part))
  const last = rest.pop()
  if (last === undefined) return (name) => name === first
  const between = rest.filter((part) => part !== '')
  return (name) => {
    const end = name.length - last.length
    let at = first.length
    if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false
    // The leftmost place is always good: it leaves the most room for what follows.
    for (const part of between) {
      const found = name.indexOf(part, at)
      if (found === -1 || found + part.length > end) return false
      at = found + part.length
    }
    return true
  }
}
