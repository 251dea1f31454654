import { createRedactor, UNSEEN } from '../redact.ts'

/** A record nested deeper is no record of the service's; the text is there to break the stack of whoever walks it. */
const DEEPEST = 64

/** C0, DEL, C1 and the two Unicode line ends. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
/** They could hide or reorder what a person reads. */
const INVISIBLE = new RegExp(UNSEEN, 'g')

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
  const redact = createRedactor(secrets)
  const fold = (text: string) =>
    redact(text.toWellFormed()).replace(CONTROLS, ' ').replace(INVISIBLE, '').trim()
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
  if (typeof value === 'number') return cleanNumber(value, redact)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '(nested too deeply to be shown)'
  if (Array.isArray(value)) return value.map((element) => cleanJson(element, redact, depth + 1))
  // fromEntries defines fields rather than assigning them, so a field named __proto__ stays a field.
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [redact(name), cleanJson(field, redact, depth + 1)]),
  )
}

/** A key may consist of digits alone. */
function cleanNumber(value: number, redact: (text: string) => string): number | string {
  const text = String(value)
  const cleaned = redact(text)
  return cleaned === text ? value : cleaned
}
