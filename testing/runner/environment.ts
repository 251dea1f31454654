import type { ActionMetadata } from './action-metadata.ts'
import type { RunnerPaths } from './workspace.ts'

/** An input's variable (actions/runner, src/Runner.Worker/Handlers/Handler.cs, `AddInputsToEnvironment`); hyphens stay. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

/**
 * The variables of every declared input: the value given, else the default, else `''`. A given `''` stays: the runner uses a default
 * only when the workflow does not name the input at all.
 *
 * @throws Error for an input that action.yml does not declare
 */
export function inputVariables(
  { inputs: declared }: ActionMetadata,
  inputs: Readonly<Record<string, string>>,
): Record<string, string> {
  const unknown = Object.keys(inputs).filter((name) => !declared.has(name))
  if (unknown.length > 0)
    throw new Error(
      `action.yml declares no input ${unknown.map((name) => `'${name}'`).join(', ')}; it has ${[...declared.keys()].join(', ')}`,
    )
  return Object.fromEntries(
    [...declared].map(([name, input]) => [inputVariable(name), inputs[name] ?? input.default ?? '']),
  )
}

const SYSTEMS = new Map(Object.entries({ linux: 'Linux', darwin: 'macOS', win32: 'Windows' }))

/** A push to `octo-org/octo-repo`. */
const FIXED = `
  CI=true GITHUB_ACTIONS=true RUNNER_ENVIRONMENT=github-hosted RUNNER_NAME=stand-in
  GITHUB_ACTION=unpin GITHUB_ACTION_REF=v1 GITHUB_ACTION_REPOSITORY=octo-org/aioz-ipfs-unpin
  GITHUB_ACTOR=octocat GITHUB_TRIGGERING_ACTOR=octocat GITHUB_JOB=unpin GITHUB_WORKFLOW=unpin
  GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main GITHUB_REF_NAME=main GITHUB_REF_TYPE=branch
  GITHUB_BASE_REF= GITHUB_HEAD_REF= GITHUB_SHA=${'0'.repeat(40)}
  GITHUB_REPOSITORY=octo-org/octo-repo GITHUB_REPOSITORY_OWNER=octo-org
  GITHUB_RUN_ATTEMPT=1 GITHUB_RUN_ID=1 GITHUB_RUN_NUMBER=1 GITHUB_SERVER_URL=https://github.com
  GITHUB_API_URL=https://api.github.com GITHUB_GRAPHQL_URL=https://api.github.com/graphql`

/** What the runner tells every step (names read in actions/runner, src/Runner.Worker/GitHubContext.cs). */
export function runnerVariables(paths: RunnerPaths): Record<string, string> {
  const fixed = FIXED.trim().split(/\s+/)
  return {
    ...Object.fromEntries(fixed.map((pair) => pair.split('=') as [string, string])),
    GITHUB_ENV: paths.env,
    GITHUB_EVENT_PATH: paths.eventFile,
    GITHUB_OUTPUT: paths.output,
    GITHUB_PATH: paths.path,
    GITHUB_STATE: paths.state,
    GITHUB_STEP_SUMMARY: paths.summary,
    GITHUB_WORKSPACE: paths.workspace,
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_OS: SYSTEMS.get(process.platform) ?? process.platform,
    RUNNER_TEMP: paths.temp,
    RUNNER_TOOL_CACHE: paths.toolCache,
  }
}

/** What of the host the action sees: no proxy, no NODE_OPTIONS, no keys. Without `SystemRoot` Node does not start on Windows. */
export function hostVariables(): Record<string, string> {
  const found = ['PATH', 'HOME', 'SystemRoot'].map((name): [string, string | undefined] => [name, process.env[name]])
  return Object.fromEntries(found.filter((pair): pair is [string, string] => pair[1] !== undefined))
}
