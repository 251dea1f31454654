import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'

/** The version that the scenarios were tried with; scripts/install-tools.sh installs it. */
export const ACT_VERSION = 'v0.2.89'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** A whole scenario takes seconds; one that hangs must not hang the check. */
const LONGEST_RUN_MS = 180_000

/** The path of `act`: from PATH, where scripts/install-tools.sh puts it, or where Go does. Undefined if it is not installed. */
export function findAct(): string | undefined {
  const goPath = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).stdout?.trim()
  const places = ['act', join(ROOT, '.tools/bin/act'), ...(goPath ? [join(goPath, 'bin/act')] : [])]
  return places.find((place) => spawnSync(place, ['--version']).status === 0)
}

export interface ActRun {
  /** The folder of the repository; each job runs in a copy of it. */
  folder: string
  /** A folder for act's own files, outside the repository. */
  home: string
  workflow: string
  event: string
  /** A file with the event's payload; absolute. */
  eventFile: string
  job?: string
  /** Variables that every step sees. */
  variables: Readonly<Record<string, string>>
  secrets: Readonly<Record<string, string>>
}

export interface ActResult {
  succeeded: boolean
  /** What act printed of all jobs. */
  log: string
}

/** Runs a workflow with act on this very machine, without containers. */
export async function runAct(act: string, run: ActRun): Promise<ActResult> {
  // Not by the environment, which act hands on to every step.
  const secretFile = join(run.home, 'secrets')
  writeFileSync(secretFile, stringify(run.secrets))
  const args = [
    run.event,
    '--workflows',
    run.workflow,
    '--eventpath',
    run.eventFile,
    ...(run.job === undefined ? [] : ['--job', run.job]),
    '--platform',
    'ubuntu-latest=-self-hosted',
    '--secret-file',
    secretFile,
  ]
  const child = spawn(act, args, {
    cwd: run.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...run.variables,
      HOME: run.home,
      // act starts the action with the `node` of PATH.
      PATH: [join(ROOT, 'scripts/e2e/stand-ins/bin'), dirname(process.execPath), process.env['PATH']].join(
        delimiter,
      ),
    },
    timeout: LONGEST_RUN_MS,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  }
  const succeeded = await new Promise<boolean>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code === 0))
  })
  return { succeeded, log }
}
