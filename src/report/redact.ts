/** What stands where a key stood. */
const REMOVED = '***'
/** A shorter text would be found inside ordinary words; the inputs refuse such keys. */
const SHORTEST = 8

/**
 * One character as encoders spell it (percent, also doubly; JSON and JavaScript escapes; character references), or characters that
 * a reader does not see between two others. Runs of invisible characters are the last alternative and match nothing visible.
 */
const SPELLING =
  /%(?:25)*([0-9a-f]{2})|\\{1,2}(?:u00|x)([0-9a-f]{2})|&(?:amp;)?#(?:x0*([0-9a-f]{2})|0*(\d{2,3}));|&(?:amp;)?(amp|lt|gt|quot|apos);|\\([^ux])|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gi

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Makes the function that takes secrets out of texts, in every spelling that servers and encoders commonly give them: as they
 * are, in another case, escaped character by character, broken by invisible characters or line ends, in hex, in base64.
 *
 * Texts are read in one plain spelling and searched there, which costs less than a pattern that knows all spellings.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const needles = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(forms)
  return (text) => {
    const plain = respell(text)
    const ranges: [start: number, end: number][] = []
    for (const needle of needles) {
      // From the next character on, not from the match's end: overlapping keys must both go.
      for (let at = plain.text.indexOf(needle); at !== -1; at = plain.text.indexOf(needle, at + 1)) {
        ranges.push([plain.startOf(at), plain.endOf(at + needle.length - 1)])
      }
    }
    return ranges.length === 0 ? text : replaceRanges(text, ranges)
  }
}

/** A text in one plain spelling and lower case, and where each of its characters came from. */
interface Respelt {
  text: string
  startOf(at: number): number
  endOf(at: number): number
}

function respell(text: string): Respelt {
  let plain = ''
  const starts: number[] = []
  const ends: number[] = []
  let last = 0
  const keep = (from: number, to: number) => {
    plain += text.slice(from, to)
    for (let at = from; at < to; at += 1) {
      starts.push(at)
      ends.push(at + 1)
    }
  }
  for (const match of text.matchAll(SPELLING)) {
    keep(last, match.index)
    last = match.index + match[0].length
    const [, percent, escape, hex, decimal, name, escaped] = match
    const code = percent ?? escape ?? hex
    const character =
      code !== undefined
        ? String.fromCharCode(Number.parseInt(code, 16))
        : decimal !== undefined
          ? String.fromCharCode(Number(decimal))
          : name !== undefined
            ? NAMED[name.toLowerCase()]
            : escaped
    if (character === undefined) continue
    plain += character
    starts.push(match.index)
    ends.push(last)
  }
  if (last === 0) return { text: lowerCase(text), startOf: (at) => at, endOf: (at) => at + 1 }
  keep(last, text.length)
  return { text: lowerCase(plain), startOf: (at) => starts[at] as number, endOf: (at) => ends[at] as number }
}

/** `toLowerCase` would change the length of some other alphabets' letters. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** What to search for in the plain spelling. A secret may itself look like an escape, so it is respelt as texts are. */
function forms(secret: string): string[] {
  const encoded = [Buffer.from(secret).toString('hex'), ...base64Cores(secret)]
  return [...new Set([respell(secret).text, ...encoded.map(lowerCase)])]
}

/** Inside a longer base64 text the secret begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function replaceRanges(text: string, ranges: [start: number, end: number][]): string {
  ranges.sort(([a], [b]) => a - b)
  let cleaned = ''
  let end = 0
  for (const [from, to] of ranges) {
    // Touching or overlapping matches leave one mark and nothing between them.
    if (from >= end) cleaned += text.slice(end, from) + REMOVED
    end = Math.max(end, to)
  }
  return cleaned + text.slice(end)
}
