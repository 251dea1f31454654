import { isCommand, KNOWN_COMMANDS } from './commands.ts'
import type { OutputLine, WorkflowCommand } from './commands.ts'
import { mask } from './mask.ts'

/** What a log shows for a command; undefined for one that leaves no trace in it. */
function shownCommand({ name, message, text }: WorkflowCommand, debug: boolean): string | undefined {
  const lowerCase = name.toLowerCase()
  if (/^(?:error|warning|notice)$/.test(lowerCase))
    return message === '' ? undefined : `${lowerCase.replace(/^./, (first) => first.toUpperCase())}: ${message}`
  if (lowerCase === 'debug') return debug ? `##[debug]${message}` : undefined
  if (lowerCase === 'group') return message
  if (lowerCase === 'set-env' || lowerCase === 'add-path')
    return `Error: Unable to process command '${text}' successfully.`
  // The token that ends `stop-commands` has no name of its own.
  return lowerCase === 'stop-commands' || !KNOWN_COMMANDS.has(lowerCase) ? text : undefined
}

/**
 * Shows a step's lines as a person reads them in the log: commands by their effect, groups indented, masked values as `***` from the
 * line on which they were registered. Returns undefined for a line that is not shown.
 *
 * @param secrets values that are masked from the start, as the workflow's secrets are
 * @param debug whether debug lines are shown (`RUNNER_DEBUG=1`)
 */
export function logDisplay(secrets: Iterable<string> = [], debug = false): (line: OutputLine) => string | undefined {
  const masked = [...secrets]
  let indentation = ''
  return (line) => {
    if (isCommand(line, 'add-mask')) masked.push(line.message)
    if (isCommand(line, 'group') || isCommand(line, 'endgroup')) indentation = ''
    const shown = line.kind === 'command' && line.known ? shownCommand(line, debug) : line.text
    const text = shown === undefined ? undefined : mask(shown, masked).replace(/^/gm, indentation)
    if (isCommand(line, 'group')) indentation = '  '
    return text
  }
}

/** One output as `name = value`, line ends as `\n`, and a long value cut after `longest` characters. */
export function showOutput(name: string, value: string, longest = 120): string {
  const oneLine = value.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`)
  if (oneLine.length <= longest) return `${name} = ${oneLine}`
  return `${name} = ${oneLine.slice(0, longest)}… (${value.length} characters)`
}
