import { type Escape, ESCAPES, JSON_ESCAPE } from './secrets/escapes.ts'
import {
  inSource,
  type Range,
  read,
  type Reading,
  resolve,
  standsBefore,
  withoutSeparators,
} from './secrets/reading.ts'

/** What stands where a key stood. */
export const REMOVED = '***'
/** A shorter text would be found inside ordinary words; the inputs refuse such keys. */
const SHORTEST = 8

/** A key that looks like escapes is shorter when they are resolved. Then it is better to take out too much. */
const SHORTEST_RESOLVED = 4

/** A longer text that contains a key is removed as a whole: taking out thousands of keys one by one takes too long. */
export const LONGEST_CUT = 64 * 1024

/** Takes keys out of texts; made once for a run and handed on. */
export interface Redactor {
  /**
   * The text with `***` where a key stood, in any of its spellings; only `***` if the text is longer than 64 Ki characters. Takes time
   * in proportion to the text.
   */
  redact(this: void, text: string): string
  /** Does the text hold a key, in any of its spellings? */
  holdsKey(this: void, text: string): boolean
  /** Does the JSON text hold a key, in any of its spellings? Each text in it is read as well, with JSON's own escapes resolved. */
  jsonHoldsKey(this: void, json: string): boolean
}

/**
 * Finds keys in the spellings that programs produce by accident, in any letter case: as they are; percent-, JSON-, HTML- or
 * XML-escaped, whole or in part; in base64 at every alignment and in its URL form; in hex; with line ends, control or invisible
 * characters in between. Each search looks for a fixed text in one reading of the text.
 *
 * @param secrets shorter ones than 8 characters are ignored.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const long = secrets.filter((secret) => secret.length >= SHORTEST)
  // HTML forms write a blank as `+`.
  const keys = unique(long.flatMap((secret) => [secret, secret.replaceAll(' ', '+')]))
  const encoded = unique(long.flatMap(base64Cores))
  const hexes = long.map((secret) => needle(Buffer.from(secret).toString('hex')))
  const plain = [...keys, ...encoded].map((text) => needle(text))
  const prepare = (escape: Escape) => ({
    once: [...plain, ...keys.flatMap((key) => withoutStart(key, escape))],
    // Programs escape twice by accident. And a key may itself hold what looks like an escape, such as `%41`: that changes the key.
    twice: unique(
      keys.flatMap((key) => [key, resolve(resolve(read(key), escape), escape).text]),
      SHORTEST_RESOLVED,
    ).map((key) => needle(key)),
  })
  /** Most runs meet no escape, and start sooner without these. */
  const prepared = new Map<Escape, ReturnType<typeof prepare>>()

  function* find(reading: Reading): Generator<Range> {
    if (reading.text.length < SHORTEST || keys.length === 0) return
    for (const each of plain) yield* search(reading, each)
    // Bytes in hex may have blanks or colons between them.
    const joined = reading.text.replace(/[ :]+/g, '')
    if (hexes.some(({ text: hex }) => joined.includes(hex))) {
      const together = withoutSeparators(reading)
      for (const each of hexes) yield* search(together, each)
    }
    for (const escape of ESCAPES) {
      const resolved = resolve(reading, escape)
      if (resolved === reading) continue
      const { once, twice } = prepared.get(escape) ?? prepare(escape)
      prepared.set(escape, { once, twice })
      for (const each of once) yield* search(resolved, each)
      const again = resolve(resolved, escape)
      for (const each of twice) yield* search(again, each)
    }
  }
  const isIn = (reading: Reading) => find(reading).next().done === false

  // The `***` of a key that was taken out can complete another key only if that one holds asterisks.
  const starred = keys.some((key) => key.includes('*'))
  const holdsKey = (text: string) => isIn(read(text))
  const jsonHoldsKey = (json: string) => {
    const asItIs = read(json)
    const texts = resolve(asItIs, JSON_ESCAPE)
    return isIn(asItIs) || (texts !== asItIs && isIn(texts))
  }
  const redact = (text: string) => {
    if (text.length > LONGEST_CUT) return holdsKey(text) ? REMOVED : text
    const ranges = [...find(read(text))]
    if (ranges.length === 0) return text
    const left = replaceRanges(text, ranges)
    return starred && holdsKey(left) ? REMOVED : left
  }
  return { redact, holdsKey, jsonHoldsKey }
}

/** A text that is looked for in a reading. */
interface Needle {
  text: string
  /** The shortest piece that the text repeats: `ab` in `ababab`. Of a text without repeats, all of it. */
  period: string
  /** What has to stand right before it in the source of the reading; mostly empty. */
  before: string
}

function needle(text: string, before = ''): Needle {
  let period = 1
  while (!text.endsWith(text.slice(0, -period))) period += 1
  return { text, period: text.slice(-period), before }
}

/**
 * If `%4` stands right before a key that begins with `1`, both together are read as one escape. So the rest of the key is looked for,
 * with its start right before.
 */
function withoutStart(key: string, { tail }: Escape): Needle[] {
  return [1, 2, 3, 4, 5, 6, 7, 8]
    .filter((length) => length < key.length && tail.test(key.slice(0, length)))
    .map((length) => needle(key.slice(length), key.slice(0, length)))
}

/** Every match, overlapping ones too: of two keys that overlap both must go. A text that repeats is one match, not millions. */
function* search(reading: Reading, { text, period, before }: Needle): Iterable<Range> {
  let at = reading.text.indexOf(text)
  while (at !== -1) {
    let end = at + text.length
    while (reading.text.startsWith(period, end)) end += period.length
    if (before === '' || standsBefore(reading, at, before)) yield inSource(reading, [at, end], before.length)
    at = reading.text.indexOf(text, end - text.length + 1)
  }
}

/** Ranges that touch or overlap leave one mark. */
function replaceRanges(text: string, ranges: readonly Range[]): string {
  const taken = new Uint8Array(text.length)
  for (const [start, end] of ranges) taken.fill(1, start, end)
  let cleaned = ''
  let from = 0
  for (let start = taken.indexOf(1); start !== -1; start = taken.indexOf(1, from)) {
    cleaned += text.slice(from, start) + REMOVED
    from = taken.indexOf(0, start)
    if (from === -1) return cleaned
  }
  return cleaned + text.slice(from)
}

/** The texts as they are read, each once. */
const unique = (texts: string[], shortest = SHORTEST) =>
  [...new Set(texts.map((text) => read(text).text))].filter((text) => text.length >= shortest)

/** Inside a longer base64 text the secret begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
