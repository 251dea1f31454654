import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SERVICE = 'https://api-ipfs.attoaioz.cyou'
const ARTIFACT = 'uses: ./scripts/e2e/stand-ins/artifact'
const WORKFLOW = '.github/workflows/e2e.yml'
/** A scenario takes seconds; one that hangs must not hang the check. */
const LONGEST_RUN_MS = 180_000
const REPOSITORY = { full_name: 'octo-org/octo-repo', name: 'octo-repo', default_branch: 'main' }

const works = (command: string): boolean => spawnSync(command, ['--version']).status === 0
export const hasGit = (): boolean => works('git')

/** Where act is: in .tools, on PATH, or where Go puts it. Undefined if it is not installed. */
export function findAct(): string | undefined {
  const goPath = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  return [join(ROOT, '.tools/bin/act'), 'act', join(goPath, 'bin/act')].find(works)
}

export interface ActRun {
  /** The text of a workflow. */
  workflow: string
  /** Of the workflow only this job. */
  job?: string | undefined
  /** What the event's payload has besides `ref` and `repository`. */
  event: readonly [name: string, payload?: object]
  /** The service to which the action speaks if the workflow names none. */
  apiUrl: string
  /** Variables of the environment that every step sees. */
  env: Readonly<Record<string, string>>
  /** The context `vars`. */
  vars?: Readonly<Record<string, string>> | undefined
  /** Called with what act prints, as it comes. */
  onText?: (text: string) => void
}

/** The keys of the service, by the names that the workflow uses. */
function secretsOf(workflow: string): Record<string, string | undefined> {
  const { apiKey, secretKey } = DEFAULT_KEYS
  const named = workflow.matchAll(/pinning-(api|secret)-key: *\$\{\{ *secrets\.(\w+) *\}\}/g)
  const all = [...named].map(([, kind, name]) => [name, kind === 'api' ? apiKey : secretKey])
  return { AIOZ_PINNING_API_KEY: apiKey, AIOZ_PINNING_SECRET_KEY: secretKey, ...Object.fromEntries(all) }
}

/** The workflow as it is, but with the action of the copy, stand-ins for artifacts, and the address of the service. */
const adapted = (workflow: string, apiUrl: string): string =>
  workflow
    .replaceAll(SERVICE, apiUrl)
    .replace(/uses: [\w.-]+\/aioz-ipfs-unpin@.*/g, 'uses: ./')
    .replace(/uses: actions\/(upload|download)-artifact@.*\n( +)with:\n/g, `${ARTIFACT}\n$2with:\n$2  do: $1\n`)
    // Nothing is published; the scenario says which CID came out.
    .replace(
      /uses: ipshipyard\/ipfs-deploy-action@.*\n( +)with:\n(?:\1  .*\n)+/g,
      'run: echo "cid=$DEPLOYED_CID" >> "$GITHUB_OUTPUT"\n',
    )
    // act takes this one for granted: it copies the folder into the job's.
    .replace(/^( +)steps:\n/gm, '$&$1  - uses: actions/checkout@v7\n')

/** A copy of this repository in which workflows run; it takes nothing from the original and leaves nothing there. */
export class Playground {
  readonly #home = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-e2e-'))
  readonly #folder = join(this.#home, 'repository')

  constructor() {
    const filter = (path: string): boolean => !path.endsWith('node_modules')
    // What a job needs: the action itself, and the service that the job `action` of CI starts.
    for (const name of ['action.yml', 'dist', 'testing', 'scripts', 'package.json'])
      cpSync(join(ROOT, name), join(this.#folder, name), { recursive: true, filter })
    mkdirSync(join(this.#folder, dirname(WORKFLOW)), { recursive: true })
    // act reads repository and commit from git.
    for (const command of [
      'init --quiet --initial-branch main',
      `remote add origin https://github.com/${REPOSITORY.full_name}.git`,
      'add action.yml',
      '-c user.name=e2e -c user.email=e2e@localhost commit --quiet --message Playground',
    ])
      this.#git(...command.split(' '))
  }

  #git(...args: string[]): void {
    execFileSync('git', args, { cwd: this.#folder, stdio: 'pipe' })
  }

  /**
   * A place for one scenario.
   *
   * @param branches what GitHub has of the repository; undefined when it does not answer
   * @returns variables that lead git there instead of to GitHub, and the stand-ins to their artifacts
   */
  stage(branches?: readonly string[]): { GIT_CONFIG_GLOBAL: string; ARTIFACTS: string } {
    const place = mkdtempSync(join(this.#home, 'scenario-'))
    const remote = join(place, REPOSITORY.full_name)
    if (branches !== undefined) {
      this.#git('clone', '--quiet', '--bare', '--branch', 'main', this.#folder, remote)
      for (const branch of branches) this.#git('-C', remote, 'branch', '--force', branch, 'HEAD')
      if (!branches.includes('main')) this.#git('-C', remote, 'update-ref', '-d', 'refs/heads/main')
    }
    const config = join(place, 'gitconfig')
    writeFileSync(config, `[url "file://${place}/"]\n  insteadOf = https://github.com/\n`)
    return { GIT_CONFIG_GLOBAL: config, ARTIFACTS: join(place, 'artifacts') }
  }

  /** Runs a workflow on this very machine, without containers, and returns what act printed of all jobs. */
  async run(act: string, options: ActRun): Promise<{ succeeded: boolean; log: string }> {
    const { workflow, job, event, apiUrl, env, vars = {}, onText } = options
    const [name, payload] = event
    const metadata = readFileSync(join(ROOT, 'action.yml'), 'utf8')
    writeFileSync(join(this.#folder, 'action.yml'), metadata.replaceAll(SERVICE, apiUrl))
    writeFileSync(join(this.#folder, WORKFLOW), adapted(workflow, apiUrl))
    const eventFile = join(this.#home, 'event.json')
    writeFileSync(eventFile, JSON.stringify({ ref: 'refs/heads/main', repository: REPOSITORY, ...payload }))
    // Not by the environment, which act hands on to every step.
    const secretFile = join(this.#home, 'secrets')
    writeFileSync(secretFile, stringify(secretsOf(workflow)))

    const files = ['--workflows', WORKFLOW, '--eventpath', eventFile, '--secret-file', secretFile]
    const settings = Object.entries(vars).flatMap(([key, value]) => ['--var', `${key}=${value}`])
    const args = [name, ...files, ...settings, '--platform', 'ubuntu-latest=-self-hosted']
    // act starts the action with the `node` of PATH.
    const path = [join(ROOT, 'scripts/e2e/stand-ins/bin'), dirname(process.execPath), process.env['PATH']]
    const child = spawn(act, job ? [...args, '--job', job] : args, {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env, HOME: this.#home, PATH: path.join(delimiter) },
      timeout: LONGEST_RUN_MS,
    })
    let log = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text
        onText?.(text)
      })
    const [code] = (await once(child, 'close')) as [number | null]
    return { succeeded: code === 0, log }
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true })
  }
}
