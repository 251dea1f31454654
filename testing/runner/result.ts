import { isCommand, isStopToken } from './commands.ts'
import type { OutputLine, WorkflowCommand } from './commands.ts'
import { FileCommandError, parseKeyValueFile } from './file-commands.ts'
import { splitLines } from './lines.ts'
import { valuesToMask } from './mask.ts'
import { readIfThere } from './workspace.ts'
import type { RunnerFiles } from './workspace.ts'

export interface Annotation {
  message: string
  /** `title` among them, which the runner never masks. */
  properties: Record<string, string>
}

export interface Annotations {
  errors: Annotation[]
  warnings: Annotation[]
  notices: Annotation[]
}

/** What the runner knows of a step from its lines and files. */
export interface StepEffects {
  /** All commands in order of arrival, those among them that no runner knows (`known: false`). */
  commands: WorkflowCommand[]
  /** All of them, as written. */
  annotations: Annotations
  /** Those of them that a person sees: the first 10 of each kind, and 4096 characters of each. */
  shownAnnotations: Annotations
  /** The groups of the log, each with the lines that it folds. */
  groups: { title: string; lines: string[] }[]
  /** The messages of `add-mask`, without blank ones. */
  masks: string[]
  /** From `GITHUB_OUTPUT`, and from `set-output`, which still works. */
  outputs: Record<string, string>
  state: Record<string, string>
  /** From `GITHUB_ENV`. */
  exportedEnv: Record<string, string>
  /** From `GITHUB_PATH`. */
  addedPaths: string[]
  /** The Markdown text; `''` when it is over 1 MiB, which the runner drops. */
  summary: string
  /** The parsed JSON of the file that the output `results-file` names; absent when there is none or it is no JSON. */
  resultsFile?: unknown
  /** What the runner itself reports as an error: unreadable files, refused commands, a summary too large. */
  problems: string[]
}

/** A summary file larger than this, in bytes, is dropped with an error (src/Runner.Worker/FileCommandManager.cs). */
const SUMMARY_LIMIT = 1024 * 1024

function propertyOf(command: WorkflowCommand, name: string): string | undefined {
  return Object.entries(command.properties).find(([property]) => property.toLowerCase() === name)?.[1]
}

/** `set-env` and `add-path` are refused since 2020 unless the workflow allows them (src/Runner.Worker/ActionCommandManager.cs). */
function refusal(command: WorkflowCommand): string[] {
  const name = command.known ? command.name.toLowerCase() : ''
  if (name === 'set-env' || name === 'add-path') return [`The '${name}' command is disabled`]
  if (name === 'stop-commands' && !isStopToken(command.message))
    return [`'${command.message}' cannot be the token of stop-commands`]
  if ((name === 'set-output' || name === 'save-state') && !propertyOf(command, 'name'))
    return [`Required field 'name' is missing in ${name}`]
  return []
}

function groupsOf(lines: readonly OutputLine[]): StepEffects['groups'] {
  const groups: StepEffects['groups'] = []
  let open: string[] | undefined
  for (const line of lines) {
    if (isCommand(line, 'group')) groups.push({ title: line.message, lines: (open = []) })
    else if (isCommand(line, 'endgroup')) open = undefined
    else open?.push(line.text)
  }
  return groups
}

function parseJsonFile(path: string | undefined): { resultsFile?: unknown } {
  const text = path === undefined || path === '' ? undefined : readIfThere(path)
  try {
    return text === undefined ? {} : { resultsFile: JSON.parse(text) as unknown }
  } catch {
    return {}
  }
}

/**
 * Puts together what lines and files say, as the runner does once the process has ended: files come after commands, and a file that
 * cannot be read counts up to the bad line.
 */
export function stepEffects(lines: readonly OutputLine[], files: RunnerFiles): StepEffects {
  const commands = lines.filter((line) => line.kind === 'command')
  const named = (name: string): WorkflowCommand[] => commands.filter((command) => isCommand(command, name))
  const problems = commands.flatMap(refusal)

  const byName = (name: string): Record<string, string> =>
    Object.fromEntries(
      named(name)
        .map((command) => [propertyOf(command, 'name') ?? '', command.message])
        .filter(([key]) => key),
    )
  const fromFile = (variable: string, text: string): Readonly<Record<string, string>> => {
    try {
      return parseKeyValueFile(text)
    } catch (error) {
      if (!(error instanceof FileCommandError)) throw error
      problems.push(`${variable}: ${error.message}`)
      return error.readSoFar
    }
  }
  const annotations = (make: (all: WorkflowCommand[]) => Annotation[]): Annotations => ({
    errors: make(named('error')),
    warnings: make(named('warning')),
    notices: make(named('notice')),
  })

  const outputs = { ...byName('set-output'), ...fromFile('GITHUB_OUTPUT', files.output) }
  const summaryBytes = Buffer.byteLength(files.summary)
  const dropped = summaryBytes > SUMMARY_LIMIT
  if (dropped) problems.push(`GITHUB_STEP_SUMMARY: ${summaryBytes} bytes are more than ${SUMMARY_LIMIT}`)
  return {
    commands,
    annotations: annotations((all) => all.map(({ message, properties }) => ({ message, properties }))),
    shownAnnotations: annotations((all) =>
      all.slice(0, 10).map(({ message, properties }) => ({ message: message.slice(0, 4096), properties })),
    ),
    groups: groupsOf(lines),
    masks: named('add-mask')
      .map(({ message }) => message)
      .filter((message) => valuesToMask(message).length > 0),
    outputs,
    state: { ...byName('save-state'), ...fromFile('GITHUB_STATE', files.state) },
    exportedEnv: { ...fromFile('GITHUB_ENV', files.env) },
    addedPaths: splitLines(files.path).filter((line) => line !== ''),
    summary: dropped ? '' : files.summary,
    ...parseJsonFile(outputs['results-file']),
    problems,
  }
}
