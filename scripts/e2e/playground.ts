import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRepository } from '../repository.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What a job needs of this repository: the action itself, and the service that the job `action` starts. */
const NEEDED = ['action.yml', 'dist', 'testing', 'scripts', 'package.json']

/** A copy of this repository in which workflows run; it takes nothing from the original and leaves nothing there. */
export interface Playground {
  /** The copy. */
  folder: string
  /** Beside it, for act's own files. */
  home: string
  /**
   * Puts a workflow of this repository into the copy; in it this action is the copy's own, and it speaks to `apiUrl`.
   *
   * @param change a text of an example and what stands there instead
   * @returns its path within the copy
   */
  install: (workflow: string, apiUrl: string, change?: readonly [string, string]) => string
  /**
   * Makes a place for one scenario.
   *
   * @param branches what GitHub has of the repository of the copy; undefined when it does not answer
   * @returns variables that lead git there instead of to GitHub, and the stand-ins to their artifacts
   */
  stage: (branches: readonly string[] | undefined) => Record<string, string>
  remove: () => void
}

export function makePlayground(): Playground {
  const home = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-e2e-'))
  const folder = join(home, 'repository')
  const filter = (path: string): boolean => basename(path) !== 'node_modules'
  for (const name of NEEDED) cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter })
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })

  // act reads repository and commit from git.
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch', 'main')
  git('remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo.git')
  git('add', 'action.yml')
  git('-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', 'commit', '--quiet', '-m', 'Playground')

  return {
    folder,
    home,
    install(workflow, apiUrl, change = ['', '']) {
      const path = join('.github/workflows', workflow.replace(/^.*\//, ''))
      const text = readFileSync(join(ROOT, workflow), 'utf8')
      writeFileSync(
        join(folder, path),
        workflow.startsWith('examples/') ? asExample(text.replace(...change), apiUrl) : text,
      )
      return path
    },
    stage(branches) {
      const place = mkdtempSync(join(home, 'scenario-'))
      const remote = join(place, 'octo-org/octo-repo')
      if (branches !== undefined) {
        git('clone', '--quiet', '--bare', '--branch', 'main', folder, remote)
        for (const branch of branches) git('-C', remote, 'branch', '--force', branch, 'HEAD')
        if (!branches.includes('main')) git('-C', remote, 'update-ref', '-d', 'refs/heads/main')
      }
      const config = join(place, 'gitconfig')
      writeFileSync(config, `[url "file://${place}/"]\n  insteadOf = https://github.com/\n`)
      return { GIT_CONFIG_GLOBAL: config, ARTIFACTS: join(place, 'artifacts') }
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** What an example may use of others, and what stands in for it. */
const STAND_IN = /uses: actions\/(upload|download)-artifact@[0-9a-f]{40} .*/g
const SERVICE = 'https://api-ipfs.attoaioz.cyou'

/** An example as it is, but with the action of the copy, stand-ins, and an address. */
function asExample(workflow: string, apiUrl: string): string {
  const name = readRepository()
  const changed = workflow
    .replace(
      new RegExp(`uses: ${name}@v1\\n( +)with:\\n`, 'g'),
      (_, indent: string) => `uses: ./\n${indent}with:\n${indent}  api-url: ${apiUrl}\n`,
    )
    .replace(STAND_IN, 'uses: ./scripts/e2e/stand-ins/$1-artifact')
    .replace(SERVICE, apiUrl)
    // act takes this one for granted: it copies the folder into the job's.
    .replace(/^( +)steps:\n/gm, '$&$1  - uses: actions/checkout@v7\n')
  if (changed.includes(name)) throw new Error(`"uses: ${name}@v1" has to be followed by "with:"`)
  return changed
}
