import { type CanonicalCid, type Criteria, NOTHING_PROTECTED, type Protection } from '../criteria.ts'
import { pinIdOf } from '../pin-id.ts'
import { wordsOf } from './pin-ids.ts'
import type { InputReader } from './reader.ts'
import { readKeepLatest, readMaxUnpins, SELECTORS } from './selection.ts'
import { parseAge } from './words.ts'

/** Loads what knows CIDs; called only where a CID was given. */
export type LoadCids = () => Promise<CanonicalCid>

/** A line of `protect` that must be a CID: a slip in it must not turn it into a name that nothing has. */
const MEANT_AS_CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{40,50}$|Qm.{44}$|baf)/

/** Reads everything that selects and narrows; problems go to the reader. */
export async function readCriteria(
  reader: InputReader,
  protect: Protection,
  loadCids: LoadCids,
): Promise<{ criteria: Criteria; maxUnpins: number }> {
  const cids = await readCids(reader, loadCids)
  const names = readLines(reader, 'name')
  const keyvalues = readKeyvalues(reader)
  const ageText = reader.optional('older-than')
  const ageMs = ageText === null ? null : parseAge(ageText)
  if (ageText !== null && ageMs === null) {
    reader.refuse(
      'older-than',
      `is ${reader.quote(ageText)}; it takes an age such as \`90m\`, \`12h\`, \`30d\` or \`8w\`.`,
    )
  }
  const keepLatest = readKeepLatest(reader) ?? 0
  const maxUnpins = readMaxUnpins(reader) ?? 0
  const told: [string, string][] = []
  for (const name of [...SELECTORS, 'older-than', 'protect']) {
    if (reader.isGiven(name)) told.push([name, reader.peek(name)])
  }
  if (keepLatest > 0) told.push(['keep-latest', String(keepLatest)])
  const olderThan = ageText === null || ageMs === null ? null : { ms: ageMs, text: ageText }
  return { criteria: { cids, names, keyvalues, olderThan, keepLatest, protect, told }, maxUnpins }
}

/** Reads `protect`; problems go to the reader. */
export async function readProtection(reader: InputReader, loadCids: LoadCids): Promise<Protection> {
  const lines = readLines(reader, 'protect')
  if (lines === null) return NOTHING_PROTECTED
  const pinIds = new Set<string>()
  const cids = new Set<string>()
  const names: string[] = []
  const broken: string[] = []
  const canonicalCid = lines.some((line) => pinIdOf(line) === null) ? await loadCids() : () => null
  for (const line of lines) {
    const pinId = pinIdOf(line)
    if (pinId !== null) {
      pinIds.add(pinId)
      continue
    }
    const cid = canonicalCid(line)
    if (cid !== null) cids.add(cid)
    else if (MEANT_AS_CID.test(line)) broken.push(line)
    // A CID in a rare base may as well be a name: then both are protected.
    if (!MEANT_AS_CID.test(line)) names.push(line)
  }
  if (broken.length > 0) {
    reader.refuse(
      'protect',
      `holds ${reader.quoteAll(broken)}, which looks like a CID and is none. Is a character missing?`,
    )
  }
  return { pinIds, cids, names }
}

async function readCids(reader: InputReader, loadCids: LoadCids): Promise<ReadonlySet<string> | null> {
  const text = reader.optional('cid')
  if (text === null) return null
  const canonicalCid = await loadCids()
  const cids = new Set<string>()
  const rejected: string[] = []
  for (const word of wordsOf(text)) {
    const cid = canonicalCid(word)
    if (cid === null) rejected.push(word)
    else cids.add(cid)
  }
  if (rejected.length > 0 || cids.size === 0) {
    const shown = rejected.length > 0 ? reader.quoteAll(rejected) : 'only separators'
    reader.refuse(
      'cid',
      `holds ${shown}; it takes CIDs, v0 or v1, separated by white space, commas or line ends.`,
    )
  }
  return cids
}

function readKeyvalues(reader: InputReader): [string, string][] {
  const pairs: [string, string][] = []
  const rejected: string[] = []
  for (const line of readLines(reader, 'keyvalues') ?? []) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map((part) => part.trim()) ?? []
    if (key === '' || value === '') rejected.push(line)
    else pairs.push([key, value])
  }
  if (rejected.length > 0) {
    reader.refuse(
      'keyvalues',
      `holds ${reader.quoteAll(rejected)}; it takes lines \`key=value\`, neither of them empty.`,
    )
  }
  return pairs
}

/** The lines of an input that may be left out, trimmed, without empty ones. */
function readLines(reader: InputReader, name: string): string[] | null {
  return (
    reader
      .optional(name)
      ?.split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter((line) => line !== '') ?? null
  )
}
