import { inputVariables, runnerVariables } from '../../testing/runner/environment.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { type OutputLine, parseOutput, type WorkflowCommand } from '../../testing/runner/commands.ts'
import { parseKeyValueFile } from '../../testing/runner/file-commands.ts'
import { makeWorkspace, readRunnerFiles, removeWorkspace } from '../../testing/runner/workspace.ts'

/** The surroundings of one step of a job, within this process. */
export interface Step {
  /** `RUNNER_TEMP`. */
  readonly temp: string
  /** The file behind `GITHUB_OUTPUT`. */
  readonly outputFile: string
  /** The file behind `GITHUB_STEP_SUMMARY`. */
  readonly summaryFile: string
  /** All that was printed so far. */
  printed: () => string
  /** What was printed, as the runner reads it. */
  lines: () => OutputLine[]
  /** The texts of printed lines that are no commands. */
  log: () => string[]
  /** The messages of the printed commands of this name. */
  said: (command: 'error' | 'warning' | 'notice' | 'add-mask') => string[]
  outputs: () => Record<string, string>
  summary: () => string
}

const metadata = readActionMetadata()
const write = process.stdout.write.bind(process.stdout)
const running: (() => void)[] = []

/**
 * Sets the variables that a runner would set, with the defaults of action.yml, and listens to what is printed. `endSteps` takes it
 * all back.
 */
export function beginStep(inputs: Readonly<Record<string, string>> = {}): Step {
  const { root, paths } = makeWorkspace()
  const before = { ...process.env }
  for (const name of Object.keys(before))
    if (/^(?:INPUT_|GITHUB_|RUNNER_)|_proxy$/i.test(name)) delete process.env[name]
  Object.assign(process.env, runnerVariables(paths), inputVariables(metadata, inputs))

  let printed = ''
  process.stdout.write = (text: string | Uint8Array) => {
    printed += typeof text === 'string' ? text : Buffer.from(text).toString()
    return true
  }

  running.push(() => {
    process.stdout.write = write
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    removeWorkspace(root)
  })

  const lines = (): OutputLine[] => parseOutput(printed)
  return {
    temp: paths.temp,
    outputFile: paths.output,
    summaryFile: paths.summary,
    printed: () => printed,
    lines,
    log: () => lines().flatMap((line) => (line.kind === 'plain' ? [line.text] : [])),
    said: (command) =>
      lines()
        .filter((line): line is WorkflowCommand => line.kind === 'command' && line.name === command)
        .map(({ message }) => message),
    outputs: () => parseKeyValueFile(readRunnerFiles(paths).output),
    summary: () => readRunnerFiles(paths).summary,
  }
}

/** Ends every step that was begun, the last one first. */
export function endSteps(): void {
  for (const end of running.splice(0).reverse()) end()
}
