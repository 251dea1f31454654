import type { OutputLine, WorkflowCommand } from './commands.ts'
import { mask } from './mask.ts'

const INDENTATION = '  '

/** What a log shows for a command; undefined for one that leaves no trace in it. */
function shownCommand(command: WorkflowCommand, debug: boolean): string | undefined {
  const labelled = (label: string): string | undefined =>
    command.message === '' ? undefined : `${label}: ${command.message}`
  switch (command.name.toLowerCase()) {
    case 'error':
      return labelled('Error')
    case 'warning':
      return labelled('Warning')
    case 'notice':
      return labelled('Notice')
    case 'debug':
      return debug ? `##[debug]${command.message}` : undefined
    case 'group':
      return command.message
    case 'set-env':
    case 'add-path':
      return `Error: Unable to process command '${command.text}' successfully.`
    case 'add-mask':
    case 'add-matcher':
    case 'echo':
    case 'endgroup':
    case 'internal-set-repo-path':
    case 'remove-matcher':
    case 'save-state':
    case 'set-output':
      return undefined
    default:
      // `stop-commands` and the token that ends it.
      return command.text
  }
}

/**
 * Shows a step's lines as a person reads them in the log: commands by their effect, groups indented, masked
 * values as `***` from the line on which they were registered. Returns undefined for a line that is not
 * shown.
 *
 * @param secrets values that are masked from the start, as the workflow's secrets are
 * @param debug whether debug lines are shown (`RUNNER_DEBUG=1`)
 */
export function logDisplay(
  secrets: Iterable<string> = [],
  debug = false,
): (line: OutputLine) => string | undefined {
  const masked = [...secrets]
  let indentation = ''
  return (line) => {
    const isCommand = line.kind === 'command' && line.known
    const name = isCommand ? line.name.toLowerCase() : ''
    if (isCommand && name === 'add-mask') masked.push(line.message)
    if (name === 'group' || name === 'endgroup') indentation = ''
    const shown = isCommand ? shownCommand(line, debug) : line.text
    const text = shown === undefined ? undefined : mask(shown, masked).replace(/^/gm, indentation)
    if (name === 'group') indentation = INDENTATION
    return text
  }
}

/**
 * One output as `name = value`, line ends as `\n`, and a long value cut.
 *
 * @param longest characters of the value that are shown
 */
export function showOutput(name: string, value: string, longest = 120): string {
  const oneLine = value.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`)
  if (oneLine.length <= longest) return `${name} = ${oneLine}`
  return `${name} = ${oneLine.slice(0, longest)}… (${value.length} characters)`
}
