/** What stands where a key stood. */
const REMOVED = '***'
/** A record nested deeper is no record of the service's; the text is there to break the stack of whoever walks it. */
const DEEPEST = 64

/** C0, DEL, C1 and the two Unicode line ends. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
/** Characters that take no room or turn the direction of a text: they could hide or reorder what a person reads. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
/** What may stand between two characters of a key without hiding it from a reader. Disjoint from printable ASCII: no backtracking. */
const GAP = '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]*'

/** Makes texts of the service fit to leave: keys first, everything else after, cutting last. */
export interface Cleaner {
  /** Takes both keys out, in every spelling that servers and encoders commonly give them. */
  redact(this: void, text: string): string
  /** For a log line or an annotation: one line, no runner command in it, at most `longest` characters. */
  line(this: void, text: string, longest: number): string
  /** For an output: as it is, less keys, control characters and line ends. */
  output(this: void, text: string): string
  /** For a cell of the summary: one line in which neither HTML nor Markdown means anything. */
  cell(this: void, text: string, longest: number): string
  /** For JSON: the same value with keys taken out of every text and field name. */
  json(this: void, value: unknown): unknown
}

/** @param secrets texts to remove; shorter than 8 characters they would tear ordinary words apart, so those are ignored. */
export function createCleaner(secrets: readonly string[]): Cleaner {
  const patterns = secrets.filter((secret) => secret.length >= 8).flatMap(spellings)
  const redact = (text: string) => removeAll(text, patterns)
  const fold = (text: string) => redact(text.toWellFormed()).replace(CONTROLS, ' ').replace(INVISIBLE, '').trim()
  return {
    redact,
    line: (text, longest) => cut(breakCommands(fold(text)), longest),
    output: (text) => redact(text.toWellFormed()).replace(CONTROLS, ''),
    cell: (text, longest) => escapeMarkup(cut(fold(text), longest)),
    json: (value) => cleanJson(value, redact, 0),
  }
}

/** The runner reads `::command::` at the start of a line and `##[command]` anywhere in one. */
function breakCommands(text: string): string {
  return text.replace(/:(?=:)/g, ': ').replace(/#(?=#\[)/g, '# ')
}

/** As character references, punctuation has no meaning in HTML, and in Markdown no structure (CommonMark 0.31, 2.5). */
function escapeMarkup(text: string): string {
  return text
    .replace(/[!-/:-@[-`{-~]/g, (mark) =>
      mark === '.' || mark === ',' || mark === '-' ? mark : `&#${mark.charCodeAt(0)};`,
    )
    .replace(/(?<=www)\./gi, '&#46;')
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function cleanJson(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '(nested too deeply to be shown)'
  if (Array.isArray(value)) return value.map((element) => cleanJson(element, redact, depth + 1))
  // fromEntries defines fields rather than assigning them, so a field named __proto__ stays a field.
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [redact(name), cleanJson(field, redact, depth + 1)]),
  )
}

/** Removes every match of every pattern, overlapping ones too: a part of a key is not left over beside another's removal. */
function removeAll(text: string, patterns: readonly RegExp[]): string {
  const ranges: [start: number, end: number][] = []
  for (const pattern of patterns) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      ranges.push([match.index, match.index + match[0].length])
      pattern.lastIndex = match.index + 1
    }
  }
  if (ranges.length === 0) return text
  ranges.sort(([a], [b]) => a - b)
  let cleaned = ''
  let end = 0
  for (const [from, to] of ranges) {
    if (from >= end) cleaned += text.slice(end, from) + REMOVED
    end = Math.max(end, to)
  }
  return cleaned + text.slice(end)
}

/** The patterns that find one key: each character in any common escape, in any case; and the whole in hex and base64. */
function spellings(secret: string): RegExp[] {
  const characters = [...secret].map((character) => {
    const code = character.charCodeAt(0)
    const hex = code.toString(16).padStart(2, '0')
    const named = NAMED_REFERENCES[character]
    return `(?:${[
      `\\\\?${literal(character)}`,
      `%(?:25)*${hex}`,
      `\\\\{1,2}(?:u00|x)${hex}`,
      `&(?:amp;)?#(?:x0*${hex}|0*${code});`,
      ...(named === undefined ? [] : [`&(?:amp;)?${named};`]),
    ].join('|')})`
  })
  return [characters.join(GAP), [...Buffer.from(secret).toString('hex')].join(GAP), ...base64Cores(secret)].map(
    (pattern) => new RegExp(pattern, 'gi'),
  )
}

const NAMED_REFERENCES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

/** Inside a longer base64 text the key begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1)
    return [...core].map((character) => BASE64_SPELLINGS[character] ?? literal(character)).join(GAP)
  })
}

const BASE64_SPELLINGS: Readonly<Record<string, string>> = { '+': '(?:[+-]|%2b)', '/': '(?:[/_]|%2f)' }

function literal(character: string): string {
  return /[\w]/.test(character) ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
