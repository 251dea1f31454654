import { splitLines } from './lines.ts'

/**
 * What the runner makes of the lines that an action writes, on stdout and stderr alike. Its rules were read in actions/runner 2.336.0:
 * src/Runner.Common/ActionCommand.cs (both syntaxes and their escapes) and src/Runner.Worker/ActionCommandManager.cs (known names,
 * `stop-commands`).
 *
 * One difference: .NET looks for `::` and `##[` by the rules of the culture, which may skip zero-width characters. The name is then cut
 * out at the wrong place and never a known one, so plain comparison misses no command.
 */

export interface WorkflowCommand {
  kind: 'command'
  /** As written; the runner compares names without regard to case. */
  name: string
  /** Unescaped. The runner takes property names without regard to case; here they are as first written. */
  properties: Record<string, string>
  /** Unescaped. */
  message: string
  /** `colons` is `::name …::message`, `brackets` the older `##[name …]message`. */
  syntax: 'colons' | 'brackets'
  /** False when the runner knows no command of this name, and so takes the line for text. */
  known: boolean
  /** The whole line as it was written. */
  text: string
}

export type OutputLine = WorkflowCommand | { kind: 'plain'; text: string }

/** The names the runner acts on. `internal-set-repo-path` is one only for the runner's own plugins, but no output should ever hold it. */
export const KNOWN_COMMANDS: ReadonlySet<string> = new Set(
  `add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher
  save-state set-env set-output stop-commands warning`.split(/\s+/),
)

// .NET's white space: as JavaScript's, with NEL and without U+FEFF.
const LEADING_WHITE_SPACE = /^[\t-\r\u0085\p{Z}]+/u
const SURROUNDING_WHITE_SPACE = /^[\t-\r\u0085\p{Z}]+|[\t-\r\u0085\p{Z}]+$/gu

type Escapes = Readonly<Record<string, string>>
const DATA_ESCAPES: Escapes = { '%0D': '\r', '%0A': '\n', '%25': '%' }
const PROPERTY_ESCAPES: Escapes = { ...DATA_ESCAPES, '%3A': ':', '%2C': ',' }
const BRACKET_ESCAPES: Escapes = { ...DATA_ESCAPES, '%3B': ';', '%5D': ']' }

// Upper case only, like the runner: `%0a` stays as it is.
function unescape(text: string, escapes: Escapes): string {
  return text.replace(/%[0-9A-F]{2}/g, (escape) => escapes[escape] ?? escape)
}

function parseProperties(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const properties = new Map<string, [string, string]>()
  for (const property of text.split(separator)) {
    // A property without a name or a value is dropped, and repeated `=` count as one: .NET's Split without empty entries.
    const [, name, value] = /^=*([^=]+)=+([^=].*)$/su.exec(property) ?? []
    if (name === undefined || value === undefined) continue
    const lowerCase = name.toLowerCase()
    properties.set(lowerCase, [properties.get(lowerCase)?.[0] ?? name, unescape(value, escapes)])
  }
  return Object.fromEntries(properties.values())
}

type Unjudged = Omit<WorkflowCommand, 'known'>

function parseColons(text: string): Unjudged | undefined {
  const [, name, properties = '', data = ''] =
    /^::([^ ]*?)(?: (.*?))?::(.*)$/su.exec(text.replace(LEADING_WHITE_SPACE, '')) ?? []
  if (name === undefined || name === '') return undefined
  return {
    kind: 'command',
    name,
    properties: parseProperties(properties.replace(SURROUNDING_WHITE_SPACE, ''), ',', PROPERTY_ESCAPES),
    message: unescape(data, DATA_ESCAPES),
    syntax: 'colons',
    text,
  }
}

function parseBrackets(text: string): Unjudged | undefined {
  // Only the first `##[` of a line is looked at, wherever it stands.
  const [, name, properties = '', data = ''] =
    /##\[([^ \]]*)(?: ([^\]]*))?\](.*)$/su.exec(text.slice(Math.max(text.indexOf('##['), 0))) ?? []
  if (name === undefined || name === '') return undefined
  return {
    kind: 'command',
    name,
    properties: parseProperties(properties, ';', BRACKET_ESCAPES),
    message: unescape(data, BRACKET_ESCAPES),
    syntax: 'brackets',
    text,
  }
}

/**
 * One line, without its end. A line whose `::` name is unknown may still be a `##[` command: the runner tries one syntax after the
 * other, and so the known one wins.
 *
 * @param alsoKnown a further name to act on, in lower case: the token that ends `stop-commands`
 */
export function parseLine(line: string, alsoKnown?: string): OutputLine {
  const found = [parseColons(line), parseBrackets(line)].filter((command) => command !== undefined)
  const isKnown = ({ name }: Unjudged): boolean =>
    KNOWN_COMMANDS.has(name.toLowerCase()) || name.toLowerCase() === alsoKnown
  const known = found.find(isKnown)
  const command = known ?? found[0]
  return command === undefined ? { kind: 'plain', text: line } : { ...command, known: command === known }
}

/** Is this the command of that name, and one the runner acts on? `name` is in lower case. */
export function isCommand(line: OutputLine, name: string): line is WorkflowCommand {
  return line.kind === 'command' && line.known && line.name.toLowerCase() === name
}

/**
 * May `token` end a `stop-commands`? The runner fails the step over an empty token and over one that is itself a command
 * (ActionCommandManager.cs, `ValidateStopToken`).
 */
export function isStopToken(token: string): boolean {
  const lowerCase = token.toLowerCase()
  return token !== '' && !KNOWN_COMMANDS.has(lowerCase) && lowerCase !== 'pause-logging'
}

/** Reads the lines of one step in turn. After `stop-commands` every line is plain, up to the command that the token names. */
export function commandReader(): (line: string) => OutputLine {
  let token: string | undefined
  return (line) => {
    const parsed = parseLine(line, token)
    if (token !== undefined) {
      if (parsed.kind === 'plain' || parsed.name.toLowerCase() !== token) return { kind: 'plain', text: line }
      token = undefined
    } else if (isCommand(parsed, 'stop-commands') && isStopToken(parsed.message)) {
      token = parsed.message.toLowerCase()
    }
    return parsed
  }
}

/** The whole output of a step, line by line. */
export function parseOutput(text: string): OutputLine[] {
  return splitLines(text).map(commandReader())
}
