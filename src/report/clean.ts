import type { Redactor } from '../secrets.ts'

/** No record of the service is nested so deeply. A deeper one could overflow the stack of a program that reads it. */
const DEEPEST = 64

/** C0, DEL, C1 and the two Unicode line ends. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
/** They could hide or reorder what a person reads. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** Makes texts of the service safe to show. Keys are removed first, and again where a change may have joined the parts of one. */
export interface Cleaner extends Redactor {
  /** For a log line or an annotation: one line, no runner command in it, at most `longest` characters. */
  line(this: void, text: string, longest: number): string
  /** For an output: as it is, less keys, control characters and line ends; never cut. */
  output(this: void, text: string): string
  /** For Markdown: one line in which neither HTML nor Markdown means anything, and that has no link. */
  cell(this: void, text: string, longest: number): string
  /** A value as JSON text, with keys taken out of every text, field name and number; `null` where that cannot be done. */
  json(this: void, value: unknown): string
}

export function createCleaner({ redact, holdsKey }: Redactor): Cleaner {
  const change = (text: string, how: (text: string) => string): string => {
    const before = redact(text.toWellFormed())
    const after = how(before)
    return after === before ? before : redact(after)
  }
  return {
    redact,
    holdsKey,
    line: (text, longest) =>
      cut(
        change(text, (read) => breakCommands(fold(read))),
        longest,
      ),
    output: (text) => change(text, (read) => read.replace(CONTROLS, '')),
    cell: (text, longest) => escapeMarkup(cut(change(text, fold), longest)),
    json(value) {
      // One search in the whole is faster than one in each text.
      const text = JSON.stringify(cleanJson(value, (same) => same, 0))
      if (!holdsKey(text)) return text
      const cleaned = JSON.stringify(cleanJson(value, redact, 0))
      return holdsKey(cleaned) ? 'null' : cleaned
    },
  }
}

/** Most texts have neither, and the properties of Unicode take long to compile. */
const BEYOND_PLAIN = /[^\u0020-\u007e]/

function fold(text: string): string {
  if (!BEYOND_PLAIN.test(text)) return text.trim()
  return text.replace(CONTROLS, ' ').replace(INVISIBLE, '').trim()
}

/** The runner reads `::command::` at the start of a line and `##[command]` anywhere in one. */
function breakCommands(text: string): string {
  return text.replace(/^::/, ': :').replace(/#(?=#\[)/g, '# ')
}

/**
 * As character references, punctuation has no meaning in HTML, and in Markdown no structure (CommonMark 0.31, 2.5). But cmark-gfm
 * looks for e-mail addresses, and other programs for URLs, mentions and emoji, in texts whose references are resolved. An element
 * ends such a text: `<wbr>` shows nothing, is not copied, and GitHub lets it pass.
 */
function escapeMarkup(text: string): string {
  return text
    .replace(/[!-/:-@[-`{-~]/g, (mark) => (',-.'.includes(mark) ? mark : `&#${mark.charCodeAt(0)};`))
    .replace(/(?<=www)\./gi, '&#46;<wbr>')
    .replace(/&#(?:35|36|58|64);(?=\S)/g, '$&<wbr>')
}

/** Texts of the service and lines of inputs may be long. The middle goes: what to do stands at the end. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const end = Math.floor(longest / 4)
  return `${text.slice(0, longest - end - 1).replace(/[\ud800-\udbff]$/, '')}…${text.slice(text.length - end).replace(/^[\udc00-\udfff]/, '')}`
}

function cleanJson(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return redact(value)
  // A key may consist of digits alone.
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : null
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '(nested too deeply to be shown)'
  if (Array.isArray(value)) return value.map((element) => cleanJson(element, redact, depth + 1))
  // fromEntries defines fields rather than assigning them, so a field named __proto__ stays a field.
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [redact(name), cleanJson(field, redact, depth + 1)]),
  )
}
