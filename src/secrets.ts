/** What stands where a key stood. */
export const REMOVED = '***'
/** A shorter text would be found inside ordinary words; the inputs refuse such keys. */
const SHORTEST = 8

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
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST).flatMap(spellingsOf))]
  if (spellings.length === 0) return { redact: (text) => text, holdsKey: () => false }
  // The longest first: a spelling may begin with another one.
  const longestFirst = spellings.sort((a, b) => b.length - a.length).map((text) => text.replace(/[^\w]/g, '\\$&'))
  const one = new RegExp(longestFirst.join('|'), 'i')
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

function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const escaped = (pattern: RegExp, escape: (code: number) => string) =>
    secret.replace(pattern, (mark) => escape(mark.charCodeAt(0)))
  const unicode = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`
  return [
    secret,
    // As URLs and forms write it.
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    // As JavaScript, PHP, Go and .NET write JSON.
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&]/g, (mark) => unicode(mark.charCodeAt(0))),
    escaped(/["&'+<>\\`]/g, unicode),
    // As HTML: the five characters that must be escaped, and all punctuation.
    escaped(/[&<>"']/g, (code) => ({ 38: '&amp;', 60: '&lt;', 62: '&gt;', 34: '&quot;' })[code] ?? '&#39;'),
    escaped(
      /[&<>"'/`=]/g,
      (code) =>
        ({ 38: '&amp;', 60: '&lt;', 62: '&gt;', 34: '&quot;', 39: '&#39;' })[code] ?? `&#x${code.toString(16)};`,
    ),
    ...[0, 1, 2].flatMap((offset) => base64At(secret, offset)),
    Buffer.from(secret).toString('hex'),
  ]
}

/** Inside a longer base64 text the secret begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64At(secret: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  const encoded = bytes.toString('base64').replace(/=+$/, '')
  const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}
