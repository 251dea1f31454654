/** What stands where a key stood. */
export const REMOVED = '***'
/** A shorter text would be found inside ordinary words; the inputs refuse such keys. */
export const SHORTEST_KEY = 8

/** Takes keys out of texts; made once for a run and handed on. */
export interface Redactor {
  /** The text with `***` where a key stood. */
  redact(this: void, text: string): string
  holdsKey(this: void, text: string): boolean
}

/**
 * Finds keys in the spellings that programs give a text by accident, in any letter case. Keys in other disguises are out of scope:
 * SECURITY.md says so.
 * @param secrets shorter ones than 8 characters are ignored.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const patterns = secrets
    .filter((secret) => secret.length >= SHORTEST_KEY)
    // The longer first: it may begin with the other.
    .sort((a, b) => b.length - a.length)
    .flatMap((secret) => {
      const encoded = [0, 1, 2].flatMap((offset) => base64At(secret, offset))
      const hex = Buffer.from(secret).toString('hex')
      return [
        (secret.match(/\\+|[^\\]/g) ?? []).map(anySpelling).join(''),
        ...[...encoded, hex].map((text) => text.replace(/\W/g, '\\$&')),
      ]
    })
  if (patterns.length === 0) return { redact: (text) => text, holdsKey: () => false }
  const one = new RegExp([...new Set(patterns)].join('|'), 'i')
  const all = new RegExp(one, 'gi')
  return {
    holdsKey: (text) => one.test(text),
    redact(text) {
      if (!one.test(text)) return text
      const cleaned = text.replace(all, REMOVED)
      // The `***` of one key may complete another one that holds asterisks.
      return one.test(cleaned) ? REMOVED : cleaned
    },
  }
}

/** A character and its name in HTML, with those of HTML 5 for what base64 is made of: PHP writes them. */
const NAMED = new Map(
  ['&amp', '<lt', '>gt', '"quot', "'apos", '+plus', '/sol', '=equals', '_lowbar'].map((one) => [one[0], one.slice(1)]),
)

/**
 * A regular expression for one character, or for a run of backslashes: as it is, or as URLs, forms, JSON, HTML and XML escape it. Writing
 * a text as JSON doubles its backslashes, each time. All repetitions are bounded, so that no text takes long.
 */
function anySpelling(run: string): string {
  if (/[^\W_]/.test(run)) return run
  const code = run.charCodeAt(0)
  const hex = code.toString(16)
  const plain = run.startsWith('\\') ? `\\\\{${run.length},${4 * run.length}}` : `\\\\{0,4}\\${run}`
  const named = NAMED.has(run) ? [`&${NAMED.get(run)};`] : []
  const escaped = [`%${hex}`, `\\\\{1,4}u00${hex}`, `&#0{0,6}${code};`, `&#x0{0,6}${hex};`, ...named]
  const form = run === ' ' ? '|\\+' : ''
  return `(?:${plain}|(?:${escaped.join('|')}){${run.length}}${form})`
}

/** Inside a longer base64 text the secret begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64At(secret: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  const encoded = bytes.toString('base64').replace(/=+$/, '')
  const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}
