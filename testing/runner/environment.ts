import type { ActionMetadata } from './action-metadata.ts'

/** The folders and files whose paths an action gets in its environment; all are absolute. */
export interface RunnerPaths {
  /** `GITHUB_WORKSPACE`, where the action runs. */
  workspace: string
  /** `RUNNER_TEMP`. */
  temp: string
  toolCache: string
  eventFile: string
  output: string
  summary: string
  state: string
  env: string
  path: string
}

/**
 * An input's variable: upper case, spaces as `_`, hyphens as they are (actions/runner,
 * src/Runner.Worker/Handlers/Handler.cs, `AddInputsToEnvironment`).
 */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

/**
 * The variables of every declared input: the value given, else the default, else `''`. A given `''` stays:
 * the runner uses a default only when the workflow does not name the input at all.
 *
 * @throws Error for an input that action.yml does not declare
 */
export function inputVariables(
  metadata: ActionMetadata,
  inputs: Readonly<Record<string, string>>,
): Record<string, string> {
  const unknown = Object.keys(inputs).filter((name) => !metadata.inputs.has(name))
  if (unknown.length > 0)
    throw new Error(
      `action.yml declares no input ${unknown.map((name) => `'${name}'`).join(', ')}; it has ${[...metadata.inputs.keys()].join(', ')}`,
    )
  return Object.fromEntries(
    [...metadata.inputs].map(([name, input]) => [inputVariable(name), inputs[name] ?? input.default ?? '']),
  )
}

const OPERATING_SYSTEMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
}

/**
 * What the runner tells every step, as for a push to `octo-org/octo-repo` (names read in actions/runner,
 * src/Runner.Worker/GitHubContext.cs).
 */
export function runnerVariables(paths: RunnerPaths): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTION: 'unpin',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTION_REPOSITORY: 'octo-org/aioz-ipfs-unpin',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: '',
    GITHUB_ENV: paths.env,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: paths.eventFile,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'unpin',
    GITHUB_OUTPUT: paths.output,
    GITHUB_PATH: paths.path,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_STATE: paths.state,
    GITHUB_STEP_SUMMARY: paths.summary,
    GITHUB_TRIGGERING_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'unpin',
    GITHUB_WORKSPACE: paths.workspace,
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'stand-in',
    RUNNER_OS: OPERATING_SYSTEMS[process.platform] ?? process.platform,
    RUNNER_TEMP: paths.temp,
    RUNNER_TOOL_CACHE: paths.toolCache,
  }
}

/**
 * What of the host the action sees: no proxy, no NODE_OPTIONS, no keys. Without `SystemRoot` Node does not
 * start on Windows.
 */
export function hostVariables(): Record<string, string> {
  const names = process.platform === 'win32' ? ['PATH', 'HOME', 'SystemRoot'] : ['PATH', 'HOME']
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
