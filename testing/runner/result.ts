import { isCommand, isStopToken } from './commands.ts'
import type { OutputLine, WorkflowCommand } from './commands.ts'
import { FileCommandError, parseKeyValueFile, parsePathFile, SUMMARY_LIMIT } from './file-commands.ts'
import { valuesToMask } from './mask.ts'
import { readIfThere } from './workspace.ts'
import type { RunnerFiles } from './workspace.ts'

export interface Annotation {
  message: string
  /** Never masked by the runner. */
  title?: string
  /** All properties, `title` among them. */
  properties: Record<string, string>
}

/** What the runner knows of a step from its lines and files. */
export interface StepEffects {
  /** All commands in order of arrival, those among them that no runner knows (`known: false`). */
  commands: WorkflowCommand[]
  /** All of them, as written; the runner shows 10 of each kind and 4096 characters of each. */
  annotations: { errors: Annotation[]; warnings: Annotation[]; notices: Annotation[] }
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
  /**
   * The parsed JSON of the file that the output `results-file` names; absent when there is none or it is no
   * JSON.
   */
  resultsFile?: unknown
  /**
   * What the runner itself reports as an error, apart from the exit code: unreadable files, refused commands,
   * a summary too large.
   */
  problems: string[]
}

/**
 * `set-env` and `add-path` are refused since 2020 unless the workflow allows them (actions/runner,
 * src/Runner.Worker/ActionCommandManager.cs).
 */
function refusal(command: WorkflowCommand): string | undefined {
  const name = command.name.toLowerCase()
  if (name === 'set-env' || name === 'add-path') return `The '${name}' command is disabled`
  if (name === 'stop-commands' && !isStopToken(command.message))
    return `'${command.message}' cannot be the token of stop-commands`
  if ((name === 'set-output' || name === 'save-state') && !propertyOf(command, 'name'))
    return `Required field 'name' is missing in ${name}`
  return undefined
}

function propertyOf(command: WorkflowCommand, name: string): string | undefined {
  return Object.entries(command.properties).find(([property]) => property.toLowerCase() === name)?.[1]
}

function toAnnotation(command: WorkflowCommand): Annotation {
  const title = propertyOf(command, 'title')
  return {
    message: command.message,
    ...(title === undefined ? {} : { title }),
    properties: command.properties,
  }
}

function parseJsonFile(path: string | undefined): { resultsFile?: unknown } {
  const text = path === undefined || path === '' ? undefined : readIfThere(path)
  if (text === undefined) return {}
  try {
    return { resultsFile: JSON.parse(text) as unknown }
  } catch {
    return {}
  }
}

/**
 * Puts together what lines and files say, as the runner does once the process has ended: files come after
 * commands, and a file that cannot be read counts up to the bad line.
 */
export function stepEffects(lines: readonly OutputLine[], files: RunnerFiles): StepEffects {
  const commands = lines.filter((line) => line.kind === 'command')
  const named = (name: string): WorkflowCommand[] => commands.filter((command) => isCommand(command, name))
  const problems = commands
    .filter((command) => command.known)
    .map(refusal)
    .filter((problem) => problem !== undefined)

  const byName = (name: string): Record<string, string> =>
    Object.fromEntries(
      named(name).flatMap((command) => {
        const key = propertyOf(command, 'name')
        return key === undefined ? [] : [[key, command.message]]
      }),
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

  const outputs = { ...byName('set-output'), ...fromFile('GITHUB_OUTPUT', files.output) }
  const state = { ...byName('save-state'), ...fromFile('GITHUB_STATE', files.state) }
  const exportedEnv = { ...fromFile('GITHUB_ENV', files.env) }
  const summaryBytes = Buffer.byteLength(files.summary)
  if (summaryBytes > SUMMARY_LIMIT)
    problems.push(`GITHUB_STEP_SUMMARY: ${summaryBytes} bytes are more than ${SUMMARY_LIMIT}; it is dropped`)

  return {
    commands,
    annotations: {
      errors: named('error').map(toAnnotation),
      warnings: named('warning').map(toAnnotation),
      notices: named('notice').map(toAnnotation),
    },
    masks: named('add-mask')
      .map((command) => command.message)
      .filter((message) => valuesToMask(message).length > 0),
    outputs,
    state,
    exportedEnv,
    addedPaths: parsePathFile(files.path),
    summary: summaryBytes > SUMMARY_LIMIT ? '' : files.summary,
    ...parseJsonFile(outputs['results-file']),
    problems,
  }
}
